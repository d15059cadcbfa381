"""Weekdays, weekends and ends of weeks. The week begins on Monday in both languages: next Friday is 下周五."""

import re
from datetime import date, timedelta

from bot.due.asked import Asked, Bound, Found, Refused, Rule, days_on, shift
from bot.due.numerals import count
from bot.due.words import COUNT_EN, SHIFT, WEEK, WEEKDAY_EN, WEEKDAYS_EN, WEEKDAYS_ZH

FRIDAY, SUNDAY = 4, 6


def monday(today: date, weeks: int = 0) -> date:
    """The Monday of the week `weeks` after this one."""
    return days_on(today, 7 * weeks - today.weekday())


def weekday_number(name: str) -> int:
    """五 → 4, fri → 4; 周八 and 周七 are no weekdays."""
    found = WEEKDAYS_EN.get(name, WEEKDAYS_ZH.get(name))
    if found is None:
        raise Refused("invalid", "no-weekday")
    return found


def coming(today: date, weekday: int) -> date:
    """The next such weekday, today included."""
    return days_on(today, (weekday - today.weekday()) % 7)


def _bare(match: re.Match[str], asked: Asked) -> Found:
    return Found(coming(asked.today, weekday_number(match["day"])))


def _of_week(match: re.Match[str], asked: Asked) -> Found:
    """本周五, 下下周一, this friday, next friday: of that calendar week, even when it has passed."""
    return Found(days_on(monday(asked.today, shift(match["shift"])), weekday_number(match["day"])))


def _week_after_next(match: re.Match[str], asked: Asked) -> Found:
    return Found(days_on(monday(asked.today, 2), weekday_number(match["day"])))


def _coming(match: re.Match[str], asked: Asked) -> Found:
    """Coming Friday, said on a Friday: today or in a week?"""
    weekday = weekday_number(match["day"])
    if asked.today.weekday() == weekday:
        raise Refused("vague", "two", candidates=(asked.today, days_on(asked.today, 7)))
    return Found(coming(asked.today, weekday))


def _two_readings(match: re.Match[str], asked: Asked) -> Found:
    """下一个周五, Monday after next, 三周后的周二: people differ on which."""
    raise Refused("vague", "two")


def _weeks_from(match: re.Match[str], asked: Asked) -> Found | None:
    """A week from Monday, Monday week, two weeks from Friday: from the coming one."""
    weeks = count(match["n"] or "a")
    anchor = coming(asked.today, weekday_number(match["day"]))
    return None if weeks is None else Found(days_on(anchor, 7 * weeks))


def _weekend(match: re.Match[str], asked: Asked) -> Found:
    """周末 is done by its Sunday; before the weekend is Friday."""
    first = monday(asked.today, shift(match["shift"]))
    return Found(first + timedelta(days=FRIDAY if asked.bound is Bound.BEFORE else SUNDAY))


def _end(match: re.Match[str], asked: Asked) -> Found:
    """End of week is Friday while there is one to come, else Sunday."""
    first = monday(asked.today, shift(match["shift"]))
    friday = first + timedelta(days=FRIDAY)
    return Found(friday if friday >= asked.today or shift(match["shift"]) < 0 else first + timedelta(days=SUNDAY))


def _inside(match: re.Match[str], asked: Asked) -> Found | None:
    """本周内: up to its Sunday."""
    if asked.bound is not Bound.WITHIN:
        return None
    return Found(monday(asked.today, shift(match["shift"])) + timedelta(days=SUNDAY))


_EN_SHIFT = r"(?:the )?(?P<shift>this|next|last|past|previous|current)(?: week'?s?)?"
RULES: tuple[Rule, ...] = (
    Rule(rf"{WEEK}(?P<day>[一二三四五六七八九十日天0-9])", _bare),
    Rule(rf"(?P<shift>{SHIFT})个?{WEEK}(?:的?{WEEK})?(?P<day>[一二三四五六七八九十日天0-9])", _of_week),
    Rule(rf"下一个?{WEEK}(?:的?{WEEK})?(?P<day>[一二三四五六日天])", _two_readings),
    Rule(rf".{{1,4}}个?{WEEK}(?:之|以)?后的?{WEEK}(?P<day>[一二三四五六日天])", _two_readings),
    Rule(rf"(?P<shift>{SHIFT})?个?(?:周|星期|礼拜)末", _weekend),
    Rule(rf"(?P<shift>{SHIFT})?个?{WEEK}(?:底|结束|最后一天)", _end),
    Rule(rf"(?P<shift>{SHIFT})?个?{WEEK}", _inside),
    Rule(rf"(?P<day>{WEEKDAY_EN})", _bare),
    Rule(rf"{_EN_SHIFT} (?P<day>{WEEKDAY_EN})", _of_week),
    Rule(rf"(?:on )?(?P<day>{WEEKDAY_EN}),? (?:of |in |the )?(?P<shift>this|next|last) week", _of_week),
    Rule(rf"(?P<day>{WEEKDAY_EN}),? (?:of |in )?(?:the )?week after next", _week_after_next),
    Rule(rf"(?:the )?week after next(?: on|,)? (?P<day>{WEEKDAY_EN})", _week_after_next),
    Rule(rf"(?:this |the )?(?:coming|upcoming) (?P<day>{WEEKDAY_EN})", _coming),
    Rule(
        rf"(?:the )?(?P<day>{WEEKDAY_EN}) after next(?: .+)?|(?:the )?following (?P<day2>{WEEKDAY_EN})", _two_readings
    ),
    Rule(rf"(?:(?P<n>{COUNT_EN}) )?weeks? (?:from|after) (?P<day>{WEEKDAY_EN})", _weeks_from),
    Rule(rf"(?P<day>{WEEKDAY_EN}) week(?P<n>)", _weeks_from),
    Rule(r"(?:the |this |coming )?(?:(?P<shift>next|last) )?weekend", _weekend),
    Rule(r"(?:the )?end of (?:the |a )?(?:(?P<shift>this|next|last|current) )?week", _end),
    Rule(r"(?:(?P<shift>this|next) )?(?:eow|week'?s?[ -]end)", _end),
    Rule(r"eow (?:of )?(?P<shift>this|next) week", _end),
    Rule(r"(?P<shift>this|next)(?: calendar)? week", _inside),
)
