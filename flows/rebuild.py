"""Rebuilding the warehouse from the archive as a deployed flow."""

from datetime import datetime
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.given import settings_for
from flows.rebuild_summary import WarehousesDiffer
from tasks.rebuild import Rebuild
from tasks.rebuild import rebuild as rebuild_warehouse


@flow(name="rebuild", persist_result=False)
def rebuild(home: Path | None = None, accept_differences: bool = False) -> Rebuild:
    """Build the warehouse anew from the archive and swap it in when every table is equal.

    Raises WarehousesDiffer when one is not and `accept_differences` is not given, and what
    tasks.rebuild.rebuild raises.
    """
    settings = settings_for(home)
    result = rebuild_warehouse(settings, datetime.now(settings.zone), accept_differences=accept_differences)
    create_table_artifact(
        [
            {"table": table.table, "only-former": table.only_former, "only-rebuilt": table.only_new}
            for table in result.compared
        ],
        key="rebuild",
        description="So sánh kho dựng lại với kho trước / the rebuilt warehouse and the former one",
    )
    if not result.is_swapped:
        raise WarehousesDiffer(result)
    return result
