"""Messages that show something old are made anew: once, by whoever claims them, and never a change is missed."""

from bot.messenger import Posted
from bot.store import Fate
from tests.contracts.stored.making import DAY, HOUR, LEASE, MINUTE, NOW, SHOWN, claimed, notice, shown


class RefreshingContract:
    """bot.store.Outbox.refresh and what follows."""

    async def test_a_posted_message_is_claimed_again_where_it_stands(self, store):
        await shown(store, notice("a"))
        await self.refresh(store, "A-1", now=NOW + HOUR)
        assert await claimed(store, NOW + MINUTE) == []
        (row,) = await claimed(store, NOW + HOUR)
        assert (row.notice.key, row.posted, row.attempts) == ("a", Posted("web", "product", "m-a"), 0)
        assert row.first_tried_at is None

    async def test_only_messages_about_these_things(self, store):
        told = {"a": ("A-1",), "b": ("A-11",), "c": ("A-2", "A-1"), "d": ()}
        await shown(store, *(notice(key, subjects=subjects) for key, subjects in told.items()))
        await self.refresh(store, "A-1", "A-9")
        assert [row.notice.key for row in await claimed(store)] == ["a", "c"]

    async def test_marking_twice_is_one_update(self, store):
        await shown(store, notice("a", subjects=("A-1", "A-2")))
        await self.refresh(store, "A-1", "A-2", "A-1")
        await self.refresh(store, "A-2")
        (row,) = await claimed(store)
        assert await self.settle(store, row) is True
        assert await claimed(store, NOW + DAY) == []

    async def test_a_change_during_an_update_is_another_update(self, store):
        await shown(store, notice("a"))
        await self.refresh(store, "A-1")
        (row,) = await claimed(store)
        await self.refresh(store, "A-1")
        assert await claimed(store) == []
        assert await self.settle(store, row) is True
        (again,) = await claimed(store)
        assert again.posted is not None
        assert await self.settle(store, again) is True
        assert await claimed(store, NOW + DAY) == []

    async def test_a_change_during_the_first_post_is_an_update(self, store):
        await store.write(lambda records: records.outbox.add([notice()]))
        (row,) = await claimed(store)
        await self.refresh(store, "A-1")
        assert await self.settle(store, row) is True
        (again,) = await claimed(store)
        assert again.posted == SHOWN

    async def test_a_change_before_the_first_post_is_no_update(self, store):
        await store.write(lambda records: records.outbox.add([notice()]))
        await self.refresh(store, "A-1")
        (row,) = await claimed(store)
        assert row.posted is None
        assert await self.settle(store, row) is True
        assert await claimed(store, NOW + DAY) == []

    async def test_a_change_during_a_post_that_failed_is_in_the_next_try(self, store):
        await store.write(lambda records: records.outbox.add([notice()]))
        (row,) = await claimed(store)
        await self.refresh(store, "A-1")
        await store.write(lambda records: records.outbox.later(row, NOW + HOUR, "busy"))
        (again,) = await claimed(store, NOW + HOUR)
        assert await self.settle(store, again) is True
        assert await claimed(store, NOW + DAY) == []

    async def test_an_update_given_back_waits_for_its_hour(self, store):
        await shown(store, notice("a"))
        await self.refresh(store, "A-1")
        (row,) = await claimed(store)
        await store.write(lambda records: records.outbox.later(row, NOW + HOUR, "rate limited"))
        await self.refresh(store, "A-1")
        assert await claimed(store, NOW + HOUR - MINUTE) == []
        (again,) = await claimed(store, NOW + HOUR)
        assert again.attempts == 0

    async def test_a_lost_update_is_taken_over(self, store):
        await shown(store, notice("a"))
        await self.refresh(store, "A-1")
        (late,) = await claimed(store)
        (present,) = await claimed(store, NOW + LEASE)
        assert await self.settle(store, late) is False
        assert await self.settle(store, present) is True

    async def test_messages_older_than_thirty_days_stay_as_they_are(self, store):
        await shown(store, notice("old"))
        await shown(store, notice("new", not_before=NOW + HOUR), now=NOW + HOUR)
        await self.refresh(store, "A-1", now=NOW + 30 * DAY + MINUTE)
        assert [row.notice.key for row in await claimed(store, NOW + 31 * DAY)] == ["new"]

    async def test_an_update_does_not_make_a_message_younger(self, store):
        await shown(store, notice("a"))
        await self.refresh(store, "A-1", now=NOW + 20 * DAY)
        (row,) = await claimed(store, NOW + 20 * DAY)
        await self.settle(store, row, now=NOW + 20 * DAY)
        await self.refresh(store, "A-1", now=NOW + 31 * DAY)
        assert await claimed(store, NOW + 31 * DAY) == []

    async def test_what_is_closed_is_not_refreshed(self, store):
        await store.write(lambda records: records.outbox.add([notice("a"), notice("b"), notice("c")]))
        for row, fate in zip(await claimed(store), (Fate.MOOT, Fate.DEAD, Fate.UNCERTAIN), strict=True):
            await store.write(lambda records, row=row, fate=fate: records.outbox.close(row, fate, "", NOW))
        await self.refresh(store, "A-1")
        assert await claimed(store, NOW + DAY) == []

    async def refresh(self, store, *subjects: str, now=NOW) -> None:
        await store.write(lambda records: records.outbox.refresh(subjects, now))

    async def settle(self, store, row, now=NOW) -> bool:
        return await store.write(lambda records: records.outbox.posted(row, row.posted or SHOWN, now))
