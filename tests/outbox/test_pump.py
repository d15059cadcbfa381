"""The pump at work: it wakes, paces, updates in place, and stops cleanly."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from bot.errors import TryLater, Undeliverable
from bot.outbox import Delivery, Pace
from bot.outbox.roads import Road, Roads
from bot.people import Room
from tests.outbox.postroom import Postroom, SetClock, notice


@pytest.fixture
def running(room):
    """Starts the pump; the task ends with the test."""
    tasks = []

    def start():
        tasks.append(asyncio.create_task(room.delivery.run()))
        return tasks[-1]

    yield start
    for task in tasks:
        task.cancel()


async def eventually(holds, seconds: float = 10.0) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it never came true"
        await asyncio.sleep(0.01)


async def test_it_delivers_what_is_committed_when_it_is_woken(room, running):
    ann = await room.hire("ann")
    running()
    await asyncio.sleep(0.05)
    await room.tell(notice(ann, "k"))
    started = time.monotonic()
    room.delivery.wake()
    await eventually(lambda: room.world.sent)
    assert time.monotonic() - started < 2, "it slept on"


async def test_it_sleeps_until_the_next_moment_without_being_woken(room, running):
    ann = await room.hire("ann")
    room.clock.advance(seconds=-1)
    await room.tell(notice(ann, "k"))
    running()
    await asyncio.sleep(0.2)
    assert room.world.sent == []
    room.clock.advance(seconds=1)
    await eventually(lambda: room.world.sent)


async def test_more_than_it_carries_at_once_all_arrive_in_time(room, running):
    people = [await room.hire(f"p{n}") for n in range(50)]
    await room.tell(*(notice(one, f"{one.name}-{n}") for one in people for n in range(10)))
    running()
    await eventually(lambda: len(room.world.sent) == 500)
    await room.delivery._landed()
    assert (await room.count())["posted"] == 500


async def test_a_clean_stop_finishes_what_is_in_flight_and_gives_the_rest_back(room, running):
    ann, bo = await room.hire("ann"), await room.hire("bo")
    room.world.slow.clear()
    await room.tell(*(notice(who, f"{who.name}{n}") for n in range(3) for who in (ann, bo)))
    pump = running()
    await eventually(lambda: room.world.at_once == 2)
    room.delivery.stop()
    await asyncio.sleep(0.05)
    assert not pump.done(), "it did not wait for what is in flight"
    room.world.slow.set()
    await pump
    assert sorted(one.key for one in room.world.sent) == ["ann0", "bo0"]
    count = await room.count()
    assert (count["posted"], count["pending"]) == (2, 4)
    assert await room.store.read(lambda records: records.outbox.next_at()) <= room.clock.now(), (
        "the rest is due at once"
    )


async def test_cancelled_it_still_writes_down_what_arrived(room, running):
    ann = await room.hire("ann")
    await room.tell(notice(ann, "k"))
    pump = running()
    await eventually(lambda: room.world.sent)
    pump.cancel()
    with suppress(asyncio.CancelledError):
        await pump
    assert (await room.count())["posted"] == 1


async def test_what_an_outage_delayed_into_the_night_waits_for_the_morning(room):
    ann = await room.hire("ann")
    item = await room.item(ann, room.clock.now().date())
    await room.tell(notice(ann, "k", item.label), notice(Room("web", "team"), "r", item.label))
    room.clock.advance(hours=12)
    await room.deliver()
    assert [one.key for one in room.world.sent] == ["r"], "a room is no direct message (T3)"
    room.clock.advance(hours=10, minutes=29)
    await room.deliver()
    assert len(room.world.sent) == 1
    room.clock.advance(minutes=1)
    await room.deliver()
    assert [one.key for one in room.world.sent] == ["r", "k"]


async def test_a_card_is_brought_up_to_date_also_at_night(room):
    ann = await room.hire("ann")
    item = await room.item(ann, room.clock.now().date())
    await room.tell(notice(ann, "k", item.label))
    await room.deliver()
    room.clock.advance(hours=12)
    await room.store.write(lambda records: records.outbox.refresh([item.label], room.clock.now()))
    await room.deliver()
    assert len(room.world.updates) == 1


async def test_a_changed_item_is_updated_in_place_once(room):
    ann = await room.hire("ann")
    item = await room.item(ann, room.clock.now().date())
    await room.tell(notice(ann, "k", item.label))
    await room.deliver()
    for _ in range(3):
        await room.store.write(lambda records: records.outbox.refresh([item.label], room.clock.now()))
    await room.deliver()
    assert [id for id, _ in room.world.updates] == ["m0"]
    assert len(room.world.sent) == 1


@pytest.mark.parametrize("fault", [Undeliverable("message too old"), KeyError("bug")])
async def test_an_update_that_cannot_be_made_disturbs_nobody(room, fault):
    ann = await room.hire("ann")
    await room.hire("root", admin=True)
    item = await room.item(ann, room.clock.now().date())
    await room.tell(notice(ann, "k", item.label))
    await room.deliver()
    await room.store.write(lambda records: records.outbox.refresh([item.label], room.clock.now()))
    room.world.script["ann"].extend([fault] * 5)
    for _ in range(20):
        await room.deliver()
        room.clock.advance(minutes=30)
    assert room.world.updates == []
    assert room.world.to("root") == []
    assert (await room.count())["refresh"] == 0


async def test_a_message_of_a_messenger_that_is_off_by_now_is_let_be(room):
    """Nobody is told of it, and it is not tried for ever."""
    ann, root = await room.hire("ann"), await room.hire("root", admin=True)
    item = await room.item(ann, room.clock.now().date())
    await room.tell(notice(ann, "k", item.label))
    await room.deliver()
    await room.store.write(lambda records: records.outbox.refresh([item.label], room.clock.now()))
    room.delivery.messengers = {}
    await room.deliver()
    counts = await room.count()
    assert (counts["refresh"], counts["pending"], counts["posted"]) == (0, 0, 1)
    assert root.admin


async def test_an_update_is_tried_again_later(room):
    ann = await room.hire("ann")
    item = await room.item(ann, room.clock.now().date())
    await room.tell(notice(ann, "k", item.label))
    await room.deliver()
    await room.store.write(lambda records: records.outbox.refresh([item.label], room.clock.now()))
    room.world.script["ann"].append(TryLater(10))
    await room.deliver()
    assert room.world.updates == []
    room.clock.advance(minutes=1)
    await room.deliver()
    assert len(room.world.updates) == 1


async def test_a_paced_destination_takes_its_time_and_no_other_does(tmp_path):
    room = Postroom(tmp_path, options={"paces": {"web": Pace(per_destination=10)}, "ticks": time.monotonic})
    ann, bo = await room.hire("ann"), await room.hire("bo")
    await room.tell(*(notice(ann, f"a{n}") for n in range(6)), notice(bo, "b"))
    started = time.monotonic()
    delivering = asyncio.create_task(room.deliver())
    await eventually(lambda: room.world.to("bo"))
    assert time.monotonic() - started < 0.4
    await delivering
    assert time.monotonic() - started >= 0.5, "six to one person, a tenth of a second between"
    assert [one.key for one in room.world.sent if one.who == "ann"] == [f"a{n}" for n in range(6)]
    await room.store.close()


async def test_what_would_wait_too_long_for_its_turn_goes_back_and_stands_in_nobodys_way(tmp_path):
    room = Postroom(tmp_path, options={"paces": {"web": Pace(per_destination=0.01)}})
    ann, bo = await room.hire("ann"), await room.hire("bo")
    await room.tell(*(notice(ann, f"a{n}") for n in range(70)), notice(bo, "b"))
    await room.deliver()
    assert [one.key for one in room.world.sent] == ["a0", "b"]
    assert (await room.count())["pending"] == 69
    room.clock.advance(seconds=101)
    await room.deliver()
    assert len(room.world.to("ann")) == 2
    await room.store.close()


async def test_a_clock_that_jumps_while_a_message_is_in_the_air_does_not_send_it_beside_itself(room, running):
    ann = await room.hire("ann")
    await room.tell(notice(ann, "k"))
    room.world.slow.clear()
    running()
    await eventually(lambda: room.world.at_once == 1)
    room.clock.advance(days=1)
    room.delivery.wake()
    await asyncio.sleep(0.2)
    assert room.world.at_once == 1
    room.world.slow.set()
    await eventually(lambda: room.world.sent)
    await room.delivery._landed()
    assert (await room.count())["posted"] == 1


@dataclass
class Watch:
    """A monotonic clock that is put, beside the clock of the wall."""

    ticks: float = 0.0
    wall: SetClock = field(default_factory=SetClock)


def roads(**paces: Pace) -> tuple[Roads, Watch]:
    watch = Watch()
    return Roads(watch.wall, paces, lambda: watch.ticks, lambda: 0.5), watch


def test_the_pace_of_a_destination_and_of_its_messenger():
    ways, watch = roads(web=Pace(per_destination=1, per_messenger=4))
    ann, bo = Road("web", "ann"), Road("web", "bo")
    assert [ways.turn(ann, 5) for _ in range(3)] == [0, 1, 2]
    assert ways.turn(bo, 5) == pytest.approx(2.25), "behind the last of ann's: the messenger has one line"
    watch.ticks = 100
    assert ways.turn(bo, 5) == 0


def test_a_turn_that_is_too_far_away_is_not_taken():
    ways, _ = roads(web=Pace(per_destination=0.1))
    ann = Road("web", "ann")
    assert ways.turn(ann, 5) == 0
    assert [ways.turn(ann, 5), ways.turn(ann, 5)] == [10, 10]


def test_after_a_pause_one_tries_and_the_others_wait_for_it():
    ways, watch = roads()
    for n in range(5):
        ways.hold(Road("web", f"p{n}"), 1)
    ann, bo = Road("web", "ann"), Road("web", "bo")
    assert ways.closed(ann) > 0
    watch.ticks = 10_000
    watch.wall.advance(seconds=10_000)
    assert ways.closed(ann) == 0
    assert ways.closed(bo) > 0
    ways.worked(ann)
    assert ways.closed(bo) == 0


def test_pauses_grow_to_a_quarter_of_an_hour_and_other_messengers_go_on():
    ways, watch = roads()
    people = [Road("web", f"p{n}") for n in range(30)]
    pauses = []
    for one in people:
        ways.closed(one)
        ways.failed(one, 0)
        pauses.append(ways.closed(one))
        watch.ticks += 1_000
        watch.wall.advance(seconds=1_000)
    assert pauses[:4] == [0, 0, 0, 0]
    assert pauses[4:] == sorted(pauses[4:])
    assert 400 < max(pauses) <= 902
    assert ways.closed(Road("mail", "ann")) == 0


def test_one_destination_that_always_fails_is_its_own_trouble():
    ways, watch = roads()
    ann, bo = Road("web", "ann"), Road("web", "bo")
    for _ in range(50):
        ways.hold(ann, 1)
        watch.ticks += 10
        watch.wall.advance(seconds=10)
    assert ways.closed(bo) == 0


def test_what_only_waits_for_its_turn_says_nothing_against_the_messenger():
    ways, _ = roads()
    for n in range(50):
        ways.hold(Road("web", f"p{n}"), 1, well=True)
    assert ways.closed(Road("web", "p7")) > 0
    assert ways.closed(Road("web", "ann")) == 0


async def test_a_turn_that_is_far_away_holds_nobody_else(room):
    people = [await room.hire(f"p{n}") for n in range(6)]
    for n, person in enumerate(people):
        await room.tell(notice(person, f"k{n}"))
    for n in range(5):
        room.world.script[f"p{n}"].append(TryLater(60, well=True))
    await room.delivery.drain(room.clock.now())
    assert [message.who for message in room.world.sent] == ["p5"]


def test_whoever_tried_in_vain_lets_another_try_the_next_time():
    ways, watch = roads()
    ann, bo = Road("web", "ann"), Road("web", "bo")
    for n in range(5):
        ways.hold(Road("web", f"p{n}"), 1)
    for expected in (ann, bo):
        watch.ticks += 10_000
        watch.wall.advance(seconds=10_000)
        tries = [road for road in (ann, bo) if ways.closed(road) == 0]
        assert tries == [expected]
        ways.hold(expected, 1)


def test_the_time_machine_does_not_wait_in_real_time():
    ways, watch = roads()
    ann = Road("web", "ann")
    ways.hold(ann, 60)
    assert ways.closed(ann) > 0
    watch.wall.advance(minutes=2)
    assert ways.closed(ann) == 0


def test_a_clock_put_back_does_not_hold_anybody_longer():
    ways, watch = roads()
    ann = Road("web", "ann")
    ways.hold(ann, 60)
    watch.wall.advance(hours=-5)
    watch.ticks += 70
    assert ways.closed(ann) == 0


async def test_delivery_needs_no_loop_to_be_built(room):
    assert isinstance(await asyncio.to_thread(lambda: Delivery(room.store, room.workplace, room.clock, {})), Delivery)
