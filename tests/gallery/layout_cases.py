"""Layouts of offices, and layouts that are beyond repair."""

from functools import partial

from tests.gallery import edits, layouts
from tests.gallery.case import PARTIAL, REJECTED, WARNED, case

warned = partial(case, verdict=WARNED)
partly = partial(case, verdict=PARTIAL)
rejected = partial(case, verdict=REJECTED, held=("*",))


LAYOUTS = {
    "as_it_is": case(),
    "title_rows": case(layouts.title_rows),
    "merged_title": case(layouts.merged_title),
    "two_row_header": case(layouts.two_row_header),
    "two_row_header_below_titles": case(layouts.two_row_header, layouts.title_rows),
    "index_row": case(layouts.index_row),
    "index_row_in_brackets": case(layouts.index_row_in_brackets),
    "index_row_below_two_row_header": case(layouts.two_row_header, layouts.index_row),
    "total_last": case(layouts.total("Tổng cộng")),
    "total_cong": case(layouts.total("Cộng")),
    "total_first": case(layouts.total("TỔNG SỐ", is_first=True)),
    "total_first_below_index_row": case(layouts.total("TỔNG SỐ", is_first=True), layouts.index_row),
    "total_by_formula": case(layouts.total("Tổng cộng", as_formula=True)),
    "sections": case(layouts.sections()),
    "sections_with_subtotals_below": case(layouts.sections(subtotals="below")),
    "sections_with_subtotals_beside": case(layouts.sections(subtotals="beside")),
    "notes_and_signature": case(layouts.notes_and_signature),
    "notes_below_total": case(layouts.total("Tổng cộng"), layouts.notes_and_signature),
    "blank_rows": case(layouts.blank_rows),
    "shifted": case(layouts.shifted),
    "renamed_sheets": case(layouts.renamed_sheets),
    "mirrored_columns": case(layouts.mirrored_columns),
    "renamed_columns": case(layouts.renamed_columns),
    "untidy_headers": case(layouts.untidy_headers),
    "hidden_rows": case(layouts.hidden_rows, hidden=("01_CapXa", "02_ThonTDP")),
    "hidden_columns": case(layouts.hidden_columns, hidden=("01_CapXa", "02_ThonTDP")),
    "hidden_sheet": case(layouts.hidden_sheet, hidden=("03_ChucDanh",)),
    "extra_column": warned(layouts.extra_column, findings=(("01_CapXa!D2", "extra_column"),)),
    "running_number": warned(layouts.running_number, findings=(("01_CapXa!A2", "extra_column"),)),
    "extra_sheet": warned(layouts.extra_sheet, findings=(("Nháp!A1", "extra_column"),)),
    "nothing_arose": case(edits.nothing_arose, held=("petition.0",)),
    "everything_at_once": case(
        layouts.total("TỔNG SỐ", is_first=True),
        layouts.two_row_header,
        layouts.index_row,
        layouts.notes_and_signature,
        layouts.title_rows,
        layouts.renamed_sheets,
    ),
}
FAULTY = {
    "wrong_total": rejected(
        layouts.total("Tổng cộng"),
        edits.wrong_total,
        findings=(("01_CapXa!E11", "control_total_mismatch"),),
    ),
    "wrong_section_total": rejected(
        layouts.sections(subtotals="below"),
        edits.wrong_total,
        findings=(("01_CapXa!E14", "control_total_mismatch"),),
    ),
    "empty_petitions": partly(
        edits.no_petitions, findings=(("05_DonThu!B2", "missing_value"),), held=("petition.0",)
    ),
    "missing_sheet": rejected(edits.drop_page("activity"), findings=(("", "missing_sheet"),)),
    "missing_column": rejected(
        edits.drop_column("commune", "decision_no"), findings=(("01_CapXa!A2", "missing_column"),)
    ),
}
