"""Recurring meetings: once an hour the sessions that have come into reach are made, holidays are asked about, and what the
last session left open stands on the next agenda (P2, A13)."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.announcements import Desk
from bot.domain import recurrence
from bot.operations import series as operations
from bot.operations.series import Clerk, Holiday
from bot.store import Notice, Records, Store
from bot.workplace import Workplace

LOOK_AGAIN = timedelta(hours=1)
MOMENT = timedelta.resolution


class Recurring:
    """The job. What it remembers is only when it looked."""

    name = "series"

    def __init__(self, store: Store, workplace: Workplace) -> None:
        self.store = store
        self.workplace = workplace
        self._looked: datetime | None = None

    async def tick(self, now: datetime) -> int:
        """Looks once an hour, and at once after a start; returns how many holidays are asked about."""
        if self._looked is not None and self._looked <= now < self._looked + LOOK_AGAIN:
            return 0
        self._looked = now
        if not await self.store.read(lambda records: records.meetings.all_series()):
            return 0
        return await self.store.write(partial(sweep, workplace=self.workplace, now=now))

    async def next_at(self, now: datetime) -> datetime | None:
        """The next look that may find something, while any series runs: in an hour where others may have done something since
        the last one, else when time brings it. Hours are whole, so that a clock that jumps looks no oftener."""
        brings = await self.store.read(partial(_time_brings, workplace=self.workplace, now=now))
        if brings is None:
            return None
        return _full_hour(brings if now == self._looked else now + MOMENT)


def sweep(records: Records, workplace: Workplace, now: datetime) -> int:
    """Every running series in the open transaction; returns how many notices are new."""
    clerk = Clerk(now.astimezone(UTC), records, records.people.directory(), workplace)
    desk = Desk(clerk.directory, workplace)
    told = 0
    for series in records.meetings.all_series():
        series, turned = operations.turned_off(clerk, series)
        _, holidays = operations.make_ahead(clerk, series)
        told += records.outbox.add([asked(desk, one, now) for one in (*turned, *holidays)])
        following = operations.next_session(clerk, series)
        if following is not None:
            operations.carry_over(clerk, following)
    return told


def _time_brings(records: Records, workplace: Workplace, now: datetime) -> datetime | None:
    """When a session comes into reach, or begins and leaves its place as the next one; None without a series."""
    clerk = Clerk(now.astimezone(UTC), records, records.people.directory(), workplace)
    ahead = timedelta(days=workplace.rules.sessions_ahead)
    found: list[datetime] = []
    for series in records.meetings.all_series():
        reached, following = recurrence.following(series, now + ahead), operations.next_session(clerk, series)
        found += [reached - ahead] if reached else []
        found += [following.start + MOMENT] if following else []
    return min(found, default=None)


def _full_hour(moment: datetime) -> datetime:
    """The first at or after it."""
    return (moment + LOOK_AGAIN - MOMENT).replace(minute=0, second=0, microsecond=0)


def asked(desk: Desk, holiday: Holiday, now: datetime) -> Notice:
    """P2: the organizer says whether this session moves or is left out; asked once for each day."""
    pattern = holiday.series.pattern
    day = holiday.start.astimezone(ZoneInfo(pattern.zone)).date()
    args: dict[str, object] = {
        "series": holiday.series.label, "title": pattern.title, "day": day.isoformat(), "to": holiday.to.isoformat(),
        "made": holiday.made.label if holiday.made else "",
    }  # fmt: skip
    key = f"{holiday.series.label}:holiday:{day}"
    return Notice(pattern.organizer, "series-holiday", (), key, desk.audible(now, pattern.organizer), args)
