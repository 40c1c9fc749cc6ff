"""Values as offices write them, and values that cannot be read."""

from functools import partial

from tests.gallery import edits, layouts, styles
from tests.gallery.book import Formula
from tests.gallery.case import PARTIAL, WARNED, case
from tests.gallery.edits import cell

warned = partial(case, verdict=WARNED)
partly = partial(case, verdict=PARTIAL)
# How many cells of the true return hold a number, a day, a code.
NUMBERS, DAYS, CODES = 207, 26, 50


VALUES = {
    "text_numbers": case(styles.text_numbers, repairs={"number_from_text": NUMBERS}),
    "text_numbers_in_totals": case(
        layouts.total("Tổng cộng"), styles.text_numbers, repairs={"number_from_text": NUMBERS}
    ),
    "blank_thousands": case(styles.blank_thousands, repairs={"number_from_text": 159}),
    "padded_numbers": case(styles.padded_numbers, repairs={"number_from_text": 159}),
    "text_dates": case(styles.text_dates, repairs={"date_from_text": DAYS}),
    "short_dates": case(styles.short_dates, repairs={"date_from_text": DAYS}),
    "iso_dates": case(styles.iso_dates, repairs={"date_from_text": DAYS}),
    "serial_dates": case(styles.serial_dates, repairs={"excel_serial": DAYS}),
    "epoch_1904": case(styles.epoch_1904),
    "epoch_1904_text_dates": case(styles.epoch_1904, styles.text_dates, repairs={"date_from_text": DAYS}),
    "lost_zeros": case(
        styles.lost_zeros,
        repairs={"leading_zeros": CODES, "number_as_text": 2},
        said={"outstanding.0.unit_ref": "112", "outstanding.1.unit_ref": "109"},
    ),
    "lost_zero_of_the_district": case(
        styles.typed_period("2021-03"),
        cell("petition", 0, "commune_code", "91"),
        repairs={"leading_zeros": 1},
    ),
    "period_as_month": case(styles.typed_period("Tháng 3 năm 2021"), repairs={"period_from_text": 1}),
    "period_as_03_2021": case(styles.typed_period("03/2021"), repairs={"period_from_text": 1}),
    "capitals": case(styles.capitals, repairs={"vocabulary_variant": 27}),
    "line_breaks": case(styles.line_breaks, repairs={"text_tidied": 30}),
    "non_breaking_spaces": case(styles.non_breaking, repairs={"text_tidied": 30, "vocabulary_variant": 28}),
    "nfd": case(styles.nfd, repairs={"text_tidied": 30, "vocabulary_variant": 29}),
    "eth_for_dj": case(styles.eth, repairs={"text_tidied": 22, "vocabulary_variant": 2}),
    "old_tones": warned(
        styles.old_tones,
        findings=(("01_CapXa!B10", "name_variant"),),
        said={
            "commune.7.commune_name": "Phường Thuỵ Khuê",
            "outstanding.0.unit_name": "Phường Thuỵ Khuê",
        },
    ),
    "abbreviations": warned(
        styles.abbreviations,
        findings=tuple((f"01_CapXa!B{row}", "name_variant") for row in range(3, 11)),
        said={
            **{
                f"commune.{n}.commune_name": f"P. {name}"
                for n, name in enumerate(
                    [
                        "Phú Thượng",
                        "Nhật Tân",
                        "Tứ Liên",
                        "Quảng An",
                        "Xuân La",
                        "Yên Phụ",
                        "Bưởi",
                        "Thụy Khuê",
                    ]
                )
            },
            **{f"village.{n}.village_name": f"TDP số {n % 2 + 1}" for n in range(16)},
            "outstanding.0.unit_name": "P. Thụy Khuê",
            "outstanding.1.unit_name": "TDP số 2",
        },
    ),
    "a_group_by_another_name_in_sheet_04": case(
        cell("outstanding", 1, "unit_name", "Tổ 02"), said={"outstanding.1.unit_name": "Tổ 02"}
    ),
    "look_alike_cyrillic": partly(
        cell(
            "commune", 0, "commune_name", "Ph\u01b0\u1eddng Ph\u00fa Th\u01b0\u1ee3ng".replace("h", "\u04bb")
        ),
        findings=(("01_CapXa!B3", "name_code_mismatch"),),
        held=("commune.0",),
    ),
    "formula_with_value": case(edits.formulas(computed=True)),
    "formula_without_value": partly(
        edits.formulas(computed=False), findings=(("01_CapXa!E3", "wrong_type"),), held=("commune.0",)
    ),
    "error_in_a_figure": partly(
        cell("village", 0, "households", Formula("=NA()", "#N/A")),
        findings=(("02_ThonTDP!F3", "wrong_type"),),
        held=("village.0",),
    ),
    "error_in_a_note": partly(
        cell("commune", 0, "note", Formula("=VLOOKUP(1,A1:B2,2,0)", "#REF!")),
        findings=(("01_CapXa!K3", "wrong_type"),),
        held=("commune.0",),
    ),
    "a_date_with_month_13": partly(
        cell("commune", 0, "completed_on", "01/13/2020"),
        findings=(("01_CapXa!I3", "wrong_type"),),
        held=("commune.0",),
    ),
    "a_decimal_with_two_readings": partly(
        cell("post", 0, "coef_now", "1.234"), findings=(("03_ChucDanh!H3", "wrong_type"),), held=("post.0",)
    ),
    "a_number_with_its_unit": partly(
        cell("village", 0, "households", "201 hộ"),
        findings=(("02_ThonTDP!F3", "wrong_type"),),
        held=("village.0",),
    ),
    "all_values_typed_as_text": case(
        styles.text_numbers,
        styles.text_dates,
        styles.nfd,
        repairs={
            "number_from_text": NUMBERS,
            "date_from_text": DAYS,
            "text_tidied": 30,
            "vocabulary_variant": 29,
        },
    ),
}
