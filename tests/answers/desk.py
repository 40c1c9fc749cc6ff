"""The district's desk: a file goes in, its answer comes back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tasks.answer import answer
from tasks.ingest import Outcome
from tests.intake.returns import Office, moment
from warehouse.connection import open_warehouse

# Five labels of sheet 00, in the order of its rows 2, 4, 5, 6, 7.
LABELS = ["Mã quận/huyện", "Kỳ báo cáo", "Số liệu tính đến ngày", "Lần nộp", "Số, ký hiệu văn bản"]


@dataclass(frozen=True)
class Answer:
    """What became of one file, its receipt's text, and the workbook that came back (None: none did)."""

    outcome: Outcome
    receipt: str
    returned: Path | None

    @property
    def workbook(self) -> Workbook:
        assert self.returned is not None
        return openpyxl.load_workbook(self.returned, rich_text=True)


class Desk(Office):
    """An office whose files are answered at once."""

    def submit(self, path: Path, day: str = "2021-04-02", name: str | None = None) -> Answer:
        """Send `path` at the start of `day`, let it be taken in at its end, and fetch the answer."""
        self.send(path, moment(day), name=name)
        (outcome,) = self.take_in(datetime.combine(moment(day), datetime.max.time(), moment(day).tzinfo))
        with open_warehouse(self.settings.warehouse, self.settings.time_zone) as warehouse:
            (text,) = answer(warehouse, self.settings)
        back = list(text.parent.glob(f"{outcome.submission_id}.xls?"))
        return Answer(outcome, text.read_text(encoding="utf-8"), back[0] if back else None)


def mended(answer: Answer, folder: Path, cells: dict[str, object]) -> Path:
    """The returned workbook with `cells` (`01_CapXa!J3`) mended, all else left as it came back."""
    workbook = answer.workbook
    for place, value in cells.items():
        sheet, cell = place.split("!")
        workbook[sheet][cell].value = value
    path = folder / "sua-lai.xlsx"
    workbook.save(path)
    return path


def listed(sheet: Worksheet, column: int) -> list[object]:
    """One column of the list, below its header."""
    cells = [row[column].value for row in sheet.iter_rows()]
    headers = [row[0].value for row in sheet.iter_rows()]
    return cells[headers.index("Mức độ") + 1 :]


def headers_row(table: Worksheet) -> int:
    return next(row[0].row for row in table.iter_rows() if row[0].value == "Mức độ")


def listed_top(table: Worksheet) -> list[str]:
    return [str(row[0].value) for row in table.iter_rows(max_row=headers_row(table) - 1)]
