"""The two languages of the bulletin: sentences by gettext, numbers and days by Babel, lists by their words.

The Vietnamese sentences stand in the templates; `locale/en` translates them. Its catalogue is kept as text:
compiling it takes milliseconds, and a compiled copy could only be out of date.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from schemas.calendar import Period
from schemas.vocabularies import Vocabulary

LOCALE = Path(__file__).parent / "locale"
UNKNOWN = "—"
_PATTERNS = {
    "vi": {"day": "dd/MM/yyyy", "month": "M/yyyy", "quarter": "'quý' Q/yyyy", "percent": "{}\u00a0%"},
    "en": {"day": "d MMM yyyy", "month": "MMM yyyy", "quarter": "'Q'Q yyyy", "percent": "{}%"},
}


@dataclass(frozen=True)
class Language:
    """How one language writes; every method takes None for what is not known and writes a dash."""

    code: str
    translations: NullTranslations

    @property
    def other(self) -> str:
        """The code of the other language."""
        return "en" if self.code == "vi" else "vi"

    @property
    def suffix(self) -> str:
        """What tells this language's files from the Vietnamese ones."""
        return "" if self.code == "vi" else f".{self.code}"

    def number(self, value: float | None, digits: int = 0) -> str:
        """1843 → `1.843`; a fraction is rounded to at most `digits`."""
        if value is None:
            return UNKNOWN
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return str(format_decimal(_rounded(value, digits), pattern, locale=self.code)).replace("-", "−")

    def percent(self, value: float | None, digits: int = 2) -> str:
        """44.281 → `44,28 %`, rounded to exactly `digits`, as on paper: 41.435 → `41,44 %`."""
        if value is None:
            return UNKNOWN
        figure = format_decimal(_rounded(value, digits), f"#,##0.{'0' * digits}", locale=self.code)
        return _PATTERNS[self.code]["percent"].format(figure)

    def coefficient(self, value: float | None) -> str:
        """1.5 → `1,50`."""
        return UNKNOWN if value is None else str(format_decimal(_rounded(value, 2), "0.00", locale=self.code))

    def change(self, value: int | None) -> str:
        """A difference with its sign: `−3`, `+1`."""
        return f"+{self.number(value)}" if value is not None and value > 0 else self.number(value)

    def day(self, value: date | None) -> str:
        """A day, as `07/09/2021`."""
        return UNKNOWN if value is None else str(format_date(value, _PATTERNS[self.code]["day"], self.code))

    def moment(self, value: datetime | None) -> str:
        """A moment that already is in Hanoi time, as `07/09/2021 08:05`."""
        return UNKNOWN if value is None else f"{self.day(value)} {value:%H:%M}"

    def period(self, name: str | None) -> str:
        """A period by its stored name: `2021-08` → `8/2021`, `2021-Q3` → `quý 3/2021`."""
        if name is None:
            return UNKNOWN
        length = "quarter" if "Q" in name else "month"
        return str(format_date(period_named(name).starts_on, _PATTERNS[self.code][length], self.code))

    def word(self, vocabulary: Vocabulary, code: str | None) -> str:
        """The word of a stored code. Raises KeyError when the list has no such code."""
        if code is None:
            return UNKNOWN
        return vocabulary.label(code) if self.code == "vi" else vocabulary.english(code)

    def words(self, vocabulary: Vocabulary, codes: str | None) -> str:
        """The words of stored codes with `;` between."""
        return ", ".join(self.word(vocabulary, code) for code in codes.split(";")) if codes else UNKNOWN

    def own(self, vietnamese: str | None, english: str | None) -> str:
        """Of two texts that mean the same the one in this language."""
        return (vietnamese if self.code == "vi" else english) or UNKNOWN


def _rounded(value: float, digits: int) -> Decimal:
    # Babel alone would round a half to the even digit, as no reader with a calculator does.
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def period_named(name: str) -> Period:
    """A stored period, month or quarter."""
    return Period.parse(name, 3 if "Q" in name else 1)


@cache
def language(code: str) -> Language:
    """Vietnamese (`vi`) or English (`en`)."""
    return Language(code, NullTranslations() if code == "vi" else _compiled(code))


def _compiled(code: str) -> Translations:
    compiled = BytesIO()
    with (LOCALE / code / "LC_MESSAGES" / "bulletin.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Translations(compiled)
