"""What waits and cannot have reached anybody can be taken back; everything else stays."""

from bot.store import Fate, Notice
from tests.contracts.stored.making import HOUR, NOW, PRODUCT, SHOWN, claimed, notice


class WithdrawingContract:
    """bot.store.Outbox.withdraw."""

    async def test_what_waits_is_closed_as_moot_and_given_back_whole(self, store):
        args = {"lines": [{"subject": "A-1", "why": "due"}]}
        later = notice("later", not_before=NOW + HOUR, subjects=("A-1", "A-2"), args=args)
        await self.told(store, notice("first"), later)
        assert await self.withdraw(store, [1]) == [notice("first"), later]
        assert await claimed(store, NOW + 2 * HOUR) == []
        assert (await store.read(lambda records: records.outbox.count()))[Fate.MOOT] == 2
        assert await self.withdraw(store, [1]) == []

    async def test_a_withdrawn_key_is_known_for_ever(self, store):
        await self.told(store, notice("a"))
        await self.withdraw(store, [1])
        assert await store.write(lambda records: records.outbox.add([notice("a")])) == 0

    async def test_only_of_these_people_and_this_moment(self, store):
        others = [notice("b", to=2), notice("c", moment="reminder"), notice("d", to=PRODUCT)]
        await self.told(store, notice("a"), *others, notice("e", to=3, urgent=True))
        assert [one.key for one in await self.withdraw(store, [1, 3, 3])] == ["a", "e"]
        assert [row.notice.key for row in await claimed(store)] == ["b", "c", "d"]
        assert await self.withdraw(store, []) == []

    async def test_only_about_one_thing(self, store):
        await self.told(store, notice("a"), notice("b", subjects=("A-2",)), notice("c", subjects=("A-3", "A-1")))
        assert [one.key for one in await self.withdraw(store, [1], about="A-1")] == ["a", "c"]
        assert [row.notice.key for row in await claimed(store)] == ["b"]

    async def test_what_is_on_its_way_or_may_have_arrived_or_stands_is_let_be(self, store):
        await self.told(store, notice("unclear"), notice("posted"), notice("on its way"))
        unclear, posted, _ = await claimed(store)
        await store.write(lambda records: records.outbox.later(unclear, NOW + HOUR, "no answer", unclear=True))
        await store.write(lambda records: records.outbox.posted(posted, SHOWN, NOW))
        await store.write(lambda records: records.outbox.refresh(["A-1"], NOW))
        assert await self.withdraw(store, [1]) == []
        counted = await store.read(lambda records: records.outbox.count())
        assert (counted["pending"], counted["posted"], counted["refresh"]) == (2, 1, 1)

    async def test_what_was_given_back_before_it_was_sent_is_withdrawn(self, store):
        await self.told(store, notice("a"))
        (row,) = await claimed(store)
        await store.write(lambda records: records.outbox.later(row, NOW + HOUR, "quiet hours"))
        assert [one.key for one in await self.withdraw(store, [1])] == ["a"]

    async def told(self, store, *notices: Notice) -> None:
        await store.write(lambda records: records.outbox.add(notices))

    async def withdraw(self, store, people, **about) -> list[Notice]:
        return await store.write(lambda records: records.outbox.withdraw(people, "request", NOW, **about))
