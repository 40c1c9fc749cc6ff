import sys
import unicodedata

import pytest

from schemas.text import visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Báo cáo tháng 4.xlsx", "Báo cáo tháng 4.xlsx"),
        ("Phường\u00a0Phúc Xá", "Phường\u00a0Phúc Xá"),
        ("Phường\r\nPhúc Xá\rtổ 5\n", "Phường↵Phúc Xá↵tổ 5↵"),
        ("báo cáo \u202exslx.exe", "báo cáo ⟨U+202E⟩xslx.exe"),
        ("\x1b[2J\x1b]52;c;cm0=\x07", "⟨U+001B⟩[2J⟨U+001B⟩]52;c;cm0=⟨U+0007⟩"),
        ("\x9b31mđỏ", "⟨U+009B⟩31mđỏ"),
        ("a\tb\0c\x7f", "a⟨U+0009⟩b⟨U+0000⟩c⟨U+007F⟩"),
        ("dòng\u2028hai\u2029ba\x85bốn", "dòng⟨U+2028⟩hai⟨U+2029⟩ba⟨U+0085⟩bốn"),
        ("H\u200boà\ufeff", "H⟨U+200B⟩oà⟨U+FEFF⟩"),
        ("\udcff.xlsx", "⟨U+DCFF⟩.xlsx"),
        ("⟨U+202E⟩", "⟨U+202E⟩"),
    ],
)
def test_what_prints_nothing_is_written_out(written: str, shown: str) -> None:
    assert visible(written) == shown
    assert visible(shown) == shown


def test_nothing_that_steers_a_terminal_or_turns_a_line_is_left_of_all_of_unicode() -> None:
    left = {
        unicodedata.category(character)
        for code in range(sys.maxunicode + 1)
        for character in visible(chr(code))
    }

    assert not left & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
