"""How offices lay out the form: each change is one habit, applied to a book."""

from typing import Any

from schemas.form.sheet import Reader
from tests.gallery.book import Book, Change, Formula, Page

_LETTERHEAD = [
    ["UBND QUẬN TÂY HỒ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["PHÒNG NỘI VỤ", None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    [None, "BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 21-ĐA/TU"],
    [None, "(Kèm theo Báo cáo số 15/BC-UBND)"],
]
# Upper header → the form's headers below it, by sheet; every other header stands in both rows.
_PARENTS = {
    "commune": {
        "Số người KCT cấp xã": {"people_before": "trước Đề án", "people_now": "hiện nay"},
        "Số thôn, TDP": {"villages_before": "trước sắp xếp", "villages_now": "hiện nay"},
    },
    "village": {"Số người KCT": {"people_before": "trước Đề án", "people_now": "hiện nay"}},
    "post": {"Hệ số phụ cấp": {"coef_before": "trước", "coef_now": "hiện nay"}},
}
_SECTIONS = (("I", "Các phường ven hồ"), ("II", "Các phường còn lại"))


def _shift_down(page: Page, rows: list[list[Any]]) -> None:
    page.rows[:0] = rows
    page.header += len(rows) if page.header >= 0 else 0
    down = len(rows)
    page.merged = [(top + down, left, bottom + down, right) for top, left, bottom, right in page.merged]


def title_rows(book: Book) -> None:
    """Five rows of letterhead and title above every table."""
    for page in book.pages:
        _shift_down(page, [list(row) for row in _LETTERHEAD])


def merged_title(book: Book) -> None:
    """The title merged across the whole table."""
    for page in book.tables:
        page.merged.append((0, 0, 0, len(page.columns) - 1))


def two_row_header(book: Book) -> None:
    """Merged upper headers over the columns that they share, the rest merged downwards."""
    for table, parents in _PARENTS.items():
        page = book.page(table)
        upper = list(page.rows[page.header])
        lower: list[Any] = [None] * len(page.columns)
        for parent, children in parents.items():
            places = [page.at(name) for name in children]
            for place, text in zip(places, children.values(), strict=True):
                upper[place], lower[place] = None, text
            upper[places[0]] = parent
            page.merged.append((page.header, places[0], page.header, places[-1]))
        alone = [at for at, text in enumerate(lower) if text is None]
        page.merged += [(page.header, at, page.header + 1, at) for at in alone]
        page.rows[page.header : page.header + 1] = [upper, lower]
        page.header += 1


def index_row(book: Book) -> None:
    """A, B, 1, 2, … below the header."""
    for page in book.tables:
        page.rows.insert(page.header + 1, ["A", "B", *range(1, len(page.columns) - 1)])


def index_row_in_brackets(book: Book) -> None:
    """(1), (2), (3), … below the header."""
    for page in book.tables:
        page.rows.insert(page.header + 1, [f"({n})" for n in range(1, len(page.columns) + 1)])


def total(word: str, *, is_first: bool = False, as_formula: bool = False) -> Change:
    """A total row, last or first, of numbers or of formulas."""

    def change(book: Book) -> None:
        for page in book.tables:
            row = _total_row(page, page.body, word)
            if not any(isinstance(cell, int) for cell in row):
                continue
            if as_formula:
                row = [Formula("=SUM(1)", cell) if isinstance(cell, int) else cell for cell in row]
            page.rows.insert(page.header + 1 if is_first else len(page.rows), row)

    change.__name__ = f"total {word}"
    return change


def _total_row(page: Page, rows: list[list[Any]], word: str) -> list[Any]:
    counts = {c.name for c in page.sheet.columns if c.reader is Reader.COUNT}
    return [
        word if position == 0 else sum(_count(row, position) for row in rows) if name in counts else None
        for position, name in enumerate(page.columns)
    ]


def _count(row: list[Any], position: int) -> int:
    cell = row[position] if position < len(row) else None
    return cell if isinstance(cell, int) else 0


def sections(*, subtotals: str = "") -> Change:
    """Sections I and II in sheets 01 to 03; `subtotals`: none (''), below, or beside the title."""

    def change(book: Book) -> None:
        for table in ("commune", "village", "post"):
            page = book.page(table)
            half = len(page.body) // 2
            body = []
            for (numeral, title), rows in zip(_SECTIONS, (page.body[:half], page.body[half:]), strict=True):
                head: list[Any] = [numeral, title]
                if subtotals == "beside":
                    head = [numeral, title, *_total_row(page, rows, "")[2:]]
                below = [_total_row(page, rows, f"Cộng {numeral}")] if subtotals == "below" else []
                body += [head, *rows, *below]
            page.body = body

    change.__name__ = f"sections {subtotals}"
    return change


def notes_and_signature(book: Book) -> None:
    """A note and the signature block below every table, and below sheet 00."""
    for page in book.pages:
        page.rows += [
            [],
            ["Ghi chú: số liệu đã được các phường xác nhận."],
            [None, None, None, "Hà Nội, ngày 02 tháng 4 năm 2021"],
            ["NGƯỜI LẬP BIỂU", None, None, "TM. ỦY BAN NHÂN DÂN"],
            ["(Ký, ghi rõ họ tên)", None, None, "(Ký tên, đóng dấu)"],
            [],
            [None, None, None, "Người ký thử"],
        ]


def hidden_rows(book: Book) -> None:
    """Two wards and one group are in rows that the office hid."""
    book.page("commune").hidden_rows = {3, 4}
    book.page("village").hidden_rows = {5}


def hidden_columns(book: Book) -> None:
    """The decisions' numbers are in columns that the office hid."""
    for table in ("commune", "village"):
        page = book.page(table)
        page.hidden_columns = {page.at("decision_no")}


def hidden_sheet(book: Book) -> None:
    """Sheet 03 is hidden."""
    book.page("post").is_hidden = True


def renamed_sheets(book: Book) -> None:
    """Sheets under the office's own names, last one first."""
    for number, page in enumerate(book.pages):
        page.name = f"Biểu số {number}"
    book.pages.reverse()


def mirrored_columns(book: Book) -> None:
    """The last column first."""
    for page in book.tables:
        for row in page.rows[page.header :]:
            row += [None] * (len(page.columns) - len(row))
            row.reverse()
        page.columns.reverse()


def renamed_columns(book: Book) -> None:
    """Headers in other words that mean the same."""
    words = {
        "commune": {"commune_code": "Mã đơn vị hành chính", "decision_no": "Số QĐ"},
        "village": {"commune_code": "Mã xã", "village_name": "Tên thôn, TDP"},
        "post": {"posts_combined": "Kiêm nhiệm"},
        "petition": {"opening": "Tồn đầu kỳ", "closing": "Còn tồn"},
    }
    for table, headers in words.items():
        page = book.page(table)
        for name, text in headers.items():
            page.rows[page.header][page.at(name)] = text


def untidy_headers(book: Book) -> None:
    """Headers in capitals, broken over lines, with blanks and dots that are not the form's."""
    for page in book.tables:
        headers = page.rows[page.header]
        headers[:] = [f" {text.upper().replace(' ', chr(10), 1)} :" for text in headers]


def running_number(book: Book) -> None:
    """A column STT before the form's first one."""
    page = book.page("commune")
    page.columns.insert(0, "")
    page.rows[page.header].insert(0, "STT")
    for number, row in enumerate(page.body, 1):
        row.insert(0, number)


def extra_column(book: Book) -> None:
    """A column that the form does not have, in the middle of sheet 01."""
    page = book.page("commune")
    page.columns.insert(3, "")
    page.rows[page.header].insert(3, "Diện tích (km2)")
    for row in page.body:
        row.insert(3, 3.5)


def extra_sheet(book: Book) -> None:
    """A sheet of the office's own, first in the file."""
    own = Page(book.page("commune").sheet, "Nháp", [["Việc cần làm"], ["gọi các phường"]], 0, [])
    book.pages.insert(0, own)


def blank_rows(book: Book) -> None:
    """An empty row after every second row."""
    for page in book.tables:
        page.body = [row for n, full in enumerate(page.body) for row in ((full, []) if n % 2 else (full,))]


def shifted(book: Book) -> None:
    """Every table two columns to the right and three rows down."""
    for page in book.pages:
        page.rows = [[None, None, *row] for row in page.rows]
        page.columns[:0] = ["", ""]
        _shift_down(page, [[], [], []])
