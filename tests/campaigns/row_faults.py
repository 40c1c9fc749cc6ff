"""Injections of the row faults: values, units, evidence, limits, figures that disagree within a row."""

import random
from datetime import date, timedelta
from typing import Any

from tests.campaigns.injection import (
    Injected,
    Injection,
    another,
    in_cell,
    injected,
    is_done,
    is_open,
    more,
)
from tests.campaigns.sample_return import Row, SampleReturn

_PEOPLE = "people_mismatch"
_VILLAGE_LOST = "village_count_mismatch people_mismatch unit_not_reported"


def _long_done(row: Row) -> bool:
    return is_done(row) and row["completed_on"] < date(2021, 1, 1)


def _twice(table: str, column: str, change: str, value: Any, *follows: str) -> Injection:
    """A row repeated with another figure; both occurrences must be named."""

    def spoil(chance: random.Random, sent: SampleReturn) -> Injected | None:
        if not sent.rows[table]:
            return None
        row = chance.choice(sent.rows[table])
        again = {**row, change: value}
        sent.rows[table].append(again)
        return injected(sent, (table, row, column), (table, again, column), consequences=follows)

    return Injection("duplicate_unit", f"{table} with another {change}", spoil)


def _name_of_another(table: str, column: str, fits: Any = lambda _: True) -> Any:
    def spoil(chance: random.Random, sent: SampleReturn) -> Injected | None:
        rows = [row for row in sent.rows[table] if fits(row)]
        row = chance.choice(rows) if rows else None
        other = another(
            chance,
            sent.rows["commune" if column == "unit_name" else table],
            _own(column),
            row and row[column],
        )
        if row is None or other is None:
            return None
        row[column] = other[_own(column)]
        return injected(sent, (table, row, column))

    return spoil


def _own(column: str) -> str:
    return "commune_name" if column == "unit_name" else column


def _done_in_04(table: str) -> Any:
    """A unit that was completed long ago has a row in sheet 04."""

    def spoil(chance: random.Random, sent: SampleReturn) -> Injected | None:
        unit = chance.choice([row for row in sent.rows[table] if _long_done(row)])
        row = outstanding_row(sent, table, unit)
        sent.rows["outstanding"].append(row)
        return injected(sent, ("outstanding", row, "unit_ref"))

    return spoil


def _finished_but_listed(chance: random.Random, sent: SampleReturn) -> Injected | None:
    """An outstanding commune is completed in sheet 01 and still listed in sheet 04."""
    codes = {row["unit_ref"] for row in sent.rows["outstanding"] if row["unit_level"] == "Xã"}
    units = [row for row in sent.rows["commune"] if is_open(row) and row["commune_code"] in codes]
    if not units:
        return None
    unit = chance.choice(units)
    unit |= {"status": "Hoàn thành", "completed_on": date(2021, 3, 20), "decision_no": "9/QĐ-UBND"}
    listed = next(row for row in sent.rows["outstanding"] if row["unit_ref"] == unit["commune_code"])
    return injected(sent, ("outstanding", listed, "unit_ref"))


def outstanding_row(sent: SampleReturn, table: str, unit: Row) -> Row:
    """The row of sheet 04 that an outstanding unit asks for."""
    promise = {"obstacle_code": "KHAC", "due_on": sent.info["as_of_date"] + timedelta(days=90)}
    if table == "commune":
        name = {"unit_level": "Xã", "unit_ref": unit["commune_code"], "unit_name": unit["commune_name"]}
    else:
        reference = unit["village_id"] or unit["commune_code"]
        name = {"unit_level": unit["village_kind"], "unit_ref": reference, "unit_name": unit["village_name"]}
    return {**name, **promise}


def _unbalanced(chance: random.Random, sent: SampleReturn) -> Injected:
    row = chance.choice(sent.rows["petition"])
    row["closing"] += chance.choice((1, 2, 10))
    return injected(sent, ("petition", row, "closing"))


def _of_next_district(row: Row) -> str:
    return (
        "00001" if row["commune_code"] != "00001" and not row["commune_code"].startswith("000") else "10339"
    )


def _has_id(row: Row) -> bool:
    return row["village_id"] is not None


VALUE_FAULTS = (
    *(in_cell("missing_value", f"commune.{name}", None) for name in ("commune_class", "people_before")),
    *(
        in_cell("missing_value", f"commune.{name}", None)
        for name in ("people_now", "villages_now", "commune_name")
    ),
    in_cell("missing_value", "commune.status", None, is_done),
    *(
        in_cell("missing_value", f"village.{name}", None)
        for name in ("households", "people_before", "people_now")
    ),
    *(
        in_cell("missing_value", f"village.{name}", None, is_done)
        for name in ("village_kind", "village_name", "status")
    ),
    in_cell("missing_value", "village.commune_code", None, is_done, follows=_VILLAGE_LOST),
    *(
        in_cell("missing_value", f"post.{name}", None)
        for name in ("posts_required", "posts_filled", "coef_now")
    ),
    in_cell("missing_value", "outstanding.due_on", None),
    in_cell("missing_value", "outstanding.obstacle_code", None),
    in_cell("missing_value", "outstanding.unit_ref", None, follows="backlog_missing"),
    in_cell("missing_value", "activity.title", None),
    in_cell("wrong_type", "village.households", "khoảng ba trăm"),
    in_cell("wrong_type", "village.people_now", "3 người"),
    in_cell("wrong_type", "commune.people_before", 12.5),
    in_cell("wrong_type", "commune.completed_on", "31/02/2020", is_done),
    in_cell("wrong_type", "village.completed_on", "03/24/2020", is_done),
    in_cell("wrong_type", "post.coef_now", "1.234"),
    in_cell("wrong_type", "post.commune_code", "0009x", follows=_PEOPLE),
    in_cell("wrong_type", "outstanding.due_on", "cuối năm"),
    in_cell("wrong_type", "activity.held_on", "24/3/21"),
    in_cell("not_in_list", "commune.status", "Sắp xong", is_done),
    in_cell("not_in_list", "commune.commune_class", "IV"),
    in_cell("not_in_list", "village.status", "Đạt", is_done),
    in_cell("not_in_list", "village.village_kind", "Xóm", is_done),
    in_cell("not_in_list", "outstanding.obstacle_code", "KHONG_BIET"),
    in_cell("not_in_list", "outstanding.area_flags", "đông dân; sao Hỏa"),
    in_cell("not_in_list", "activity.organiser", "UBND"),
    in_cell("not_in_list", "petition.petition_kind", "Đề nghị", follows="petition_carry_mismatch"),
    in_cell("negative_value", "village.households", more("households", -10_000)),
    in_cell("negative_value", "commune.people_before", -1, follows="baseline_changed"),
    in_cell("negative_value", "village.people_now", -1, follows=f"{_PEOPLE} unusual_change"),
    in_cell("negative_value", "post.posts_combined", -1, follows=_PEOPLE),
    in_cell("negative_value", "activity.attend_village", -1),
)
UNIT_FAULTS = (
    in_cell("unknown_unit", "commune.commune_code", "99999", is_done, follows="unit_not_reported"),
    in_cell("unknown_unit", "commune.commune_code", _of_next_district, is_done, follows="unit_not_reported"),
    in_cell("unknown_unit", "village.commune_code", "99999", is_done, follows=_VILLAGE_LOST),
    in_cell(
        "unknown_unit", "village.village_id", "00000-999", is_done, follows="unit_not_reported", when="later"
    ),
    in_cell("unknown_unit", "post.commune_code", "99999", follows=_PEOPLE),
    in_cell("unknown_unit", "post.post_code", "Y09"),
    in_cell("unknown_unit", "petition.commune_code", "99999", follows="petition_carry_mismatch"),
    in_cell("unknown_unit", "outstanding.unit_ref", "99999", follows="backlog_missing"),
    Injection("name_code_mismatch", "commune_name of another", _name_of_another("commune", "commune_name")),
    Injection(
        "name_code_mismatch",
        "village_name of another",
        _name_of_another("village", "village_name", _has_id),
        when="later",
    ),
    Injection(
        "name_code_mismatch",
        "unit_name of another",
        _name_of_another("outstanding", "unit_name", lambda row: row["unit_level"] == "Xã"),
    ),
    _twice("commune", "commune_code", "note", "đã rà soát", _PEOPLE),
    _twice("village", "village_name", "households", 1, _PEOPLE, "village_count_mismatch"),
    _twice("post", "post_code", "coef_now", 3.5, _PEOPLE),
    _twice("outstanding", "unit_ref", "action", "Họp dân"),
    _twice("petition", "petition_kind", "received", 7, "petition_balance"),
)
RULE_FAULTS = (
    *(
        in_cell("completed_without_evidence", f"{table}.{column}", None, is_done)
        for table in ("commune", "village")
        for column in ("completed_on", "decision_no")
    ),
    *(
        in_cell("completion_date_out_of_range", f"{table}.completed_on", day, is_done)
        for table in ("commune", "village")
        for day in (date(2019, 4, 30), date(2021, 5, 31))
    ),
    in_cell("over_cap", "commune.people_now", 15, follows=f"{_PEOPLE} unusual_change"),
    in_cell("over_cap", "village.people_now", 4, follows=f"{_PEOPLE} unusual_change"),
    in_cell("posts_inconsistent", "post.posts_filled", more("posts_required", 1), follows=_PEOPLE),
    in_cell("posts_inconsistent", "post.posts_combined", more("posts_filled", 1), follows=_PEOPLE),
    Injection("petition_balance", "closing", _unbalanced),
    in_cell("baseline_changed", "commune.people_before", more("people_before", 1), when="later"),
    in_cell("baseline_changed", "commune.villages_before", more("villages_before", -1), when="later"),
    in_cell("baseline_changed", "village.people_before", more("people_before", 2), when="later"),
    Injection("backlog_mismatch", "a commune long completed", _done_in_04("commune")),
    Injection("backlog_mismatch", "a village long completed", _done_in_04("village")),
    Injection("backlog_mismatch", "completed in 01, listed in 04", _finished_but_listed),
)
ROW_FAULTS = (*VALUE_FAULTS, *UNIT_FAULTS, *RULE_FAULTS)
