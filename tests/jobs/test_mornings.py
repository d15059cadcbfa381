"""Every occasion once, none in quiet hours, whatever the bot sleeps through (A6, T2, T3), against a model in ten lines."""

import asyncio
import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import Calendar, at
from bot.domain.action import State
from bot.jobs.ring import Ring
from tests.outbox.postroom import START, Postroom

ZONES = {"ann": "Asia/Shanghai", "eva": "Europe/Berlin", "joe": "America/New_York"}
CALENDAR = Calendar.of()
FIRST = date(2026, 11, 19)

stretches = st.lists(st.tuples(st.booleans(), st.integers(1, 70)), min_size=1, max_size=8)
days = st.lists(st.integers(0, 20).map(lambda n: FIRST + timedelta(days=n)), min_size=1, max_size=3)


@pytest.mark.slow
@settings(max_examples=15)
@given(days, stretches)
def test_each_occasion_is_told_once_and_on_its_morning_unless_the_bot_slept(dues, slept):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(life(Path(folder), dues, slept))


async def life(folder: Path, dues: list[date], slept: list[tuple[bool, int]]) -> None:
    """`slept`: whether the bot is up, and for how many hours."""
    room = Postroom(folder, jobs=(Ring,))
    people = {name: await room.hire(name, zone) for name, zone in ZONES.items()}
    for due in dues:
        for person in people.values():
            await room.item(person, due, state=State.IN_PROGRESS)
    up: list[tuple[datetime, datetime]] = []
    for awake, hours in [*slept, (True, 24)]:
        start, end = room.clock.now(), room.clock.now() + timedelta(hours=hours)
        if awake:
            await room.scheduler.run_until(end)
            up.append((start, end))
        else:
            await room.crash()
            room.clock.moment = end
    await room.store.close()
    assert room.world.wrong == []
    for name, zone in ZONES.items():
        check(room, name, ZoneInfo(zone), up, dues)


def check(room: Postroom, name: str, zone: ZoneInfo, up: list[tuple[datetime, datetime]], dues: list[date]) -> None:
    told = [(one.at.astimezone(zone), one.title.split()[1:]) for one in room.world.sent if one.who == name]
    for moment, _ in told:
        assert CALENDAR.works(moment.date()), "on a day off"
        assert time(8, 30) <= moment.time() < time(20), "in quiet hours"
    lines = Counter((moment.date(), line.partition(":")[0]) for moment, said in told for line in said)
    assert set(lines.values()) <= {1}, "the same item twice in one day"
    for place, due in enumerate(dues):
        label = f"A-{place * len(ZONES) + list(ZONES).index(name) + 1}"
        heard = {day for day, item in lines if item == label}
        meant = {day for day in occasions(due) if START < at(day, time(9), zone) <= room.clock.now()}
        awake = {day for day in meant if any(a <= at(day, time(9), zone) <= b for a, b in up)}
        assert awake <= heard, "an occasion was passed over"
        late = heard - meant
        assert len(heard) <= len(meant) + len(late)
        assert len(late) <= len(meant - awake), "told without an occasion"


def occasions(due: date) -> set[date]:
    """A6: two days before, the day, and each working day after; moved to working days (T2)."""
    before = CALENDAR.on_or_before(due - timedelta(days=2))
    after = {due + timedelta(days=n) for n in range(1, 60)}
    return {before, CALENDAR.on_or_before(due)} | {day for day in after if CALENDAR.works(day)}
