"""Once a day and at the start: has a year been published through which days were reckoned? Where that makes a day another
one, owner and assigner hear of it once, with the press that moves it (T2; VOICE, unpublished holidays)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from bot.announcements import Desk, reachable
from bot.operations.calendars import Checked, check_days
from bot.store import Notice, Query, Records, Store
from bot.workplace import Workplace


class Calendars:
    """The job. What waits is found by an index of its own, empty in most months."""

    name = "calendars"

    def __init__(self, store: Store, workplace: Workplace) -> None:
        self.store = store
        self.workplace = workplace
        self._done: date | None = None

    async def tick(self, now: datetime) -> int:
        """Looks on the first tick of each day of the workplace; returns how many notices came of it."""
        today = now.astimezone(self.workplace.zone).date()
        if self._done == today:
            return 0
        waiting = await self.store.read(lambda records: records.actions.count(Query(reckoned=True)))
        told = await self.store.write(lambda records: recheck(records, self.workplace, now)) if waiting else 0
        self._done = today
        return told

    async def next_at(self, now: datetime) -> datetime | None:
        """None: when a year is published is nobody's to know."""
        return None


def recheck(records: Records, workplace: Workplace, now: datetime) -> int:
    """Checks the days that waited, and keeps what is to be told of those that are others by now."""
    desk = Desk(records.people.directory(), workplace)
    changed = [one for one in check_days(records, workplace, now) if not one.holds]
    return records.outbox.add(list(_notices(changed, desk, now)))


def _notices(changed: Iterable[Checked], desk: Desk, now: datetime) -> Iterator[Notice]:
    for one in changed:
        action = one.action
        args: dict[str, object] = {"phrase": one.reckoned.phrase, "day": str(action.due.day), "new": str(one.day)}
        for person in dict.fromkeys((action.owner, action.assigner)):
            if reachable(person, desk.directory):
                key = f"recounted:{action.label}:{action.due.day}:{one.day}:P{person}"
                yield Notice(person, "recounted", (action.label,), key, desk.audible(now, person), args)
