"""What `make audit` says of an answer, of half an answer and of none; the programs it calls are scripts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOUND = {"name": "babel", "version": "2.18.0", "vulns": []}
SKIPPED = {"name": "duckdb", "skip_reason": "not found"}
FOUND = {
    "name": "jinja2",
    "version": "2.10",
    "vulns": [{"id": "PYSEC-2019-217", "aliases": ["CVE-2019-10906"], "fix_versions": ["2.10.1"]}],
}


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!{sys.executable}\nimport sys\n{text}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


@pytest.mark.parametrize(
    ("answer", "strict", "code", "said"),
    [
        ([SOUND], False, 0, "1 packages audited, 0 advisories"),
        (
            [SOUND, FOUND],
            False,
            1,
            "jinja2 2.10: PYSEC-2019-217 (CVE-2019-10906); mended in 2.10.1\n"
            "2 packages audited, 1 advisories",
        ),
        (
            [SOUND, SKIPPED],
            False,
            0,
            "NOT AUDITED: 1 of 2 packages: duckdb\n1 packages audited, 0 advisories",
        ),
        ([SOUND, SKIPPED], True, 1, "NOT AUDITED: 1 of 2 packages: duckdb\n1 packages audited, 0 advisories"),
        (None, False, 0, "NOT AUDITED: the advisory service could not be asked. no route"),
        (None, True, 1, "NOT AUDITED: the advisory service could not be asked. no route"),
    ],
)
def test_nothing_is_taken_for_sound_that_nobody_answered_for(
    tmp_path: Path, answer: list[dict[str, object]] | None, strict: bool, code: int, said: str
) -> None:
    uv = script(tmp_path / "uv", "open(sys.argv[-1], 'w').close()")
    written = json.dumps(json.dumps({"dependencies": answer}))
    failed = "print('no route', file=sys.stderr); sys.exit(1)"
    pip_audit = script(
        tmp_path / "pip-audit", failed if answer is None else f"open(sys.argv[-1], 'w').write({written})"
    )
    command = [sys.executable, "-m", "tests.campaigns.audit", "--uv", uv, "--pip-audit", pip_audit]

    done = subprocess.run([*command, *(["--strict"] if strict else [])], capture_output=True, text=True)

    assert (done.returncode, done.stdout.strip(), done.stderr) == (code, said, "")
