"""When a thing wants to be asked again: its next moments, computed anew after every change that can move one (A5–A8, M6).

An alarm is a row (subject, occasion); an occasion carries the day or instant it is about, so it rings once for ever.
Ringing re-reads the item and asks `holds`: what is no longer true says nothing. After an outage each rings once, late.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, at
from bot.domain.action import Action, Cadence, State
from bot.domain.rules import Rules

_reckoned = lru_cache(maxsize=4096)(at)
"""A thousand items share a handful of mornings: each is reckoned once."""


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


@dataclass(frozen=True, slots=True)
class Alarm:
    """`subject` (A-42, M-7) wants attention at `due_at` (aware UTC). `occasion` is `<Occasion or Call>:<day or instant>`.

    `person` (an id) hears of it: the key by which several of one morning become one message; 0: a room does."""

    subject: str
    occasion: str
    due_at: datetime
    person: int

    @property
    def why(self) -> Occasion:
        """An item's occasion without its day."""
        return Occasion(self.occasion.partition(":")[0])


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
    """What the moments depend on besides the item: zones, the calendar, the handbook's numbers."""

    zones: Zones
    calendar: Calendar
    rules: Rules

    def morning(self, day: date, person: int) -> datetime:
        """A6: the instant of the person's morning on that day."""
        return _reckoned(day, self.rules.morning, self.zones.zone(person))

    def next_morning(self, after: datetime, person: int) -> date:
        """The first working day whose morning lies after the instant."""
        today = after.astimezone(self.zones.zone(person)).date()
        start = today if self.morning(today, person) > after else today + timedelta(days=1)
        return self.calendar.on_or_after(start)


def moments(action: Action, now: datetime, table: Timetable) -> list[Alarm]:
    """Every alarm of this item after `now`; none for a closed one."""
    return [alarm for alarm in _every(action, now, table) if alarm.due_at > now]


def moved(before: Action, after: Action) -> bool:
    """Whether a change can have moved a moment: a note, for one, cannot."""
    return any(getattr(before, name) != getattr(after, name) for name in _HUNG_ON)


def holds(alarm: Alarm, action: Action, table: Timetable) -> bool:
    """Whether a ringing alarm is still to be said: the item as it is now would set it again."""
    return alarm in _every(action, alarm.due_at - timedelta(microseconds=1), table)


def _every(action: Action, now: datetime, table: Timetable) -> Iterator[Alarm]:
    """One by one, also those that have passed: whoever looks for one stops there."""
    if action.open:
        yield from _acceptance(action, table.rules)
        yield from _owner(action, now, table)
        yield from _others(action, table)


def _acceptance(action: Action, rules: Rules) -> Iterator[Alarm]:
    """M6: silence is reminded once, then reported to whoever assigned it."""
    if action.state is State.PROPOSED:
        yield _instant(action, Occasion.UNACCEPTED, action.asked_at, rules.unaccepted_remind, action.owner)
        yield _instant(action, Occasion.UNANSWERED, action.asked_at, rules.unaccepted_report, action.assigner)


def _owner(action: Action, now: datetime, table: Timetable) -> Iterator[Alarm]:
    """A6, A8. Nothing while somebody else has to act; while snoozed only the end of the pause."""
    if action.state in (State.SUBMITTED, State.DECLINED):
        return
    if action.snoozed_until is not None and action.snoozed_until > now:
        yield _instant(action, Occasion.SNOOZED, action.snoozed_until, timedelta(), action.owner)
        return
    owner, day = action.owner, action.due.day
    before = table.calendar.on_or_before(day - timedelta(days=table.rules.before_days))
    yield _morning(action, Occasion.BEFORE, before, day, owner, table)
    yield _morning(action, Occasion.DUE, table.calendar.on_or_before(day), day, owner, table)
    late = table.next_morning(max(now, action.due.at), owner)
    yield _morning(action, Occasion.OVERDUE, late, late, owner, table)
    if action.cadence is Cadence.DAILY:
        asked = table.next_morning(now, owner)
        yield _morning(action, Occasion.ASK, asked, asked, owner, table)


def _others(action: Action, table: Timetable) -> Iterator[Alarm]:
    """A5, A7 and the tracker's turn: what others than the owner hear."""
    if action.state is State.SUBMITTED and action.submitted_at is not None:
        submitted = action.submitted_at.astimezone(table.zones.zone(action.tracker)).date()
        day = table.calendar.after(submitted, table.rules.verify_days)
        yield _morning(action, Occasion.VERIFY, day, submitted, action.tracker, table)
        return
    due = action.due.day
    risk = table.calendar.after(table.calendar.on_or_before(due), table.rules.risk_days + 1)
    yield _morning(action, Occasion.RISK, risk, due, action.tracker, table)
    if action.block is not None:
        until, resolver = action.block.until, action.block.resolver
        yield _morning(action, Occasion.RESOLVE, table.calendar.on_or_before(until), until, resolver, table)
        past = table.calendar.on_or_after(until + timedelta(days=1))
        yield _morning(action, Occasion.BLOCK_PAST, past, until, resolver, table)


def _morning(action: Action, why: Occasion, day: date, about: date, person: int, table: Timetable) -> Alarm:
    return Alarm(action.label, f"{why}:{about}", table.morning(day, person), person)


def _instant(action: Action, why: Occasion, start: datetime, after: timedelta, person: int) -> Alarm:
    return Alarm(action.label, f"{why}:{start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", start + after, person)
