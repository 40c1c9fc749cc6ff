"""File formats and encodings: old ones, zips of CSV files, fonts from before Unicode."""

from tests.gallery import layouts, styles
from tests.gallery.book import Formula
from tests.gallery.case import case
from tests.gallery.old_formats import ods, xls
from tests.gallery.value_cases import DAYS, NUMBERS, cell, partly
from tests.gallery.writers import xlsm, zip_of_csv

# What a CSV file makes text of.
_FROM_CSV = {"number_from_text": NUMBERS, "date_from_text": DAYS}
_HIDING = (layouts.hidden_rows, layouts.hidden_columns, layouts.hidden_sheet)
_AN_ERROR = cell("village", 0, "households", Formula("=NA()", "#N/A"))

FORMATS = {
    "xlsm": case(write=xlsm),
    "xls": case(write=xls),
    "xls_1904": case(styles.epoch_1904, write=xls),
    "xls_messy": case(
        layouts.total("Cộng"), layouts.index_row, layouts.title_rows, layouts.renamed_sheets, write=xls
    ),
    "xls_serial_dates": case(styles.serial_dates, write=xls, repairs={"excel_serial": DAYS}),
    "xls_hidden": case(*_HIDING, write=xls, hidden=("01_CapXa", "02_ThonTDP", "03_ChucDanh")),
    "xls_error": partly(
        _AN_ERROR, write=xls, findings=(("02_ThonTDP!F3", "wrong_type"),), held=("village.0",)
    ),
    "ods": case(write=ods),
    "ods_hidden": case(*_HIDING, write=ods, hidden=("01_CapXa", "02_ThonTDP")),
    "ods_error": partly(
        _AN_ERROR, write=ods, findings=(("02_ThonTDP!F3", "wrong_type"),), held=("village.0",)
    ),
    "ods_messy": case(
        layouts.two_row_header,
        layouts.title_rows,
        layouts.notes_and_signature,
        styles.text_dates,
        write=ods,
        repairs={"date_from_text": DAYS},
    ),
    "csv_utf_8": case(write=zip_of_csv("utf-8"), repairs=_FROM_CSV),
    "csv_utf_8_with_bom": case(write=zip_of_csv("utf-8-sig"), repairs=_FROM_CSV),
    "csv_utf_16": case(write=zip_of_csv("utf-16"), repairs=_FROM_CSV),
    "csv_semicolons": case(styles.text_numbers, write=zip_of_csv("utf-8", ";"), repairs=_FROM_CSV),
    "csv_windows_1258": case(
        write=zip_of_csv("windows-1258"), repairs={**_FROM_CSV, "text_tidied": 30, "vocabulary_variant": 5}
    ),
    "csv_messy": case(
        layouts.total("Tổng cộng"),
        layouts.index_row,
        layouts.title_rows,
        layouts.notes_and_signature,
        write=zip_of_csv("utf-8-sig"),
        repairs=_FROM_CSV,
    ),
}
FONTS = {
    "tcvn3": case(styles.in_tcvn3, repairs={"tcvn3": 81}),
    "tcvn3_xls": case(styles.in_tcvn3, write=xls, repairs={"tcvn3": 81}),
    "tcvn3_messy": case(
        layouts.total("Tổng cộng"),
        layouts.two_row_header,
        layouts.index_row,
        layouts.notes_and_signature,
        layouts.title_rows,
        styles.in_tcvn3,
        repairs={"tcvn3": 81},
    ),
    "vni": case(styles.in_vni, repairs={"vni": 81}),
    "vni_messy": case(
        layouts.sections(), layouts.title_rows, layouts.total("Cộng"), styles.in_vni, repairs={"vni": 81}
    ),
    "windows_1258_shown_as_latin": case(
        styles.in_windows_1258, repairs={"windows-1258": 57, "vocabulary_variant": 2}
    ),
}
