"""A messenger that is short of calls: niceties are left out, and one person's messages need not wait for each other."""

import asyncio

import pytest

from bot.errors import TryLater
from bot.outbox.sparing import NICETIES
from bot.people import Room
from bot.views.notices import MOMENTS
from bot.views.sessions import SESSIONS
from tests.outbox.postroom import Postroom, StrictMessenger, notice

ROOM = Room("web", "r1", "Product")


class Frugal(StrictMessenger):
    """One whose calls are counted."""

    spares = True


@pytest.fixture
async def room(tmp_path):
    room = Postroom(tmp_path)
    room.world = Frugal(room.clock)
    await room.crash()
    yield room
    await room.store.close()


async def test_niceties_to_people_are_left_out_and_the_rest_is_said(room):
    ann, item = await room.hire("ann"), "A-1"
    await room.item(ann, room.clock.now().date())
    await room.tell(
        notice(ann, "k1", item, moment="informed"), notice(ann, "k2", item, moment="request"),
        notice(ann, "k3", item, moment="approved"), notice(ROOM, "k4", item, moment="approved"),
    )  # fmt: skip
    await room.deliver()
    assert room.world.to("ann") == ["request A-1"]
    assert room.world.to("r1") == ["approved A-1"], "a room's is nobody's nicety"
    counted = await room.count()
    assert (counted["moot"], counted["posted"], counted["dead"]) == (2, 2, 0), "nobody is told that it was left out"


async def test_with_calls_enough_everything_is_said(room):
    room.world.spares = False
    ann = await room.hire("ann")
    await room.item(ann, room.clock.now().date())
    await room.tell(notice(ann, "k1", "A-1", moment="informed"))
    await room.deliver()
    assert room.world.to("ann") == ["informed A-1"]


@pytest.mark.parametrize(("spares", "at_once"), [(True, 3), (False, 1)])
async def test_ones_persons_messages_are_handed_over_together_or_one_by_one(room, spares, at_once):
    room.world.spares = spares
    ann = await room.hire("ann")
    await room.tell(*(notice(ann, f"k{number}") for number in range(3)))
    room.world.slow.clear()
    delivering = asyncio.create_task(room.deliver())
    await asyncio.sleep(0.2)
    assert room.world.at_once == at_once
    room.world.slow.set()
    await delivering
    assert (len(room.world.sent), room.world.wrong) == (3, [])


async def test_what_only_waits_to_be_gathered_holds_nothing_else_back(room):
    ann = await room.hire("ann")
    room.world.script["ann"].append(TryLater(180, "gathered", well=True))
    await room.tell(notice(ann, "k1", moment="reminder"), notice(ann, "k2"))
    await room.deliver()
    assert room.world.to("ann") == ["nudged"], "the second goes"
    room.clock.advance(seconds=180)
    await room.deliver()
    assert room.world.to("ann") == ["nudged", "reminder"]


async def test_a_messenger_in_trouble_is_held_all_the_same(room):
    ann = await room.hire("ann")
    room.world.script["ann"].append(TryLater(180, "slow down"))
    await room.tell(notice(ann, "k1"))
    await room.deliver()
    await room.tell(notice(ann, "k2"))
    await room.deliver()
    assert room.world.sent == []


def test_every_nicety_is_a_moment():
    assert NICETIES - (MOMENTS.keys() | SESSIONS.keys()) == set()
