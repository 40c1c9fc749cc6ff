"""The automations of `automations.yaml`, put onto the server by `python -m flows.automations [FILE]`."""

import sys
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound

FILE = Path(__file__).with_name("automations.yaml")


class NoSuchBlock(LookupError):  # noqa: N818 - a state of the server
    """An action names a block that the server does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Máy chủ Prefect không có khối {name}; hãy tạo trước (prefect block create …)\n"
            f"The Prefect server has no block {name}; create it first (prefect block create …)"
        )


def apply_automations(file: Path = FILE) -> list[str]:
    """Create each automation of `file`, or bring the one of its name up to date; return their names.

    Raises NoSuchBlock, and pydantic's ValidationError for what is no automation; then none is changed.
    """
    with get_client(sync_client=True) as client:
        described = yaml.safe_load(file.read_text(encoding="utf-8"))["automations"]
        automations = [AutomationCore.model_validate(_with_ids(client, one)) for one in described]
        for automation in automations:
            _put(client, automation)
    return [automation.name for automation in automations]


def _put(client: SyncPrefectClient, automation: AutomationCore) -> None:
    existing = client.read_automations_by_name(automation.name)
    if existing:
        client.update_automation(existing[0].id, automation)
    else:
        client.create_automation(automation)


def _with_ids(client: SyncPrefectClient, described: dict[str, Any]) -> dict[str, Any]:
    return described | {"actions": [_with_id(client, action) for action in described["actions"]]}


def _with_id(client: SyncPrefectClient, action: dict[str, Any]) -> dict[str, Any]:
    if "block_document" not in action:
        return action
    slug, _, name = action["block_document"].partition("/")
    try:
        block = client.read_block_document_by_name(name, slug)
    except ObjectNotFound as missing:
        raise NoSuchBlock(action["block_document"]) from missing
    others = {key: value for key, value in action.items() if key != "block_document"}
    return others | {"block_document_id": str(block.id)}


def main() -> None:
    """Put the automations of the file that was given, or ours, onto the server; print their names."""
    try:
        names = apply_automations(*map(Path, sys.argv[1:]))
    except NoSuchBlock as missing:
        sys.exit(str(missing))
    sys.stdout.writelines(f"{name}\n" for name in names)


if __name__ == "__main__":
    main()
