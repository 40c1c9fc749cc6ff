"""Figures as tables of Markdown: seconds, ratios to a named one, CPU seconds, memory, work a second."""

from collections.abc import Callable

from tests.bench.measure import Figure

_Cell = Callable[[Figure], str]


def table(figures: list[Figure], bases: tuple[str, ...] = (), unit: str = "", own_base: str = "") -> str:
    """One line a figure; a column of ratios for each of `bases`, one of `unit` a second where asked for.

    `own_base` heads the column of the ratios to what each figure names itself as its base.
    """
    by_name = {figure.subject: figure for figure in figures}
    columns: list[tuple[str, _Cell]] = [
        ("seconds, median", lambda f: f"{f.median:.2f}"),
        ("least – most", lambda f: f"{min(f.seconds):.2f} – {max(f.seconds):.2f}"),
        *((f"÷ {base}", _ratio_to(by_name[base])) for base in bases if base in by_name),
        *([(f"÷ {own_base}", _ratio_to_own(by_name))] if own_base else []),
        ("CPU s", lambda f: "" if f.cpu is None else f"{f.cpu:.2f}"),
        ("peak MB", lambda f: "" if f.peak is None else f"{f.peak:.0f}"),
        *([(f"{unit} a second", _rate)] if unit else []),
        ("runs", lambda f: str(len(f.seconds))),
        ("", lambda f: f.note),
    ]
    shown = [column for column in columns if any(column[1](figure) for figure in figures)]
    lines = [
        ["", *(title for title, _ in shown)],
        ["---", *("--:" if title else "---" for title, _ in shown)],
    ]
    lines += [[figure.subject, *(cell(figure) for _, cell in shown)] for figure in figures]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ratio_to(base: Figure) -> _Cell:
    return lambda figure: f"{figure.median / base.median:.2f}"


def _ratio_to_own(by_name: dict[str, Figure]) -> _Cell:
    return lambda figure: _ratio_to(by_name[figure.base])(figure) if figure.base else ""


def _rate(figure: Figure) -> str:
    return f"{figure.work / figure.median:,.0f}" if figure.work else ""
