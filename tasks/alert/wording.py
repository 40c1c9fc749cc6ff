"""A message in words: a plain text and a simple page of the same, Vietnamese first, English after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from schemas.alerts import DISTRICT, Cause
from schemas.faults import catalogue
from schemas.form.sheets import SIMULATED_MARK
from schemas.manifest import Link
from schemas.text import printed, visible

# How the title begins: in Vietnamese and in English.
_STAGES = {
    "opened": ("", ""),
    "changed": ("", ""),
    "escalated": ("Kéo dài: ", "Unresolved: "),
    "repeated": ("Nhắc lại: ", "Reminder: "),
    "closed": ("Đã xong: ", "Closed: "),
}
# Words of a plain text. A line break in a fact would forge a line of the message, or a header of the mail.
_PLAIN = Environment(undefined=StrictUndefined, autoescape=False, finalize=printed)  # noqa: S701
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    autoescape=select_autoescape(["html.jinja"]),
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Words:
    """A message as it is read; `page` is HTML."""

    title: str
    text: str
    page: str


@dataclass(frozen=True)
class _Part:
    """One language of a message; a line is what is said of one alert, with its details below it."""

    title: str
    lines: list[tuple[str, list[str]]]
    ask: str


def words_of(
    cause: Cause,
    audience: str,
    stage: str,
    alerts: list[dict[str, Any]],
    attachments: Iterable[str],
    latest: Link | None,
) -> Words:
    """The message that tells `audience` of `alerts` (rows of due_notice.sql), all of one cause and stage.

    It names `latest`, the manifest of the latest release, where it is given.
    """
    is_simulated = any(alert["is_simulated"] for alert in alerts)
    parts = {language: _part(cause, audience, stage, alerts, language) for language in ("vi", "en")}
    shown = {
        "vi": parts["vi"],
        "en": parts["en"],
        "is_simulated": is_simulated,
        "simulated_mark": SIMULATED_MARK,
        "latest": latest,
        "attachments": [Path(name).name for name in attachments],
    }
    mark = f"[{SIMULATED_MARK}] " if is_simulated else ""
    return Words(
        title=f"{mark}Đề án 21: {parts['vi'].title}",
        text=_PAGES.get_template("message.txt.jinja").render(shown),
        page=_PAGES.get_template("message.html.jinja").render(shown),
    )


def _part(cause: Cause, audience: str, stage: str, alerts: list[dict[str, Any]], language: str) -> _Part:
    telling = cause.telling(audience)
    vietnamese, english = _STAGES[stage]
    facts = [alert["facts"] for alert in alerts]
    with_details = audience == DISTRICT and stage != "closed"
    lines = [
        (_fill(getattr(telling, f"line_{language}"), one), _details(one, language) if with_details else [])
        for one in facts
    ]
    ask = getattr(telling, f"{'closing' if stage == 'closed' else 'ask'}_{language}")
    title = getattr(telling, f"title_{language}")
    return _Part(
        title=(vietnamese if language == "vi" else english) + _fill(title, _common(facts)),
        lines=lines,
        ask=_fill(ask, facts[0]),
    )


def _common(facts: list[dict[str, Any]]) -> dict[str, Any]:
    periods = ", ".join(sorted({str(one["period"]) for one in facts if one.get("period")}))
    return facts[0] | {"n": len(facts), "periods": periods}


def _details(facts: dict[str, Any], language: str) -> list[str]:
    """What is to be mended: fatal faults one by one, those of a workbook that goes with it by kind."""
    faults = catalogue()
    mends = [
        f"{mend['place']}: {mend[language]}" if mend["place"] else mend[language]
        for mend in facts.get("mends", [])
    ]
    counted = [
        f"{getattr(faults[found['fault']], language)}: {found['n']}" for found in facts.get("faults", [])
    ]
    return [*map(visible, mends), *counted]


def _fill(template: str, facts: dict[str, Any]) -> str:
    return _PLAIN.from_string(template).render(facts)
