"""Injections of submission faults and warnings: sheets that disagree, units that are absent, history."""

import random
from datetime import timedelta

from tests.campaigns.injection import Injected, Injection, in_cell, injected, is_done, is_open, more
from tests.campaigns.row_faults import outstanding_row
from tests.campaigns.sample_return import Row, SampleReturn

_LIMITS = {"I": 14, "II": 12, "III": 10}


def _without_04(chance: random.Random, sent: SampleReturn) -> Injected | None:
    communes = {row["commune_code"]: row for row in sent.rows["commune"] if is_open(row)}
    listed = [row for row in sent.rows["outstanding"] if row["unit_level"] == "Xã"]
    if not listed:
        return None
    row = chance.choice(listed)
    sent.rows["outstanding"].remove(row)
    return injected(sent, ("commune", communes[row["unit_ref"]], "status"))


def _open_without_04(table: str) -> Injection:
    """A completed unit is open again and sheet 04 does not say so."""

    def spoil(chance: random.Random, sent: SampleReturn) -> Injected:
        row = _opened(chance, sent, table)
        return injected(sent, (table, row, "status"), consequences=["reopened"])

    return Injection("backlog_missing", f"{table} not completed", spoil)


def _opened(chance: random.Random, sent: SampleReturn, table: str) -> Row:
    row = chance.choice([row for row in sent.rows[table] if is_done(row)])
    row |= {"status": "Chưa thực hiện", "completed_on": None, "decision_no": None}
    return row


def _reopened(table: str) -> Injection:
    def spoil(chance: random.Random, sent: SampleReturn) -> Injected:
        row = _opened(chance, sent, table)
        sent.rows["outstanding"].append(outstanding_row(sent, table, row))
        return injected(sent, (table, row, "status"))

    return Injection("reopened", table, spoil, when="later")


def _absent(table: str, column: str, *follows: str, when: str) -> Injection:
    def spoil(chance: random.Random, sent: SampleReturn) -> Injected:
        row = chance.choice([row for row in sent.rows[table] if is_done(row)])
        sent.rows[table].remove(row)
        return injected(sent, (table, None, column), consequences=follows)

    return Injection("unit_not_reported", f"{table} left out", spoil, when)


def _below_limit(row: Row) -> bool:
    return bool(row["people_now"] + 1 <= _LIMITS[row["commune_class"]])


def _one_more_combined(chance: random.Random, sent: SampleReturn) -> Injected:
    row = chance.choice([row for row in sent.rows["post"] if row["posts_combined"] < row["posts_filled"]])
    row["posts_combined"] += 1
    commune = next(c for c in sent.rows["commune"] if c["commune_code"] == row["commune_code"])
    return injected(sent, ("commune", commune, "people_now"))


def _other_opening(chance: random.Random, sent: SampleReturn) -> Injected:
    row = chance.choice(sent.rows["petition"])
    row |= {"opening": row["opening"] + 3, "closing": row["closing"] + 3}
    return injected(sent, ("petition", row, "opening"))


def _petition_out_of_nowhere(chance: random.Random, sent: SampleReturn) -> Injected:
    code = chance.choice(sent.rows["commune"])["commune_code"]
    row = {
        "commune_code": code,
        "petition_kind": "Tố cáo",
        "opening": 1,
        "received": 0,
        "resolved": 0,
        "closing": 1,
    }
    sent.rows["petition"].append(row)
    return injected(sent, ("petition", row, "opening"))


def _petitions_forgotten(_: random.Random, sent: SampleReturn) -> Injected:
    sent.rows["petition"] = []
    return injected(sent, ("petition", None, "opening"))


def _petitions_unsaid(_: random.Random, sent: SampleReturn) -> Injected:
    sent.rows["petition"], sent.is_without_petitions = [], False
    return injected(sent, ("petition", None, "petition_kind"), consequences=["petition_carry_mismatch"])


def _other_kind(row: Row) -> str:
    return "TDP" if row["village_kind"] == "Thôn" else "Thôn"


def _abbreviated(row: Row) -> str:
    name: str = row["commune_name"]
    return name.replace("Phường ", "P. ").replace("Xã ", "X. ").replace("Thị trấn ", "TT. ")


def _half_the_people(row: Row) -> int:
    return int(row["people_now"] // 2 - 1)


def _another_column(table: str) -> Injection:
    def spoil(chance: random.Random, sent: SampleReturn) -> Injected:
        sent.extra_columns[table] = chance.choice(("Điện thoại", "Diện tích (km2)", "Mã số thuế"))
        at = chr(ord("A") + len(sent.rows[table][0]))
        sheet = sent.place(table, None, next(iter(sent.rows[table][0]))).split("!")[0]
        return Injected(sent.content(), (f"{sheet}!{at}3",))

    return Injection("extra_column", f"in {table}", spoil)


def _another_sheet(chance: random.Random, sent: SampleReturn) -> Injected:
    sent.extra_sheet = chance.choice(("Nháp", "Sheet1", "Ghi chú"))
    return Injected(sent.content(), (f"{sent.extra_sheet}!A1",))


SUBMISSION_FAULTS = (
    Injection("backlog_missing", "row of sheet 04 left out", _without_04),
    _open_without_04("commune"),
    _open_without_04("village"),
    _absent("commune", "commune_code", when="any"),
    _absent("village", "village_name", "village_count_mismatch", "people_mismatch", when="later"),
    in_cell("village_count_mismatch", "commune.villages_now", more("villages_now", 1)),
    in_cell("village_count_mismatch", "commune.villages_now", more("villages_now", -1)),
    in_cell("people_mismatch", "commune.people_now", more("people_now", 1), _below_limit),
    in_cell("people_mismatch", "commune.people_now", more("people_now", -1)),
    Injection("people_mismatch", "one more post combined", _one_more_combined),
    Injection("petition_carry_mismatch", "opening", _other_opening, when="later"),
    Injection("petition_carry_mismatch", "opening of a new row", _petition_out_of_nowhere, when="later"),
    Injection("petition_carry_mismatch", "open petitions left out", _petitions_forgotten, when="later"),
    Injection("missing_value", "neither petitions nor the statement", _petitions_unsaid),
)
WARNINGS = (
    _reopened("commune"),
    _reopened("village"),
    in_cell("unusual_kind", "village.village_kind", _other_kind, is_done, when="first"),
    in_cell("coefficient_fell", "post.coef_now", more("coef_before", -0.5)),
    in_cell(
        "due_date_slipped", "outstanding.due_on", lambda row: row["due_on"] + timedelta(days=1), when="later"
    ),
    in_cell(
        "due_date_slipped",
        "outstanding.due_on",
        lambda row: row["due_on"] + timedelta(days=200),
        when="later",
    ),
    in_cell(
        "unusual_change", "commune.people_now", _half_the_people, follows="people_mismatch", when="later"
    ),
    in_cell("name_variant", "commune.commune_name", _abbreviated),
    in_cell("name_variant", "commune.commune_name", lambda row: row["commune_name"].upper()),
    in_cell("name_variant", "village.village_name", lambda row: row["village_name"].upper(), when="later"),
    *map(_another_column, ("commune", "village", "post")),
    Injection("extra_column", "a sheet of the office's own", _another_sheet),
)
