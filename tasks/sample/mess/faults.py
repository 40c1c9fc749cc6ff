"""The faults that are planted: each spoils one cell or row of a draft, or the bytes of its file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from schemas.vocabularies import OBSTACLE, STATUS, UNIT_LEVEL
from tasks.form_workbook import choices
from tasks.sample.mess.draft import Draft, Row, Spoilt

_DONE = STATUS.label("completed")
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"

Plant = Callable[[Draft, np.random.Generator], bool]


@dataclass(frozen=True)
class PlannedFault:
    """A fault of the catalogue to be planted once; `what` tells two of one name apart.

    `plant` changes a draft and says whether it could; `damage` changes the bytes of the written file;
    `needs_history` when there must have been an earlier return.
    """

    name: str
    what: str
    plant: Plant = lambda draft, chance: True  # noqa: ARG005
    damage: Callable[[bytes], bytes] = bytes
    needs_history: bool = False


def _cell(
    fault: str,
    table: str,
    column: str,
    spoil: Callable[[Row], Any],
    fits: Callable[[Row], bool] = lambda row: True,  # noqa: ARG005
    *,
    needs_history: bool = False,
) -> PlannedFault:
    """A fault in one cell of a random row that `fits`."""

    def plant(draft: Draft, chance: np.random.Generator) -> bool:
        fitting = [row for row in draft.rows[table] if fits(row)]
        if not fitting:
            return False
        row = fitting[chance.integers(len(fitting))]
        row[column] = Spoilt(spoil(row), fault)
        return True

    # The register of villages is made from the first return: what is quarantined there would shift its ids.
    return PlannedFault(fault, f"{table}.{column}", plant, needs_history=needs_history or table == "village")


def _is_done(row: Row) -> bool:
    return bool(row["status"] == _DONE)


def _without_evidence(draft: Draft, chance: np.random.Generator) -> bool:
    fitting = [row for row in draft.rows["commune"] if not _is_done(row)]
    if not fitting:
        return False
    row = fitting[chance.integers(len(fitting))]
    row |= {
        "status": _DONE,
        "completed_on": draft.info["as_of_date"],
        "decision_no": Spoilt(None, "completed_without_evidence"),
    }
    return True


def _twice(draft: Draft, chance: np.random.Generator) -> bool:
    rows = draft.rows["commune"]
    row = rows[chance.integers(len(rows))]
    rows.append({**row, "commune_code": Spoilt(row["commune_code"], "duplicate_unit"), "villages_now": 1})
    return True


def _name_of_another(draft: Draft, chance: np.random.Generator) -> bool:
    first, second = (draft.rows["commune"][n] for n in chance.choice(len(draft.rows["commune"]), 2, False))
    first["commune_name"] = Spoilt(second["commune_name"], "name_code_mismatch")
    return True


def _not_outstanding(draft: Draft, chance: np.random.Generator) -> bool:
    # Long finished: a unit of the countdown would break an earlier promise as well.
    done = [row for row in draft.rows["commune"] if _is_done(row) and row["completed_on"].year < 2021]
    row = done[chance.integers(len(done))]
    draft.rows["outstanding"].append(
        {
            "unit_level": UNIT_LEVEL.label("commune"),
            "unit_ref": Spoilt(row["commune_code"], "backlog_mismatch"),
            "unit_name": row["commune_name"],
            "area_flags": None,
            "obstacle_code": choices(OBSTACLE)["KHAC"],
            "obstacle_text": None,
            "action": None,
            "owner_role": None,
            "due_on": draft.info["as_of_date"] + timedelta(days=30),
        }
    )
    return True


def _without_a_row(table: str) -> Plant:
    def plant(draft: Draft, chance: np.random.Generator) -> bool:
        if not draft.rows[table]:
            return False
        draft.rows[table].pop(chance.integers(len(draft.rows[table])))
        return True

    return plant


def _petition(fault: str, column: str, **counts: int) -> Plant:
    """A petition where none arose; the fault lies in `column`."""

    def plant(draft: Draft, chance: np.random.Generator) -> bool:
        if not draft.is_without_petitions:
            return False
        communes = draft.rows["commune"]
        code = communes[chance.integers(len(communes))]["commune_code"]
        row: Row = {"commune_code": code, "petition_kind": "Kiến nghị", **counts}
        draft.rows["petition"] = [row | {column: Spoilt(row[column], fault)}]
        draft.is_without_petitions = False
        return True

    return plant


def _info(fault: str, **values: str) -> Plant:
    """Other values in sheet 00; the fault lies in the first."""

    def plant(draft: Draft, chance: np.random.Generator) -> bool:  # noqa: ARG001
        column = next(iter(values))
        draft.info |= values | {column: Spoilt(values[column], fault)}
        return True

    return plant


def _other_district(draft: Draft, chance: np.random.Generator) -> bool:
    if draft.info["district_code"] == "001":
        return False
    return _info("wrong_district", district_code="001", district_name="Quận Ba Đình")(draft, chance)


def _same_number(draft: Draft, chance: np.random.Generator) -> bool:  # noqa: ARG001
    draft.info["seq"] = Spoilt(draft.info["seq"], "stale_sequence")
    draft.info["doc_no"] = f"{draft.info['doc_no']}-b"
    return True


def _lose(name: str, value: Any) -> Plant:
    """A sheet or column that is left out, or a total that is wrong."""

    def plant(draft: Draft, chance: np.random.Generator) -> bool:  # noqa: ARG001
        setattr(draft, name, value)
        return True

    return plant


FATAL_FAULTS = (
    PlannedFault("wrong_district", "another district", _other_district),
    PlannedFault("unreadable_file", "truncated", damage=lambda content: content[: len(content) // 2]),
    PlannedFault("unreadable_file", "empty", damage=lambda _: b""),
    PlannedFault("unreadable_file", "picture", damage=lambda _: _PNG),
    PlannedFault("bad_period", "month 13", _info("bad_period", period="2021-13")),
    PlannedFault("stale_sequence", "number of the first return", _same_number),
    PlannedFault(
        "control_total_mismatch", "total of people", _lose("wrong_total", ("commune", "people_now"))
    ),
    PlannedFault("missing_sheet", "no activities", _lose("dropped_sheet", "activity")),
    PlannedFault("missing_column", "no decision", _lose("dropped_column", ("commune", "decision_no"))),
)
ROW_FAULTS = (
    PlannedFault("completed_without_evidence", "commune", _without_evidence),
    PlannedFault("duplicate_unit", "commune", _twice),
    PlannedFault("name_code_mismatch", "commune", _name_of_another),
    PlannedFault("backlog_mismatch", "commune", _not_outstanding),
    PlannedFault(
        "petition_balance",
        "commune",
        _petition("petition_balance", "closing", opening=0, received=1, resolved=0, closing=2),
    ),
    _cell("missing_value", "village", "households", lambda _: None),
    _cell("wrong_type", "village", "households", lambda _: "khoảng ba trăm"),
    _cell("wrong_type", "commune", "completed_on", lambda _: "24/13/2020", _is_done),
    _cell("not_in_list", "commune", "status", lambda _: "Sắp xong", _is_done),
    _cell("negative_value", "village", "households", lambda row: -row["households"]),
    _cell("unknown_unit", "post", "commune_code", lambda _: "99999"),
    _cell("over_cap", "commune", "people_now", lambda _: 15),
    _cell("over_cap", "village", "people_now", lambda _: 4),
    _cell("completion_date_out_of_range", "commune", "completed_on", lambda _: date(2019, 4, 1), _is_done),
    _cell("posts_inconsistent", "post", "posts_filled", lambda row: row["posts_required"] + 1),
    _cell(
        "baseline_changed",
        "commune",
        "people_before",
        lambda row: row["people_before"] + 1,
        needs_history=True,
    ),
)
SUBMISSION_FAULTS = (
    PlannedFault("backlog_missing", "row left out", _without_a_row("outstanding")),
    PlannedFault("unit_not_reported", "village left out", _without_a_row("village"), needs_history=True),
    PlannedFault(
        "petition_carry_mismatch",
        "opening",
        _petition("petition_carry_mismatch", "opening", opening=2, received=0, resolved=0, closing=2),
        needs_history=True,
    ),
    _cell("village_count_mismatch", "commune", "villages_now", lambda row: row["villages_now"] + 1),
    _cell(
        "people_mismatch",
        "post",
        "posts_combined",
        lambda row: row["posts_combined"] + 1,
        lambda row: row["posts_combined"] < row["posts_filled"],
    ),
)
WARNINGS = (
    _cell("coefficient_fell", "post", "coef_now", lambda row: row["coef_before"] - 0.5),
    _cell(
        "due_date_slipped",
        "outstanding",
        "due_on",
        lambda row: row["due_on"] + timedelta(days=61),
        needs_history=True,
    ),
)
FAULTS = (*FATAL_FAULTS, *ROW_FAULTS, *SUBMISSION_FAULTS, *WARNINGS)
