"""Writing laid-out pages as they are, and telling where in them the planted faults came to stand."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tasks.sample.mess.draft import Page, Spoilt


@dataclass(frozen=True)
class Place:
    """Where a fault stands: the sheet's name in the file, the form's sheet, the cell in A1 notation."""

    source_sheet: str
    form_sheet: str
    cell: str
    fault: str


def write_pages(pages: list[Page], created: datetime) -> tuple[bytes, list[Place]]:
    """Return the workbook's bytes, equal for equal pages, and the places of the planted faults."""
    buffer = BytesIO()
    places: list[Place] = []
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as workbook:
        workbook.set_properties({"created": created})
        for page in pages:
            worksheet = workbook.add_worksheet(page.name)
            worksheet.set_column(0, len(page.header), 16)
            for line, row in enumerate(page.grid):
                for position, cell in enumerate(row):
                    if isinstance(cell, Spoilt):
                        at = xl_rowcol_to_cell(line, position)
                        places.append(Place(page.name, page.form.name, at, cell.fault))
                    _write(worksheet, line, position, cell.value if isinstance(cell, Spoilt) else cell)
    return buffer.getvalue(), places


def _write(worksheet: Any, line: int, position: int, cell: Any) -> None:
    # Never the writer's own guessing: a text such as 1.234 has to stay one.
    if isinstance(cell, str):
        worksheet.write_string(line, position, cell)
    elif isinstance(cell, date):
        worksheet.write_datetime(line, position, cell)
    elif cell is not None:
        worksheet.write_number(line, position, cell)
