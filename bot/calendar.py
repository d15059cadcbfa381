"""Which days are worked, when a message may ring, which instant a wall clock means. Pure; asked by rules and sweeps.

Order of truth for a day (T2): what the workplace itself says, then the published calendar of its country, then weekends
and statutory feasts with `confirmed` False. A year is published whole (the State Council's notice), so it is looked up
once and kept as sorted ordinals: a query is a bisection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from msgspec import Struct

from bot.lunar import eve, lunar_day, solar_term

COUNTRIES = ("CN", "none")
Published = Callable[[int], Mapping[date, bool] | None]
"""The feasts (False) and make-up days (True) of a year, None while nothing is published for it."""

_MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def of_china(year: int) -> Mapping[date, bool] | None:
    """A year of the State Council's notices, as far as the installed calendar knows them."""
    return _of_china(year)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A workplace's working days. Build it with `Calendar.of`; values are never changed afterwards."""

    country: str
    workdays: frozenset[int]
    own: Mapping[date, bool]
    published: Published = of_china
    _years: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        country: str = "CN",
        workdays: tuple[int, ...] = _MONDAY_TO_FRIDAY,
        own: Mapping[date, bool] = MappingProxyType({}),
        published: Published = of_china,
    ) -> "Calendar":
        """The calendar of `country` ("CN", or "none"/"" for weekends only) where `workdays` (0 = Monday) are worked.

        `own` are the workplace's own days: date → worked? `published` knows the notices of the country. Raises
        ValueError that names what is allowed."""
        name = "none" if country.lower() in ("", "none") else country.upper()
        if name not in COUNTRIES:
            raise ValueError(f"country {country!r}: allowed are {', '.join(COUNTRIES)}")
        if not workdays or not set(workdays) <= set(range(7)):
            raise ValueError(f"workdays {workdays!r}: at least one of 0 (Monday) … 6 (Sunday)")
        return cls(name, frozenset(workdays), MappingProxyType(dict(own)), published)

    def works(self, day: date) -> bool:
        """Whether `day` is worked (T2)."""
        days = self._worked(day.year)
        place = bisect_left(days, day.toordinal())
        return place < len(days) and days[place] == day.toordinal()

    def confirmed(self, day: date) -> bool:
        """Whether `works(day)` is known, not reckoned from weekends and feasts because the year is unpublished."""
        return self.country == "none" or day in self.own or self.published(day.year) is not None

    def on_or_after(self, day: date) -> date:
        """The nearest working day from `day` on."""
        return day if self.works(day) else self.after(day, 1)

    def on_or_before(self, day: date) -> date:
        """The nearest working day up to `day`."""
        return day if self.works(day) else self.after(day, -1)

    def after(self, day: date, n: int) -> date:
        """The `n`-th working day after `day`, which is day 0 whether worked or not; negative `n` goes back.

        Raises OverflowError past the years 1 … 9999."""
        if n == 0:
            return day
        return self._ahead(day, n) if n > 0 else self._back(day, -n)

    def between(self, a: date, b: date) -> int:
        """How many working days lie in (a, b]; 0 when b is not after a."""
        if b <= a:
            return 0
        return sum(
            bisect_right(days, b.toordinal()) - bisect_right(days, a.toordinal())
            for days in map(self._worked, range(a.year, b.year + 1))
        )

    def _ahead(self, day: date, n: int) -> date:
        year = day.year
        days = self._worked(year)
        place = bisect_right(days, day.toordinal()) + n - 1
        while place >= len(days):
            place -= len(days)
            year += 1
            days = self._worked(year)
        return date.fromordinal(days[place])

    def _back(self, day: date, n: int) -> date:
        year = day.year
        days = self._worked(year)
        place = bisect_left(days, day.toordinal()) - n
        while place < 0:
            year -= 1
            days = self._worked(year)
            place += len(days)
        return date.fromordinal(days[place])

    def _worked(self, year: int) -> tuple[int, ...]:
        days = self._years.get(year)
        if days is None:  # two threads may both reckon it: the same values, and one wins
            days = self._years[year] = tuple(day.toordinal() for day in _days_of(year) if self._reckoned(day))
        return days

    def _reckoned(self, day: date) -> bool:
        if day in self.own:
            return self.own[day]
        plain = day.weekday() in self.workdays
        if self.country == "none":
            return plain
        published = self.published(day.year)
        if published is None:
            return plain and day not in _statutory(day.year)
        return published.get(day, plain)


class Quiet(Struct, frozen=True):
    """Quiet hours by the wall clock, `start` up to but without `end`, over midnight when end ≤ start; equal: none."""

    start: time = time(20)
    end: time = time(8, 30)

    def around(self, day: date, zone: tzinfo) -> tuple[tuple[datetime, datetime], ...]:
        """The quiet spells (UTC) that may touch `day`: one that began the day before, one that begins on it."""
        return () if self.start == self.end else _spells(self, day, zone)


def audible(moment: datetime, zone: tzinfo, quiet: Quiet, calendar: Calendar) -> datetime:
    """The first moment at or after `moment` that is no quiet hour and on a working day in `zone` (T3). Aware, UTC."""
    moment = moment.astimezone(UTC)
    while True:
        day = moment.astimezone(zone).date()
        if not calendar.works(day):
            moment = max(moment, at(calendar.on_or_after(day), time.min, zone))
            continue
        for start, end in quiet.around(day, zone):
            if start <= moment < end:
                moment = end
                break
        else:
            return moment


@lru_cache(maxsize=4096)
def _spells(quiet: Quiet, day: date, zone: tzinfo) -> tuple[tuple[datetime, datetime], ...]:
    """Kept, because everybody of a zone asks for the same day's: two spells cost 15 µs to reckon, every notice asks."""
    overnight = _DAY if quiet.end < quiet.start else timedelta()
    return tuple((at(first, quiet.start, zone), at(first + overnight, quiet.end, zone)) for first in (day - _DAY, day))


@lru_cache(maxsize=4096)
def at(day: date, wall: time, zone: tzinfo) -> datetime:
    """The UTC instant at which clocks in `zone` show `wall` on `day` (T1).

    A time that a clock change skips moves to the first instant after it; one that comes twice is the first. Kept: a
    thousand items share a handful of mornings and evenings."""
    meant = datetime.combine(day, wall.replace(tzinfo=None, fold=0), zone)
    instant = meant.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) == meant.replace(tzinfo=None):
        return instant
    return _first_valid(meant.replace(fold=1).astimezone(UTC), instant, zone)


def _first_valid(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The instant of the clock change in (before, after]; changes fall on whole seconds."""
    before, old = before.replace(microsecond=0), before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _days_of(year: int) -> Iterator[date]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return map(date.fromordinal, range(first, last + 1))


@lru_cache(maxsize=64)
def _of_china(year: int) -> Mapping[date, bool] | None:
    published = import_module("chinese_calendar")  # lazily: a workplace elsewhere never loads it
    try:
        details = {day: published.get_holiday_detail(day) for day in _days_of(year)}
    except NotImplementedError:
        return None
    feasts = {day: False for day, (off, name) in details.items() if off and name}
    return feasts | {day: True for day, (off, _) in details.items() if not off and day.weekday() > 4}


@lru_cache(maxsize=64)
def _statutory(year: int) -> frozenset[date]:
    """The 13 statutory days of the rules in force since 2025, without the blocks and make-up days of a notice."""
    spring = eve(year)
    fixed = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    moving = [spring + timedelta(days=n) for n in range(4)] if spring else []
    feasts = (solar_term(year, "清明"), lunar_day(year, 5, 5), lunar_day(year, 8, 15))
    return frozenset([date(year, *day) for day in fixed] + moving + [day for day in feasts if day])
