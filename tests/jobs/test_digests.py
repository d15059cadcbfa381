"""The weekly digests: to whom, at whose hour, once, and nothing when there is nothing to say (R1)."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.action import State
from bot.jobs.digests import Digests
from bot.people import Department, Room
from bot.store import Records, Unavailable
from tests.outbox.postroom import SHANGHAI

PRODUCT = Room("web", "product", "#product")


def heard(room) -> list[str]:
    return [f"{one.at.astimezone(SHANGHAI):%m-%d %H:%M} {one.who} {one.title}" for one in room.world.sent]


async def put(room, scope: str, key: str, value: str) -> None:
    await room.store.write(lambda records: records.settings.put(scope, key, value))


async def items(office, *owners, **more) -> None:
    for owner in owners:
        await office.item(owner, date(2026, 12, 18), state=State.IN_PROGRESS, **more)


async def test_to_the_room_the_head_and_the_owner_and_to_nobody_without_anything(weekly):
    ann, lead, _ = [await weekly.hire(name) for name in ("ann", "lead", "idle")]
    team = await weekly.change(Department(0, "Team", lead.id))
    await weekly.change(PRODUCT)
    await weekly.change(Room("web", "quiet"))
    await items(weekly, ann, department=team.id, room=PRODUCT)
    await weekly.until("2026-11-21 12:00")
    assert sorted(heard(weekly)) == [
        "11-20 16:00 ann digest_own A-1",
        "11-20 16:00 lead digest_department A-1",
        "11-20 16:00 product digest_room A-1",
    ]


async def test_a_departments_room_hears_the_departments_digest_and_not_another(weekly):
    ann = await weekly.hire("ann")
    await weekly.change(PRODUCT)
    team = await weekly.change(Department(0, "Team", None, None, PRODUCT))
    await items(weekly, ann, department=team.id, room=PRODUCT)
    await weekly.until("2026-11-21 12:00")
    assert [line for line in heard(weekly) if "product" in line] == ["11-20 16:00 product digest_department A-1"]


async def test_every_week_once(weekly):
    await items(weekly, await weekly.hire("ann"))
    await weekly.until("2026-12-12 12:00")
    assert [line[:5] for line in heard(weekly)] == ["11-20", "11-27", "12-04", "12-11"]


async def test_after_an_outage_of_three_weeks_once(weekly):
    await items(weekly, await weekly.hire("ann"))
    await weekly.until("2026-11-19 12:00")
    await weekly.crash()
    weekly.clock.moment = datetime(2026, 12, 9, 2, tzinfo=UTC)
    await weekly.until("2026-12-12 12:00")
    assert [line[:11] for line in heard(weekly)] == ["12-09 10:00", "12-11 16:00"]


async def test_a_first_start_tells_nothing_of_the_past(weekly):
    weekly.clock.moment = datetime(2026, 11, 21, 2, tzinfo=UTC)
    await items(weekly, await weekly.hire("ann"))
    await weekly.until("2026-11-26 12:00")
    assert weekly.world.sent == []


async def test_hours_and_days_are_chosen_and_off_is_off(weekly):
    ann, bo, cy = [await weekly.hire(name) for name in ("ann", "bo", "cy")]
    await items(weekly, ann, bo, cy)
    await put(weekly, "workplace", "digest-time", "15:00")
    await put(weekly, f"person:{ann.id}", "digest-day", "3")
    await put(weekly, f"person:{cy.id}", "digest", "off")
    await weekly.until("2026-11-21 12:00")
    assert heard(weekly) == ["11-19 15:00 ann digest_own A-1", "11-20 15:00 bo digest_own A-2"]


async def test_a_room_hears_at_the_hour_it_chose_and_people_not_at_night(weekly):
    ann = await weekly.hire("ann")
    await weekly.change(PRODUCT)
    await items(weekly, ann, room=PRODUCT)
    for scope in ("room:web:product", f"person:{ann.id}"):
        await put(weekly, scope, "digest-time", "21:00")
    await weekly.until("2026-11-23 12:00")
    assert heard(weekly) == ["11-20 21:00 product digest_room A-1", "11-23 08:30 ann digest_own A-1"]


async def test_a_room_hears_a_late_digest_when_people_are_there(weekly):
    await weekly.change(PRODUCT)
    await items(weekly, await weekly.hire("ann"), room=PRODUCT)
    await weekly.until("2026-11-19 12:00")
    await weekly.crash()
    weekly.clock.moment = datetime(2026, 11, 20, 19, tzinfo=UTC)
    await weekly.until("2026-11-23 12:00")
    assert [line for line in heard(weekly) if "product" in line] == ["11-23 08:30 product digest_room A-1"]


async def test_each_owner_hears_at_their_own_hour(weekly):
    eva = await weekly.hire("eva", "Europe/Berlin")
    await items(weekly, eva)
    await weekly.until("2026-11-21 12:00")
    assert heard(weekly) == ["11-20 23:00 eva digest_own A-1"]


async def test_a_clock_that_goes_back_tells_nothing_again(weekly):
    await items(weekly, await weekly.hire("ann"))
    await weekly.until("2026-11-20 17:00")
    weekly.clock.moment = datetime(2026, 11, 20, 7, tzinfo=UTC)
    await weekly.until("2026-11-20 18:00")
    assert len(weekly.world.sent) == 1


async def test_two_processes_tell_once(weekly):
    await items(weekly, await weekly.hire("ann"))
    await weekly.until("2026-11-20 15:59")
    other = dataclasses.replace(weekly)
    weekly.clock.moment = datetime(2026, 11, 20, 8, tzinfo=UTC)
    for one in (weekly, other):
        await one.scheduler.tick()
    for one in (weekly, other):
        await one.deliver()
    await other.store.close()
    assert len(weekly.world.sent) + len(other.world.sent) == 1


async def test_the_next_digest_knows_what_the_last_one_showed(weekly):
    ann = await weekly.hire("ann")
    await weekly.item(ann, date(2026, 11, 25), state=State.IN_PROGRESS)
    await weekly.until("2026-11-20 17:00")
    await weekly.until("2026-11-27 15:59")
    weekly.clock.moment = datetime(2026, 11, 27, 8, tzinfo=UTC)
    await weekly.scheduler.tick()
    rows = await weekly.store.write(
        lambda records: records.outbox.claim(weekly.clock.now(), 9, weekly.clock.now() - weekly.clock.now())
    )
    assert [row.notice.args["reddened"] for row in rows] == [1]


@dataclass
class Failing:
    """The store until so many transactions were kept; then the database is away."""

    store: Any
    left: int

    async def read(self, work: Callable[[Records], Any]) -> Any:
        return await self.store.read(work)

    async def write(self, work: Callable[[Records], Any]) -> Any:
        self.left -= 1
        if self.left < 0:
            raise Unavailable("away")
        return await self.store.write(work)


async def test_digests_are_kept_a_few_at_a_time_and_a_sweep_that_was_cut_off_goes_on_where_it_stopped(weekly):
    """What the told ones showed the first time is what the next week compares with, whatever has come since."""
    people = [await weekly.hire(name) for name in ("ann", "bo", "cy")]
    await items(weekly, *people)
    await weekly.until("2026-11-20 15:59")
    hour = datetime(2026, 11, 20, 8, tzinfo=UTC)
    away: Any = Failing(weekly.store, left=2)
    with pytest.raises(Unavailable):
        await Digests(away, weekly.workplace, together=1).tick(hour)
    assert await lasts(weekly) == {"person:1": hour.isoformat(), "person:2": hour.isoformat()}
    await items(weekly, people[0])
    later = hour + timedelta(minutes=5)
    assert await Digests(weekly.store, weekly.workplace, together=1).tick(later) == 1
    assert (await lasts(weekly))["person:1"] == hour.isoformat()
    weekly.clock.moment = later
    await weekly.deliver()
    assert [line.split()[2] for line in heard(weekly)] == ["ann", "bo", "cy"]


async def lasts(office) -> dict[str, str]:
    """When each scope was told last."""
    kept = await office.store.read(lambda records: records.settings.all("digest:"))
    return {scope.removeprefix("digest:"): shown["at"] for scope, shown in kept.items()}


async def test_who_is_away_hears_on_the_morning_they_are_back_once(weekly):
    """A14: two Fridays pass; on Tuesday morning there is one list, and on Friday the usual one."""
    ann = await weekly.hire("ann")
    await items(weekly, ann)
    await weekly.until("2026-11-19 12:00")
    await put(weekly, f"person:{ann.id}", "away", "2026-12-01")
    await weekly.until("2026-12-01 08:59")
    assert heard(weekly) == []
    await weekly.until("2026-12-05 12:00")
    assert heard(weekly) == ["12-01 09:00 ann digest_own A-1", "12-04 16:00 ann digest_own A-1"]


async def test_who_had_their_list_before_they_went_does_not_get_it_again(weekly):
    ann = await weekly.hire("ann")
    await items(weekly, ann)
    await weekly.until("2026-11-21 12:00")
    await put(weekly, f"person:{ann.id}", "away", "2026-11-25")
    await weekly.until("2026-11-26 12:00")
    assert heard(weekly) == ["11-20 16:00 ann digest_own A-1"]


async def test_a_head_who_is_away_hears_their_departments_no_more_than_anything_else(weekly):
    ann, lead = [await weekly.hire(name) for name in ("ann", "lead")]
    team = await weekly.change(Department(0, "Team", lead.id, None, PRODUCT))
    await weekly.change(PRODUCT)
    await items(weekly, ann, department=team.id)
    await put(weekly, f"person:{lead.id}", "away", "2026-12-01")
    await weekly.until("2026-11-21 12:00")
    assert sorted(heard(weekly)) == ["11-20 16:00 ann digest_own A-1", "11-20 16:00 product digest_department A-1"]


async def test_back_while_the_bot_was_down_it_is_told_late(weekly):
    ann = await weekly.hire("ann")
    await items(weekly, ann)
    await weekly.until("2026-11-19 12:00")
    await put(weekly, f"person:{ann.id}", "away", "2026-11-24")
    await weekly.until("2026-11-23 12:00")
    await weekly.crash()
    weekly.clock.moment = datetime(2026, 11, 25, 3, tzinfo=UTC)
    await weekly.until("2026-11-26 12:00")
    assert heard(weekly) == ["11-25 11:00 ann digest_own A-1"]


async def test_back_on_a_day_that_has_a_digest_of_its_own_there_is_that_one(weekly):
    ann = await weekly.hire("ann")
    await items(weekly, ann)
    await weekly.until("2026-11-19 12:00")
    await put(weekly, f"person:{ann.id}", "away", "2026-11-27")
    await weekly.until("2026-11-28 12:00")
    assert heard(weekly) == ["11-27 16:00 ann digest_own A-1"]
