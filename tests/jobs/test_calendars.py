"""A day that was reckoned through an unpublished year is read again once it is published, and nobody's day moves by itself
(T2; VOICE, unpublished holidays)."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.calendar import Calendar, at, of_china
from bot.domain.action import Action, Due, Reckoned, State, Verb
from bot.domain.facts import ITSELF
from bot.due import read
from bot.jobs.calendars import Calendars
from bot.operations.calendars import check_days
from bot.people import Person
from tests.outbox.postroom import SHANGHAI, START, Postroom

PHRASE = "35个工作日内"
UNPUBLISHED = Calendar.of()
NEW_YEAR = {date(2027, 1, 1): False}
NEW_YEAR_LONG = {date(2027, 1, 1): False, date(2027, 1, 4): False}
"""A bridge day that nobody could know: what lies behind it is a day later."""


def publishing(days: Mapping[date, bool]) -> Calendar:
    """The calendar on the day when 2027 has been published as these."""
    return Calendar.of(published=lambda year: days if year == 2027 else of_china(year))


@pytest_asyncio.fixture
async def room(tmp_path):
    postroom = Postroom(tmp_path, jobs=(Calendars,))
    yield postroom
    await postroom.store.close()
    assert postroom.world.wrong == []


def reckoned_day() -> date:
    """By weekends and statutory days alone."""
    found = read(PHRASE, START.astimezone(SHANGHAI), UNPUBLISHED)
    assert (found.confirmed, found.phrase) == (False, PHRASE)
    return found.day


async def waiting(room: Postroom, owner: Person, **more) -> Action:
    """An item whose day waits for 2027."""
    day = reckoned_day()
    due = Due(day, at(day, time(18), owner.zone), None, Reckoned(PHRASE, START, "Asia/Shanghai"))
    item = await room.item(owner, day, **more)
    return await room.keep(replace(item, due=due, version=item.version + 1))


async def publish(room: Postroom, days: Mapping[date, bool]) -> None:
    """A new release with the new year in it, started the next morning."""
    room.workplace = dataclasses.replace(room.workplace, calendar=publishing(days))
    await room.crash()
    room.clock.advance(days=1)
    await room.scheduler.tick()
    await room.deliver()


async def now_is(room: Postroom, number: int = 1) -> Action:
    found = await room.store.read(lambda records: records.actions.get(number))
    assert found is not None
    return found


async def test_nothing_is_touched_while_the_year_is_unpublished(room):
    item = await waiting(room, await room.hire("ann"))
    await room.until("2026-11-25 12:00")
    assert await now_is(room) == item


async def test_the_same_day_loses_its_mark_silently_and_the_history_says_so(room):
    item = await waiting(room, await room.hire("ann"), assigner=await room.hire("boss"))
    await publish(room, NEW_YEAR)
    after = await now_is(room)
    assert (after.due, after.version) == (replace(item.due, reckoned=None), item.version + 1)
    assert room.world.sent == []
    line = await room.store.read(lambda records: records.history.last("A-1"))
    assert (line.by, line.verb, line.before, line.after) == (ITSELF, Verb.EDIT, item, after)


async def test_another_day_is_told_to_owner_and_assigner_once_and_not_moved(room):
    item = await waiting(room, await room.hire("ann"), assigner=await room.hire("boss"))
    await publish(room, NEW_YEAR_LONG)
    assert (await now_is(room)).due == replace(item.due, reckoned=None)
    assert {one.who: one.title for one in room.world.sent} == {"ann": "recounted A-1", "boss": "recounted A-1"}
    await publish(room, NEW_YEAR_LONG)
    await room.until("2026-11-25 12:00")
    assert len(room.world.sent) == 2


async def test_both_days_travel_with_the_phrase(room):
    item = await waiting(room, await room.hire("ann"))
    room.clock.advance(hours=12)
    room.workplace = dataclasses.replace(room.workplace, calendar=publishing(NEW_YEAR_LONG))
    await room.crash()
    await room.scheduler.tick()
    (row,) = await room.store.write(
        lambda records: records.outbox.claim(START + timedelta(days=9), 9, timedelta(minutes=1))
    )
    following = publishing(NEW_YEAR_LONG).after(item.due.day, 1)
    assert row.notice.args == {"phrase": PHRASE, "day": str(item.due.day), "new": str(following)}
    assert row.notice.not_before == datetime(2026, 11, 19, 0, 30, tzinfo=UTC), "said at night, heard in the morning"


async def test_who_has_left_is_not_told_and_what_is_closed_is_left_alone(room):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    await waiting(room, ann, assigner=boss)
    closed = await waiting(room, ann, assigner=boss, state=State.DONE)
    await room.change(replace(boss, active=False))
    await publish(room, NEW_YEAR_LONG)
    assert [one.who for one in room.world.sent] == ["ann"]
    assert await now_is(room, 2) == closed


async def test_the_phrase_is_read_where_and_when_it_was_said(room):
    """Eleven at night in New York is the next noon in Shanghai: the zone and the instant decide which day is day 0."""
    said = datetime(2026, 11, 19, 4, tzinfo=UTC)
    new_york = ZoneInfo("America/New_York")
    there = read(PHRASE, said.astimezone(new_york), publishing(NEW_YEAR)).day
    ann = await room.hire("ann")
    assert there != read(PHRASE, said.astimezone(SHANGHAI), publishing(NEW_YEAR)).day
    item = await room.item(ann, there)
    mark = replace(item.due, reckoned=Reckoned(PHRASE, said, "America/New_York"))
    await room.keep(replace(item, due=mark, version=2))
    await publish(room, NEW_YEAR)
    assert room.world.sent == []
    assert (await now_is(room)).due.reckoned is None


async def test_it_looks_once_a_day_and_again_at_every_start(room):
    ann, published = await room.hire("ann"), dataclasses.replace(room.workplace, calendar=publishing(NEW_YEAR_LONG))
    job = Calendars(room.store, published)
    assert await job.tick(START) == 0
    await waiting(room, ann)
    assert await job.tick(START + timedelta(hours=9)) == 0, "has looked today"
    assert await Calendars(room.store, published).tick(START + timedelta(hours=9)) == 1
    await waiting(room, ann)
    assert await job.tick(START + timedelta(hours=14)) == 1, "midnight in Shanghai"


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.dates(date(2027, 1, 1), date(2027, 1, 20)), st.booleans(), max_size=8), st.integers(20, 40))
async def test_whatever_is_published_no_day_moves_and_exactly_the_others_are_told(tmp_path_factory, days, n):
    room = Postroom(tmp_path_factory.mktemp("office"), jobs=())
    ann, phrase, calendar = await room.hire("ann"), f"{n}个工作日", publishing(days)
    said = read(phrase, START.astimezone(SHANGHAI), UNPUBLISHED)
    item = await room.item(ann, said.day)
    mark = None if said.confirmed else Reckoned(said.phrase, START, "Asia/Shanghai")
    item = await room.keep(replace(item, due=replace(item.due, reckoned=mark), version=2))
    workplace = dataclasses.replace(room.workplace, calendar=calendar)
    checked = await room.store.write(lambda records: check_days(records, workplace, START))
    anew = read(phrase, START.astimezone(SHANGHAI), calendar).day
    assert [one.holds for one in checked] == ([anew == said.day] if mark else [])
    assert (await now_is(room)).due == replace(item.due, reckoned=None)
    await room.store.close()
