"""What minutes are found by: their text in plain width, case and script, cut into words, the same for both databases.

Chinese, and other scripts that write no blanks, are cut into neighbouring characters and single ones, so that words of any
length are found without a dictionary: 季度预算 gives 季度 度预 预算 算, and once each 季 度 预. Everything else is a word
between blanks and marks. Searched words are cut the same way, so they are words whatever signs stand in them."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.pattern import pattern

if TYPE_CHECKING:
    from opencc import OpenCC

LONGEST = 60
"""Characters of one word that count; PostgreSQL takes 2,046 bytes."""
GRAM = 4
"""Unbroken characters that PostgreSQL's index holds together: nearly every word of Chinese has two to four."""
MOST = 900_000
"""Bytes of different words of one text that are kept there; it takes 1,048,575."""

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3040-\u30ff\u31f0-\u31ff"
_NO_BLANKS = f"{_HAN}{_KANA}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNBROKEN = pattern(f"([{_NO_BLANKS}]+)| ")
"""Splits into unbroken runs and what stands between them and blanks. One pattern: each with these characters takes a
millisecond or two to compile."""
_HAN_FIRST, _HAN_LAST = _HAN[::3], _HAN[2::3]
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
_ALPHABETS = 0x530
"""Latin, Greek and Cyrillic come before: their accents are left out."""


class Asked(Struct, frozen=True):
    """What somebody searches: `words` that must be there; `runs` of three unbroken characters and more, which must stand
    as they are; `start`, with which a word must begin: the last one typed may be unfinished."""

    words: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    start: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.runs or self.start)


def asked(text: str) -> Asked:
    """The words of a search; nothing when there are none in it."""
    found = runs(text)
    start = found[-1] if found and _unfinished(found[-1]) else ""
    whole = dict.fromkeys(found[:-1] if start else found)
    unbroken = tuple(run for run in whole if len(run) > 2 and _UNBROKEN.match(run))
    return Asked(tuple(run for run in whole if run not in unbroken), unbroken, start)


def runs(text: str) -> list[str]:
    """The text as words and unbroken runs of characters, in its order."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFKC", plain).translate(_PLAIN)
    return [run if _UNBROKEN.match(run) else run[:LONGEST] for run in _UNBROKEN.split(plain) if run]


def in_order(found: Iterable[str]) -> list[str]:
    """The words of runs for an index that knows where each stands (FTS5): unbroken runs as pairs, one after the other, so
    that a longer one is a phrase of them; then each single character once."""
    words: list[str] = []
    single: dict[str, None] = {}
    for run in found:
        if _UNBROKEN.match(run):
            words += pairs(run)
            single |= dict.fromkeys(run)
        else:
            words.append(run)
    return words + list(single)


def in_set(found: Iterable[str]) -> list[str]:
    """The words of runs for an index that knows only which there are (GIN): unbroken runs as everything in them of up to
    four characters, so that what is mostly searched need not be looked at in the text."""
    words = dict.fromkeys(word for run in found for word in (grams(run) if _UNBROKEN.match(run) else (run,)))
    bytes_before = accumulate((len(word.encode()) for word in words), initial=0)
    return [word for word, before in zip(words, bytes_before, strict=False) if before < MOST]


def pairs(run: str) -> list[str]:
    """Every two neighbours, and the last one, which tells where the run ends."""
    return [run[place : place + 2] for place in range(len(run))]


def grams(run: str, sizes: Iterable[int] = range(1, GRAM + 1)) -> list[str]:
    """Everything in it of these lengths."""
    sizes = tuple(sizes)
    return [run[place : place + size] for place in range(len(run)) for size in sizes if place + size <= len(run)]


def _unfinished(run: str) -> bool:
    return len(run) > 1 and not _UNBROKEN.match(run)


class _Plain(dict[int, str]):
    """What each character becomes, found out when it first comes (as bot/due/phrase.py does, whose table knows the words
    of dates alone): no accent, simplified script, a blank for whatever is no part of a word."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = plainer = _plainer(character)
        return plainer


def _plainer(character: str) -> str:
    if any(first <= character <= last for first, last in zip(_HAN_FIRST, _HAN_LAST, strict=True)):
        return str(_simplified().convert(character))
    if character in _ACCENTS:
        return ""
    letter = unicodedata.normalize("NFD", character)[0]
    if ord(letter) < _ALPHABETS:
        character = letter
    return character if character.isalnum() or unicodedata.category(character).startswith("M") else " "


@cache
def _simplified() -> "OpenCC":
    from opencc import OpenCC  # 25 ms, wanted when something Chinese is kept or searched

    return OpenCC("t2s")


_PLAIN = _Plain()
