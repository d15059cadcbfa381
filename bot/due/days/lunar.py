"""Days of the farmers' calendar: 农历腊月二十三, 正月十五, 大年初三, 八月初五. The coming one; leap months are left to a date."""

import re

from bot.due.asked import Asked, Found, Refused, Rule
from bot.due.numerals import number
from bot.lunar import lunar_day

_MONTHS = {"正": 1, "冬": 11, "腊": 12, "寒": 12}


def _lunar(match: re.Match[str], asked: Asked) -> Found | None:
    month = _MONTHS.get(match["m"]) or number(match["m"])
    day = number(match["d"].removeprefix("初"))
    if month is None or day is None:
        return None
    return _coming(month, day, asked)


def _new_year(match: re.Match[str], asked: Asked) -> Found | None:
    day = number(match["d"])
    return None if day is None else _coming(1, day, asked)


def _coming(month: int, day: int, asked: Asked) -> Found:
    """The coming such day; refused when the coming such month is too short for it."""
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise Refused("invalid", "no-day")
    for year in (asked.today.year - 1, asked.today.year, asked.today.year + 1):
        last = lunar_day(year, month, 29)
        if last and last.toordinal() + (day > 29) >= asked.today.toordinal():
            found = lunar_day(year, month, day)
            if found is None:
                raise Refused("invalid", "no-day")
            if found >= asked.today:
                return Found(found, rolled=True)
    raise Refused("invalid", "too-far")


_DAY = r"(?P<d>初[一二三四五六七八九十]|[一二三四五六七八九十廿卅]{1,3}|\d{1,2})[日号]?"
RULES: tuple[Rule, ...] = (
    Rule(rf"(?:农历|阴历|旧历|夏历)(?:的)?(?P<m>[正冬腊寒]|[一二三四五六七八九十]{{1,2}}|\d{{1,2}})月{_DAY}", _lunar),
    Rule(rf"(?P<m>[正冬腊])月{_DAY}", _lunar),
    Rule(r"(?P<m>[一二三四五六七八九十]{1,2}|\d{1,2})月(?P<d>初[一二三四五六七八九十])", _lunar),
    Rule(r"(?:大年|年)初(?P<d>[一二三四五六七八九十])", _new_year),
)
