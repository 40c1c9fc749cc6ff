"""Any return in any style: what hypothesis draws. Every value drawn is one that the form can say."""

import csv
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import warehouse
from tests.gallery import layouts, styles
from tests.gallery.book import Book, Change, book_of
from tests.gallery.edits import nothing_arose
from tests.gallery.old_formats import ods, xls
from tests.gallery.truth import Rows, true_info
from tests.gallery.writers import Write, xlsm, xlsx, zip_of_csv

# Among them names that look like totals, numbers and sections. No toned capitals: TCVN3 has none.
_WORDS = (
    "Cộng Hòa",
    "Tổng Bí",
    "Thượng Cát",
    "Yên Nghĩa",
    "Lâm Tân",
    "Ao Sen",
    "số 3",
    "Kiêu Kỵ",
    "I",
    "12A",
)
_NOTES = (None, "Tổng cộng", "đã rà soát", "1.5", "=1+1", "không")
_LAST = date(2021, 3, 24)
_POSTS = ("X01", "X02", "T01", "T02")
_KINDS = {"thon": "Thôn", "tdp": "Tổ dân phố"}
_COUNTS = st.one_of(st.integers(0, 20), st.integers(0, 3_000_000))
_COEFFICIENTS = st.integers(0, 500).map(lambda hundredths: hundredths / 100)
_DAYS = st.dates(date(2019, 5, 1), _LAST)


def _register() -> dict[str, list[tuple[str, str]]]:
    communes = defaultdict(list)
    path = Path(warehouse.__file__).parent / "reference" / "commune.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["valid_from"] <= str(_LAST) <= row["valid_to"]:
                communes[row["district_code"]].append((row["commune_code"], row["commune_name"]))
    return dict(communes)


REGISTER = _register()


@dataclass(frozen=True, repr=False)
class AnyReturn:
    """A return of a district: what it says, how it is laid out and written."""

    district: str
    info: dict[str, Any]
    rows: Rows
    changes: tuple[Change, ...]
    write: Write

    def content(self) -> bytes:
        """The file's bytes."""
        book = book_of(self.info, self.rows)
        for change in self.changes:
            change(book)
        return self.write(book)

    def __repr__(self) -> str:
        applied = [change.__name__ for change in self.changes]
        counts = {table: len(rows) for table, rows in self.rows.items()}
        return f"AnyReturn({self.district}, {applied}, {self.write.__name__}, {counts})"


@st.composite
def any_return(draw: st.DrawFn) -> AnyReturn:
    """A return of one to three communes of any district, in any combination of the gallery's styles."""
    district = draw(st.sampled_from(sorted(REGISTER)))
    communes = draw(st.lists(st.sampled_from(REGISTER[district]), min_size=1, max_size=3, unique=True))
    rows: Rows = {
        "commune": [draw(_commune(*commune)) for commune in communes],
        "village": [draw(_village(code, n)) for code, _ in communes for n in range(draw(st.integers(1, 3)))],
        "post": [
            draw(_post(code, post)) for code, _ in communes for post in _POSTS[: draw(st.integers(1, 4))]
        ],
        "petition": [draw(_petition(code)) for code, _ in communes if draw(st.booleans())],
        "activity": [draw(_activity()) for _ in range(draw(st.integers(0, 2)))],
    }
    rows["outstanding"] = [draw(_outstanding(row)) for row in rows["commune"] if row["status"] != "completed"]
    info = true_info() | {"district_code": district, "district_name": None}
    changes, write = draw(_style())
    silent = () if rows["petition"] else (nothing_arose,)
    return AnyReturn(district, info, rows, (*silent, *changes), write)


@st.composite
def _state(draw: st.DrawFn) -> dict[str, Any]:
    status = draw(st.sampled_from(["completed", "in_progress", "not_started"]))
    if status != "completed":
        return {"status": status, "completed_on": None, "decision_no": None}
    return {
        "status": status,
        "completed_on": draw(_DAYS),
        "decision_no": f"{draw(st.integers(1, 999))}/QĐ-UBND",
    }


@st.composite
def _commune(draw: st.DrawFn, code: str, name: str) -> dict[str, Any]:
    counts = {name: draw(_COUNTS) for name in ("people_before", "villages_before", "villages_now")}
    return {
        "commune_code": code,
        "commune_name": name,
        "commune_class": draw(st.sampled_from("123")),
        "people_now": draw(st.integers(0, 11)),
        "note": draw(st.sampled_from(_NOTES)),
        **counts,
        **draw(_state()),
    }


@st.composite
def _village(draw: st.DrawFn, code: str, number: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(_KINDS)))
    return {
        "village_id": None,
        "commune_code": code,
        "village_kind": kind,
        "village_name": f"{_KINDS[kind]} {draw(st.sampled_from(_WORDS))} {number}",
        "predecessors": draw(st.sampled_from((None, "Tổ 1; Tổ 2", "Thôn Cộng"))),
        "households": draw(_COUNTS),
        "people_before": draw(_COUNTS),
        "people_now": draw(st.integers(0, 4)),
        **draw(_state()),
    }


@st.composite
def _post(draw: st.DrawFn, code: str, post: str) -> dict[str, Any]:
    return {
        "commune_code": code,
        "post_code": post,
        "post_title": draw(st.sampled_from((None, "Tổng phụ trách", "Bí thư"))),
        **{name: draw(_COUNTS) for name in ("posts_required", "posts_filled", "posts_combined")},
        **{name: draw(_COEFFICIENTS) for name in ("coef_before", "coef_now")},
    }


@st.composite
def _outstanding(draw: st.DrawFn, commune: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit_level": "commune",
        "unit_ref": commune["commune_code"],
        "unit_name": commune["commune_name"],
        "area_flags": draw(st.sampled_from((None, "crowded", "religious;crowded"))),
        "obstacle_code": draw(st.sampled_from(("NHAN_SU", "KHAC"))),
        "obstacle_text": draw(st.sampled_from(_NOTES)),
        "action": None,
        "owner_role": None,
        "due_on": draw(st.dates(date(2021, 4, 1), date(2029, 12, 31))),
    }


@st.composite
def _petition(draw: st.DrawFn, code: str) -> dict[str, Any]:
    opening, received, closing = (draw(_COUNTS) for _ in range(3))
    return {
        "commune_code": code,
        "petition_kind": draw(st.sampled_from(("complaint", "denunciation", "recommendation"))),
        "opening": opening,
        "received": received,
        "resolved": max(0, opening + received - closing),
        "closing": closing,
    }


@st.composite
def _activity(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "activity_kind": draw(st.sampled_from(("training", "election"))),
        "title": draw(st.sampled_from(("Tổng kết Đề án", "Tập huấn", "Hội nghị 2"))),
        "held_on": draw(_DAYS),
        "organiser": draw(st.sampled_from(("BTC", "LHP"))),
        "attend_commune": draw(st.one_of(st.none(), _COUNTS)),
        "attend_village": draw(_COUNTS),
    }


def nothing(_: Book) -> None:
    """As the form has it."""


_ROWS: tuple[Change, ...] = (
    nothing,
    layouts.total("Tổng cộng"),
    layouts.total("TỔNG SỐ", is_first=True),
    layouts.total("Cộng", as_formula=True),
    layouts.sections(),
    layouts.sections(subtotals="below"),
    layouts.sections(subtotals="beside"),
)
_HEADERS: tuple[Change, ...] = (nothing, layouts.two_row_header, layouts.renamed_columns)
_INDEX: tuple[Change, ...] = (nothing, layouts.index_row, layouts.index_row_in_brackets)
_FOOT: tuple[Change, ...] = (nothing, layouts.notes_and_signature, layouts.blank_rows)
_TOP: tuple[Change, ...] = (nothing, layouts.title_rows, layouts.shifted, layouts.renamed_sheets)
_NUMBERS: tuple[Change, ...] = (nothing, styles.text_numbers, styles.blank_thousands, styles.padded_numbers)
_DATES: tuple[Change, ...] = (
    *(nothing, styles.text_dates, styles.short_dates, styles.iso_dates),
    *(styles.serial_dates, styles.epoch_1904),
)
_CODES: tuple[Change, ...] = (nothing, styles.lost_zeros)
_TEXTS: tuple[Change, ...] = (
    nothing,
    styles.nfd,
    styles.non_breaking,
    styles.line_breaks,
    styles.capitals,
    styles.eth,
)
_FONTS: tuple[Change, ...] = (styles.in_tcvn3, styles.in_vni, styles.in_windows_1258)
_WORKBOOKS: tuple[Write, ...] = (xlsx, xlsm, xls, ods)
_ZIPS: tuple[Write, ...] = (
    *(zip_of_csv(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "windows-1258")),
    zip_of_csv("utf-8", ";"),
)


@st.composite
def _style(draw: st.DrawFn) -> tuple[tuple[Change, ...], Callable[[Book], bytes]]:
    # Legacy fonts are a matter of workbooks: a CSV file has no font, only an encoding.
    is_in_font = draw(st.integers(0, 3)) == 0
    text = _FONTS if is_in_font else _TEXTS
    write = draw(st.sampled_from(_WORKBOOKS if is_in_font else (*_WORKBOOKS, *_ZIPS)))
    slots = (_ROWS, _HEADERS, _INDEX, _FOOT, _TOP, _NUMBERS, _DATES, _CODES, text)
    return tuple(draw(st.sampled_from(slot)) for slot in slots), write
