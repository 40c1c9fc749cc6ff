"""The data dictionary as one offline page, released with the tables it describes."""

from functools import cache
from pathlib import Path

import jinja2

from schemas.faults import catalogue
from schemas.form.form import all_sheets
from schemas.page_policy import CONTENT_SECURITY_POLICY
from schemas.published.tables import TABLES
from tasks.dictionary import vocabularies
from tasks.lineage import lineage

_HERE = Path(__file__).parent


@cache
def dictionary_page() -> str:
    """Render published tables, lineage, the form, closed lists, faults; Vietnamese, English beside.

    It tells of the program alone, so it is rendered once a process.
    """
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("dictionary_page.html.jinja").render(
        tables=TABLES,
        sheets=tuple(all_sheets()),
        lists=vocabularies(),
        faults=catalogue(),
        lineage=lineage(),
        content_security_policy=CONTENT_SECURITY_POLICY,
    )
