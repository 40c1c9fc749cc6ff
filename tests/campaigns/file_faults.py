"""Injections of the fatal faults: files, sheets, columns, sheet 00, totals."""

import random
from dataclasses import replace
from datetime import date, timedelta

from schemas.form.sheet import Reader
from schemas.form.sheets import INFO, TABLE_SHEETS
from tests.campaigns.clean_returns import DISTRICTS
from tests.campaigns.injection import Injected, Injection, injected
from tests.campaigns.sample_return import SampleReturn
from tests.intake.returns import moment

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
_COUNTED = {
    sheet.table: [c.name for c in sheet.columns if c.reader is Reader.COUNT] for sheet in TABLE_SHEETS
}


def _truncated(chance: random.Random, sent: SampleReturn) -> Injected:
    content = sent.content()
    return Injected(content[: chance.randrange(1, len(content) - 100)], ("",))


def _empty(_: random.Random, __: SampleReturn) -> Injected:
    return Injected(b"", ("",))


def _picture(chance: random.Random, _: SampleReturn) -> Injected:
    return Injected(_PNG + chance.randbytes(500), ("",))


def _without_sheet(chance: random.Random, sent: SampleReturn) -> Injected:
    sent.dropped_tables = {chance.choice(TABLE_SHEETS).table}
    return Injected(sent.content(), ("",))


def _without_sheet_00(_: random.Random, sent: SampleReturn) -> Injected:
    # Nobody can tell whose file it is, nor of which period.
    sent.dropped_tables = {INFO.table}
    return Injected(sent.content(), ("",), frozenset({"wrong_district", "bad_period", "stale_sequence"}))


def _without_column(chance: random.Random, sent: SampleReturn) -> Injected:
    sheet = chance.choice(TABLE_SHEETS)
    column = chance.choice([c for c in sheet.columns if not c.optional])
    sent.dropped_columns = {(sheet.table, column.name)}
    return Injected(sent.content(), (f"{sheet.name}!A3",))


def _without_label(chance: random.Random, sent: SampleReturn) -> Injected:
    column = chance.choice([c for c in INFO.columns if c.nullable])
    sent.dropped_columns = {(INFO.table, column.name)}
    return Injected(sent.content(), (f"{INFO.name}!A1",))


def _info(fault: str, column: str, *values: object, follows: str = "") -> Injection:
    def spoil(chance: random.Random, sent: SampleReturn) -> Injected:
        sent.info[column] = chance.choice(values)
        return injected(sent, (INFO.table, None, column), consequences=follows.split())

    return Injection(fault, f"info.{column} ← {' / '.join(map(str, values))}", spoil)


def _other_district(chance: random.Random, sent: SampleReturn) -> Injected:
    sent.info["district_code"] = chance.choice([code for code in DISTRICTS if code != sent.district])
    return injected(sent, (INFO.table, None, "district_code"))


def _day_outside(chance: random.Random, sent: SampleReturn) -> Injected:
    sent.info["as_of_date"] += timedelta(days=chance.choice((-40, 40)))
    return injected(sent, (INFO.table, None, "as_of_date"), consequences=["completion_date_out_of_range"])


def _locked(chance: random.Random, sent: SampleReturn) -> Injected:
    late = moment("2021-06-01") + timedelta(days=chance.randrange(90))
    content = sent.content()
    return Injected(content, (sent.place(INFO.table, None, "period"),), received_at=late)


def _same_number(_: random.Random, sent: SampleReturn) -> Injected:
    # A second return of the first period under the number of the first.
    sent.info |= {"period": "2021-03", "as_of_date": date(2021, 3, 24), "seq": 1}
    follows = ["completion_date_out_of_range", "petition_carry_mismatch", "due_date_slipped"]
    early = moment("2021-04-10")
    return replace(injected(sent, (INFO.table, None, "seq"), consequences=follows), received_at=early)


def _wrong_total(chance: random.Random, sent: SampleReturn) -> Injected:
    table = chance.choice([table for table, counts in _COUNTED.items() if counts and sent.rows[table]])
    column = chance.choice(_COUNTED[table])
    sent.total_errors[table, column] = chance.choice((-10, -1, 1, 9, 100))
    return Injected(sent.content(), (sent.total_place(table, column),))


FILE_FAULTS = (
    Injection("unreadable_file", "truncated", _truncated),
    Injection("unreadable_file", "empty", _empty),
    Injection("unreadable_file", "a picture", _picture),
    Injection("missing_sheet", "one of 01 to 06", _without_sheet),
    Injection("missing_sheet", "00", _without_sheet_00),
    Injection("missing_column", "of a table", _without_column),
    Injection("missing_column", "a label of sheet 00", _without_label),
    Injection("wrong_district", "another district", _other_district),
    _info("wrong_district", "district_code", None, "999"),
    _info(
        "bad_period", "period", "2021-13", "2021", "quý I", None, "2021-02", "2019-05", follows="bad_period"
    ),
    _info("bad_period", "period", "2021-12", "2030-01", follows="bad_period"),
    _info("bad_period", "as_of_date", None, "31/02/2021"),
    Injection("bad_period", "as_of_date outside the period", _day_outside),
    Injection("bad_period", "after the lock", _locked, when="later"),
    _info("stale_sequence", "seq", 0, None, "hai"),
    Injection("stale_sequence", "the number of the accepted return", _same_number, when="later"),
    Injection("control_total_mismatch", "a total of any sheet", _wrong_total),
)
