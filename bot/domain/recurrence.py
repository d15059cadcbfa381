"""When a series' sessions are (P2): an RFC 5545 rule by the wall clock of its zone → instants. The rule itself is read by
dateutil; a session keeps its hour through clock changes, and one that a change skips begins with the first instant after it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, at
from bot.domain.series import Series
from bot.errors import Refusal
from bot.pattern import pattern

if TYPE_CHECKING:
    from dateutil.rrule import rrule

_DAILY_AT_MOST = pattern(r"FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY)(?:;|$)")
_SHAPE = pattern(r"[A-Z]+=[A-Z0-9,+-]+(?:;[A-Z]+=[A-Z0-9,+-]+)*")
_NOT_OURS = pattern(r"BY(?:HOUR|MINUTE|SECOND|EASTER)=|INTERVAL=0*(?:;|$)")
_EVERY_DAY = pattern(r"FREQ=(?:DAILY|WEEKLY)(?:;|$)")
_OF_MONTHS = pattern(r"BY(?:MONTHDAY|YEARDAY|WEEKNO|SETPOS)=")
"""With these a daily rule may look at every day until the year 9999 for one that it never finds: 6 s. Said by months or years
the same days take 0.1."""
_END = pattern(r";?(?:COUNT|UNTIL)=[^;]*")
_KNOWN = datetime.combine(date(2026, 1, 1), time.min)
_TRIED = timedelta(days=3653)
"""An impossible rule (30 February) would be looked for until the year 9999."""
_EVERY = pattern(r";?INTERVAL=\d+")
_LAST_YEARS = datetime.combine(date(9971, 1, 1), time.min)
"""Of the calendar that dateutil knows, with every leap year and weekday among them: a rule without a day here has none
anywhere, and is found out in milliseconds. From our time on one of months or years was looked for for half a second."""
_UNTIL = pattern(r"(UNTIL=\d{8})(?:T\d{6}Z?)?")


def checked(rule: str) -> str:
    """The rule in the form in which it is kept. Raises Refusal `series-rule`: no rule, one for more than once a day, or one
    that no day of ten years keeps to."""
    text = _UNTIL.sub(r"\1T235959", rule.strip().upper().removeprefix("RRULE:"))
    if not _SHAPE.fullmatch(text) or not _DAILY_AT_MOST.search(text) or _NOT_OURS.search(text):
        raise Refusal("series-rule", rule=rule)
    if _EVERY_DAY.search(text) and _OF_MONTHS.search(text):
        raise Refusal("series-rule", rule=rule)
    try:
        _parsed(text, _KNOWN)
        endless = _parsed(_END.sub("", text).strip(";"), _KNOWN)
        next(iter(_parsed(_EVERY.sub("", _END.sub("", text)).strip(";"), _LAST_YEARS)))
        first = next(iter(endless.replace(until=_KNOWN + _TRIED)), None)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, StopIteration):
        first = None
    if first is None:
        raise Refusal("series-rule", rule=rule)
    return text


def days(rule: str, first: date) -> Iterator[date]:
    """The days of the rule from `first` on, for choosing the first session; at most a thousand."""
    for _, one in zip(range(1000), _parsed(rule, datetime.combine(first, time.min)), strict=False):
        yield one.date()


def starts(series: Series, after: datetime, until: datetime) -> list[datetime]:
    """The sessions in (after, until], aware UTC, oldest first."""
    zone = ZoneInfo(series.pattern.zone)
    first = series.pattern.start.astimezone(zone).replace(tzinfo=None)
    low, high = (edge.astimezone(zone).replace(tzinfo=None) for edge in (after, until))
    walls = _parsed(series.rule, first).between(low - timedelta(days=1), high + timedelta(days=1), inc=True)
    instants = (at(wall.date(), wall.time(), zone) for wall in walls)
    return [one for one in instants if after < one <= until]


def following(series: Series, after: datetime) -> datetime | None:
    """The first session after an instant; None when the rule has ended."""
    zone = ZoneInfo(series.pattern.zone)
    first = series.pattern.start.astimezone(zone).replace(tzinfo=None)
    wall = _parsed(series.rule, first).after(after.astimezone(zone).replace(tzinfo=None))
    return at(wall.date(), wall.time(), zone) if wall else None


def holiday(day: date, calendar: Calendar) -> bool:
    """Whether a day that is worked in other weeks is off: a weekend's session was meant for a weekend (P2)."""
    return day.weekday() in calendar.workdays and not calendar.works(day)


def _parsed(rule: str, first: datetime) -> "rrule":
    from dateutil.rrule import rrule, rrulestr  # waits for the first series

    found = rrulestr(rule, dtstart=first)
    if not isinstance(found, rrule):
        raise TypeError(rule)
    return found
