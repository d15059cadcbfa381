"""The sweep: alarms that are due, what they mean by now, and one message for each person (A5–A8, M6, T3).

One transaction takes the due alarms, re-reads their items, keeps the notices, marks the alarms as rung and sets the next
moments. What is no longer true says nothing. After an outage each alarm rings once, late, in the same one message.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from msgspec import Struct

from bot.announcements import Desk
from bot.domain.action import Action
from bot.domain.alarms import LEADING, Alarm, Occasion, Timetable, beside, course, holds, moments
from bot.jobs import sessions
from bot.jobs.mornings import Line, Mornings, gathered
from bot.jobs.uncollected import uncollected
from bot.operations import absence
from bot.store import Notice, Records, Store
from bot.workplace import Workplace

AT_ONCE = 500
"""Alarms taken in one transaction, so that commands get their turn between."""

_QUARTER = timedelta(minutes=15)
_PATIENCE = timedelta(minutes=1)
"""How late others may ring while everything that was due waits."""
_MOVED = timedelta(days=2)
"""How far a moment moves at most when its person's zone or the calendar changes."""


class Ring:
    """The job. `_waiting` alarms wait for their people's morning; until `_wake` it need not look at them again."""

    name = "ring"

    def __init__(self, store: Store, workplace: Workplace) -> None:
        self.store = store
        self.workplace = workplace
        self._waiting = 0
        self._looked: datetime | None = None
        self._wake: datetime | None = None

    async def tick(self, now: datetime) -> int:
        """Rings everything due; nothing due costs one look at an index."""
        following = await self.store.read(lambda records: records.alarms.next_at())
        if following is None or following > now or self._sleeps(now):
            return 0
        rung, more = 0, True
        while more:
            limit = AT_ONCE + self._waiting
            swept = await self.store.write(partial(ring, workplace=self.workplace, now=now, limit=limit))
            more = swept.rung + swept.waiting >= limit and (swept.rung > 0 or swept.waiting > self._waiting)
            rung, self._waiting = rung + swept.rung, swept.waiting
        self._looked, self._wake = now, swept.wake
        return rung

    async def next_at(self, now: datetime) -> datetime | None:
        """The next alarm's moment. Those that wait for a morning hide the others behind them: mornings begin on a quarter
        of an hour everywhere, so every quarter is looked at."""
        following = await self.store.read(lambda records: records.alarms.next_at())
        if following is None or following > now:
            return following
        quarter = datetime.min.replace(tzinfo=UTC) + (now - datetime.min.replace(tzinfo=UTC)) // _QUARTER * _QUARTER
        return min(self._wake or datetime.max.replace(tzinfo=UTC), quarter + _QUARTER)

    def _sleeps(self, now: datetime) -> bool:
        """Whether all that was due a moment ago waits for a morning that has not come."""
        if self._looked is None or self._wake is None or not self._waiting:
            return False
        return self._looked <= now < min(self._wake, self._looked + _PATIENCE)


class Swept(Struct, frozen=True):
    """What came of one transaction: alarms rung, alarms left waiting, and the first morning for which one waits."""

    rung: int = 0
    waiting: int = 0
    wake: datetime | None = None


class Due(Struct, frozen=True):
    """A due alarm, why it rings, its item as it is now (None: there is none, or it is closed), and the item's course: of one
    that does not lead the others, its own part."""

    alarm: Alarm
    why: Occasion
    action: Action | None
    course: Sequence[Alarm]

    def ahead(self, now: datetime) -> list[Alarm]:
        """What of the course is to come."""
        return [one for one in self.course if one.due_at > now]

    def early(self, now: datetime) -> bool:
        """Its day begins later by now, since a zone or the calendar has changed: it is asked again then."""
        mine = self.alarm
        return any(
            one.due_at > now and one.occasion == mine.occasion and one.person == mine.person for one in self.course
        )

    def true(self, now: datetime, table: Timetable) -> bool:
        """Whether it is still to be said; also when its moment has moved since it was set, and has come by now."""
        if self.action is None:
            return False
        # Most stand in the course that was reckoned anyway; what was put off may have passed meanwhile.
        if self.action.snoozed_until is None and self.alarm in self.course:
            return True
        if holds(self.alarm, self.action, table):
            return True
        anew = moments(self.action, self.alarm.due_at - _MOVED, table)
        mine = (self.alarm.occasion, self.alarm.person)
        return any((one.occasion, one.person) == mine and one.due_at <= now for one in anew)


def ring(records: Records, workplace: Workplace, now: datetime, limit: int = AT_ONCE) -> Swept:
    """One sweep in the open transaction. Whoever may not be written to now (T3) is left for their next morning, so that
    what gathers until then is one message, made of what is true by then."""
    with uncollected():
        due = records.alarms.due(now, limit)
        return _rung(records, due, workplace, now) if due else Swept()


def _rung(records: Records, due: Sequence[Alarm], workplace: Workplace, now: datetime) -> Swept:
    alarms = [alarm for alarm in due if alarm.subject.startswith("A-")]
    called = sessions.ring(records, workplace, now, [alarm for alarm in due if not alarm.subject.startswith("A-")])
    mornings = Mornings(Desk(records.people.directory(), workplace), now)
    table = workplace.timetable(mornings.desk.directory)
    heard = [alarm for alarm in alarms if mornings.opens(alarm.person) <= now]
    ringing = [one for one in _read(records, heard, now, table) if not one.early(now)]
    lines = [Line(one.action, one.why, one.alarm) for one in ringing if one.action and one.true(now, table)]
    mornings.away = absence.until(records, mornings.hearers(lines))
    records.outbox.add(_gathered(records, mornings.notices(lines), now))
    records.alarms.rung([one.alarm for one in ringing], now)
    records.alarms.replace({one.alarm.subject: one.ahead(now) for one in ringing if one.why in LEADING}, now)
    wake = min(
        (opens for opens in map(mornings.opens, {alarm.person for alarm in alarms}) if opens > now), default=None
    )
    return Swept(called + len(ringing), len(alarms) - len(ringing), wake)


def _read(records: Records, alarms: Sequence[Alarm], now: datetime, table: Timetable) -> list[Due]:
    items = records.actions.several({int(alarm.subject.removeprefix("A-")) for alarm in alarms})
    open_ones = {action.label: action for action in items.values() if action.open}
    return [_due(alarm, open_ones.get(alarm.subject), now, table) for alarm in alarms]


def _due(alarm: Alarm, action: Action | None, now: datetime, table: Timetable) -> Due:
    """A thousand of a morning: most lead nothing, and a part of the course is had for half the time."""
    why = alarm.why
    if action is None:
        return Due(alarm, why, None, ())
    reckoned = course(action, now, table) if why in LEADING else beside(alarm, action, now, table)
    return Due(alarm, why, action, reckoned)


def _gathered(records: Records, told: list[Notice], now: datetime) -> list[Notice]:
    """With what waits for the same people since an earlier morning: a messenger was down, or the night came first."""
    people = {notice.to for notice in told if notice.moment == "reminder" and isinstance(notice.to, int)}
    return gathered(told, records.outbox.withdraw(people, "reminder", now))
