"""Two stores on one database, as two processes have it: nothing done twice, nothing seen too late."""

import asyncio

import pytest

from bot.domain.captured import Ballot
from bot.domain.meeting import MeetingState
from bot.people import Department
from bot.store import Conflict, Query, Search, Seen
from tests.contracts.stored.making import (
    DAY,
    NOW,
    PRODUCT,
    alarm,
    changed,
    claimed,
    item,
    later,
    meeting,
    minutes,
    notice,
    person,
    vote,
)


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

    async def test_alone_two_make_one_department(self, store, beside):
        def founds(records):
            records.people.alone()
            if records.people.directory().department("技术部") is None:
                records.people.save_department(Department(0, "技术部"))

        await asyncio.gather(*(one.write(founds) for one in (store, beside) for _ in range(5)))
        directory = await store.read(lambda records: records.people.directory())
        assert [one.name for one in directory.departments.values()] == ["技术部"]

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

    async def test_of_two_meetings_that_start_at_once_one_finds_the_room_taken(self, store, beside):
        for _ in range(6):
            await store.write(lambda records: records.meetings.add(meeting(room=PRODUCT)))

        def start(number: int):
            def work(records) -> bool:
                if records.meetings.running(PRODUCT) is not None:
                    return False
                records.meetings.save(later(records.meetings.get(number), state=MeetingState.RUNNING))
                return True

            return work

        starting = [(store, beside)[number % 2].write(start(number)) for number in range(1, 7)]
        assert sorted(await asyncio.gather(*starting)) == [False] * 5 + [True]

    async def test_every_ballot_counts(self, store, beside):
        kept = await store.write(lambda records: records.meetings.open_vote(vote()))

        def cast(voter: int):
            def work(records) -> None:
                now = records.meetings.vote(kept.number)
                records.meetings.save_vote(later(now, ballots=(*now.ballots, Ballot(voter, (0,)))))

            return work

        await asyncio.gather(*((store, beside)[voter % 2].write(cast(voter)) for voter in range(20)))
        found = await store.read(lambda records: records.meetings.vote(kept.number))
        assert {one.person for one in found.ballots} == set(range(20))

    async def test_every_rating_counts_and_each_person_once(self, store, beside):
        rating = [
            one.write(lambda records, who=who: records.meetings.rate(1, who, who % 5 + 1, ""))
            for one in (store, beside) for who in range(10)
        ]  # fmt: skip
        assert sum(await asyncio.gather(*rating)) == 10
        found = await beside.read(lambda records: records.meetings.ratings(1))
        assert found == [(score, "") for score in range(1, 6) for _ in range(2)]

    async def test_minutes_of_one_moment_are_all_filed(self, store, beside):
        filing = [
            (store, beside)[number % 2].write(lambda records, number=number: records.archive.add(minutes(number)))
            for number in range(1, 21)
        ]
        await asyncio.gather(*filing)
        assert await store.read(lambda records: records.archive.count(Search(1, "weekly"))) == 20

    async def test_of_two_who_change_minutes_at_once_the_second_sees_the_first(self, store, beside):
        await store.write(lambda records: records.archive.add(minutes(more="")))

        def press(records) -> None:
            now = records.archive.get(1)
            records.archive.save(later(now, more=now.more + "x"))

        await asyncio.gather(*(one.write(press) for one in (store, beside) for _ in range(8)))
        assert (await store.read(lambda records: records.archive.get(1, 1))).more == "x" * 16

    async def until_none_is_left(self, sweep, *stores):
        async def of_one(one):
            swept = []
            while await one.read(lambda records: records.alarms.next_at()) is not None:
                if due := await one.write(sweep):
                    swept.append(due)
            return swept

        return [due for swept in await asyncio.gather(*map(of_one, stores)) for due in swept]
