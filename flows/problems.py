"""What is expected to go wrong: the exit code of each kind of problem, and its words."""

import duckdb
from rich.console import Console
from rich.markup import escape

from bulletin.published import OutdatedRelease
from flows.demo import ForeignFolder
from flows.exits import Exit
from flows.past_periods import NotToBeTaken
from flows.prefect_server import ServerGone, ServerNotStarted, ServerRefuses
from flows.published import NothingPublished
from flows.rebuild_summary import WarehousesDiffer
from flows.report import GateRefused
from flows.up import NotDeployed
from schemas.exceptions import DamagedRecord
from schemas.manifest import DamagedManifest, NoSuchRelease
from schemas.sharing import (
    ChainForked,
    ClusterLost,
    LakeDiffers,
    LakeMovedOn,
    NotForOneMachine,
    NotInstalled,
    PublisherLost,
)
from tasks.alert.ledger import AlertsBusy
from tasks.compare_warehouses import FormerUnreadable
from tasks.disk import DiskFull
from tasks.lock import WarehouseBusy
from tasks.receive import ArchiveDamaged
from tasks.verify.not_released import NotAReceipt, NotReleased

_CODES: dict[type[Exception], Exit] = {
    GateRefused: Exit.REFUSED,
    WarehousesDiffer: Exit.REFUSED,
    ForeignFolder: Exit.USAGE,
    NotToBeTaken: Exit.USAGE,
    NotAReceipt: Exit.USAGE,
    NotForOneMachine: Exit.USAGE,
    LakeDiffers: Exit.USAGE,
    ChainForked: Exit.USAGE,
    NothingPublished: Exit.NOTHING_PUBLISHED,
    NotReleased: Exit.NOTHING_PUBLISHED,
    NoSuchRelease: Exit.NOTHING_PUBLISHED,
    ServerNotStarted: Exit.UNAVAILABLE,
    ServerRefuses: Exit.UNAVAILABLE,
    ServerGone: Exit.UNAVAILABLE,
    NotDeployed: Exit.UNAVAILABLE,
    NotInstalled: Exit.UNAVAILABLE,
    ClusterLost: Exit.UNAVAILABLE,
    PublisherLost: Exit.UNAVAILABLE,
    LakeMovedOn: Exit.BUSY,
    WarehouseBusy: Exit.BUSY,
    AlertsBusy: Exit.BUSY,
    FormerUnreadable: Exit.UNREADABLE,
    DamagedRecord: Exit.UNREADABLE,
    DamagedManifest: Exit.UNREADABLE,
    OutdatedRelease: Exit.UNREADABLE,
    ArchiveDamaged: Exit.UNREADABLE,
    DiskFull: Exit.UNREADABLE,
    duckdb.IOException: Exit.UNREADABLE,
    # The last one: above stand those of its kinds that have a code of their own.
    OSError: Exit.UNREADABLE,
}
EXPECTED = tuple(_CODES)


def explain(problem: Exception, console: Console) -> Exit:
    """Print one of the EXPECTED problems in its own words, a refusal with its rows; return its exit code."""
    console.print(f"[bold red]{escape(_words_of(problem))}[/]", highlight=False, soft_wrap=True)
    if isinstance(problem, GateRefused):
        _print_refusal(problem, console)
    if isinstance(problem, duckdb.IOException) and "Conflicting lock" in str(problem):
        return Exit.BUSY
    return next(code for kind, code in _CODES.items() if isinstance(problem, kind))


def _words_of(problem: Exception) -> str:
    if isinstance(problem, OSError) and problem.errno is not None:
        return f"Không đọc hoặc không ghi được; hãy xem quyền trên tệp và ổ đĩa.\nNo access: {problem}"
    return str(problem)


def _print_refusal(refused: GateRefused, console: Console) -> None:
    from tasks.gate_report import print_refusals

    if refused.report.gate is not None:
        print_refusals(refused.report.gate, console)
    console.print("Bản đã phát hành giữ nguyên / what was published stays as it is", highlight=False)
