"""The n-th and the last: 下个月第一个工作日, 本月最后一个周五, first Monday of next month, last working day of the week."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.due.asked import Asked, Found, Refused, Rule, shift
from bot.due.days.dates import month_number, said_year
from bot.due.days.periods import Period, month_by, named_month, quarter_by, year_of
from bot.due.days.weeks import monday, weekday_number
from bot.due.numerals import number, ordinal
from bot.due.words import MONTH_EN, ORDINAL_EN, SHIFT, WEEK, WEEKDAY_EN, YEAR, N

_WORKING = ("工作", "working", "business", "work", "weekday")


def _zh(match: re.Match[str], asked: Asked) -> Found | None:
    place = number(match["k"]) if match["k"] else 0
    return None if place is None else _picked(_period_zh(match, asked), place, match["what"], asked)


def _period_zh(match: re.Match[str], asked: Asked) -> Period:
    said = said_year(match["y"], asked.today)
    month = number(match["m"]) if match["m"] else None
    if month is not None:
        return named_month(month, said, asked.today)
    word = match["shift"]
    return {
        "月": lambda: month_by(word, asked.today),
        "季度": lambda: quarter_by(None, word, None, asked.today),
        "年": lambda: year_of(None, asked.today),
    }.get(match["unit"], lambda: _week(shift(word), asked.today))()


def _en(match: re.Match[str], asked: Asked) -> Found | None:
    place = 0 if match["k"] == "last" else ordinal(match["k"])
    return None if place is None else _picked(_period_en(match, asked.today), place, match["what"], asked)


def _period_en(match: re.Match[str], today: date) -> Period:
    if match["m"]:
        return named_month(month_number(match["m"]), int(match["y"]) if match["y"] else None, today)
    weeks = shift(match["shift"])
    return {
        "week": lambda: _week(weeks, today),
        "month": lambda: month_by(match["shift"], today),
        "quarter": lambda: quarter_by(None, match["shift"], None, today),
        "year": lambda: year_of(today.year + weeks, today),
    }[match["unit"]]()


def _week(weeks: int, today: date) -> Period:
    first = monday(today, weeks)
    return Period(first, first + timedelta(days=6))


def _picked(period: Period, place: int, what: str, asked: Asked) -> Found:
    """The `place`-th day of that sort in the period, 0 for the last; refused when there are not so many."""
    working = what.startswith(_WORKING)
    days = [day for day in _days(period) if (asked.calendar.works(day) if working else _is(what, day))]
    if not 0 <= place <= len(days):
        raise Refused("invalid", "no-day")
    found = days[place - 1]
    known = not working or all(map(asked.calendar.confirmed, _days(period)))
    return Found(found, rolled=period.rolled, confirmed=known)


def _days(period: Period) -> Iterator[date]:
    return map(date.fromordinal, range(period.first.toordinal(), period.last.toordinal() + 1))


def _is(what: str, day: date) -> bool:
    """Whether the day is of that sort: 天 any day, else the weekday named."""
    name = re.sub(rf"^{WEEK}", "", what)
    return what in ("天", "day") or weekday_number(name) == day.weekday()


_WHAT_ZH = rf"(?P<what>工作日|工作天|天|{WEEK}[一二三四五六日天])"
_WHAT_EN = rf"(?P<what>(?:working|business|work) ?day|weekday|day|{WEEKDAY_EN})"
_UNITS_EN = r"(?:the |this |(?P<shift>next|last) )?(?P<unit>week|month|quarter|year)"
RULES: tuple[Rule, ...] = (
    Rule(
        rf"(?:{YEAR}?(?P<m>{N})月份?|(?P<shift>{SHIFT})?个?(?P<unit>月|{WEEK}|季度|年))的?底?"
        rf"(?:第(?P<k>{N})个?|最后一?个?){_WHAT_ZH}",
        _zh,
    ),
    Rule(
        rf"(?:the )?(?P<k>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_EN}|last) {_WHAT_EN} (?:of|in) "
        rf"(?:{_UNITS_EN}|(?P<m>{MONTH_EN})(?:,? (?P<y>\d{{4}}))?)",
        _en,
    ),
)
