"""Structure: whether a file has the form's sheets and columns, and what it has besides them."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process

from schemas.form.form import RETURN, Form
from schemas.form.headers import header_key
from schemas.form.sheet import FormColumn, Sheet
from tasks.answer_sheet import ANSWER_SHEET
from tasks.cells import cell_name
from tasks.recognise import RecognisedSheet


@dataclass(frozen=True)
class StructuralFault:
    """A fault of the file's build; `row` and `column` are 0-based, None where there is no place."""

    fault: str
    form_sheet: str | None
    source_sheet: str | None
    row: int | None
    column: int | None
    value: str
    expected: str

    @property
    def cell(self) -> str | None:
        """The place in A1 notation."""
        return None if self.row is None or self.column is None else cell_name(self.row, self.column)


def structural_faults(sheets: list[RecognisedSheet], form: Form = RETURN) -> list[StructuralFault]:
    """Every missing sheet, missing column, and column or sheet outside the form, of one file."""
    return [*_missing_sheets(sheets, form), *_missing_columns(sheets), *_beyond_the_form(sheets)]


def _missing_sheets(sheets: list[RecognisedSheet], form: Form) -> Iterator[StructuralFault]:
    present = {s.form for s in sheets}
    spare = [s.grid.name for s in sheets if s.form is None]
    for sheet in form.sheets:
        if sheet not in present:
            yield StructuralFault(
                "missing_sheet", sheet.name, None, None, None, _nearest(sheet.name, spare), sheet.name
            )


def _missing_columns(sheets: list[RecognisedSheet]) -> Iterator[StructuralFault]:
    for sheet in sheets:
        for column in _absent_columns(sheet):
            header = sheet.header
            nearest = _nearest(column.header, list(header.extra.values()) if header else [])
            at = (header.last_row, 0) if header else (0, 0)
            yield StructuralFault(
                "missing_column", _name(sheet.form), sheet.grid.name, *at, nearest, column.header
            )


def _absent_columns(sheet: RecognisedSheet) -> list[FormColumn]:
    if sheet.form is None:
        return []
    found = sheet.header.positions if sheet.header else sheet.cells
    return [c for c in sheet.form.columns if c.name not in found and not c.optional]


def _beyond_the_form(sheets: list[RecognisedSheet]) -> Iterator[StructuralFault]:
    for sheet in sheets:
        if sheet.form is None and sheet.grid.name != ANSWER_SHEET and set(sheet.kinds) - {"blank"}:
            yield StructuralFault("extra_column", None, sheet.grid.name, 0, 0, sheet.grid.name, "")
        if sheet.header is not None:
            missing = [c.header for c in _absent_columns(sheet)]
            for at, text in sheet.header.extra.items():
                yield StructuralFault(
                    "extra_column",
                    _name(sheet.form),
                    sheet.grid.name,
                    sheet.header.last_row,
                    at,
                    text,
                    _nearest(text, missing),
                )


def _name(form: Sheet | None) -> str | None:
    return form.name if form else None


def _nearest(text: str, candidates: list[str]) -> str:
    found = process.extractOne(text, candidates, processor=header_key)
    return found[0] if found else ""
