"""A plain phrase → a day and time. A phrase is a day, a time, or both in either order; each may have words around it.

    周五下午5点前 = [周五] + [下午5点]前      by 5pm on Friday = by[5pm] + on[Friday]      三天内 = [三天]内

A day is read whole by one rule of `days.RULES`, or from another day (春节前三天). Nothing may be left over.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, time, timedelta
from functools import cache, lru_cache

from bot.calendar import at
from bot.due import frame, times
from bot.due.answer import Due
from bot.due.asked import Asked, Bound, Form, Found, Refused, days_on, forms
from bot.due.days import RULES, anchored, weeks
from bot.due.frame import bounded
from bot.due.pattern import pattern
from bot.due.times import Clock, hinted, may_be_time, read_time
from bot.due.words import WEEK, WEEKDAY_EN

_FAR = 300  # days ahead without a year: the asker confirms
_TOO_FAR = 3_700
_JOINTS = " ,@的"
_HAN = pattern(r"[⺀-鿿〇]")
_NO_WEEKDAYS = tuple(row for row in RULES if row not in weeks.RULES)
_WEEKDAY_FIRST = pattern(rf"(?P<day>{WEEK}[一二三四五六日天]|{WEEKDAY_EN}\b)[, ]*(?P<rest>.+)(?P<bracketed>)(?P<tail>)")
_SAID_TWICE = pattern(r"(?P<one>[^()]+)\((?P<two>[^()]+)\)[之以]?前?")
_WEEKDAY_LAST = pattern(
    rf"(?P<rest>.+?)[, ]*(?:\((?P<bracketed>{WEEK}?[一二三四五六日天]|{WEEKDAY_EN})\)|(?P<day>{WEEK}[一二三四五六日天]|\b{WEEKDAY_EN}))(?P<tail>(?:[之以]?前)?)",
)


def interpret(text: str, asked: Asked) -> Due | None:
    """What the plain `text` says; None when it is no due phrase; Refused when it is one that gives no day to come."""
    if not readable(text):
        return None
    found = read_day(text, asked)
    if found:
        return _due(found, None, asked)
    if not hinted(text):
        return None
    clock = _read_clock(text)
    if clock:
        return _today_or_tomorrow(clock, asked)
    return _in_two(text, asked)


def readable(text: str) -> bool:
    """Whether every Chinese character of `text` is one the grammar knows: a cheap look before the rules are tried."""
    return not (frozenset(_HAN.findall(text)) - _characters())


@cache
def _characters() -> frozenset[str]:
    sources = [row.source for row in RULES] + [*anchored.SOURCES, *times.SOURCES, *frame.SOURCES]
    return frozenset(_HAN.findall("".join(sources)))


def read_day(text: str, asked: Asked) -> Found | None:
    """The whole of `text` as a day, with the words around it, its own weekday, or another day it is counted from."""
    for reader in (_framed, _with_weekday, _said_twice, _from_another):
        found = reader(text, asked)
        if found:
            return found
    return None


def is_duration(text: str, asked: Asked) -> bool:
    """Whether a readable `text` counts from today (three days), which in a sentence may be an effort."""
    found = read_day(text, asked)
    return bool(found and _counted(found))


def is_certain(text: str, asked: Asked) -> bool:
    """Whether a readable `text` can hardly be anything but a day: not 3/4, not 15号, not three days, not 2pm alone."""
    found = read_day(text, asked)
    return not found.weak if found else _read_clock(text) is None


def _framed(text: str, asked: Asked) -> Found | None:
    for (match, reader), bound in _forms(text):
        found = reader(match, asked.within(bound))
        if found is None:
            continue
        if bound is Bound.AFTER and not found.span:
            raise Refused("vague", "open")
        return found
    return None


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[tuple[Form, Bound], ...]:
    """Every reading of the whole `text`, with the words around it taken off, in the order they are tried.

    Kept, because it hangs on no day: one line asks it of the same words up to four times (is it a count, is it a day, may
    it be the title's), and people say the same few hundred. 30 to 50 µs the first time, 0.1 afterwards."""
    return tuple((form, bound) for core, bound in bounded(text) for form in forms(RULES, core))


def _with_weekday(text: str, asked: Asked) -> Found | None:
    """12月3日（周四）, Thu Dec 3: the weekday must be that day's."""
    for form in (_WEEKDAY_LAST, _WEEKDAY_FIRST):
        match = form.fullmatch(text)
        found = _undoubled(match["rest"] + match["tail"], asked) if match else None
        if match and found:
            return _agreeing(found, re.sub(f"^{WEEK}", "", match["bracketed"] or match["day"]))
    return None


def _agreeing(found: Found, weekday: str) -> Found:
    said = weeks.weekday_number(weekday)
    if found.day.weekday() == said:
        return found
    nearest = days_on(found.day, (said - found.day.weekday() + 3) % 7 - 3)
    raise Refused("invalid", "weekday", candidates=(found.day, nearest), found=found.day)


def _said_twice(text: str, asked: Asked) -> Found | None:
    """下周五（11月27日）: one day in two ways; two days are a doubt."""
    match = _SAID_TWICE.fullmatch(text)
    found, again = (_framed(match[name], asked) for name in ("one", "two")) if match else (None, None)
    if not (found and again) or found.feast:
        return None
    if found.day != again.day:
        raise Refused("vague", "two", candidates=(found.day, again.day))
    return again if found.rolled else found


def _undoubled(text: str, asked: Asked) -> Found | None:
    for core, bound in bounded(text):
        readings = (reader(match, asked.within(bound)) for match, reader in forms(_NO_WEEKDAYS, core))
        found = next((one for one in readings if one is not None), None)
        if found and not found.span:
            return found
    return None


def _from_another(text: str, asked: Asked) -> Found | None:
    for core, _ in bounded(text):
        found = anchored.read(core, asked, _framed)
        if found:
            return found
    return None


def _read_clock(text: str) -> Clock | None:
    for core, bound in bounded(text):
        clock = read_time(core.strip(_JOINTS))
        if clock and bound is Bound.AFTER:
            raise Refused("vague", "open")
        if clock:
            return clock
    return None


def _in_two(text: str, asked: Asked) -> Due | None:
    """A day and a time beside each other. Two splits that disagree are a doubt; an impossible half is only told when
    no split is possible."""
    answers: list[Due] = []
    problem: Refused | None = None
    for day, clock in _halves(text):
        try:
            answer = _both(day, clock, asked)
        except Refused as refused:
            problem = problem or refused
            continue
        if answer and answer not in answers:
            answers.append(answer)
    if len(answers) > 1:
        raise Refused("vague", "two")
    if not answers and problem:
        raise problem
    return answers[0] if answers else None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """The text in two at every place but inside a number or a word: 下周 10:00 is no 下周1 at 0:00."""
    for place in range(1, len(text)):
        left, right = text[:place].rstrip(_JOINTS), text[place:].lstrip(_JOINTS)
        if text[place] in _JOINTS or not left or not right:
            continue
        if not _one_word(text[place - 1], text[place]):
            yield left, right
            yield right, left


def _one_word(last: str, first: str) -> bool:
    """Whether two characters stand in one Latin word or one number."""
    if not (last.isascii() and first.isascii()):
        return False
    return last.isdigit() if first.isdigit() else last.isalnum() and first.isalpha()


def _both(day: str, clock: str, asked: Asked) -> Due | None:
    if not may_be_time(clock):
        return None
    try:
        said = _read_clock(clock)
    except Refused:
        if read_day(day, asked):
            raise
        return None
    found = read_day(day, asked) if said else None
    return _due(found, said, asked) if found and said and not found.moment else None


def _due(found: Found, clock: Clock | None, asked: Asked) -> Due:
    if not -_TOO_FAR < (found.day - asked.today).days < _TOO_FAR:
        raise Refused("past" if found.day < asked.today else "invalid", "day" if found.day < asked.today else "too-far")
    if found.moment:
        wall = found.moment.time().replace(second=0, microsecond=0, fold=0)
        return Due(found.day, wall, counted=clock is None and _counted(found))
    if clock is None or clock.wall is None:
        return _whole_day(found, clock, asked)
    if clock.midnight and found.day != asked.today:
        raise Refused("vague", "two", candidates=(found.day, days_on(found.day, 1)))
    day, wall = _moment(days_on(found.day, clock.spill), clock.wall, asked)
    if _passed(day, wall, asked):
        raise Refused("past", "day" if found.day < asked.today else "time", found=day)
    return Due(day, wall, found.confirmed, _far(found, asked))


def _whole_day(found: Found, clock: Clock | None, asked: Asked) -> Due:
    if found.day < asked.today:
        raise Refused("past", "day", found=found.day)
    if clock and found.day == asked.today and asked.now.hour >= clock.gone:
        raise Refused("past", "time", found=found.day)
    return Due(found.day, None, found.confirmed, _far(found, asked), counted=clock is None and _counted(found))


def _counted(found: Found) -> bool:
    return found.span and found.weak


def _far(found: Found, asked: Asked) -> bool:
    return found.rolled and (found.day - asked.today).days > _FAR


def _today_or_tomorrow(clock: Clock, asked: Asked) -> Due:
    """A time alone: today, or tomorrow once it has passed; a bare 9点 that has passed might be tonight and is asked."""
    if clock.wall is None:
        if asked.now.hour >= clock.gone:
            raise Refused("vague", "time")
        return Due(asked.today, None)
    day, wall = _moment(asked.today + timedelta(days=clock.spill), clock.wall, asked)
    if not _passed(day, wall, asked):
        return Due(day, wall)
    if clock.loose:
        raise Refused("vague", "time")
    return Due(*_moment(days_on(asked.today, 1), clock.wall, asked))


def _moment(day: date, wall: time, asked: Asked) -> tuple[date, time]:
    """The day and time that clocks there really show: a time which a clock change skips is moved past it (A4 12)."""
    zone = asked.now.tzinfo or UTC
    shown = at(day, wall, zone).astimezone(zone)
    return shown.date(), shown.time().replace(fold=0)


def _passed(day: date, wall: time, asked: Asked) -> bool:
    zone = asked.now.tzinfo or UTC
    return at(day, wall, zone) < asked.now.astimezone(UTC)
