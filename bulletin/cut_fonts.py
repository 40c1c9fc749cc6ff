"""Cutting the page's font down to what a Vietnamese page needs: `make fonts` writes `web_font/` anew.

Done once, not with every release: it takes more than a second, and what is embedded is the same every time.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bulletin.fonts import FILES, WEB_FONT, WEIGHTS

# Latin with the accents of Europe, the Vietnamese letters, and the signs that texts use.
_LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA)]
_SIGNS = [ord(sign) for sign in "–—‘’“”†‡•…−×≤≥≈₫"]


def cut_fonts() -> Iterator[tuple[Path, bytes]]:
    """Each file of `web_font/` and what belongs in it: WOFF2 of one weight."""
    for weight, name in WEIGHTS.items():
        yield WEB_FONT / f"{weight}.woff2", _cut(FILES / name)


def _cut(file: Path) -> bytes:
    font = TTFont(file, recalcTimestamp=False)
    cutter = Subsetter(Options(layout_features=["ccmp", "locl", "kern", "mark", "mkmk"]))
    cutter.populate(unicodes=[*_LETTERS, *_SIGNS])
    cutter.subset(font)
    font.flavor = "woff2"
    packed = BytesIO()
    font.save(packed)
    return packed.getvalue()


if __name__ == "__main__":
    for path, content in cut_fonts():
        path.write_bytes(content)
