"""Written numbers → int: 三, 廿三, 一百零五, 二〇二六, 15, fifteen. Strict: 两三 or 三五 (a few) are no number."""

import re

from bot.due.pattern import pattern
from bot.due.words import COUNTS_EN, ORDINALS_EN

_DIGITS = {mark: value for value, mark in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_POSITIONAL = pattern(
    r"(?:(?P<hundreds>[一二两三四五六七八九])百(?P<gap>零)?)?"
    r"(?:(?P<tens>[一二三四五六七八九])?(?P<ten>十)|(?P<score>[廿卅]))?"
    r"(?P<ones>[一二两三四五六七八九])?"
)


def number(text: str) -> int | None:
    """The value of Arabic digits or a Chinese number below 1,000; None when it is not one number."""
    if text.isascii():
        return int(text) if text.isdigit() else None
    if len(text) <= 2 and text[0] in "零〇":
        return _after_zero(text)
    parts = _POSITIONAL.fullmatch(text)
    if not parts or (parts["hundreds"] and parts["ones"] and not (parts["gap"] or parts["ten"] or parts["score"])):
        return None
    return _sum(parts)


def year(text: str) -> int | None:
    """二〇二六 or 2026 → 2026, 26 → 2026."""
    value = number(text) if text.isascii() else _spelled(text)
    return None if value is None else value + 2000 if value < 100 else value


def count(text: str) -> int | None:
    """A count in either language: 3, 三, three, a."""
    return COUNTS_EN[text] if text in COUNTS_EN else number(text)


def ordinal(text: str) -> int | None:
    """3rd, third, 三 → 3."""
    return ORDINALS_EN[text] if text in ORDINALS_EN else number(re.sub(r"(?:st|nd|rd|th)$", "", text))


def _sum(parts: re.Match[str]) -> int:
    hundreds = 100 * _DIGITS[parts["hundreds"]] if parts["hundreds"] else 0
    tens = 10 * _DIGITS[parts["tens"] or "一"] if parts["ten"] else {"廿": 20, "卅": 30}.get(parts["score"], 0)
    return hundreds + tens + (_DIGITS[parts["ones"]] if parts["ones"] else 0)


def _after_zero(text: str) -> int | None:
    return _DIGITS.get(text[-1])


def _spelled(text: str) -> int | None:
    return int("".join(str(_DIGITS[mark]) for mark in text)) if all(mark in _DIGITS for mark in text) else None
