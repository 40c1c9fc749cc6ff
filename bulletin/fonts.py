"""The page's own font: Be Vietnam Pro, cut down to what a Vietnamese page needs, embedded in the page."""

import base64
from functools import cache
from io import BytesIO
from pathlib import Path

import fontpkg_be_vietnam_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Be Vietnam Pro"
FILES = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
_WEIGHTS = {400: "BeVietnamPro-Regular.ttf", 600: "BeVietnamPro-SemiBold.ttf"}
# Latin with the accents of Europe, the Vietnamese letters, and the signs that texts use.
_LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA)]
_SIGNS = [ord(sign) for sign in "–—‘’“”†‡•…−×≤≥≈₫"]


@cache
def font_faces() -> str:
    """The two weights as @font-face rules that ask nobody for anything; some 80 KB.

    They name no format: browsers look at the bytes, and the PDF's engine skips a source that names one.
    """
    return "\n".join(
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; "
        f"src: url(data:font/woff2;base64,{_web_font(FILES / file)}); }}"
        for weight, file in _WEIGHTS.items()
    )


def _web_font(file: Path) -> str:
    options = Options(layout_features=["ccmp", "locl", "kern", "mark", "mkmk"])
    font = TTFont(file)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[*_LETTERS, *_SIGNS])
    cutter.subset(font)
    font.flavor = "woff2"
    packed = BytesIO()
    font.save(packed)
    return base64.b64encode(packed.getvalue()).decode()
