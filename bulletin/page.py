"""The pages: what the queries found, put into words by the templates, one page a language."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2
from markupsafe import Markup

from bulletin.charts import decided_chart, forecast_chart
from bulletin.fonts import font_faces
from bulletin.language import Language
from bulletin.published import part_rows
from schemas.form.form import all_sheets
from schemas.manifest import Link
from schemas.page_policy import CONTENT_SECURITY_POLICY
from schemas.published.figures import AREA_FLAG_OR_NONE, OBSTACLE_OR_NONE
from schemas.published.forecast import FORECAST_LEVEL, SCENARIO
from schemas.published.returns import FAULT, RECONCILIATION_VERDICT
from schemas.published.tables import BY_NAME
from schemas.rows import Row
from schemas.text import printed
from schemas.vocabularies import (
    ACTIVITY_KIND,
    AREA_FLAG,
    OBLIGATION_STATE,
    PETITION_KIND,
    SEVERITY,
    STATUS,
    UNIT_LEVEL,
    VERDICT,
)

Charts = dict[str, tuple[Markup, Markup]]
_HERE = Path(__file__).parent / "template"
_ONE_ROW = ("edition", "city", "petition_total")
_PARTS = (
    *("decided", "countdown", "forecast", "outlook", "district", "remaining", "finished", "obstacle"),
    *("obstacle_area", "post", "return", "finding", "reconciliation", "petition", "activity", "revision"),
    *("evidence", "latest_report", "district_return", "held_over", "slowest", "truncation"),
)
_LISTS = {
    **{"status": STATUS, "unit_level": UNIT_LEVEL, "area_flag": AREA_FLAG, "obstacle": OBSTACLE_OR_NONE},
    **{"area": AREA_FLAG_OR_NONE, "state": OBLIGATION_STATE, "verdict": VERDICT, "severity": SEVERITY},
    **{"fault": FAULT, "reconciliation": RECONCILIATION_VERDICT, "scenario": SCENARIO},
    **{"level": FORECAST_LEVEL, "petition": PETITION_KIND, "activity": ACTIVITY_KIND},
}


def contents(reader: duckdb.DuckDBPyConnection, snapshot_hash: str, previous: Link | None) -> dict[str, Any]:
    """Everything the pages say, in no language yet: part → its rows, or its one row.

    `snapshot_hash` is the SHA-256 of the file of tables, which the page names as its origin; `previous` is
    the manifest of the release before: whoever keeps the page can prove that nothing up to then was altered.
    """
    several = {name: part_rows(reader, name) for name in _PARTS}
    single = {name: part_rows(reader, name)[0] for name in _ONE_ROW}
    return {**several, **single, "snapshot_hash": snapshot_hash, "previous": previous}


def bulletin_page(
    found: dict[str, Any], charts: Charts, language: Language, *, is_print: bool = False
) -> str:
    """The bulletin in one language; for print with every table unfolded and no links to other files."""
    template = _templates(language).get_template("bulletin.html.jinja")
    return template.render(**found, charts=charts, is_print=is_print)


def drawn_charts(found: dict[str, Any], language: Language) -> Charts:
    """Unit level → its two charts: the whole way down, and the periods with the forecast."""
    return {
        level: (
            Markup(decided_chart(language, found["decided"], found["countdown"], level)),  # noqa: S704 - our own drawing
            Markup(forecast_chart(language, found["countdown"], _paced(found["forecast"], level), level)),  # noqa: S704
        )
        for level in FORECAST_LEVEL.codes
    }


def evidence_page(found: dict[str, Any], language: Language) -> str:
    """The proof of every unit that was outstanding in some period, step by step, down to the file's hash."""
    return _templates(language).get_template("evidence.html.jinja").render(**found)


def _paced(forecast: Iterable[Row], level: str) -> Row:
    return next(row for row in forecast if (row["unit_level"], row["scenario"]) == (level, "recent_pace"))


def compile_templates(chosen: Language) -> None:
    """Compile every template of a language now: processes that are forked from this one need not."""
    templates = _templates(chosen)
    for name in templates.list_templates(extensions=["jinja"]):
        templates.get_template(name)


def _sheet_named(language: Language, name: str) -> str:
    # A district may have named the sheet otherwise: then that name is all there is to show.
    known = {sheet.name: language.own(sheet.title, sheet.en) for sheet in all_sheets()}
    return f"{known[name]} ({name})" if name in known else name


@cache
def _templates(language: Language) -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        finalize=printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    templates.policies["ext.i18n.trimmed"] = True
    templates.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]
    templates.filters |= {
        **{name: getattr(language, name) for name in ("number", "percent", "coefficient", "change", "day")},
        **{name: getattr(language, name) for name in ("moment", "period")},
        "word": lambda code, name: language.word(_LISTS[name], code),
        "words": lambda codes, name: language.words(_LISTS[name], codes),
        "sheet": lambda name: _sheet_named(language, name),
    }
    templates.globals |= {
        "content_security_policy": CONTENT_SECURITY_POLICY,
        "language": language,
        "lists": _LISTS,
        "tables": BY_NAME,
        "font_faces": Markup(font_faces()),  # noqa: S704 - our own style sheet
    }
    return templates
