"""Known advisories of every package that uv.lock names, dependencies of tests and tools included.

    make audit

Ends with 1 when an advisory is known; with 0 when none is, and, said loudly, when nobody could be asked: a
machine without the network must be able to build. `--strict` makes that 1 as well, for whoever has one.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_EXPORT = ("export", "--frozen", "--quiet", "--all-groups", "--no-emit-project", "--no-header")
# The service that knows every advisory by package and version, whatever index the packages come from.
_AUDIT = ("--vulnerability-service", "osv", "--disable-pip", "--require-hashes", "--progress-spinner", "off")
_ASKED_WITHIN_SECONDS = 300


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--uv", default="uv")
    given.add_argument("--pip-audit", default="pip-audit")
    given.add_argument("--strict", action="store_true")
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        packages, reason = report(options.uv, options.pip_audit, Path(folder))
    for line in told(packages, reason):
        print(line)
    if any(package.get("vulns") for package in packages):
        return 1
    return int(options.strict and bool(unasked(packages) or reason))


def report(uv: str, pip_audit: str, folder: Path) -> tuple[list[dict[str, Any]], str]:
    """What is known of each package; without an answer no package, and the last line of why."""
    listed, written = folder / "requirements.txt", folder / "report.json"
    subprocess.run([uv, *_EXPORT, "--output-file", listed], check=True, capture_output=True)
    asked = [pip_audit, "--requirement", listed, *_AUDIT, "--format", "json", "--output", written]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=_ASKED_WITHIN_SECONDS)
    if not written.exists():
        return [], done.stderr.strip().rpartition("\n")[2]
    return json.loads(written.read_text(encoding="utf-8"))["dependencies"], ""


def told(packages: list[dict[str, Any]], reason: str) -> list[str]:
    """The advisories, one a line, and of how many packages nothing is known because nobody answered."""
    lines = [
        f"{package['name']} {package['version']}: {found['id']} ({', '.join(found['aliases'])}); "
        f"mended in {', '.join(found['fix_versions']) or 'no version yet'}"
        for package in packages
        for found in package.get("vulns", [])
    ]
    if reason:
        return [f"NOT AUDITED: the advisory service could not be asked. {reason}"]
    if missed := unasked(packages):
        lines.append(f"NOT AUDITED: {len(missed)} of {len(packages)} packages: {', '.join(missed)}")
    return [*lines, f"{len(packages) - len(missed)} packages audited, {len(lines) - bool(missed)} advisories"]


def unasked(packages: list[dict[str, Any]]) -> list[str]:
    """The packages that the service gave no answer for: of them nothing is known, good or bad."""
    return [package["name"] for package in packages if "skip_reason" in package]


if __name__ == "__main__":
    sys.exit(main())
