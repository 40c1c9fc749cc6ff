"""The page's font: what lies in the project is what its font gives."""

from bulletin.cut_fonts import cut_fonts


def test_the_embedded_font_is_the_one_that_would_be_cut_today() -> None:
    cut = dict(cut_fonts())
    assert [path.name for path in cut] == ["400.woff2", "600.woff2"]
    assert {path: path.read_bytes() for path in cut} == cut
