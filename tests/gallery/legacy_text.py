"""Vietnamese before Unicode: TCVN3 (.VnTime) and VNI text as spreadsheets show it, and Windows-1258 bytes.

The tables are those of TCVN 5712:1993 (VN3) and of VNI-Windows, letter by letter.
"""

import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot below: à ả ã á ạ
_TCVN3 = {
    "ă": "¨", "â": "©", "ê": "ª", "ô": "«", "ơ": "¬", "ư": "\u00ad", "đ": "®",
    "Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§",
}  # fmt: skip
# Each vowel with its five tones in the order of _TONES.
_TCVN3_TONED = {
    "a": "µ¶·¸¹", "ă": "»¼½¾Æ", "â": "ÇÈÉÊË", "e": "ÌÎÏÐÑ", "ê": "ÒÓÔÕÖ", "i": "×ØÜÝÞ", "o": "ßáâãä",
    "ô": "åæçèé", "ơ": "êëìíî", "u": "ïñòóô", "ư": "õö÷øù", "y": "úûüýþ",
}  # fmt: skip
# VNI writes the vowel, then a mark; ơ, ư, đ and the toned i are letters of their own.
_VNI_MARKS = {"": "øûõùï", "\u0306": "èúüéë", "\u0302": "àåãáä"}
_VNI_BARE = {"\u0306": "ê", "\u0302": "â"}
_VNI_LETTERS = {
    "đ": "ñ", "ơ": "ô", "ư": "ö", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î",
}  # fmt: skip


def tcvn3(text: str) -> str:
    """The text as a spreadsheet stores it under a .VnTime font; it has no toned capitals, only small ones."""
    return "".join(map(_tcvn3_letter, unicodedata.normalize("NFC", text)))


def _tcvn3_letter(letter: str) -> str:
    vowel, tone = _without_tone(letter)
    if not tone:
        return _TCVN3.get(letter, letter)
    return _TCVN3_TONED[vowel.lower()][_TONES.index(tone)]


def vni(text: str) -> str:
    """The text as a spreadsheet stores it under a VNI font."""
    return "".join(map(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    coded = _VNI_LETTERS.get(small) or _vni_pair(small)
    return coded.upper() if letter != small else coded


def _vni_pair(small: str) -> str:
    vowel, tone = _without_tone(small)
    if vowel in "ơư":
        return _VNI_LETTERS[vowel] + (_VNI_MARKS[""][_TONES.index(tone)] if tone else "")
    decomposed = unicodedata.normalize("NFD", vowel)
    base, shape = decomposed[0], decomposed[1:]
    if not tone:
        return base + _VNI_BARE.get(shape, shape)
    return base + _VNI_MARKS[shape][_TONES.index(tone)]


def _without_tone(letter: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in decomposed if mark in _TONES), "")
    return unicodedata.normalize("NFC", decomposed.replace(tone, "") if tone else decomposed), tone


def windows_1258(text: str) -> bytes:
    """The text in Windows' Vietnamese code page: whole letters where it has them, else vowel and tone."""
    # The page has no Ð: who typed it there typed Đ.
    return b"".join(map(_windows_1258_letter, unicodedata.normalize("NFC", text).replace("Ð", "Đ")))


def _windows_1258_letter(letter: str) -> bytes:
    try:
        return letter.encode("windows-1258")
    except UnicodeEncodeError:
        vowel, tone = _without_tone(letter)
        return (vowel + tone).encode("windows-1258", "replace")
