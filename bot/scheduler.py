"""The metronome: once a second every job is asked; the database is the truth. The only file that imports APScheduler.

`run_until` is the time machine of the demo and the tests: it moves the clock from one thing that falls due to the next,
so that "two days before" and "the morning of" are each told at their own time, and delivers them there.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib import metadata
from typing import Protocol, runtime_checkable

from msgspec import Struct

from bot.clock import Clock, SystemClock
from bot.jobs import JOBS, Job
from bot.logs import get_logger
from bot.outbox import Delivery
from bot.store import Store, Unavailable
from bot.workplace import Workplace


@contextmanager
def _without_plugins() -> Iterator[None]:
    """APScheduler, when it is loaded, looks for its plugins among everything that is installed, three times: 10 ms. Its own
    are among them, but they are only for who calls them by name."""
    found = metadata.entry_points
    vars(metadata)["entry_points"] = lambda **_: ()
    try:
        yield
    finally:
        vars(metadata)["entry_points"] = found


with _without_plugins():
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.triggers.interval import IntervalTrigger

log = get_logger()

TICK = 1
"""Seconds."""
LEAP = timedelta(hours=23)
"""A machine's clock that was an hour off, or a zone, is set right without a word."""
DOUBTED = 600.0
LOST = timedelta(seconds=2 * TICK)
"""A beat that is further ahead than this is none of a steady clock's."""
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
"""Steps past messages that cannot be delivered now: the time machine does not call at every retry of theirs."""


@runtime_checkable
class Movable(Protocol):
    """A clock that can be put forward: the demo's KeptClock, the story's, or one of a test."""

    def now(self) -> datetime: ...

    def advance_to(self, moment: datetime) -> None: ...


class Doubt(Struct):
    """Of a machine's clock that leaps ahead: what it rings is rung for ever, so one minute in which somebody has set the wrong
    year would silence every reminder of that year. A leap is believed when it has lasted for DOUBTED seconds."""

    _seen: datetime | None = None
    _ticks: float = 0.0
    _since: float | None = None

    def believes(self, now: datetime, ticks: float) -> bool:
        """`ticks` are seconds that nobody sets, and that go on while the machine sleeps."""
        leap = now - (self._seen + timedelta(seconds=ticks - self._ticks)) if self._seen is not None else timedelta()
        if leap > LEAP and self._since is None:
            self._since = ticks
            log.error(
                "the machine's clock leapt ahead; nothing is rung until it lasts", days=leap.days, seconds=DOUBTED
            )
        if leap > LEAP and self._since is not None and ticks - self._since < DOUBTED:
            return False
        self._seen, self._ticks, self._since = now, ticks, None
        return True


class Beating(Protocol):
    """APScheduler's job, as far as it is asked here."""

    next_run_time: datetime

    def modify(self, *, next_run_time: datetime) -> object: ...


class Scheduler:
    """Asks the jobs of bot/jobs at every tick and wakes delivery when something came of it."""

    def __init__(
        self,
        store: Store,
        workplace: Workplace,
        clock: Clock,
        delivery: Delivery,
        *,
        jobs: Sequence[Callable[[Store, Workplace], Job]] = JOBS,
    ) -> None:
        self.store = store
        self.clock = clock
        self.delivery = delivery
        self.jobs = tuple(make(store, workplace) for make in jobs)
        self._ticking = asyncio.Lock()
        self._doubt = Doubt()

    async def run(self) -> None:
        """Ticks until cancelled. A tick that was missed is not made up for: the next one sees everything that is due."""
        metronome = AsyncIOScheduler(timezone=UTC)
        # The trigger itself: its name is not known (see above).
        beat = IntervalTrigger(seconds=TICK, timezone=UTC)
        beating = metronome.add_job(self._beat, beat, coalesce=True, max_instances=1, misfire_grace_time=None)
        metronome.start()
        await self.tick()
        try:
            while True:
                await asyncio.sleep(TICK)
                keep_time(beating, SystemClock().now())
        finally:
            async with self._ticking:  # shutting down cancels a tick under way, which would be logged as a failure
                metronome.shutdown(wait=False)

    async def _beat(self) -> None:
        """One of the metronome's. The machine's own clock is looked at: the demo's is moved on purpose."""
        if self._doubt.believes(SystemClock().now(), _unset()):
            await self.tick()

    async def tick(self, now: datetime | None = None) -> int:
        """Asks every job once; one that fails keeps none of the others from its turn. Returns how much was due."""
        async with self._ticking:
            now = now or self.clock.now()
            asked = [await _asked(job, now) for job in self.jobs]
        if any(asked):
            self.delivery.wake()
        return sum(asked)

    async def run_until(self, moment: datetime) -> None:
        """Moves the clock to `moment` (aware), telling everything due on the way at its own time, and delivers it.

        Raises TypeError where the clock is real."""
        clock = self.clock
        if not isinstance(clock, Movable):
            raise TypeError("this workplace's clock cannot be moved")
        idle, waiting = timedelta(), True
        while True:
            told = await self.tick(clock.now())
            settled = await self.delivery.drain(clock.now()) if told or waiting or clock.now() >= moment else 0
            if clock.now() >= moment:
                return
            step, waiting = await self._next(clock.now(), idle)
            idle = min(max(2 * idle, SHORTEST), LONGEST) if waiting and not settled else timedelta()
            with suppress(ValueError):  # the moment came by itself
                clock.advance_to(min(step, moment))

    async def _next(self, now: datetime, idle: timedelta) -> tuple[datetime, bool]:
        """When there will be something to do, and whether that is a message. `idle`: how long not to look at messages."""
        asked = [await job.next_at(now) for job in self.jobs]
        told = await self.store.read(lambda records: records.outbox.next_at())
        soonest = min((at for at in asked if at is not None and at > now), default=datetime.max.replace(tzinfo=UTC))
        if told is None:
            return soonest, False
        deliverable = max(told, now + max(idle, timedelta(milliseconds=1)))
        return min(soonest, deliverable), deliverable <= soonest


def _unset() -> float:
    """Seconds since the machine was started, asleep or awake; where it does not count its sleep, awake."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def keep_time(beating: Beating, now: datetime) -> None:
    """The metronome's next beat, when the machine's clock has been put back before it: now. By itself it would be silent until
    the clock is there again, an hour or a year."""
    if beating.next_run_time - now > LOST:
        log.warning("the machine's clock was put back", seconds=round((beating.next_run_time - now).total_seconds()))
        beating.modify(next_run_time=now)


async def _asked(job: Job, now: datetime) -> int:
    """What came of one job; whatever it raises is its own."""
    (came,) = await asyncio.gather(job.tick(now), return_exceptions=True)
    if isinstance(came, Unavailable):
        log.warning("a job waits for the database", job=job.name, reason=str(came))
        return 0
    if isinstance(came, BaseException):
        log.error("a job failed", job=job.name, exc_info=came)
        return 0
    return came
