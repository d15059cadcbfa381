"""Notices: kept once by their key, claimed with a lease by one, settled one by one."""

from datetime import timedelta

import pytest

from bot.messenger import Posted
from bot.people import Room
from bot.store import Fate
from tests.contracts.stored.making import DAY, HOUR, LEASE, MINUTE, NOW, PRODUCT, SHOWN, claimed, notice, shown


class OutboxContract:
    """bot.store.Outbox, all but refreshing."""

    async def test_a_notice_is_claimed_whole(self, store):
        args = {"why": "太忙", "days": 3, "lines": [{"subject": "A-1", "late": None}], "rate": 0.5, "ok": True}
        told = notice(to=PRODUCT, subjects=("A-2", "A-1"), args=args, urgent=True)
        await self.add(store, told)
        (row,) = await claimed(store)
        assert (row.notice, getattr(row.notice.to, "name", "")) == (told, "Product")
        assert (row.attempts, row.posted, row.first_tried_at) == (0, None, None)

    async def test_a_key_is_kept_once_for_ever(self, store):
        assert await self.add(store, notice("a"), notice("b"), notice("a", to=9)) == 2
        assert await self.add(store, notice("b")) == 0
        await shown(store)
        assert await self.add(store, notice("a"), notice("c")) == 1
        assert [row.notice.key for row in await claimed(store)] == ["c"]

    async def test_a_notice_about_nothing_or_twice_about_one_thing(self, store):
        await self.add(store, notice("a", subjects=()), notice("b", subjects=("A-1", "A-1")))
        assert [row.notice.subjects for row in await claimed(store)] == [(), ("A-1", "A-1")]

    async def test_nothing_is_claimed_before_its_time(self, store):
        await self.add(store, notice(not_before=NOW + HOUR))
        assert await claimed(store, NOW + HOUR - MINUTE) == []
        assert len(await claimed(store, NOW + HOUR)) == 1

    async def test_the_urgent_come_first_then_the_oldest(self, store):
        keys = {"new": 0, "old": -2, "older": -3, "urgent": 0}
        await self.add(
            store, *(notice(key, not_before=NOW + age * HOUR, urgent=key == "urgent") for key, age in keys.items())
        )
        assert [row.notice.key for row in await claimed(store, limit=3)] == ["urgent", "older", "old"]
        assert [row.notice.key for row in await claimed(store, limit=3)] == ["new"]

    async def test_the_urgent_of_tomorrow_do_not_hold_up_today(self, store):
        await self.add(store, notice("tomorrow", not_before=NOW + DAY, urgent=True), notice("today"))
        assert [row.notice.key for row in await claimed(store, limit=1)] == ["today"]

    async def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(self, store):
        await self.add(store, notice())
        (first,) = await claimed(store)
        assert await claimed(store, NOW + LEASE - timedelta(microseconds=1)) == []
        (second,) = await claimed(store, NOW + LEASE)
        assert (second.id, second.attempts, second.first_tried_at) == (first.id, 1, NOW)
        assert second.token != first.token

    async def test_a_lost_lease_settles_nothing(self, store):
        await self.add(store, notice())
        (late,) = await claimed(store)
        (present,) = await claimed(store, NOW + LEASE)
        for settle in (
            lambda outbox: outbox.posted(late, SHOWN, NOW),
            lambda outbox: outbox.later(late, NOW, "busy"),
            lambda outbox: outbox.close(late, Fate.DEAD, "gone", NOW),
        ):
            assert await store.write(lambda records, settle=settle: settle(records.outbox)) is False
        assert await store.write(lambda records: records.outbox.posted(present, SHOWN, NOW)) is True
        assert await claimed(store, NOW + DAY) == []

    async def test_a_lease_that_ended_unclaimed_still_settles(self, store):
        await self.add(store, notice())
        (row,) = await claimed(store)
        assert await store.write(lambda records: records.outbox.posted(row, SHOWN, NOW + DAY)) is True

    async def test_settling_twice_is_false_the_second_time(self, store):
        await self.add(store, notice())
        (row,) = await claimed(store)
        assert await store.write(lambda records: records.outbox.posted(row, SHOWN, NOW)) is True
        assert await store.write(lambda records: records.outbox.close(row, Fate.DEAD, "", NOW)) is False

    async def test_later_gives_it_back_until_then(self, store):
        await self.add(store, notice())
        (row,) = await claimed(store)
        assert await store.write(lambda records: records.outbox.later(row, NOW + HOUR, "rate limited")) is True
        assert await claimed(store, NOW + HOUR - MINUTE) == []
        (again,) = await claimed(store, NOW + HOUR)
        assert (again.attempts, again.first_tried_at, again.posted) == (0, None, None), "nothing can have arrived"

    async def test_only_an_unclear_try_counts(self, store):
        await self.add(store, notice())
        (row,) = await claimed(store)
        await store.write(lambda records: records.outbox.later(row, NOW + HOUR, "no answer", unclear=True))
        (again,) = await claimed(store, NOW + HOUR)
        assert (again.attempts, again.first_tried_at) == (1, NOW)
        await store.write(lambda records: records.outbox.later(again, NOW + DAY, "rate limited"))
        (third,) = await claimed(store, NOW + DAY)
        assert (third.attempts, third.first_tried_at) == (1, NOW), "the unclear one is still unclear"

    @pytest.mark.parametrize("fate", [Fate.MOOT, Fate.DEAD, Fate.UNCERTAIN])
    async def test_closed_is_for_good(self, store, fate):
        await self.add(store, notice())
        (row,) = await claimed(store)
        assert await store.write(lambda records: records.outbox.close(row, fate, "left", NOW)) is True
        assert await claimed(store, NOW + 365 * DAY) == []
        assert (await self.count(store))[fate] == 1

    async def test_a_reply_finds_what_the_message_is_about(self, store):
        await shown(store, notice("a", subjects=("A-2", "A-1")), notice("b", subjects=("A-3",)))
        assert await self.about(store, Posted("web", "product", "m-a")) == ("A-2", "A-1")
        for other in (
            Posted("web", "product", "m-c"),
            Posted("web", "sales", "m-a"),
            Posted("shell", "product", "m-a"),
        ):
            assert await self.about(store, other) == ()

    async def test_the_next_row_due(self, store):
        assert await self.next_row(store) is None
        await self.add(store, notice("a", not_before=NOW + HOUR), notice("b", not_before=NOW + DAY, urgent=True))
        assert await self.next_row(store) == NOW + HOUR
        (row,) = await claimed(store, NOW + HOUR)
        # Whoever holds it may die: it falls due again when the lease ends.
        assert await self.next_row(store) == NOW + HOUR + LEASE
        await store.write(lambda records: records.outbox.posted(row, SHOWN, NOW))
        assert await self.next_row(store) == NOW + DAY

    async def test_every_fate_is_counted(self, store):
        assert await self.count(store) == dict.fromkeys([*Fate, "refresh"], 0)
        await self.add(store, *(notice(key) for key in "abcd"))
        rows = await claimed(store, limit=3)
        await store.write(lambda records: records.outbox.posted(rows[0], SHOWN, NOW))
        await store.write(lambda records: records.outbox.close(rows[1], Fate.DEAD, "", NOW))
        await store.write(lambda records: records.outbox.refresh(["A-1"], NOW))
        expected = {"pending": 2, "posted": 1, "moot": 0, "dead": 1, "uncertain": 0, "refresh": 1}
        assert await self.count(store) == expected

    async def test_only_old_settled_rows_are_forgotten(self, store):
        await self.add(store, notice("waiting", not_before=NOW + 90 * DAY))
        await shown(store, notice("old", subjects=("A-2",)), notice("stale"))
        await shown(store, notice("new", not_before=NOW + 2 * DAY), now=NOW + 2 * DAY)
        await store.write(lambda records: records.outbox.refresh(["A-1"], NOW + 2 * DAY))
        assert await store.write(lambda records: records.outbox.forget(NOW + DAY)) == 1
        assert await self.about(store, Posted("web", "product", "m-old")) == ()
        counted = await self.count(store)
        assert (counted["pending"], counted["posted"]) == (1, 2)
        await store.write(lambda records: records.outbox.refresh(["A-2"], NOW))

    async def test_a_room_and_a_person_of_one_number_are_two(self, store):
        await self.add(store, notice("a", to=7), notice("b", to=Room("web", "7")))
        assert [row.notice.to for row in await claimed(store)] == [7, Room("web", "7")]

    async def add(self, store, *notices) -> int:
        return await store.write(lambda records: records.outbox.add(notices))

    async def about(self, store, posted: Posted) -> tuple[str, ...]:
        return await store.read(lambda records: records.outbox.about(posted))

    async def count(self, store) -> dict[str, int]:
        return await store.read(lambda records: records.outbox.count())

    async def next_row(self, store):
        return await store.read(lambda records: records.outbox.next_at())
