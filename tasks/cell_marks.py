"""Marks on the cells of an openpyxl workbook: a colour for the severity, the message as a comment."""

import re
from collections.abc import Iterable, Mapping

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from schemas.faults import LEVELS, catalogue
from schemas.text import FORMULA_SIGNS
from schemas.vocabularies import SEVERITY
from tasks.finding_groups import Finding

# By severity; so rare that no office uses them, which is how an old mark is known again.
COLOUR = {"fatal": "FFFF8F87", "row": "FFFFBDB8", "submission": "FFFFE08B", "warning": "FFBCDDFA"}

_AUTHOR = "Đề án 21"
_OWN_WORDS = "\n\n— Ghi chú của đơn vị / the office's own note —\n"
_SHOWN = 8  # findings a comment spells out; the list has them all
_WIDTH, _LINE_HEIGHT, _MARGIN = 380, 17, 14  # pixels
_LINE_LENGTH = 54  # characters
_UNSET = ("00000000", "FFFFFFFF")
# What a spreadsheet cannot hold at all.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def mark(sheets: Mapping[str, Worksheet], findings: Iterable[Finding]) -> None:
    """Colour and comment every cell that a finding names; `sheets` by the name the findings know them by."""
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding["cell"] and finding["sheet"] in sheets:
            anchor = _anchor(sheets[finding["sheet"]], finding["cell"])
            by_cell.setdefault((finding["sheet"], anchor), []).append(finding)
    for (sheet, anchor), of_cell in by_cell.items():
        _mark_cell(sheets[sheet][anchor], of_cell)


def clear(sheet: Worksheet) -> None:
    """Take away the marks of an earlier answer, and give every cell the fill and note it had before."""
    for cell in written_cells(sheet):
        if cell.comment is not None and cell.comment.author == _AUTHOR:
            own = cell.comment.text.partition(_OWN_WORDS)[2]
            cell.comment = _sized(own, "") if own else None
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in COLOUR.values():
            cell.fill = _fill_before(cell.fill)


def disarm(sheet: Worksheet) -> None:
    """Make sure that text which looks like a formula stays text, also after somebody edits the cell."""
    for cell in written_cells(sheet):
        if cell.data_type in ("s", "inlineStr") and str(cell.value).startswith(FORMULA_SIGNS):
            cell.quotePrefix = True


def write_text(cell: Cell, text: str) -> None:
    """Write `text` as text, whatever it looks like."""
    cell.value = clean(text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA_SIGNS)


def clean(text: str) -> str:
    """`text` without the characters that no workbook can hold."""
    return _ILLEGAL.sub("", text)


def written_cells(sheet: Worksheet) -> list[Cell]:
    """The cells that exist. openpyxl's own iteration would make every cell of the used range."""
    return [cell for cell in sheet._cells.values() if not isinstance(cell, MergedCell)]


def _anchor(sheet: Worksheet, cell: str) -> str:
    """The cell that shows: of a merged range only its first one does."""
    holding = (r for r in sheet.merged_cells.ranges if cell in r)
    merged = next(holding, None)
    return cell if merged is None else str(merged.start_cell.coordinate)


def _mark_cell(cell: Cell, findings: list[Finding]) -> None:
    worst = min((finding["severity"] for finding in findings), key=LEVELS.index)
    before = cell.fill.fgColor if cell.fill.fill_type == "solid" else "00000000"
    # The background of a solid fill does not show: it remembers what the cell's colour was.
    cell.fill = PatternFill("solid", fgColor=COLOUR[worst], bgColor=before)
    own = cell.comment.text if cell.comment is not None else ""
    cell.comment = _sized(_message(findings) + (_OWN_WORDS + own if own else ""), _AUTHOR)


def _fill_before(fill: PatternFill) -> PatternFill:
    before = fill.bgColor
    is_unset = before.type == "indexed" or (before.type == "rgb" and before.rgb in _UNSET)
    return PatternFill() if is_unset else PatternFill("solid", fgColor=before)


def _message(findings: list[Finding]) -> str:
    parts = [_paragraph(finding) for finding in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        more = len(findings) - _SHOWN
        parts.append(f"… và {more} lỗi nữa ở ô này: xem trang «Cần sửa» / {more} more on the first sheet")
    return clean("\n\n".join(parts))


def _paragraph(finding: Finding) -> str:
    heading = f"{catalogue()[finding['fault']].vi} ({SEVERITY.label(finding['severity'])})"
    source = [f"Căn cứ: {finding['source']}"] if finding["source"] else []
    return "\n".join([heading, finding["remedy_vi"], finding["remedy_en"], *source])


def _sized(text: str, author: str) -> Comment:
    lines = sum(1 + len(line) // _LINE_LENGTH for line in text.split("\n"))
    return Comment(text, author, width=_WIDTH, height=lines * _LINE_HEIGHT + _MARGIN)
