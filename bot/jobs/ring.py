"""The sweep: alarms that are due, what they mean by now, and one message for each person (A5–A8, M6, T3).

One transaction takes the due alarms, re-reads their items, keeps the notices, marks the alarms as rung and sets the next
moments. What is no longer true says nothing. After an outage each alarm rings once, late, in the same one message.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from bot.announcements import Desk
from bot.calendar import at
from bot.domain.action import Action
from bot.domain.alarms import Alarm, Timetable, holds, moments
from bot.jobs.mornings import Line, Mornings
from bot.store import Records, Store
from bot.workplace import Workplace

AT_ONCE = 500
"""Alarms taken in one transaction, so that commands get their turn between."""

_FEW = 20
"""People whose settings are read one by one; beyond, all are read at once."""
_LOOK_AGAIN = timedelta(minutes=15)
_MOVED = timedelta(days=2)
"""How far a moment moves at most when its person's zone or the calendar changes."""


class Ring:
    """The job."""

    name = "ring"

    def __init__(self, store: Store, workplace: Workplace) -> None:
        self.store = store
        self.workplace = workplace

    async def tick(self, now: datetime) -> int:
        """Rings everything due; nothing due costs one look at an index."""
        following = await self.store.read(lambda records: records.alarms.next_at())
        if following is None or following > now:
            return 0
        rung, more = 0, AT_ONCE
        while more >= AT_ONCE:
            more = await self.store.write(partial(ring, workplace=self.workplace, now=now))
            rung += more
        return rung

    async def next_at(self, now: datetime) -> datetime | None:
        """The next alarm's moment. One that is due and yet waits (its zone was changed) hides those behind it."""
        following = await self.store.read(lambda records: records.alarms.next_at())
        return following if following is None or following > now else now + _LOOK_AGAIN


@dataclass(frozen=True, slots=True)
class Sweep(Timetable):
    """One sweep's timetable: a thousand items share a handful of mornings, and each is reckoned once."""

    mornings: dict[tuple[date, str], datetime] = field(default_factory=dict)

    def morning(self, day: date, person: int) -> datetime:
        zone = self.zones.zone(person)
        found = self.mornings.get((day, zone.key))
        if found is None:
            found = self.mornings[day, zone.key] = at(day, self.rules.morning, zone)
        return found


@dataclass(frozen=True, slots=True)
class Due:
    """A due alarm, its item as it is now (None: there is none), and the item's moments ahead."""

    alarm: Alarm
    action: Action | None
    ahead: Sequence[Alarm]

    @property
    def waits(self) -> bool:
        """Its day begins later by now, since a zone or the calendar has changed: it is asked again then."""
        return any(self.alarm.occasion == one.occasion and self.alarm.person == one.person for one in self.ahead)

    def true(self, now: datetime, table: Timetable) -> bool:
        """Whether it is still to be said; also when its moment has moved since it was set, and has come by now."""
        if self.action is None or not self.action.open:
            return False
        if holds(self.alarm, self.action, table):
            return True
        anew = moments(self.action, self.alarm.due_at - _MOVED, table)
        mine = (self.alarm.occasion, self.alarm.person)
        return any((one.occasion, one.person) == mine and one.due_at <= now for one in anew)


def ring(records: Records, workplace: Workplace, now: datetime) -> int:
    """Everything of one sweep, in the open transaction; returns how many alarms have rung."""
    alarms = records.alarms.due(now, AT_ONCE)
    if not alarms:
        return 0
    desk = Desk(records.people.directory(), workplace)
    table = Sweep(desk.directory, workplace.calendar, workplace.rules)
    ringing = [one for one in _read(records, alarms, now, table) if not one.waits]
    mornings = Mornings(desk, now, _away(records, {one.alarm.person for one in ringing}))
    lines = [Line(one.action, one.alarm.why, one.alarm) for one in ringing if one.action and one.true(now, table)]
    records.outbox.add(mornings.notices(lines))
    records.alarms.rung([one.alarm for one in ringing], now)
    for subject, one in {one.alarm.subject: one for one in ringing}.items():
        records.alarms.replace(subject, _ahead(one, mornings, table), now)
    return len(ringing)


def _ahead(due: Due, mornings: Mornings, table: Timetable) -> list[Alarm]:
    """The item's moments ahead, without those that a message still held by quiet hours will have told by then, and
    with those that follow that message."""
    subject, found = due.alarm.subject, {}
    for alarm in due.ahead:
        until = mornings.told_until(alarm.person, subject)
        later = [alarm] if until < alarm.due_at else moments(due.action, until, table) if due.action else []
        found.update({one.occasion: one for one in later})
    return list(found.values())


def _read(records: Records, alarms: Sequence[Alarm], now: datetime, table: Timetable) -> list[Due]:
    numbers = {alarm.subject: int(alarm.subject.removeprefix("A-")) for alarm in alarms}
    items = records.actions.several(numbers.values())
    ahead = {number: moments(action, now, table) for number, action in items.items()}
    return [Due(alarm, items.get(numbers[alarm.subject]), ahead.get(numbers[alarm.subject], [])) for alarm in alarms]


def _away(records: Records, people: Collection[int]) -> dict[int, str]:
    """Until which ISO day somebody is away (their own setting)."""
    if len(people) > _FEW:
        chosen = records.settings.all("person:")
    else:
        chosen = {f"person:{person}": records.settings.of(f"person:{person}") for person in people}
    away = {person: chosen.get(f"person:{person}", {}).get("away", "") for person in people}
    return {person: until for person, until in away.items() if until}
