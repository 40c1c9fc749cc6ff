"""The line charts, drawn by Vega-Lite to SVG while the bulletin is made; the page needs no script."""

import re
from datetime import date
from functools import cache
from typing import Any

from bulletin.fonts import FAMILY, FILES
from bulletin.language import Language, period_named
from schemas.rows import Row

Spec = dict[str, Any]
# The figure around a drawing has the words; what Vega says of its marks would only be read out besides.
_UNSPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_INK, _MUTED, _GRID, _LINE = "#14171a", "#4b5560", "#e3e6ea", "#0f4c8a"
_WIDTH, _HEIGHT = 296, 150
_MOST_LABELS = 10  # more of them lie on each other
_CONFIG: Spec = {
    "font": FAMILY,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        **{"labelFontSize": 11, "labelColor": _MUTED, "title": None, "gridColor": _GRID},
        **{"domainColor": _MUTED, "tickColor": _MUTED, "labelPadding": 4},
    },
}


def decided_chart(language: Language, decided: list[Row], countdown: list[Row], level: str) -> str:
    """What remained since the first pilot: by completion dates month by month, then by periods."""
    points = [
        {"on": _stamp(row["ends_on"].replace(day=1)), "remaining": row["remaining"]}
        for row in decided
        if row["unit_level"] == level
    ] + _reported(countdown, level)
    if not points:
        return ""
    ends = _ends(language, points)
    return _drawn(language, [_line(points), _dots(ends), *_labels(ends)])


def forecast_chart(language: Language, countdown: list[Row], forecast: Row, level: str) -> str:
    """The periods alone, large enough to see where the forecast goes; the band is its interval.

    Every period bears its number, of a long history only the first and the last.
    """
    points = _reported(countdown, level)
    if not points:
        return ""
    labelled = (
        [point | {"label": language.number(point["remaining"]), "align": "left"} for point in points]
        if len(points) <= _MOST_LABELS
        else _ends(language, points)
    )
    layers = [_line(points), _dots(points), *_labels(labelled)]
    if forecast["outcome"] == "forecast":
        layers = [*_ahead(points[-1], forecast), *layers]
    return _drawn(language, layers)


def _ends(language: Language, points: list[Row]) -> list[Row]:
    return [
        point | {"label": language.number(point["remaining"]), "align": side}
        for point, side in ((points[0], "left"), (points[-1], "right"))
    ]


def _ahead(last: Row, forecast: Row) -> list[Spec]:
    start, end = (last["on"], last["remaining"]), _stamp(_starts_on(forecast["expected_period"]))
    earliest = _stamp(_starts_on(forecast["earliest_period"]))
    latest = _stamp(_starts_on(forecast["latest_period"] or forecast["expected_period"]))
    band = [
        {"on": on, "low": _height(start, earliest, on), "high": _height(start, latest, on)}
        for on in sorted({last["on"], earliest, end, latest})
    ]
    goal = {"on": end, "remaining": 0}
    return [
        {
            "data": {"values": band},
            "mark": {"type": "area", "color": _LINE, "opacity": 0.18},
            "encoding": {"x": _X, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
        },
        {
            "data": {"values": [last, goal]},
            "mark": {"type": "line", "color": _LINE, "strokeDash": [4, 3], "strokeWidth": 2},
            "encoding": {"x": _X, "y": _Y},
        },
        {
            "data": {"values": [goal]},
            "mark": {"type": "point", "color": _LINE, "fill": "#ffffff", "opacity": 1, "size": 36},
            "encoding": {"x": _X, "y": _Y},
        },
    ]


def _height(start: tuple[int, int], end: int, on: int) -> float:
    """How many remain at `on` on the straight way from `start` (moment, number) to zero at `end`."""
    began, number = start
    return max(0.0, number * (1 - (on - began) / (end - began))) if end > began else 0.0


def _reported(countdown: list[Row], level: str) -> list[Row]:
    field = "communes_remaining" if level == "commune" else "villages_remaining"
    return [{"on": _stamp(_starts_on(row["period"])), "remaining": row[field]} for row in countdown]


_X: Spec = {"field": "on", "type": "temporal", "scale": {"type": "utc", "padding": 6}}
_Y: Spec = {"field": "remaining", "type": "quantitative", "scale": {"zero": True, "nice": True}}


def _line(points: list[Row]) -> Spec:
    return {
        "data": {"values": points},
        "mark": {"type": "line", "color": _LINE, "strokeWidth": 2.5},
        "encoding": {"x": _X, "y": _Y},
    }


def _dots(points: list[Row]) -> Spec:
    return {
        "data": {"values": points},
        "mark": {"type": "point", "filled": True, "color": _LINE, "opacity": 1, "size": 36},
        "encoding": {"x": _X, "y": _Y},
    }


def _labels(points: list[Row]) -> list[Spec]:
    # The alignment of a text is no channel of its own, so each alignment is a layer.
    look = {"type": "text", "dy": -10, "fontWeight": 600, "fontSize": 12, "color": _LINE}
    return [
        {
            "data": {"values": [point for point in points if point["align"] == side]},
            "mark": look | {"align": side},
            "encoding": {"x": _X, "y": _Y, "text": {"field": "label"}},
        }
        for side in ("left", "right")
    ]


def _drawn(language: Language, layers: list[Spec]) -> str:
    months = "%-m/%Y" if language.code == "vi" else "%b %Y"
    axis_x = {"format": months, "grid": False, "tickCount": 4, "labelOverlap": "greedy", "labelFlush": True}
    axis_y = {"format": ",d", "tickCount": 4, "domain": False, "ticks": False, "tickMinStep": 1}
    for layer in layers:
        layer["encoding"] = layer["encoding"] | {
            "x": {**_X, "axis": axis_x},
            "y": {**layer["encoding"]["y"], "axis": axis_y},
        }
    spec = {
        **{"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _CONFIG, "layer": layers},
        **{"width": _WIDTH, "height": _HEIGHT, "padding": {"left": 2, "right": 12, "top": 10, "bottom": 2}},
    }
    numbers = {"thousands": language.number(1000)[1], "decimal": language.number(0.5, 1)[1]}
    written = {"grouping": [3], "currency": ["", ""], **numbers}
    return _UNSPOKEN.sub("", _engine().vegalite_to_svg(spec, format_locale=written))


def start_engine() -> None:
    """Let the engine start and read its libraries, for half a second, before the first chart is wanted."""
    _engine().vegalite_to_svg({"data": {"values": []}, "mark": "point"})


@cache
def _engine() -> Any:
    # Loaded when the first chart is drawn: it brings a JavaScript engine along.
    import vl_convert

    vl_convert.register_font_directory(str(FILES))
    return vl_convert


def _starts_on(period: str) -> date:
    # A period's figure stands over the period's name on the axis.
    return period_named(period).starts_on


def _stamp(day: date) -> int:
    """Milliseconds since 1970 in UTC, as Vega counts."""
    return (day - date(1970, 1, 1)).days * 86_400_000
