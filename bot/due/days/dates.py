"""Dates by number: 12月3日, 2026-12-03, 12/3, 15号, Dec 3rd, the 15th of next month. Without a year: the coming one."""

import re
from datetime import date

from bot.due.asked import Asked, Bound, Found, Refused, Rule, exact, month_after, shift
from bot.due.numerals import number, ordinal, year
from bot.due.words import MONTH_EN, MONTHS_EN, ORDINAL_EN, SHIFT, YEAR, N

_YEAR_WORDS = {"今": 0, "本": 0, "明": 1, "后": 2, "去": -1, "前": -2, "this": 0, "next": 1, "last": -1}
_MINGUO = 1911
_LEAP_YEAR, _LEAP_DAY = 2028, (2, 29)
_YEAR_ROUND = 13


def said_year(word: str | None, today: date) -> int | None:
    """2026, 26, 二〇二六, 明, 民国115, next → the year; None when none was said."""
    if not word:
        return None
    if word in _YEAR_WORDS:
        return today.year + _YEAR_WORDS[word]
    if word.startswith("民国"):
        counted = number(word.removeprefix("民国"))
        return None if counted is None else counted + _MINGUO
    return year(word)


def dated(day: tuple[int, int], said: int | None, today: date) -> Found:
    """A month and day, of the year said or else the coming one (then `rolled`)."""
    if said is not None:
        return Found(exact(said, *day))
    if not _day_or_none(_LEAP_YEAR, *day):
        raise Refused("invalid", "no-day")
    if day == _LEAP_DAY:
        return Found(exact(today.year + (today.month > 2), *day), rolled=True)
    this = date(today.year, *day)
    return Found(this if this >= today else this.replace(year=this.year + 1), rolled=True)


def month_number(name: str) -> int:
    """dec, december, dec. → 12."""
    return MONTHS_EN[name.rstrip(".")]


def _chinese(match: re.Match[str], asked: Asked) -> Found | None:
    month, day = number(match["m"]), number(match["d"])
    if month is None or day is None:
        return None
    if not match["unit"] and not match["d"].isdigit():
        raise Refused("vague", "lunar")  # 8月十五, 八月十五: the feast of the farmers' calendar, or ours?
    said = said_year(match["y"], asked.today)
    if match["y"] and said is None:
        return None
    return dated((month, day), said, asked.today)


def _of_month(match: re.Match[str], asked: Asked) -> Found | None:
    """下个月15号, the 15th of next month: that month must have it."""
    day = ordinal(match["d"])
    return None if day is None else Found(exact(*month_after(asked.today, shift(match["shift"])), day))


def _day_alone(match: re.Match[str], asked: Asked) -> Found | None:
    """15号, the 15th: the next month that has one not yet past; 3日后 could be either of two things."""
    day = ordinal(match["d"])
    if day is None or (asked.bound in (Bound.WITHIN, Bound.AFTER) and "日" in match[0]):
        return None
    if not 1 <= day <= 31:
        raise Refused("invalid", "no-day")
    months = (month_after(asked.today, n) for n in range(_YEAR_ROUND))
    days = (_day_or_none(year, month, day) for year, month in months)
    return Found(next(found for found in days if found and found >= asked.today), weak=True)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_first(match: re.Match[str], asked: Asked) -> Found:
    return Found(exact(int(match["y"]), int(match["m"]), int(match["d"])), weak=match["sep"] == "")


def _two_numbers(match: re.Match[str], asked: Asked) -> Found:
    """12/3: the month first, as Chinese readers read it, unless only the other order makes a day. 1-5日 is a span and not read here."""
    day = _ordered(int(match["a"]), int(match["b"] or match["b2"]))
    found = dated(day, None, asked.today)
    return Found(found.day, rolled=True, weak=True)


def _year_last(match: re.Match[str], asked: Asked) -> Found:
    """25/12/2026 can only be one day; 3/12/2026 may be two and is asked back."""
    a, b, said = int(match["a"]), int(match["b"]), int(match["y"])
    both = [day for day in (_day_or_none(said, a, b), _day_or_none(said, b, a)) if day]
    if len(set(both)) > 1:
        raise Refused("vague", "two", candidates=both)
    return Found(both[0] if both else exact(said, *_ordered(a, b)))


def _ordered(a: int, b: int) -> tuple[int, int]:
    """(month, day): as written, unless only the other order can be."""
    return (b, a) if a > 12 and b <= 12 else (a, b)


def _english(match: re.Match[str], asked: Asked) -> Found | None:
    day = ordinal(match["d"])
    said = said_year(match["y"], asked.today)
    return None if day is None else dated((month_number(match["m"]), day), said, asked.today)


_D_EN = rf"(?:the )?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?|{ORDINAL_EN})"
_Y_EN = r"(?:,? ?(?:of )?(?P<y>\d{4}|this|next|last)(?: year)?)?"
_NTH = rf"(?P<d>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_EN})"
RULES: tuple[Rule, ...] = (
    Rule(rf"{YEAR}?(?P<m>{N})月份?的?(?P<d>{N})(?P<unit>[日号]?)", _chinese),
    Rule(rf"(?P<shift>{SHIFT})个?月份?的?(?P<d>{N})[日号]", _of_month),
    Rule(rf"(?P<d>{N})[日号]", _day_alone),
    Rule(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})[日号]?", _year_first),
    Rule(r"(?P<y>20\d\d)(?P<sep>)(?P<m>\d\d)(?P<d>\d\d)", _year_first),
    Rule(r"(?P<a>\d{1,2})(?:-(?P<b>\d{1,2})|[/.](?P<b2>\d{1,2})[日号]?)", _two_numbers),
    Rule(r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>20\d\d)", _year_last),
    Rule(rf"(?P<m>{MONTH_EN})[ -]?{_D_EN}{_Y_EN}", _english),
    Rule(rf"{_D_EN}(?: of)?[ -]?(?P<m>{MONTH_EN})(?:-(?=\d))?{_Y_EN}", _english),
    Rule(rf"(?:the )?{_NTH}(?: day)?(?: of|,)? (?:the )?(?P<shift>this|next|last|current) month", _of_month),
    Rule(rf"(?P<shift>this|next|last) month(?: on|,)? (?:the )?{_NTH}", _of_month),
    Rule(r"(?:the )?(?P<d>\d{1,2}(?:st|nd|rd|th))(?: of the month)?", _day_alone),
)
