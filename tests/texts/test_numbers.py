"""What we say of the languages is what Unicode says of them, and nothing more of Unicode is read than that."""

import subprocess
import sys
from decimal import Decimal
from math import isfinite

import pytest
from babel import Locale
from babel.numbers import format_decimal
from babel.plural import to_python

from bot.texts import LANGUAGES, words
from bot.texts.numbers import counting
from tests.house.tree import ROOT

NUMBERS: list[int | float | Decimal] = [
    0, 1, 2, 3, 5, 10, 11, 21, 100, 101, 999, 1_000, 1_001, 1_234_567, 10**12, -1, -2, -1_234_567, 0.0, 1.0, 1.5, 0.25,
    1234.5678, -0.5, float("inf"), float("nan"), Decimal(1), Decimal("1.0"), Decimal("1.10"), Decimal("-1234567.891"),
]  # fmt: skip


def unicodes(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_as_unicode_writes_it(language):
    ours, theirs = counting(language), unicodes(language)
    written = [format_decimal(number, locale=ours) for number in NUMBERS]
    assert written == [format_decimal(number, locale=theirs) for number in NUMBERS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_counted_as_unicode_counts(language):
    ours, theirs = to_python(counting(language).plural_form), to_python(unicodes(language).plural_form)
    finite = [number for number in NUMBERS if isfinite(number)]
    assert [ours(number) for number in finite] == [theirs(number) for number in finite]
    assert {ours(number) for number in finite} == ({"one", "other"} if language == "en" else {"other"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_its_own_language(language):
    assert str(words(language).bundle._babel_locale) == str(unicodes(language))


def test_whatever_else_is_asked_is_known_as_ever():
    assert counting("en").months["format"]["wide"][11] == "November"


@pytest.mark.slow
def test_the_rest_of_unicode_stays_unread():
    """4 MB for the first language: also after sentences with numbers were said in each."""
    script = (
        "from babel import localedata\n"
        "from bot.texts import words\n"
        "for language in ('en', 'zh-Hans'): words(language)('day-distance', days=1_000), words(language)('run-stop')\n"
        "print(localedata._cache)"
    )
    fresh = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (fresh.stdout.strip(), fresh.stderr) == ("{}", "")


@pytest.mark.slow
def test_nobody_looks_for_the_zones_of_the_world():
    script = (
        "import os; before = dict(os.environ)\n"
        "import bot.texts, babel.localtime, pytz\n"
        "print(babel.localtime.LOCALTZ is pytz.utc, os.environ == before)"
    )
    fresh = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (fresh.stdout.strip(), fresh.stderr) == ("True True", "")
