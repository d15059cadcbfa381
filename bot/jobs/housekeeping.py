"""Once a day: what nobody will ask for any more is forgotten. Items and their history are never among it (A2)."""

from datetime import date, datetime, timedelta

from bot.logs import get_logger
from bot.store import Records, Store
from bot.workplace import Workplace

log = get_logger()

ANSWERED = timedelta(days=8)
"""Redeliveries come for up to 7.1 hours (A4 row 3); a week's outage of ours is covered too."""
TOLD = timedelta(days=90)
"""Three times as long as messages are still updated in place."""
RUNG = timedelta(days=400)
"""An occasion carries its day; one of last year cannot come again."""


class Housekeeping:
    """The job."""

    name = "housekeeping"

    def __init__(self, store: Store, workplace: Workplace) -> None:
        self.store = store
        self.workplace = workplace
        self._done: date | None = None

    async def tick(self, now: datetime) -> int:
        """Forgets, on the first tick of each day of the workplace. There is nothing to tell."""
        today = now.astimezone(self.workplace.zone).date()
        if self._done != today:
            forgotten = await self.store.write(lambda records: forget(records, now))
            self._done = today
            log.info("housekeeping", **forgotten)
        return 0

    async def next_at(self, now: datetime) -> datetime | None:
        """None: nobody waits for it."""
        return None


def forget(records: Records, now: datetime) -> dict[str, int]:
    """Drops old events, settled messages and rung alarms; returns how many of each."""
    return {
        "events": records.inbox.forget(now - ANSWERED),
        "messages": records.outbox.forget(now - TOLD),
        "alarms": records.alarms.forget(now - RUNG),
    }
