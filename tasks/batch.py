"""A batch: submissions checked together, as one frame a sheet of their form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.form.form import FORMS, RETURN, Form
from schemas.form.sheet import FormColumn, Reader, Sheet
from schemas.form.sheets import PETITION
from tasks.cells import Cell, column_letters
from tasks.mended import Serial1904
from tasks.opening import OpenedFile
from tasks.recognise import RecognisedSheet
from tasks.structure import StructuralFault, structural_faults

PLACE = ["submission_id", "source_sheet", "source_row"]
_COLUMN = ["submission_id", "source_sheet", "column_name"]
_SHEET_COLUMNS = ["submission_id", "source_sheet", "form_sheet", "rows_in_file", "hidden"]
FINDING_COLUMNS = [
    *["submission_id", "form_sheet", "source_sheet", "source_row", "column_name"],
    *["cell", "fault", "value", "expected"],
]


@dataclass(frozen=True)
class Batch:
    """Raw cells of a batch of one form, in frames by submission_id, source_sheet and source_row (1-based).

    `raw[table]`, `totals[table]`: one column of raw cells a form column, of data rows and of total rows.
    `rows`: what every source row is (`detail`). `placed`: where each form column stands: its `letters`, and
    the `row` of its header or, for sheet 00, of its value. `findings`: the faults of structure.
    """

    submissions: pd.DataFrame
    sheets: pd.DataFrame
    rows: pd.DataFrame
    placed: pd.DataFrame
    raw: dict[str, pd.DataFrame]
    totals: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    form: Form = RETURN

    def source_sheets(self) -> pd.Series:
        """(submission_id, form_sheet) → the first source sheet recognised as that form sheet."""
        recognised = self.sheets.dropna(subset="form_sheet").drop_duplicates(["submission_id", "form_sheet"])
        return recognised.set_index(["submission_id", "form_sheet"])["source_sheet"]

    def cells_of(self, lines: pd.DataFrame) -> pd.Series:
        """The A1 cell of each line (submission_id, source_sheet, source_row, column_name), or None.

        A line without a row is about its column as a whole: the cell is the column's header.
        """
        placed = lines[_COLUMN].merge(self.placed.drop_duplicates(_COLUMN), on=_COLUMN, how="left")
        rows = pd.Series(lines["source_row"].to_numpy(), dtype=object).fillna(placed["row"])
        cells = [
            f"{letters}{int(row)}" if isinstance(letters, str) and pd.notna(row) else None
            for letters, row in zip(placed["letters"], rows, strict=True)
        ]
        return pd.Series(cells, index=lines.index, dtype=object)

    def rows_of(self, lines: pd.DataFrame) -> pd.Series:
        """The 1-based row of each line's column where the column has one of its own (sheet 00), else None."""
        placed = lines[_COLUMN].merge(self.placed.drop_duplicates(_COLUMN), on=_COLUMN, how="left")
        is_label = placed["form_sheet"] == self.form.info.name
        return pd.Series(placed["row"].where(is_label).to_numpy(), index=lines.index, dtype=object)


def gather(files: list[OpenedFile]) -> Batch:
    """Lay the files of a batch, which are of one form, side by side."""
    form = files[0].form
    return Batch(
        submissions=pd.DataFrame([_submission(file) for file in files]),
        sheets=_frame(_sheet_rows(files), _SHEET_COLUMNS),
        rows=_frame(_source_rows(files), [*PLACE, "detail"]),
        placed=_frame(
            _placed(files), ["submission_id", "form_sheet", "source_sheet", "column_name", "letters", "row"]
        ),
        raw={s.table: _frame(_cells(files, s, "data"), _columns(s)) for s in form.sheets},
        totals={s.table: _frame(_cells(files, s, "total"), _columns(s)) for s in form.tables},
        findings=_frame(_structural_findings(files), FINDING_COLUMNS),
        form=form,
    )


def _frame(rows: Iterator[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns, dtype=object)


def _columns(sheet: Sheet) -> list[str]:
    return [*PLACE, *(c.name for c in sheet.columns)]


def _submission(file: OpenedFile) -> dict[str, Any]:
    arrival = file.arrival
    return {
        "submission_id": arrival.submission_id,
        "district_code": arrival.district_code,
        "file_name": arrival.file_name,
        "received_at": arrival.received_at.isoformat(),
        "known_at": arrival.known_at.isoformat(),
        "sha256": arrival.sha256,
        "size_bytes": arrival.size_bytes,
        "is_simulated": any(sheet.is_simulated for sheet in file.sheets),
        "has_declared_no_petitions": any(map(_declares_no_petitions, file.sheets)),
        "is_readable": file.unreadable is None,
    }


def _declares_no_petitions(sheet: RecognisedSheet) -> bool:
    # Beside figures the statement says nothing: the figures do.
    return sheet.form is PETITION and "statement" in sheet.kinds and "data" not in sheet.kinds


def _recognised(files: list[OpenedFile]) -> Iterator[tuple[str, RecognisedSheet]]:
    for file in files:
        for sheet in file.sheets:
            yield file.arrival.submission_id, sheet


def _sheet_rows(files: list[OpenedFile]) -> Iterator[tuple[Any, ...]]:
    for submission_id, sheet in _recognised(files):
        rows = len(sheet.grid.rows)
        yield submission_id, sheet.grid.name, sheet.form and sheet.form.name, rows, sheet.grid.hidden or None


def _source_rows(files: list[OpenedFile]) -> Iterator[tuple[Any, ...]]:
    for submission_id, sheet in _recognised(files):
        for r, kind in enumerate(sheet.kinds, 1):
            yield submission_id, sheet.grid.name, r, kind


def _placed(files: list[OpenedFile]) -> Iterator[tuple[Any, ...]]:
    for submission_id, sheet in _recognised(files):
        if sheet.form is None:
            continue
        place = submission_id, sheet.form.name, sheet.grid.name
        for name, (row, column) in sheet.cells.items():
            yield *place, name, column_letters(column), row + 1
        if sheet.header is not None:
            for name, column in sheet.header.positions.items():
                yield *place, name, column_letters(column), sheet.header.last_row + 1


def _cells(files: list[OpenedFile], form: Sheet, kind: str) -> Iterator[tuple[Any, ...]]:
    for submission_id, sheet in _recognised(files):
        if sheet.form is not form:
            continue
        if _is_of_labels(form):
            yield submission_id, sheet.grid.name, None, *_label_values(sheet, form)
            continue
        positions = [sheet.header.positions.get(c.name) if sheet.header else None for c in form.columns]
        for r, row in enumerate(sheet.grid.rows):
            if sheet.kinds[r] == kind:
                values = [row[at] if at is not None and at < len(row) else "" for at in positions]
                if sheet.grid.is_1904:
                    values = list(map(_usual_epoch, values, form.columns))
                yield submission_id, sheet.grid.name, r + 1, *values


def _usual_epoch(cell: Cell, column: FormColumn) -> Cell:
    is_serial = column.reader is Reader.DATE and isinstance(cell, int | float)
    return Serial1904.of(float(cell)) if is_serial else cell  # type: ignore[arg-type]


def _is_of_labels(sheet: Sheet) -> bool:
    return any(sheet is form.info for form in FORMS)


def _label_values(sheet: RecognisedSheet, form: Sheet) -> Iterator[Any]:
    for column in form.columns:
        row, at = sheet.cells.get(column.name, (0, -1))
        cells = sheet.grid.rows[row]
        cell: Cell = cells[at] if 0 <= at < len(cells) else ""
        yield _usual_epoch(cell, column) if sheet.grid.is_1904 else cell


def _structural_findings(files: list[OpenedFile]) -> Iterator[tuple[Any, ...]]:
    for file in files:
        submission_id = file.arrival.submission_id
        if file.unreadable is not None:
            yield submission_id, None, None, None, None, None, "unreadable_file", file.unreadable, ""
            continue
        for fault in structural_faults(file.sheets, file.form):
            yield submission_id, *_located(fault)


def _located(fault: StructuralFault) -> tuple[Any, ...]:
    row = None if fault.row is None else fault.row + 1
    place = fault.form_sheet, fault.source_sheet, row, None, fault.cell
    return *place, fault.fault, fault.value, fault.expected
