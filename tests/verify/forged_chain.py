"""Ways to make the chain of manifests, or what readers are led to, say something else."""

import hashlib
import json
import shutil
from collections.abc import Callable
from typing import Any

from schemas.settings import Settings
from tests.verify.altered_files import page, replaced


def manifest_with_its_hash(settings: Settings) -> None:
    """In the release and in the archive alike: only the next manifest still knows it as it was."""
    kept = settings.manifests / "000002.json"
    replaced(kept, '"verdict": "rejected"', '"verdict": "accepted"')
    shutil.copyfile(kept, settings.releases / "run-2" / "manifest.json")


def whole_chain(settings: Settings) -> None:
    """Every manifest from the first on, each with the right hash of the one before it."""
    previous = None
    for number in (1, 2, 3):
        kept = settings.manifests / f"{number:06d}.json"
        record = json.loads(kept.read_bytes())
        record["program"]["version"] = "0.1.1"
        if previous:
            record["previous"]["sha256"] = previous
        kept.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
        shutil.copyfile(kept, settings.releases / f"run-{number}" / "manifest.json")
        previous = hashlib.sha256(kept.read_bytes()).hexdigest()


def older_release(settings: Settings) -> None:
    settings.published.unlink()
    settings.published.symlink_to("releases/run-2", target_is_directory=True)


def no_manifests(settings: Settings) -> None:
    shutil.rmtree(settings.manifests)
    page(settings)


def led_elsewhere(settings: Settings) -> None:
    """To a forged copy with the right manifest, beside the releases."""
    shutil.copytree(settings.releases / "run-3", settings.home / "elsewhere")
    settings.published.unlink()
    settings.published.symlink_to("elsewhere", target_is_directory=True)
    page(settings)


def folder_instead_of_link(settings: Settings) -> None:
    settings.published.unlink()
    shutil.copytree(settings.releases / "run-3", settings.published)
    page(settings)


def planted_release(settings: Settings) -> None:
    """As the next of the chain, with a page that its manifest does not have."""
    folder = shutil.copytree(settings.releases / "run-3", settings.releases / "run-4")
    record = json.loads((folder / "manifest.json").read_bytes())
    last = hashlib.sha256((settings.manifests / "000003.json").read_bytes()).hexdigest()
    record |= {"sequence": 4, "previous": {"sequence": 3, "sha256": last}}
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    settings.published.unlink()
    settings.published.symlink_to("releases/run-4", target_is_directory=True)
    page(settings)


def erased(settings: Settings) -> None:
    """The release after it does not name it, as if it had never come."""
    _released_with(settings, lambda sources: [source for source in sources if source["seq"] != 2])


def covered_by_a_rebuild(settings: Settings) -> None:
    """The next release says that all was judged anew, and that a file had come earlier."""

    def earlier(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [source | {"received_at": "2021-04-01T09:00:00+07:00"} for source in sources]

    _released_with(settings, earlier, rebuild="r")


def _released_with(
    settings: Settings, say: Callable[[list[dict[str, Any]]], list[dict[str, Any]]], **said: str
) -> None:
    kept = settings.manifests / "000003.json"
    record = json.loads(kept.read_bytes())
    last = hashlib.sha256(kept.read_bytes()).hexdigest()
    record |= {"sequence": 4, "previous": {"sequence": 3, "sha256": last}, **said}
    record["sources"] = say(record["sources"])
    folder = shutil.copytree(settings.releases / "run-3", settings.releases / "run-4")
    for path in (folder / "manifest.json", settings.manifests / "000004.json"):
        path.write_text(json.dumps(record), encoding="utf-8")
    settings.published.unlink()
    settings.published.symlink_to("releases/run-4", target_is_directory=True)
