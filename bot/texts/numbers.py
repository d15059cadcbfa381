"""How the languages of the catalogues count and write numbers: what Unicode says of them, in a dozen lines.

Fluent asks babel, which for a plural or a number reads all that Unicode knows of a language (every currency, calendar and
country): 4 MB and 10 ms for the first language, 1 MB and 4 ms for the next, at the start and in the first command.
"""

from babel import Locale
from babel.localedata import LocaleDataDict
from babel.numbers import parse_pattern
from babel.plural import PluralRule

_COUNTED = {"en": PluralRule({"one": "i = 1 and v = 0"}), "zh": PluralRule({})}
_SIGNS = LocaleDataDict(
    {"latn": {"decimal": ".", "group": ",", "plusSign": "+", "minusSign": "-", "infinity": "∞", "nan": "NaN"}}
)
_WRITTEN = LocaleDataDict({None: parse_pattern("#,##0.###")})


class Counting(Locale):
    """A language as far as Fluent needs to know it; anything else babel looks up itself."""

    @property
    def plural_form(self) -> PluralRule:
        """One day, two days; in Chinese it is the same."""
        return _COUNTED[self.language]

    @property
    def default_numbering_system(self) -> str:
        """0 to 9."""
        return "latn"

    @property
    def number_symbols(self) -> LocaleDataDict:
        """What stands between the digits."""
        return _SIGNS

    @property
    def decimal_formats(self) -> LocaleDataDict:
        """1,234,567.891."""
        return _WRITTEN


def counting(language: str) -> Counting:
    """The language of a catalogue: zh-Hans, zh-Hant or en."""
    name, _, script = language.partition("-")
    return Counting(name, script=script or None)
