"""A day counted from another: 春节前三天, 周五前一天, two days before Christmas, 国庆节前最后一个工作日. One step, never deeper."""

import re
from collections.abc import Callable

from bot.due.asked import Asked, Bound, Found, Refused
from bot.due.days.spans import UNITS, moved, unit_en
from bot.due.numerals import count, number
from bot.due.pattern import pattern
from bot.due.words import COUNT_EN, N

Reader = Callable[[str, Asked], Found | None]

_ZH = pattern(rf"(?P<day>.+?)的?[之以]?(?P<side>前|后)的?(?P<n>{N})个?(?P<unit>天|日|周|星期|礼拜|月|工作日|工作天)")
_NEAREST_ZH = pattern(
    r"(?P<day>.+?)[之以]?(?:(?P<before>前的?最后一?个?)|后的?(?:第一|首|下一?)个?)(?:工作日|工作天|上班日)"
)
_EN = pattern(
    rf"(?:the |(?P<n>{COUNT_EN}) )(?P<unit>days?|weeks?|months?|fortnights?|(?:working|business|work) ?days?|workdays?) "
    r"(?P<side>before|prior to|ahead of|after|from|following) (?:the )?(?P<day>.+)",
)
SOURCES = (_ZH.pattern, _NEAREST_ZH.pattern)


def read(text: str, asked: Asked, day: Reader) -> Found | None:
    """The day so counted, where `day` reads the day it is counted from; None when the text is of no such form."""
    return _chinese(text, asked, day) or _nearest(text, asked, day) or _english(text, asked, day)


def _chinese(text: str, asked: Asked, day: Reader) -> Found | None:
    match = _ZH.fullmatch(text)
    n = number(match["n"]) if match else None
    if match is None or n is None:
        return None
    return _moved(match["day"], n, UNITS[match["unit"]], match["side"] == "前", asked, day)


def _english(text: str, asked: Asked, day: Reader) -> Found | None:
    match = _EN.fullmatch(text)
    n = count(match["n"] or "a") if match else None
    if match is None or n is None:
        return None
    back = match["side"] in ("before", "prior to", "ahead of")
    return _moved(match["day"], n, unit_en(match["unit"]), back, asked, day)


def _moved(text: str, n: int, unit: str, back: bool, asked: Asked, day: Reader) -> Found | None:
    anchor = day(text, asked.within(Bound.ON))
    if anchor is None or anchor.span:
        return None
    if anchor.feast and not back:
        raise Refused("vague", "open")  # of a feast of several days: after the first or the last?
    found = moved(anchor.day, -n if back else n, unit, asked)
    return Found(found.day, rolled=anchor.rolled, confirmed=found.confirmed and anchor.confirmed)


def _nearest(text: str, asked: Asked, day: Reader) -> Found | None:
    match = _NEAREST_ZH.fullmatch(text)
    return _moved_working(match, asked, day) if match else None


def _moved_working(match: re.Match[str], asked: Asked, day: Reader) -> Found | None:
    """The last working day before, or the first after: over the days off of a feast."""
    anchor = day(match["day"], asked.within(Bound.ON))
    if anchor is None or anchor.span:
        return None
    found = moved(anchor.day, -1 if match["before"] else 1, "working", asked)
    return Found(found.day, rolled=anchor.rolled, confirmed=found.confirmed and anchor.confirmed)
