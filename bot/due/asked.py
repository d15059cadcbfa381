"""The values that pass between the rules of the grammar: what is asked, the day a rule found, why there is none."""

import calendar as months
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum

from msgspec import Struct

from bot.calendar import Calendar
from bot.due.pattern import pattern


class Bound(Enum):
    """How a day is bounded by the words around it."""

    ON = "on"  # 周五, by Friday
    BEFORE = "before"  # 周五前: the day itself; before a feast, the day before it
    WITHIN = "within"  # 三天内, within 3 days
    IN = "in"  # in 3 days; but in Q1 names no day
    AFTER = "after"  # 三天后; of a day it is open-ended


class Asked(Struct, frozen=True):
    """One question: `now` is aware, in the zone of the person who asks."""

    now: datetime
    calendar: Calendar
    bound: Bound = Bound.ON

    @property
    def today(self) -> date:
        return self.now.date()

    def within(self, bound: Bound) -> "Asked":
        """The same question about a day bounded otherwise."""
        return self if bound is self.bound else Asked(self.now, self.calendar, bound)


class Found(Struct, frozen=True):
    """A day a rule found.

    `rolled`: no year was given and the coming one was taken. `weak`: could be something else in a sentence (3/4, 15号).
    `span`: counted from today, so that `after` is no open end. `moment`: an exact local moment (in 2 hours)."""

    day: date
    rolled: bool = False
    confirmed: bool = True
    weak: bool = False
    span: bool = False
    feast: bool = False
    moment: datetime | None = None


class Refused(Exception):
    """Understood, and it cannot be a due day: `kind` is vague, invalid or past; `why` chooses the sentence.

    `candidates` are days that may have been meant."""

    def __init__(
        self, kind: str, why: str = "other", candidates: Iterable[date] = (), found: date | None = None
    ) -> None:
        super().__init__(f"{kind}: {why}")
        self.kind = kind
        self.why = why
        self.candidates = tuple(candidates)
        self.found = found


Reader = Callable[[re.Match[str], Asked], Found | None]
Form = tuple[re.Match[str], Reader]
"""What a rule recognised, and what it makes of it once it is asked on a day."""


class Rule:
    """A row of a table of rules: reads a whole phrase or nothing."""

    def __init__(self, source: str, reader: Reader) -> None:
        self.source = source
        self._pattern = pattern(source)
        self._reader = reader

    def form(self, text: str) -> Form | None:
        """How this rule reads the whole of `text`; None when it is of another form."""
        match = self._pattern.fullmatch(text)
        return (match, self._reader) if match else None


def forms(rules: Iterable[Rule], text: str) -> Iterator[Form]:
    """How each rule that knows the form of the whole of `text` reads it: a matter of its characters alone."""
    return filter(None, (row.form(text) for row in rules))


def exact(year: int, month: int, day: int) -> date:
    """The day, or Refused when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("invalid", "no-day", candidates=_nearest(year, month, day)) from None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, months.monthrange(year, month)[1])


def month_after(day: date, n: int) -> tuple[int, int]:
    """(year, month) `n` months after the month of `day`."""
    count = day.year * 12 + day.month - 1 + n
    if not 12 <= count < 119_988:
        raise Refused("invalid", "too-far")
    return count // 12, count % 12 + 1


def months_on(day: date, n: int) -> date:
    """The same day `n` months on, or the last of a shorter month: 31 January + 1 = 28 February."""
    year, month = month_after(day, n)
    return min(month_end(year, month), date(year, month, min(day.day, 28)) + timedelta(days=max(0, day.day - 28)))


def days_on(day: date, n: int) -> date:
    """The day `n` days on; refused past what a calendar holds."""
    try:
        return day + timedelta(days=n)
    except OverflowError:
        raise Refused("invalid", "too-far") from None


def shift(word: str | None) -> int:
    """本 → 0, 下下 → 2, 上 → -1; this, next, last likewise."""
    if not word:
        return 0
    if word in ("next", "last", "past", "previous"):
        return 1 if word == "next" else -1
    return word.count("下") - word.count("上")


def _nearest(year: int, month: int, day: int) -> list[date]:
    return [month_end(year, month)] if 1 <= month <= 12 and 28 < day <= 31 and 1 <= year <= 9999 else []
