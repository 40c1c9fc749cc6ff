"""All published tables, in the order in which readers meet them."""

from schemas.published.changes import UnitChanges
from schemas.published.exceptions import Exceptions
from schemas.published.figures import Activities, Obstacles, Petitions, Posts, Staffing
from schemas.published.forecast import Forecast
from schemas.published.progress import Completion, Countdown, ProgressByDistrict
from schemas.published.references import Districts, Submissions
from schemas.published.returns import Findings, Reconciliation, Release, SubmissionCompliance
from schemas.published.table import PublishedTable
from schemas.published.units import RemainingCommunes, RemainingVillages, UnitHistory

TABLES = tuple(
    PublishedTable(model)
    for model in (
        RemainingCommunes,
        RemainingVillages,
        Countdown,
        UnitHistory,
        UnitChanges,
        ProgressByDistrict,
        Staffing,
        Posts,
        Petitions,
        Activities,
        Obstacles,
        SubmissionCompliance,
        Exceptions,
        Submissions,
        Findings,
        Reconciliation,
        Forecast,
        Completion,
        Districts,
        Release,
    )
)
BY_NAME = {table.name: table for table in TABLES}
