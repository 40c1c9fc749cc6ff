"""The page's own font: Be Vietnam Pro, embedded in the page as `bulletin.cut_fonts` has cut it."""

import base64
from functools import cache
from pathlib import Path

import fontpkg_be_vietnam_pro

FAMILY = "Be Vietnam Pro"
FILES = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
WEIGHTS = {400: "BeVietnamPro-Regular.ttf", 600: "BeVietnamPro-SemiBold.ttf"}
WEB_FONT = Path(__file__).parent / "web_font"


@cache
def font_faces() -> str:
    """The two weights as @font-face rules that ask nobody for anything; some 80 KB.

    They name no format: browsers look at the bytes, and the PDF's engine skips a source that names one.
    """
    return "\n".join(
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; "
        f"src: url(data:font/woff2;base64,{_embedded(weight)}); }}"
        for weight in WEIGHTS
    )


def _embedded(weight: int) -> str:
    return base64.b64encode((WEB_FONT / f"{weight}.woff2").read_bytes()).decode()
