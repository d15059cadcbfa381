"""Counts from today or from another day: 三天内, 5个工作日后, 两小时内, in 3 working days, a week before Christmas, +2d.

Today is day 0. Working days begin tomorrow and follow the workplace's calendar (T2)."""

import re
from datetime import UTC, date, timedelta

from bot.due.asked import Asked, Bound, Found, Refused, Rule, days_on, months_on
from bot.due.numerals import count, number
from bot.due.words import COUNT_EN, N

_LONGEST = 3_700  # days: what is further off is refused as too far in any case
_HALF_MONTH = 15
_SOME_DAYS = ("过两天", "再过两天", "one day")  # an idiom: in a few days, some day
UNITS = {
    "天": "day", "日": "day", "d": "day", "day": "day",
    "周": "week", "星期": "week", "礼拜": "week", "w": "week", "week": "week", "wk": "week", "fortnight": "fortnight",
    "月": "month", "month": "month", "mo": "month", "季度": "quarter", "quarter": "quarter", "年": "year", "year": "year",
    "工作日": "working", "工作天": "working", "上班日": "working", "wd": "working", "bd": "working",
    "小时": "hour", "钟头": "hour", "h": "hour", "hour": "hour", "hr": "hour",
    "分钟": "minute", "分": "minute", "minute": "minute", "min": "minute", "刻钟": "quarter-hour",
}  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MINUTES = {"hour": 60, "minute": 1, "quarter-hour": 15}


def moved(day: date, n: int, unit: str, asked: Asked) -> Found:
    """`n` days, weeks, months or working days from `day`; negative goes back."""
    if abs(n) > _LONGEST:
        raise Refused("invalid", "too-far")
    if unit == "working":
        end = asked.calendar.after(day, n)
        return Found(end, confirmed=_known(min(day, end), max(day, end), asked), span=True)
    if unit in _MONTHS:
        return Found(months_on(day, n * _MONTHS[unit]), span=True)
    return Found(days_on(day, n * _DAYS[unit]), span=True)


def _known(first: date, last: date, asked: Asked) -> bool:
    return all(asked.calendar.confirmed(days_on(first, n)) for n in range(1, (last - first).days + 1))


def _zh(match: re.Match[str], asked: Asked) -> Found | None:
    if match[0] in _SOME_DAYS:
        return None
    n, unit = number(match["n"]), UNITS[match["unit"]]
    return None if n is None else _counted(n, unit, asked)


def _counted(n: int, unit: str, asked: Asked) -> Found:
    """A bare 三天 without 内 or 后 is `weak`: in a sentence it may be the effort."""
    if asked.bound is Bound.BEFORE:
        raise Refused("past", "ago")
    if n == 0:
        raise Refused("vague")
    found = _clock(n * _MINUTES[unit], asked) if unit in _MINUTES else moved(asked.today, n, unit, asked)
    weak = asked.bound is Bound.ON
    return Found(found.day, confirmed=found.confirmed, weak=weak, span=True, moment=found.moment)


def _clock(minutes: int, asked: Asked) -> Found:
    """Hours pass on the clock, not on its face: counted in UTC."""
    if minutes > _LONGEST * 24 * 60:
        raise Refused("invalid", "too-far")
    moment = (asked.now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(asked.now.tzinfo)
    return Found(moment.date(), moment=moment)


def _days_named(match: re.Match[str], asked: Asked) -> Found | None:
    """三日内; but 3日 is a date, and 3日后 may mean after the third."""
    if asked.bound is Bound.WITHIN or (asked.bound is Bound.AFTER and not match["n"].isascii()):
        return _zh(match, asked)
    if asked.bound is Bound.AFTER:
        raise Refused("vague", "two")
    return None


def _half_month(match: re.Match[str], asked: Asked) -> Found | None:
    """半个月 is 15 days; 一个半月 is a month and 15 days."""
    n = number(match["n"]) if match["n"] else 0
    if n is None:
        return None
    found = _counted(_HALF_MONTH, "day", asked)
    return Found(days_on(months_on(asked.today, n), _HALF_MONTH), weak=found.weak, span=True)


def _half_year(match: re.Match[str], asked: Asked) -> Found | None:
    n = number(match["n"]) if match["n"] else 0
    return None if n is None else _counted(12 * n + 6, "month", asked)


def _half_hour(match: re.Match[str], asked: Asked) -> Found | None:
    n = number(match["n"]) if match["n"] else 0
    return None if n is None else _counted(60 * n + 30, "minute", asked)


def _hours_and_minutes(match: re.Match[str], asked: Asked) -> Found | None:
    hours, minutes = number(match["n"]), number(match["m"])
    return None if hours is None or minutes is None else _counted(60 * hours + minutes, "minute", asked)


def _decimal(match: re.Match[str], asked: Asked) -> Found:
    return _counted(60 * int(match["n"]) + 6 * int(match["tenth"]), "minute", asked)


def _en(match: re.Match[str], asked: Asked) -> Found | None:
    n, unit = count(match["n"]), unit_en(match["unit"])
    if asked.bound is Bound.BEFORE or (asked.bound is Bound.ON and match[0] in _SOME_DAYS):
        return None
    return None if n is None else _counted(n, unit, asked)


def _from_now(match: re.Match[str], asked: Asked) -> Found | None:
    return _en(match, asked.within(Bound.AFTER))


def _and_a_half(match: re.Match[str], asked: Asked) -> Found | None:
    n, unit = count(match["n"]), unit_en(match["unit"])
    if n is None or unit not in ("hour", "year") or asked.bound is Bound.BEFORE:
        return None
    return _counted(60 * n + 30, "minute", asked) if unit == "hour" else _counted(12 * n + 6, "month", asked)


def _half_en(match: re.Match[str], asked: Asked) -> Found | None:
    if asked.bound is Bound.BEFORE:
        return None
    return {
        "hour": lambda: _counted(30, "minute", asked),
        "month": lambda: _counted(_HALF_MONTH, "day", asked),
        "year": lambda: _counted(6, "month", asked),
    }[match["unit"]]()


def _ago(match: re.Match[str], asked: Asked) -> Found:
    raise Refused("past", "ago")


def _next_working(match: re.Match[str], asked: Asked) -> Found:
    return moved(asked.today, 1, "working", asked)


def unit_en(word: str) -> str:
    return "working" if word.startswith(("work", "business", "week day", "weekday")) else UNITS[word.rstrip("s")]


_FROM_ZH = r"(?:(?:从|自)?(?:今天|今日|即日|现在|此刻)(?:开始|起算|算起|起)|未来|接下来|今后|往后|再过|过|再)?的?"
_WORKING_EN = r"(?:working|business|work) days?|workdays?|week ?days?"
_CLEAR_EN = r"days?|weeks?|wks?|months?|quarters?|years?|fortnights?|hours?|hrs?|minutes?|mins?"
_N_EN = rf"(?P<n>{COUNT_EN})"
_U_EN = rf"(?P<unit>{_WORKING_EN}|{_CLEAR_EN})"
_LATER = r"(?:from now|from today|later|hence|out|after today|from this moment)"
RULES: tuple[Rule, ...] = (
    Rule(rf"{_FROM_ZH}(?P<n>{N})个?(?P<unit>工作日|工作天|上班日)", _zh),
    Rule(rf"{_FROM_ZH}(?P<n>{N})(?P<unit>天|年)", _zh),
    Rule(rf"{_FROM_ZH}(?P<n>{N})(?P<unit>日)", _days_named),
    Rule(rf"{_FROM_ZH}(?P<n>{N})个?(?P<unit>周|星期|礼拜|小时|钟头|季度)", _zh),
    Rule(rf"{_FROM_ZH}(?P<n>{N})个(?P<unit>月)", _zh),
    Rule(rf"{_FROM_ZH}(?P<n>{N})(?P<unit>分钟|刻钟|h)", _zh),
    Rule(rf"{_FROM_ZH}(?:(?P<n>{N})个半|半个)月", _half_month),
    Rule(rf"{_FROM_ZH}(?:(?P<n>{N})年半|半年)", _half_year),
    Rule(rf"{_FROM_ZH}(?:(?P<n>{N})个?半|半个?)(?:小时|钟头)", _half_hour),
    Rule(rf"{_FROM_ZH}(?P<n>{N})(?:个?小时)半", _half_hour),
    Rule(rf"{_FROM_ZH}(?P<n>{N})个?小时零?(?P<m>{N})分钟?", _hours_and_minutes),
    Rule(rf"{_FROM_ZH}(?P<n>\d{{1,3}})\.(?P<tenth>\d)个?(?:小时|钟头|h)", _decimal),
    Rule(r"(?:下一?个?|次一?)(?:工作日|工作天|上班日)", _next_working),
    Rule(rf"(?:the )?(?:next )?{_N_EN} ?{_U_EN}(?:'s?)?(?: time)?", _en),
    Rule(rf"{_N_EN} ?{_U_EN} {_LATER}", _from_now),
    Rule(rf"\+ ?(?P<n>\d{{1,3}}) ?(?P<unit>d|w|h|mo|wd|bd|{_WORKING_EN}|{_CLEAR_EN})", _from_now),
    Rule(r"(?P<n>\d{1,3})(?P<unit>d|w|h|wd|bd)", _en),
    Rule(rf"{_N_EN} and a half {_U_EN}", _and_a_half),
    Rule(rf"{_N_EN} {_U_EN} and a half", _and_a_half),
    Rule(r"(?:a )?half(?: an?|-| )? ?(?P<unit>hour|month|year)(?:'s)?(?: time)?", _half_en),
    Rule(r"(?P<n>\d{1,3})\.(?P<tenth>\d) ?(?:hours?|hrs?|h)", _decimal),
    Rule(rf"{_N_EN} ?{_U_EN} (?:ago|earlier|back)", _ago),
    Rule(r"(?:the )?(?:next|following) (?:business|working|work) ?day", _next_working),
)
