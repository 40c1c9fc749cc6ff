"""The quality page: what the gate looked at and found, as one file that needs no network and no script."""

from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from schemas.detection import detection_scores
from schemas.expectations.results import GateResult
from schemas.faults import catalogue
from schemas.page_policy import CONTENT_SECURITY_POLICY
from schemas.text import printed, visible
from tasks.quality_history import QualityHistory

_HERE = Path(__file__).parent


def quality_page(
    result: GateResult, history: QualityHistory, run_id: str, now: datetime, *, is_simulated: bool
) -> str:
    """Render the page, Vietnamese with English beside, with every failing row; `now` is the run's clock.

    Below stand earlier runs, findings by fault, and the detection score of the checks.
    """
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        finalize=printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["shown"] = shown
    return pages.get_template("quality_page.html.jinja").render(
        result=result,
        history=history,
        faults=catalogue(),
        scores=detection_scores(),
        run_id=run_id,
        now=now,
        is_simulated=is_simulated,
        content_security_policy=CONTENT_SECURITY_POLICY,
    )


def shown(value: Any) -> str:
    """A value of a failing row as a reader sees it: — when empty, days day first, else as it is."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == datetime.min.time() else f"{value:%d/%m/%Y %H:%M}"
    return visible(str(value))
