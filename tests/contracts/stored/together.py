"""Two stores on one database, as two processes have it: nothing done twice, nothing seen too late."""

import asyncio

import pytest

from bot.store import Conflict, Query, Seen
from tests.contracts.stored.making import DAY, NOW, alarm, changed, claimed, item, notice, person


class TogetherContract:
    """What several processes may rely on. `store` and `beside` are open on the same database."""

    async def test_each_sees_what_the_other_committed(self, store, beside):
        kept = await store.write(lambda records: records.actions.add(item()))
        assert await beside.read(lambda records: records.actions.get(kept.number)) == kept
        await beside.write(lambda records: records.actions.save(changed(kept, note="from beside")))
        assert (await store.write(lambda records: records.actions.get(kept.number))).note == "from beside"

    async def test_people_imported_beside_are_known_at_once(self, store, beside):
        await store.read(lambda records: records.people.directory())
        for name in ("A", "B"):
            kept = await beside.write(lambda records, name=name: records.people.save(person(name)))
            assert (await store.write(lambda records: records.people.directory())).named(name) == kept
            assert (await store.read(lambda records: records.people.directory())).named(name) == kept

    async def test_numbers_are_given_once(self, store, beside):
        adding = [one.write(lambda records: records.actions.add(item())) for one in (store, beside) for _ in range(20)]
        assert len({action.number for action in await asyncio.gather(*adding)}) == 40

    async def test_people_get_different_numbers(self, store, beside):
        adding = [
            one.write(lambda records: records.people.save(person())) for one in (store, beside) for _ in range(10)
        ]
        assert {kept.id for kept in await asyncio.gather(*adding)} == set(range(1, 21))

    async def test_of_two_presses_the_second_sees_the_first(self, store, beside):
        kept = await store.write(lambda records: records.actions.add(item()))

        def press(records):
            action = records.actions.get(kept.number)
            records.actions.save(changed(action, postponements=action.postponements + 1))

        await asyncio.gather(*(one.write(press) for one in (store, beside) for _ in range(10)))
        found = await store.read(lambda records: records.actions.get(kept.number))
        assert (found.version, found.postponements) == (21, 20)

    async def test_of_two_writers_from_one_version_one_wins(self, store, beside):
        kept = await store.write(lambda records: records.actions.add(item()))
        saving = [
            one.write(lambda records: records.actions.save(changed(kept))) for one in (store, beside) for _ in range(10)
        ]
        results = await asyncio.gather(*saving, return_exceptions=True)
        assert [result for result in results if not isinstance(result, Conflict)] == [None]

    async def test_an_event_delivered_to_both_is_answered_once(self, store, beside):
        def answer(records):
            records.actions.add(item())
            records.inbox.add("web", "e1", NOW, None)

        results = await asyncio.gather(
            *(one.write(answer) for one in (store, beside) for _ in range(10)), return_exceptions=True
        )
        assert [result for result in results if not isinstance(result, Seen)] == [None]
        assert await store.read(lambda records: records.actions.count(Query())) == 1

    async def test_one_row_is_claimed_by_one(self, store, beside):
        await store.write(lambda records: records.outbox.add([notice(f"k{number}") for number in range(200)]))

        async def drain(one) -> list[str]:
            taken = []
            while rows := await claimed(one, limit=7):
                taken += [row.notice.key for row in rows]
            return taken

        shares = await asyncio.gather(drain(store), drain(beside), drain(store))
        assert sorted(key for share in shares for key in share) == sorted(f"k{number}" for number in range(200))

    async def test_one_alarm_is_rung_by_one_and_a_person_never_split(self, store, beside):
        alarms = [alarm(of=f"A-{number}", person=number % 20) for number in range(200)]
        await store.write(lambda records: records.alarms.replace({one.subject: [one] for one in alarms}, NOW))

        def sweep(records):
            due = records.alarms.due(NOW + DAY, 5)
            records.alarms.rung(due, NOW + DAY)
            return due

        rung = await self.until_none_is_left(sweep, store, beside, store)
        assert sorted(one.subject for due in rung for one in due) == sorted(one.subject for one in alarms)
        assert all(sum(one.person == who for due in rung for one in due) == 10 for who in range(20))
        for due in rung:
            assert all(sum(one.person == who for one in due) == 10 for who in {one.person for one in due})

    async def test_a_notice_added_by_both_is_told_once(self, store, beside):
        adding = [one.write(lambda records: records.outbox.add([notice("same")])) for one in (store, beside) * 5]
        assert sum(await asyncio.gather(*adding)) == 1

    @pytest.mark.parametrize("_", range(3))
    async def test_two_that_hold_what_the_other_wants_both_finish(self, store, beside, _):
        for _ in range(2):
            await store.write(lambda records: records.actions.add(item()))

        def press(first: int, second: int):
            def work(records):
                for number in (first, second):
                    records.actions.save(changed(records.actions.get(number)))

            return work

        await asyncio.gather(store.write(press(1, 2)), beside.write(press(2, 1)))
        found = await store.read(lambda records: records.actions.several([1, 2]))
        assert {action.version for action in found.values()} == {3}

    async def until_none_is_left(self, sweep, *stores):
        async def of_one(one):
            swept = []
            while await one.read(lambda records: records.alarms.next_at()) is not None:
                if due := await one.write(sweep):
                    swept.append(due)
            return swept

        return [due for swept in await asyncio.gather(*map(of_one, stores)) for due in swept]
