"""One message a morning, also after one that did not arrive: the new takes the old one's lines (A6, VOICE rule 2)."""

from datetime import date

from bot.errors import TryLater
from bot.jobs.mornings import gathered
from bot.store import Notice
from tests.jobs.test_ring import accepted, heard
from tests.outbox.postroom import START

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
NIGHT = "2026-11-24 23:00"


async def down(room, until: str) -> None:
    """The messenger takes nothing for ann until then."""
    room.world.script["ann"].extend([TryLater(900)] * 1_000)
    await room.until(until)
    room.world.script["ann"].clear()


async def test_what_the_night_held_back_comes_with_the_mornings_own(room):
    ann = await room.hire("ann")
    await accepted(room, ann, THURSDAY)
    await accepted(room, ann, FRIDAY)
    await down(room, NIGHT)
    await room.until("2026-11-25 12:00")
    assert heard(room, "ann") == ["11-25 09:00 reminder A-2:before A-1:before"]
    assert (await room.count())["moot"] == 1


async def test_where_nothing_else_is_told_that_morning_it_comes_a_minute_later(room):
    ann = await room.hire("ann")
    await accepted(room, ann, FRIDAY)
    await down(room, "2026-11-25 23:00")
    await room.until("2026-11-26 12:00")
    assert heard(room, "ann") == ["11-26 09:01 reminder A-1:before"]


async def test_an_item_of_both_mornings_is_one_line_the_newer(room):
    ann = await room.hire("ann")
    await accepted(room, ann, THURSDAY)
    await down(room, "2026-11-25 23:00")
    await room.until("2026-11-26 12:00")
    assert heard(room, "ann") == ["11-26 09:00 reminder A-1:due"]


async def test_what_may_have_arrived_is_not_told_again(room):
    ann = await room.hire("ann")
    await accepted(room, ann, THURSDAY)
    await accepted(room, ann, FRIDAY)
    room.world.script["ann"].append("lost")
    await room.until("2026-11-25 12:00")
    assert heard(room, "ann") == ["11-24 09:00 reminder A-1:before", "11-25 09:00 reminder A-2:before"]


async def test_each_person_keeps_their_own(room):
    ann, bob = await room.hire("ann"), await room.hire("bob")
    await accepted(room, ann, THURSDAY)
    await accepted(room, bob, FRIDAY)
    await down(room, NIGHT)
    await room.until("2026-11-25 12:00")
    assert heard(room, "bob") == ["11-25 09:00 reminder A-2:before"]
    assert heard(room, "ann") == ["11-25 09:01 reminder A-1:before"]


async def test_after_a_day_without_the_messenger_nothing_is_lost(room):
    ann = await room.hire("ann")
    for due in (date(2026, 11, 24), THURSDAY, FRIDAY, date(2026, 11, 30)):
        await accepted(room, ann, due)
    await down(room, "2026-11-26 08:45")
    await room.until("2026-11-30 12:00")
    lines = {line for one in room.world.sent for line in one.title.split()[1:]}
    assert {line.partition(":")[0] for line in lines} == {"A-1", "A-2", "A-3", "A-4"}
    mornings = [f"{one.at:%m-%d}" for one in room.world.sent]
    assert len(mornings) == len(set(mornings)), "two messages in one morning"


def test_other_moments_take_nothing_along():
    old = Notice(1, "reminder", ("A-1",), "old", START, {"lines": [{"subject": "A-1", "why": "due"}]})
    risk = Notice(1, "risk", ("A-2",), "risk", START, {"lines": [{"subject": "A-2", "why": "risk"}]})
    new = Notice(1, "reminder", ("A-3",), "new", START, {"lines": [{"subject": "A-3", "why": "due"}]})
    same, both = gathered([risk, new], [old])
    assert same == risk
    assert (both.subjects, both.key, both.not_before) == (("A-3", "A-1"), "new", START)
    assert both.args["lines"] == [{"subject": "A-3", "why": "due"}, {"subject": "A-1", "why": "due"}]
