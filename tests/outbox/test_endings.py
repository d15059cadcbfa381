"""How each try can end, and what becomes of the row, its destination, the others and the people."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.errors import TryLater, Uncertain, Undeliverable
from bot.outbox import Pace
from bot.outbox.roads import FIRST_PAUSE, LONGEST, Road, Roads
from bot.outbox.settling import Settlements
from bot.people import Room
from tests.outbox.postroom import START, Postroom, SetClock, notice


async def test_what_is_due_is_delivered_once_and_settled(room):
    ann = await room.hire("ann")
    await room.tell(notice(ann, "k1"), notice(ann, "k1"), notice(ann, "k2"))
    await room.deliver()
    await room.deliver()
    assert [one.key for one in room.world.sent] == ["k1", "k2"]
    assert (await room.count())["posted"] == 2


async def test_a_notice_waits_for_its_moment(room):
    ann = await room.hire("ann")
    room.clock.advance(hours=-1)
    await room.tell(notice(ann, "k", at=START))
    assert await room.deliver() == 0
    room.clock.advance(hours=1)
    assert await room.deliver() == 1


async def test_try_later_holds_this_destination_and_no_other(room):
    ann, bo = await room.hire("ann"), await room.hire("bo")
    room.world.script["ann"].append(TryLater(30))
    await room.tell(notice(ann, "a1"), notice(ann, "a2"), notice(bo, "b1"))
    await room.deliver()
    assert [one.key for one in room.world.sent] == ["b1"]
    room.clock.advance(seconds=29)
    await room.tell(notice(ann, "a3"))
    await room.deliver()
    assert [call[1] for call in room.world.calls].count("a1") == 1, "asked again before the time it was told"
    room.clock.advance(minutes=1)
    await room.deliver()
    assert sorted(one.key for one in room.world.sent) == ["a1", "a2", "a3", "b1"]


async def test_a_day_of_try_later_is_asked_again_after_a_quarter_of_an_hour(room):
    ann = await room.hire("ann")
    room.world.script["ann"].append(TryLater(86_400))
    await room.tell(notice(ann, "k"))
    await room.deliver()
    room.clock.advance(minutes=17)
    await room.deliver()
    assert [one.key for one in room.world.sent] == ["k"]


@pytest.mark.parametrize("unclear", [True, False])
async def test_only_an_unclear_try_later_makes_the_next_try_look_first(room, unclear):
    ann = await room.hire("ann")
    room.world.script["ann"].append(TryLater(30, unclear=unclear))
    await room.tell(notice(ann, "k"))
    await room.deliver()
    room.clock.advance(minutes=1)
    await room.deliver()
    assert [again for _, key, again in room.world.calls if key == "k"] == [False, unclear]


async def test_a_second_try_asks_whether_the_first_arrived(room):
    ann = await room.hire("ann")
    room.world.script["ann"].append("lost")
    await room.tell(notice(ann, "k"))
    await room.deliver()
    room.clock.advance(minutes=1)
    await room.deliver()
    assert room.world.calls == [("ann", "k", False), ("ann", "k", True)]
    assert len(room.world.sent) == 1
    assert (await room.count())["posted"] == 1


async def test_undeliverable_is_dead_and_the_admins_hear_once_a_day(room):
    ann = await room.hire("ann")
    await room.hire("root", admin=True)
    room.world.script["ann"].extend([Undeliverable("blocked")] * 3)
    await room.tell(notice(ann, "k1"), notice(ann, "k2"))
    await room.deliver()
    assert room.world.to("root") == ["undeliverable"]
    room.clock.advance(days=1)
    await room.tell(notice(ann, "k3"))
    await room.deliver()
    assert room.world.to("root") == ["undeliverable"] * 2
    assert room.world.to("ann") == []
    assert (await room.count())["dead"] == 3


async def test_nobody_is_told_that_an_admin_could_not_be_told(room):
    ann = await room.hire("ann")
    await room.hire("root", admin=True)
    room.world.script["ann"].append(Undeliverable("blocked"))
    room.world.script["root"].append(Undeliverable("blocked"))
    await room.tell(notice(ann, "k"))
    await room.deliver()
    assert await room.count() == {"pending": 0, "posted": 0, "moot": 0, "dead": 2, "uncertain": 0, "refresh": 0}


async def test_uncertain_is_never_sent_again_and_the_admins_hear_of_the_first(room):
    ann = await room.hire("ann")
    await room.hire("root", admin=True)
    room.world.script["ann"].extend([Uncertain("no history"), Uncertain("no history")])
    await room.tell(notice(ann, "k1"), notice(ann, "k2"))
    await room.deliver()
    room.clock.advance(hours=2)
    await room.deliver()
    assert [call[1] for call in room.world.calls if call[0] == "ann"] == ["k1", "k2"]
    assert room.world.to("root") == ["undeliverable"]
    assert (await room.count())["uncertain"] == 2


async def test_what_a_room_refuses_goes_to_the_items_owner(room):
    ann = await room.hire("ann")
    item = await room.item(ann, START.date())
    lost = Room("web", "archived")
    room.world.script["archived"].append(Undeliverable("is_archived"))
    await room.tell(notice(lost, "k", item.label))
    await room.deliver()
    await room.deliver()
    assert room.world.to("ann") == [f"nudged {item.label}"]
    assert [call[0] for call in room.world.calls].count("archived") == 1


@pytest.mark.parametrize("gone", [{"active": False}, {"accounts": ()}])
async def test_items_of_somebody_who_left_are_to_be_handed_over_once(room, gone):
    ann, boss = await room.hire("ann"), await room.hire("boss")
    item = await room.item(ann, START.date(), assigner=boss)
    await room.change(replace(ann, **gone))
    await room.tell(notice(ann, "k1", item.label), notice(ann, "k2", item.label))
    await room.deliver()
    assert room.world.to("ann") == []
    assert room.world.to("boss") == [f"undeliverable {item.label}"]


async def test_a_view_without_words_is_moot(room):
    ann = await room.hire("ann")
    await room.tell(notice(ann, "k", moot=True), notice(ann, "gone", "A-999"))
    await room.deliver()
    assert room.world.calls == []
    assert (await room.count())["moot"] == 2


async def test_a_bug_in_a_view_kills_its_row_after_five_tries_and_no_other(room):
    ann = await room.hire("ann")
    await room.hire("root", admin=True)
    await room.tell(notice(ann, "bad", raises=True), notice(ann, "good"))
    for _ in range(8):
        await room.deliver()
        room.clock.advance(minutes=30)
    assert next(one.key for one in room.world.sent) == "good"
    assert (await room.count())["dead"] == 1
    assert room.world.to("root") == ["undeliverable"]


async def test_a_bug_in_an_adapter_is_tried_five_times_with_growing_pauses(room):
    ann = await room.hire("ann")
    room.world.script["ann"].extend([KeyError("ok")] * 9)
    await room.tell(notice(ann, "k"))
    for _ in range(60):
        await room.deliver()
        room.clock.advance(seconds=30)
    assert len(room.world.calls) == 5
    assert (await room.count())["dead"] == 1


async def test_messages_to_one_destination_keep_their_order(room):
    ann, bo = await room.hire("ann"), await room.hire("bo")
    room.world.slow.clear()
    await room.tell(*(notice(who, f"{who.name}{n}") for n in range(4) for who in (ann, bo)))
    delivering = asyncio.create_task(room.deliver())
    await asyncio.sleep(0.1)
    assert room.world.most_at_once == 2, "one at a time for each destination, both at once"
    room.world.slow.set()
    await delivering
    assert [one.key for one in room.world.sent if one.who == "ann"] == ["ann0", "ann1", "ann2", "ann3"]


@pytest.mark.slow
async def test_a_messenger_in_trouble_is_left_alone(room):
    people = [await room.hire(f"p{n}") for n in range(12)]
    for one in people:
        room.world.script[one.name].extend([ConnectionError("down")] * 3)
    await room.tell(*(notice(one, one.name) for one in people))
    await room.deliver()
    before = len(room.world.calls)
    for _ in range(10):
        await room.tell(notice(people[0], f"more{_}"))
        await room.deliver()
    assert len(room.world.calls) == before, "while it is paused nothing is tried"
    for _ in range(200):
        room.clock.advance(seconds=20)
        await room.deliver()
    assert len(room.world.sent) == 22, "and after it, everything arrives"


def test_a_messenger_that_is_away_over_the_holidays_is_tried_after_each_pause():
    """Eight days are well over a thousand pauses, each twice the last until they are a quarter of an hour."""
    clock = SetClock()
    roads = Roads(clock, {}, clock.ticks, lambda: 0.5)
    some = [Road("web", name) for name in "abcde"]
    tried = 0
    while clock.now() - START < timedelta(days=8):
        road = some[tried % len(some)]
        wait = roads.closed(road)
        if wait == 0:
            tried += 1
            wait = roads.failed(road, tried)
        assert 0 < wait <= LONGEST + FIRST_PAUSE
        clock.advance(seconds=wait)
    assert tried > 1_000


async def test_what_is_set_for_a_full_hour_is_spread_where_a_messenger_asks_for_it(tmp_path):
    """Everybody's reminders are set for nine; the messenger's own servers are not there for us alone."""
    room = Postroom(tmp_path, options={"paces": {"web": Pace(spread=timedelta(minutes=3))}})
    nine = room.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    people = [await room.hire(f"p{number}") for number in range(20)]
    for number, person in enumerate(people):
        await room.tell(*(notice(person, f"{number}:{part}", at=nine) for part in "abc"))
    room.clock.advance_to(nine)
    waiting = []
    for _ in range(19):
        await room.deliver()
        waiting.append(60 - len(room.world.sent))
        room.clock.advance(seconds=10)
    assert waiting[-1] == 0, "after three minutes everything has come"
    assert waiting[0] > 45, "and not at once"
    assert len(set(waiting)) > 8
    for number in range(20):
        assert [one.key for one in room.world.sent if one.key.startswith(f"{number}:")] == [
            f"{number}:{part}" for part in "abc"
        ]
    await room.store.close()


@pytest.mark.parametrize(
    "more",
    [{"urgent": True}, {"at": timedelta(seconds=5)}, {"room": True}, {"unspread": True}],
    ids=["urgent", "another moment", "a room", "a messenger that does not ask for it"],
)
async def test_nothing_else_is_spread(tmp_path, more):
    spread = timedelta(0) if more.get("unspread") else timedelta(minutes=3)
    room = Postroom(tmp_path, options={"paces": {"web": Pace(spread=spread)}})
    nine = room.clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    to = [Room("web", f"r{number}") if more.get("room") else await room.hire(f"p{number}") for number in range(20)]
    told = [notice(one, f"k{one}", at=nine + more.get("at", timedelta(0))) for one in to]
    await room.tell(*(replace(one, urgent=bool(more.get("urgent"))) for one in told))
    room.clock.advance_to(nine + more.get("at", timedelta(0)))
    await room.deliver()
    assert len(room.world.sent) == 20
    await room.store.close()


@pytest.mark.parametrize(("minutes", "sent"), [(50, True), (60, False)])
async def test_a_doubtful_try_that_nobody_remembers_any_more_is_not_made_again(tmp_path, minutes, sent):
    """A messenger that knows a key for an hour only: later than that a second try might be a second message."""
    room = Postroom(tmp_path, options={"paces": {"web": Pace(remembers=timedelta(minutes=55))}})
    ann = await room.hire("ann")
    room.world.script["ann"].append(TryLater(minutes * 60, unclear=True))
    await room.tell(notice(ann, "k"))
    await room.deliver()
    room.clock.advance(minutes=minutes, seconds=1)
    await room.deliver()
    assert bool(room.world.sent) is sent
    assert (await room.count())["uncertain"] == (not sent)
    await room.store.close()


async def test_words_of_a_messenger_that_no_database_takes_end_their_message_alone(room):
    """An error text that was cut in the middle of an emoji is kept as far as it can be read; the others are written down."""
    ann, bo = await room.hire("ann"), await room.hire("bo")
    for fault in (TryLater(0.1, "busy \ud83d"), Undeliverable("left \ud83d\0")):
        room.world.script["ann"].append(fault)
    await room.tell(notice(ann, "a"), notice(bo, "b"))
    await room.deliver()
    room.clock.advance(minutes=1)
    await room.deliver()
    count = await room.count()
    assert (count["posted"], count["dead"], count["pending"]) == (1, 1, 0)


async def test_an_ending_that_cannot_be_written_takes_none_of_the_others_along(room):
    settlements = Settlements(room.store, lambda: None)
    for name in ("a", "\ud83d", "b"):
        settlements.add(partial(keeps, name))
    await settlements.all()
    written = await room.store.read(lambda records: records.settings.of("ended"))
    assert set(written) == {"a", "b"}


def keeps(name: str, records) -> None:
    records.settings.put("ended", name, name)
