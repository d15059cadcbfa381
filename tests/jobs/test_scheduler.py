"""The metronome and the time machine: in order of time, whatever else fails, and never by itself."""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import SystemClock
from bot.domain.action import State
from bot.errors import TryLater
from bot.jobs import JOBS
from bot.jobs.housekeeping import Housekeeping
from bot.messenger import Posted
from bot.scheduler import DOUBTED, TICK, Doubt, Scheduler, keep_time
from bot.store import Seen, Unavailable
from tests.clocks import RunningClock
from tests.outbox.postroom import SHANGHAI, START, Postroom, notice


class Tally:
    """A job that counts, and fails when it is told to."""

    name = "tally"

    def __init__(self, store, workplace) -> None:
        self.ticks: list[datetime] = []
        self.fault: Exception | None = None
        self.moments: list[datetime] = []

    async def tick(self, now: datetime) -> int:
        self.ticks.append(now)
        if self.fault:
            raise self.fault
        return 0

    async def next_at(self, now: datetime) -> datetime | None:
        return min((moment for moment in self.moments if moment > now), default=None)


@pytest.fixture
async def two(tmp_path):
    room = Postroom(tmp_path, jobs=(Tally, Tally))
    yield room
    await room.store.close()


@pytest.mark.parametrize("fault", [KeyError("a bug"), Unavailable("locked")])
async def test_a_job_that_fails_takes_nobody_elses_turn(two, fault):
    first, second = two.scheduler.jobs
    first.fault = fault
    assert await two.scheduler.tick() == 0
    assert len(second.ticks) == 1


@pytest.mark.slow
async def test_it_ticks_every_second_until_it_is_cancelled(two):
    running = asyncio.create_task(two.scheduler.run())
    await asyncio.sleep(1.5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    ticks = len(two.scheduler.jobs[0].ticks)
    assert ticks == 2, "at the start and after a second"
    await asyncio.sleep(1.2)
    assert len(two.scheduler.jobs[0].ticks) == ticks


def test_a_clock_that_is_put_back_does_not_silence_the_metronome():
    metronome = AsyncIOScheduler(timezone=UTC)
    beating = metronome.add_job(print, IntervalTrigger(seconds=TICK, timezone=UTC), next_run_time=START)
    for back, beats in ((timedelta(seconds=1), START), (timedelta(hours=1), START - timedelta(hours=1))):
        keep_time(beating, START - back)
        assert beating.next_run_time == beats


def test_a_clock_that_leaps_a_year_is_believed_when_that_lasts():
    """What rings is rung for ever: a year's reminders would be silent after one minute of a wrong date."""
    doubt, ahead = Doubt(), timedelta(days=365)
    for shift, ticks, believed in (
        (timedelta(), 0, True),
        (timedelta(hours=8), 1, True),  # the machine thought its clock showed Shanghai's hour
        (timedelta(), 2, True),
        (ahead, 3, False),
        (timedelta(), 4, True),
        (ahead, 5, False),
        (ahead, 4 + DOUBTED, False),
        (ahead, 5 + DOUBTED, True),
        (ahead, 6 + DOUBTED, True),
        (ahead, 90_000_000, True),  # asleep for three years
    ):
        assert doubt.believes(START + shift + timedelta(seconds=ticks), ticks) is believed, (shift, ticks)


async def test_the_time_machine_stops_at_every_moment_in_order(two):
    moments = [START + timedelta(hours=hour) for hour in (5, 1, 3)]
    two.scheduler.jobs[0].moments = moments[:2]
    two.scheduler.jobs[1].moments = moments[2:]
    await two.scheduler.run_until(START + timedelta(hours=6))
    expected = [START + timedelta(hours=hour) for hour in (0, 1, 3, 5, 6)]
    assert two.scheduler.jobs[0].ticks == expected


async def test_messages_held_by_quiet_hours_are_delivered_on_the_way_at_their_moment(two):
    ann = await two.hire("ann")
    await two.tell(notice(ann, "later", at=START + timedelta(hours=2)), notice(ann, "now"))
    await two.scheduler.run_until(START + timedelta(days=1))
    assert [(one.key, one.at - START) for one in two.world.sent] == [
        ("now", timedelta()),
        ("later", timedelta(hours=2)),
    ]


async def test_a_messenger_that_is_down_for_a_week_does_not_keep_the_time_machine(two):
    ann, bo = await two.hire("ann"), await two.hire("bo")
    two.world.script["ann"].extend([TryLater(30)] * 2_000)
    await two.tell(notice(ann, "k"), notice(bo, "later", at=START + timedelta(days=2)))
    started = time.monotonic()
    await two.scheduler.run_until(START + timedelta(days=7))
    assert time.monotonic() - started < 20
    assert two.clock.now() == START + timedelta(days=7)
    (told,) = [one for one in two.world.sent if one.who == "bo"]
    assert told.at - START - timedelta(days=2) <= timedelta(hours=1)


async def test_a_real_clock_is_not_moved(two):
    scheduler = Scheduler(two.store, two.workplace, SystemClock(), two.delivery, jobs=())
    with pytest.raises(TypeError):
        await scheduler.run_until(START)


async def test_the_demos_clock_runs_on_while_it_is_moved(tmp_path):
    room = Postroom(tmp_path)
    clock = RunningClock(START)
    ann = await room.hire("ann")
    room.delivery.clock = room.delivery.roads.clock = clock
    scheduler = Scheduler(room.store, room.workplace, clock, room.delivery)
    await room.item(ann, date(2026, 11, 27), state=State.IN_PROGRESS)
    running = asyncio.create_task(scheduler.run())
    for _ in range(3):
        await scheduler.run_until(clock.now() + timedelta(days=3))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await room.store.close()
    assert [title for title in room.world.to("ann") if "remind" in title] == [
        "reminder A-1:before", "reminder A-1:due",
    ]  # fmt: skip


async def test_an_event_a_message_and_an_alarm_are_forgotten_when_nobody_will_ask(tmp_path):
    room = Postroom(tmp_path, jobs=(Housekeeping,))
    ann = await room.hire("ann")
    item = await room.item(ann, date(2026, 11, 27), state=State.IN_PROGRESS)
    await room.tell(notice(ann, "k", item.label))
    await room.deliver()
    posted = Posted("web", "ann", "m0")
    for days, known in ((89, (item.label,)), (3, ())):
        room.clock.advance(days=days)
        await room.scheduler.tick()
        assert await room.store.read(lambda records: records.outbox.about(posted)) == known
    assert await room.store.read(lambda records: records.actions.get(item.number)) is not None
    await room.store.close()


async def test_housekeeping_is_done_once_a_day_of_the_workplace(tmp_path):
    room = Postroom(tmp_path, jobs=())
    keeping = Housekeeping(room.store, room.workplace)

    async def known_after(day: int, hour: int) -> bool:
        """Whether an old event is still known after the tick at this hour (Shanghai's)."""
        await room.store.write(
            lambda records: records.inbox.add("web", f"e{day}-{hour}", START - timedelta(days=30), None)
        )
        await keeping.tick(datetime(2026, 11, day, hour, tzinfo=SHANGHAI).astimezone(UTC))
        try:
            await room.store.write(lambda records: records.inbox.add("web", f"e{day}-{hour}", START, None))
        except Seen:
            return True
        return False

    assert [await known_after(18, hour) for hour in (0, 5, 23)] == [False, True, True]
    assert not await known_after(19, 0)
    await room.store.close()


async def test_the_list_of_jobs_is_explicit_and_each_has_its_own_name(tmp_path):
    room = Postroom(tmp_path, jobs=JOBS)
    assert sorted(job.name for job in room.scheduler.jobs) == ["calendars", "digests", "housekeeping", "ring", "series"]
    await room.store.close()
