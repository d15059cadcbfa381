"""When a thing wants to be asked again: its next moments, computed anew after every change that can move one (A5–A8, M6).

An alarm is a row (subject, occasion); an occasion carries the day or instant it is about, so it rings once for ever.
Ringing re-reads the item and asks `holds`: what is no longer true says nothing. After an outage each rings once, late.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, at
from bot.domain.action import Action, Cadence, State
from bot.domain.rules import Rules

_reckoned = lru_cache(maxsize=4096)(at)
"""A thousand items share a handful of mornings: each is reckoned once."""

Key = TypeVar("Key")
Value = TypeVar("Value")

_JUST = timedelta(microseconds=1)
_MOST_KEPT = 4_096

Moment = tuple[str, datetime, int]
"""An alarm without its subject: its occasion, its instant, who hears of it."""


class Occasion(StrEnum):
    """Why it rings."""

    BEFORE = "before"
    DUE = "due"
    OVERDUE = "overdue"
    ASK = "ask"
    SNOOZED = "snoozed"
    UNACCEPTED = "unaccepted"
    UNANSWERED = "unanswered"
    RISK = "risk"
    RESOLVE = "resolve"
    BLOCK_PAST = "block-past"
    VERIFY = "verify"


_OCCASIONS = {occasion.value: occasion for occasion in Occasion}
LEADING = frozenset({Occasion.BEFORE, Occasion.OVERDUE, Occasion.ASK, Occasion.SNOOZED})
"""When one of these rings, its item's others are reckoned anew: they come again, or a pause held the others back; and the first
of an item's days finds what holidays that were published since have moved. All others were set whole by the last change."""


class Alarm(NamedTuple):
    """`subject` (A-42, M-7) wants attention at `due_at` (aware UTC). `occasion` is `<Occasion or Call>:<day or instant>`.

    `person` (an id) hears of it: the key by which several of one morning become one message; 0: a room does. A tuple,
    because a sweep makes five for each item (a frozen dataclass takes 0.7 µs, this 0.3) and storage keeps it as the row
    that it is."""

    subject: str
    occasion: str
    due_at: datetime
    person: int

    @property
    def why(self) -> Occasion:
        """An item's occasion without its day."""
        return _OCCASIONS[self.occasion.partition(":")[0]]


class Zones(Protocol):
    """Whose zone is whose."""

    def zone(self, person: int) -> ZoneInfo:
        """The person's zone; the workplace's for somebody unknown."""
        ...


_HUNG_ON = (
    "state", "owner", "assigner", "tracker", "due", "cadence", "asked_at", "snoozed_until", "submitted_at", "block",
)  # fmt: skip
"""Every field of an item that a moment hangs on."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """What the moments depend on besides the item: zones, the calendar, the handbook's numbers.

    A sweep asks it for a thousand items with a handful of days between them, and one line after the other gives items for
    the same days, so what hangs on days alone is reckoned once in its life: an item's moments and whether its alarm still
    holds take 9 µs together, without that 35. The workplace keeps one while its people are the same."""

    zones: Zones
    calendar: Calendar
    rules: Rules
    _mornings: dict[tuple[Occasion, date, ZoneInfo], tuple[str, datetime]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _next: dict[tuple[datetime, ZoneInfo], date] = field(default_factory=dict, init=False, repr=False, compare=False)

    def morning(self, day: date, person: int) -> datetime:
        """A6: the instant of the person's morning on that day."""
        return _reckoned(day, self.rules.morning, self.zones.zone(person))

    def moment(self, why: Occasion, about: date, person: int, zone: ZoneInfo) -> Moment:
        """The morning in their zone on which this person hears why of something that is about that day."""
        key = (why, about, zone)
        found = self._mornings.get(key)
        if found is None:
            day = _DAYS[why](about, self)
            found = _kept(self._mornings, key, (f"{why}:{about}", _reckoned(day, self.rules.morning, zone)))
        return *found, person

    def reported(self, reminded: datetime, grace: timedelta, person: int) -> datetime:
        """M6, N1, N4: when somebody's silence is reported, so long after they were to be reminded. Where a night or days off keep
        the reminder until then, so long after the morning on which they read it: nobody is reminded and reported at once."""
        day = reminded.astimezone(self.zones.zone(person)).date()
        read = max(reminded, self.morning(self.calendar.on_or_after(day), person))
        return read + grace if read >= reminded + grace else reminded + grace

    def next_morning(self, after: datetime, zone: ZoneInfo) -> date:
        """The first working day whose morning in the zone lies after the instant."""
        found = self._next.get((after, zone))
        if found is None:
            found = _kept(self._next, (after, zone), self._following(after, zone))
        return found

    def _following(self, after: datetime, zone: ZoneInfo) -> date:
        today = after.astimezone(zone).date()
        passed = _reckoned(today, self.rules.morning, zone) <= after
        return self.calendar.on_or_after(today + timedelta(days=passed))


def _kept(among: dict[Key, Value], key: Key, value: Value) -> Value:
    """The value, kept; days pass, and every moment at which something is done has one."""
    if len(among) >= _MOST_KEPT:
        among.clear()
    among[key] = value
    return value


_DAYS: dict[Occasion, Callable[[date, Timetable], date]] = {
    Occasion.BEFORE: lambda due, table: table.calendar.on_or_before(due - timedelta(days=table.rules.before_days)),
    Occasion.DUE: lambda due, table: table.calendar.on_or_before(due),
    Occasion.OVERDUE: lambda day, _: day,
    Occasion.ASK: lambda day, _: day,
    Occasion.VERIFY: lambda submitted, table: table.calendar.after(submitted, table.rules.verify_days),
    Occasion.RISK: lambda due, table: table.calendar.after(table.calendar.on_or_before(due), table.rules.risk_days + 1),
    Occasion.RESOLVE: lambda until, table: table.calendar.on_or_before(until),
    Occasion.BLOCK_PAST: lambda until, table: table.calendar.on_or_after(until + timedelta(days=1)),
}
"""On which day it is said what is about a day."""


def moments(action: Action, now: datetime, table: Timetable) -> list[Alarm]:
    """Every alarm of this item after `now`; none for a closed one."""
    return [alarm for alarm in course(action, now, table) if alarm.due_at > now]


def course(action: Action, now: datetime, table: Timetable) -> list[Alarm]:
    """Every alarm that the item as it is would have set by `now`, also those that have passed, and those to come."""
    label = action.label
    return [Alarm(label, why, at, person) for why, at, person in _every(action, now, table)]


def beside(alarm: Alarm, action: Action, now: datetime, table: Timetable) -> list[Alarm]:
    """The part of the item's course that an alarm of its stands in, as `course` would have it."""
    label = action.label
    return [Alarm(label, why, at, person) for why, at, person in _OF[alarm.why](action, now, table)]


def moved(before: Action, after: Action) -> bool:
    """Whether a change can have moved a moment: a note, for one, cannot."""
    return any(getattr(before, name) != getattr(after, name) for name in _HUNG_ON)


def holds(alarm: Alarm, action: Action, table: Timetable) -> bool:
    """Whether a ringing alarm is still to be said: the item as it is now would set it again."""
    if not action.open or alarm.subject != action.label:
        return False
    set_again = _OF[alarm.why](action, alarm.due_at - _JUST, table)
    return (alarm.occasion, alarm.due_at, alarm.person) in set_again


def _every(action: Action, now: datetime, table: Timetable) -> list[Moment]:
    """Also those that have passed. Lists, not one by one: a generator within a generator costs more than it saves."""
    if not action.open:
        return []
    return [*_acceptance(action, now, table), *_owner(action, now, table), *_others(action, now, table)]


def _acceptance(action: Action, _: datetime, table: Timetable) -> list[Moment]:
    """M6: silence is reminded once, then reported to whoever assigned it."""
    if action.state is not State.PROPOSED:
        return []
    asked, remind, report = action.asked_at, table.rules.unaccepted_remind, table.rules.unaccepted_report
    reported = table.reported(asked + remind, report - remind, action.owner)
    return [
        _instant(Occasion.UNACCEPTED, asked, remind, action.owner),
        _instant(Occasion.UNANSWERED, asked, reported - asked, action.assigner),
    ]


def _owner(action: Action, now: datetime, table: Timetable) -> list[Moment]:
    """A6, A8. Nothing while somebody else has to act; while snoozed only the end of the pause."""
    if action.state in (State.SUBMITTED, State.DECLINED):
        return []
    owner, due = action.owner, action.due
    if action.snoozed_until is not None and action.snoozed_until > now:
        return [_instant(Occasion.SNOOZED, action.snoozed_until, timedelta(), owner)]
    zone = table.zones.zone(owner)
    found = [
        table.moment(Occasion.BEFORE, due.day, owner, zone),
        table.moment(Occasion.DUE, due.day, owner, zone),
        table.moment(Occasion.OVERDUE, table.next_morning(max(now, due.at), zone), owner, zone),
    ]
    if action.cadence is Cadence.DAILY:
        found.append(table.moment(Occasion.ASK, table.next_morning(now, zone), owner, zone))
    return found


def _others(action: Action, _: datetime, table: Timetable) -> list[Moment]:
    """A5, A7 and the tracker's turn: what others than the owner hear."""
    tracker, zone = action.tracker, table.zones.zone(action.tracker)
    if action.state is State.SUBMITTED and action.submitted_at is not None:
        return [table.moment(Occasion.VERIFY, action.submitted_at.astimezone(zone).date(), tracker, zone)]
    found = [table.moment(Occasion.RISK, action.due.day, tracker, zone)]
    if action.block is not None:
        until, resolver = action.block.until, action.block.resolver
        theirs = table.zones.zone(resolver)
        found.append(table.moment(Occasion.RESOLVE, until, resolver, theirs))
        found.append(table.moment(Occasion.BLOCK_PAST, until, resolver, theirs))
    return found


_OF: dict[Occasion, Callable[[Action, datetime, Timetable], list[Moment]]] = {
    **dict.fromkeys((Occasion.UNACCEPTED, Occasion.UNANSWERED), _acceptance),
    **dict.fromkeys((Occasion.BEFORE, Occasion.DUE, Occasion.OVERDUE, Occasion.ASK, Occasion.SNOOZED), _owner),
    **dict.fromkeys((Occasion.RISK, Occasion.RESOLVE, Occasion.BLOCK_PAST, Occasion.VERIFY), _others),
}
"""Where an occasion is set."""


_SECONDS = len("2026-11-23T01:00:00")


def _instant(why: Occasion, start: datetime, after: timedelta, person: int) -> Moment:
    """Named by its second in UTC, which `isoformat` writes in 1.2 µs and `strftime` in 2.6."""
    return f"{why}:{start.astimezone(UTC).isoformat()[:_SECONDS]}Z", start + after, person
