"""Waivers at the gate: what failed and may pass, because someone said so, why and until when."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import duckdb

from schemas.expectations.results import ExpectationResult, WaiverInForce
from warehouse.connection import query

_BETWEEN_PARTS = " · "


def waivers_in_force(warehouse: duckdb.DuckDBPyConnection) -> list[WaiverInForce]:
    """The waivers of the candidate's marts.exceptions that are in force as of its own moment."""
    return [WaiverInForce(*row) for row in warehouse.execute(query("waiver_in_force")).fetchall()]


def waive(
    results: list[ExpectationResult], waivers: list[WaiverInForce], district_of: Mapping[str, str]
) -> list[ExpectationResult]:
    """Let each failing result pass as far as `waivers` cover its rows; `success` stays false.

    A waiver for a district covers the rows that name the district, or one of its units or submissions; one
    for a unit the rows that name the unit. `district_of`: commune_code → district_code.
    """
    return [result if result.success else _waived(result, waivers, district_of) for result in results]


def _waived(
    result: ExpectationResult, waivers: list[WaiverInForce], district_of: Mapping[str, str]
) -> ExpectationResult:
    rows = [(row, _covering(row, result, waivers, district_of)) for row in result.rows]
    used = [waiver for _, covering in rows for waiver in covering]
    # What fails as a whole has no row to name: only a waiver without a scope covers it.
    used += [w for w in waivers if not result.rows and w.expectation == result.name and _is_whole(w)]
    return replace(
        result,
        rows=[row for row, covering in rows if not covering],
        waived_rows=[row for row, covering in rows if covering],
        waivers=list(dict.fromkeys(used)),
    )


def _covering(
    row: dict[str, Any],
    result: ExpectationResult,
    waivers: list[WaiverInForce],
    district_of: Mapping[str, str],
) -> list[WaiverInForce]:
    named = set(_named(row))
    districts = (
        named | {district_of.get(part[:5], "") for part in named} | {p[:3] for p in named if p[3:4] == "-"}
    )
    return [
        waiver
        for waiver in waivers
        if waiver.expectation == result.name
        and (waiver.district_code is None or waiver.district_code in districts)
        and (waiver.unit_id is None or waiver.unit_id in named)
    ]


def _named(row: dict[str, Any]) -> Iterator[str]:
    # A row names what it is about in columns of its own and in the parts of its subject.
    for value in row.values():
        if isinstance(value, str):
            yield from value.split(_BETWEEN_PARTS)


def _is_whole(waiver: WaiverInForce) -> bool:
    return waiver.district_code is None and waiver.unit_id is None
