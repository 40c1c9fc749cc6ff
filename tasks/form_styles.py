"""How the form's workbook looks: the formats of its cells."""

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from schemas.form.sheet import Reader

RIGHT = (Reader.COUNT, Reader.DECIMAL)
FREE = (Reader.TEXT, Reader.TERMS)
_CENTRED = (Reader.CODE, Reader.DATE)
_TEXT_FORMAT = "@"
_NUMBER_FORMAT = {Reader.COUNT: "#,##0", Reader.DECIMAL: "0.00", Reader.DATE: "dd/mm/yyyy"}


class Styles:
    """The formats of one workbook, by reader where they differ.

    `cell`: to be filled in; `fixed`: given, not to be changed; `below`: rows that nothing is drawn in yet.
    Locking takes effect only on a protected sheet.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.banner = workbook.add_format({"bold": True, "font_color": "#C00000"})
        self.statement = workbook.add_format({"italic": True, "locked": False})
        frame = {"border": 1, "border_color": "#A6A6A6", "valign": "top"}
        label = {**frame, "bold": True, "bg_color": "#D9E1F2", "text_wrap": True}
        self.label = workbook.add_format(label)
        self.header = workbook.add_format({**label, "align": "center", "valign": "vcenter"})
        self.cell: dict[Reader, Format] = {}
        self.fixed: dict[Reader, Format] = {}
        self.below: dict[Reader, Format] = {}
        self.total: dict[Reader, Format] = {}
        for reader in Reader:
            bare = {
                "num_format": _NUMBER_FORMAT.get(reader, _TEXT_FORMAT),
                "align": _align(reader),
                "text_wrap": reader in FREE,
                "locked": False,
            }
            look = {**bare, **frame}
            self.below[reader] = workbook.add_format(bare)
            self.cell[reader] = workbook.add_format(look)
            self.fixed[reader] = workbook.add_format({**look, "locked": True, "font_color": "#595959"})
            self.total[reader] = workbook.add_format({**look, "bold": True, "bg_color": "#F2F2F2"})


def _align(reader: Reader) -> str:
    return "right" if reader in RIGHT else "center" if reader in _CENTRED else "left"
