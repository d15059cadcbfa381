"""One transaction at a time: whole or not at all, its failure its own, its caller free to go away."""

import asyncio

import pytest

from bot.cards import Toast
from bot.store import Query, Unavailable
from tests.contracts.stored.making import NOW, alarm, entry, item, notice


class TransactionsContract:
    """bot.store.Store."""

    async def test_a_work_gives_back_its_result(self, store):
        assert await store.write(lambda records: records.actions.count(Query())) == 0
        assert await store.read(lambda records: "read") == "read"

    async def test_a_failed_work_leaves_nothing_of_anything(self, store):
        def fails(records):
            everything(records, 1)
            raise LookupError("on purpose")

        with pytest.raises(LookupError, match="on purpose"):
            await store.write(fails)
        assert await self.kept(store) == []
        assert await store.read(lambda records: records.outbox.next_at()) is None
        assert await store.read(lambda records: records.alarms.next_at()) is None
        assert await store.read(lambda records: records.settings.all("")) == {}
        await store.write(lambda records: records.inbox.add("web", "e1", NOW, None))

    async def test_of_many_at_once_only_the_failing_one_is_undone(self, store):
        def work(number: int):
            def run(records):
                everything(records, number)
                if number == 23:
                    raise LookupError("on purpose")
                return number

            return run

        results = await asyncio.gather(*(store.write(work(number)) for number in range(50)), return_exceptions=True)
        assert [result for result in results if isinstance(result, int)] == [n for n in range(50) if n != 23]
        assert isinstance(results[23], LookupError)
        assert sorted(await self.kept(store)) == sorted(str(number) for number in range(50) if number != 23)
        assert (await store.read(lambda records: records.outbox.count()))["pending"] == 49

    @pytest.mark.parametrize("error", [StopIteration("x"), KeyError("x"), ValueError("x"), SystemExit(3)])
    async def test_whatever_a_work_raises_reaches_its_caller_and_nobody_else(self, store, error):
        def fails(records):
            raise error

        others = [asyncio.ensure_future(store.write(lambda records: records.actions.add(item()))) for _ in range(3)]
        with pytest.raises(RuntimeError if isinstance(error, StopIteration) else type(error)):
            await store.write(fails)
        assert {action.number for action in await asyncio.gather(*others)} == {1, 2, 3}

    async def test_undo_goes_back_to_the_beginning_and_on(self, store):
        def work(records):
            records.actions.add(item("first"))
            records.undo()
            records.history.add(entry(verb="accept", refused=True))
            records.undo()
            records.actions.add(item("second"))
            return records.actions.count(Query())

        assert await store.write(work) == 1
        assert await self.kept(store) == ["second"]
        assert await store.read(lambda records: records.history.of("A-1")) == []

    async def test_undo_among_others_takes_back_only_its_own(self, store):
        def work(number: int):
            def run(records):
                records.actions.add(item(f"taken back {number}"))
                if number % 2:
                    records.undo()

            return run

        await asyncio.gather(*(store.write(work(number)) for number in range(20)))
        assert sorted(await self.kept(store)) == sorted(f"taken back {number}" for number in range(0, 20, 2))

    async def test_a_caller_that_goes_away_disturbs_nobody(self, store):
        waiting = [asyncio.ensure_future(store.write(lambda records: records.actions.add(item()))) for _ in range(20)]
        await asyncio.sleep(0)
        for task in waiting[::2]:
            task.cancel()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(result, asyncio.CancelledError) for result in results[::2])
        assert len({getattr(result, "number", None) for result in results[1::2]}) == 10
        assert (await store.write(lambda records: records.actions.add(item()))).number > 0

    async def test_works_are_done_one_after_another(self, store):
        def counts(records):
            seen = int(records.settings.of("workplace").get("n", "0"))
            # Whoever changes an item holds it (several processes may write at once).
            action = records.actions.get(1)
            records.settings.put("workplace", "n", str(int(records.settings.of("workplace").get("n", "0")) + 1))
            return seen, action

        await store.write(lambda records: records.actions.add(item()))

        def under_lock(records):
            records.actions.get(1)
            return counts(records)

        await asyncio.gather(*(store.write(under_lock) for _ in range(30)))
        assert await store.read(lambda records: records.settings.of("workplace")) == {"n": "30"}

    async def test_a_read_must_not_write(self, store):
        with pytest.raises(RuntimeError, match="read"):
            await store.read(lambda records: records.actions.add(item()))
        assert await self.kept(store) == []
        await store.write(lambda records: records.actions.add(item()))

    async def test_a_failing_read_reaches_its_caller(self, store):
        with pytest.raises(ZeroDivisionError):
            await store.read(lambda records: 1 // 0)
        assert await store.read(lambda records: 1) == 1

    async def test_a_healthy_store_says_so(self, store):
        await store.check()

    async def test_a_closed_store_is_unavailable(self, store):
        await store.close()
        with pytest.raises(Unavailable):
            await store.write(lambda records: None)
        with pytest.raises(Unavailable):
            await store.read(lambda records: None)
        await store.close()

    async def test_closing_finishes_what_waits(self, store):
        waiting = [asyncio.ensure_future(store.write(lambda records: records.actions.add(item()))) for _ in range(10)]
        await asyncio.sleep(0)
        await store.close()
        assert {action.number for action in await asyncio.gather(*waiting)} == set(range(1, 11))

    async def kept(self, store) -> list[str]:
        return [one.text for one in await store.read(lambda records: records.actions.find(Query()))]


def everything(records, number: int) -> None:
    """A recorded command: something of every kind."""
    action = records.actions.add(item(str(number)))
    records.history.add(entry(action.label, after=action))
    records.alarms.replace({action.label: [alarm(of=action.label)]}, NOW)
    records.outbox.add([notice(f"request:{number}", subjects=(action.label,))])
    records.inbox.add("web", f"e{number}", NOW, Toast("ok"))
    records.settings.put(f"person:{number}", "a", "b")
