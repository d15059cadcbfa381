"""Items: numbers for ever, versions checked, queries narrowed field by field and in order."""

from datetime import date
from functools import partial
from itertools import pairwise

import pytest
from msgspec.structs import replace

from bot.domain.action import (
    OPEN,
    Action,
    Block,
    Cadence,
    Deliverable,
    Priority,
    Reckoned,
    Source,
    State,
    Supporter,
)
from bot.people import Room
from bot.store import Conflict, Query, Records
from tests.contracts.stored.making import DAY, NOW, PRODUCT, changed, due, item

FULL = item(
    state=State.BLOCKED, version=7, department=4, supporters=(Supporter(person=5), Supporter(department=6)),
    criterion="It is signed.", place="B2", source=Source("Weekly", "Budget", "quoted", "Li", "https://x.cn/1"),
    room=PRODUCT, priority=Priority.HIGH, cadence=Cadence.DAILY, postponements=2,
    block=Block("no budget", 9, date(2026, 12, 1)), deliverables=(Deliverable("draft", "https://x.cn/2"),),
    note="soon", note_at=NOW, submitted_at=NOW, finished_at=NOW, snoozed_until=NOW, nudged_at=NOW,
    changed_at=NOW,
    readers=(12, 3),
)  # fmt: skip
"""An item with something in every field."""
ANOTHER = replace(
    FULL,
    text="Another",
    owner=8,
    assigner=10,
    tracker=9,
    due=due(date(2026, 12, 2)),
    first_due=date(2026, 12, 2),
    asked_at=NOW + DAY,
    readers=(1, 8),
)
FOR_EVER = {"number", "version", "created_at"}


class ActionsContract:
    """bot.store.Actions."""

    async def test_numbers_rise_from_one(self, store):
        kept = [await store.write(lambda records: records.actions.add(item())) for _ in range(3)]
        assert [action.number for action in kept] == [1, 2, 3]

    async def test_a_number_that_was_told_is_never_given_again(self, store):
        first = await store.write(lambda records: records.actions.add(item()))
        with pytest.raises(ZeroDivisionError):
            await store.write(lambda records: (records.actions.add(item()), 1 // 0))
        numbers = [(await store.write(lambda records: records.actions.add(item()))).number for _ in range(3)]
        assert all(earlier < later for earlier, later in pairwise([first.number, *numbers]))

    async def test_an_item_comes_back_whole(self, store):
        kept = await store.write(lambda records: records.actions.add(FULL))
        found = await store.read(lambda records: records.actions.get(kept.number))
        assert found == kept
        assert (found.room.name, found.due.time) == ("Product", None)

    async def test_there_is_no_item_of_another_number(self, store):
        await store.write(lambda records: records.actions.add(item()))
        for number in (0, -1, 2, 2**31, 2**63, 10**30):
            assert await store.read(lambda records, number=number: records.actions.get(number)) is None, number
            assert await store.read(lambda records, number=number: records.actions.several([number])) == {}, number

    async def test_several_gives_those_that_exist(self, store):
        kept = [await store.write(lambda records: records.actions.add(item())) for _ in range(5)]
        found = await store.read(lambda records: records.actions.several([5, 1, 3, 99, 3]))
        assert found == {action.number: action for action in kept if action.number in (1, 3, 5)}
        assert await store.read(lambda records: records.actions.several([])) == {}

    async def test_a_naive_instant_is_refused(self, store):
        with pytest.raises(ValueError, match="naive"):
            await store.write(lambda records: records.actions.add(item(created_at=NOW.replace(tzinfo=None))))

    async def test_saving_keeps_the_change(self, store):
        kept = await store.write(lambda records: records.actions.add(item()))
        after = changed(kept, text="Shorter", state=State.IN_PROGRESS, owner=8, room=PRODUCT)
        await store.write(lambda records: records.actions.save(after))
        assert await store.read(lambda records: records.actions.get(kept.number)) == after

    async def test_whichever_field_changed_is_kept_when_the_item_before_is_said_too(self, store):
        kept = await store.write(lambda records: records.actions.add(item()))
        for name in set(Action.__struct_fields__) - FOR_EVER:
            after = changed(kept, **{name: getattr(ANOTHER, name)})
            await store.write(lambda records, after=after, kept=kept: records.actions.save(after, kept))
            assert after != replace(kept, version=after.version), name
            kept = await store.read(lambda records, number=kept.number: records.actions.get(number))
            assert kept == after

    async def test_days_that_wait_for_a_calendar_are_found_until_they_do_not(self, store):
        waits = item(due=replace(item().due, reckoned=Reckoned("5个工作日", NOW, "Asia/Shanghai")))
        keep = [waits, item(), replace(waits, state=State.DONE)]
        kept = [await store.write(partial(_add, action)) for action in keep]
        asked, opened = Query(reckoned=True), Query(reckoned=True, states=OPEN)
        assert await store.read(lambda records: records.actions.find(opened)) == [kept[0]]
        assert await store.read(lambda records: records.actions.count(asked)) == 2
        clear = changed(kept[0], due=item().due)
        await store.write(lambda records: records.actions.save(clear))
        assert await store.read(lambda records: records.actions.find(opened)) == []

    @pytest.mark.parametrize("version", [1, 3, 4])
    async def test_a_version_that_is_not_the_next_is_a_conflict(self, store, version):
        kept = await store.write(lambda records: records.actions.add(item()))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.actions.save(item(number=kept.number, version=version)))
        assert await store.read(lambda records: records.actions.get(kept.number)) == kept

    async def test_an_item_that_is_not_there_is_a_conflict(self, store):
        with pytest.raises(Conflict):
            await store.write(lambda records: records.actions.save(item(number=5, version=2)))

    async def test_of_two_changes_from_one_version_the_second_is_a_conflict(self, store):
        kept = await store.write(lambda records: records.actions.add(item()))
        await store.write(lambda records: records.actions.save(changed(kept, note="first")))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.actions.save(changed(kept, note="second")))
        assert (await store.read(lambda records: records.actions.get(kept.number))).note == "first"

    async def test_every_field_narrows(self, store):
        await store.write(lambda records: [records.actions.add(one) for one in VARIED])
        for query, matching in NARROWED:
            assert {one.number for one in await store.read(partial(_found, query))} == matching, query
            assert await store.read(partial(_counted, query)) == len(matching), query

    async def test_who_may_see_an_item_follows_its_change(self, store):
        kept = await store.write(lambda records: records.actions.add(item(readers=(7, 8))))
        await store.write(lambda records: records.actions.save(changed(kept, readers=(8,), owner=9)))
        seen = [await store.read(partial(_seen, Query(reader=who))) for who in (7, 8, 9, 1, 2, 3)]
        assert seen == [0, 1, 1, 0, 1, 1]

    async def test_items_come_by_due_instant_then_number(self, store):
        days = (27, 25, 26, 25)
        await store.write(lambda records: [records.actions.add(item(due=due(date(2026, 11, day)))) for day in days])
        assert [one.number for one in await store.read(lambda records: records.actions.find(Query()))] == [2, 4, 3, 1]

    async def test_pages(self, store):
        await store.write(lambda records: [records.actions.add(item()) for _ in range(3)])
        for limit, offset, numbers in PAGES:
            query = Query(limit=limit, offset=offset)
            assert [one.number for one in await store.read(partial(_found, query))] == numbers, query
            assert await store.read(partial(_counted, query)) == 3, query


VARIED = (
    item(room=PRODUCT),
    item(tracker=30, source=Source("Weekly", number=8), readers=(5, 15, 4), due=due(date(2026, 11, 24))),
    item(owner=9, assigner=20, department=7, state=State.BLOCKED),
    item(owner=9, department=7, state=State.DONE, finished_at=NOW, room=Room("shell", "product")),
)
NARROWED: tuple[tuple[Query, set[int]], ...] = (
    (Query(), {1, 2, 3, 4}),
    (Query(owner=1), {1, 2}),
    (Query(tracker=30), {2}),
    (Query(assigner=20), {3}),
    (Query(department=7), {3, 4}),
    (Query(room=Room("web", "product")), {1}),
    (Query(room=Room("shell", "product")), {4}),
    (Query(meeting="Weekly"), {2}),
    (Query(session=8), {2}),
    (Query(session=9), set()),
    (Query(reader=41), {1, 3, 4}),
    (Query(reader=5), {1, 2, 3, 4}),
    (Query(reader=15), {1, 2, 3, 4}),
    (Query(reader=1), {1, 2, 3, 4}),
    (Query(reader=2), {1, 2, 3, 4}),
    (Query(reader=30), {1, 2, 3, 4}),
    (Query(reader=3), {1, 3, 4}),
    (Query(reader=0), {1, 3, 4}),
    (Query(reader=3, owner=1, meeting="Weekly"), set()),
    (Query(states=OPEN), {1, 2, 3}),
    (Query(states=frozenset({State.DONE, State.BLOCKED})), {3, 4}),
    (Query(reckoned=True), set()),
    (Query(closed_since=NOW), {1, 2, 3, 4}),
    (Query(closed_since=NOW + DAY), {1, 2, 3}),
    (Query(owner=1, states=OPEN, meeting="Weekly"), {2}),
    (Query(owner=1, department=7), set()),
)
PAGES: tuple[tuple[int | None, int, list[int]], ...] = (
    (2, 0, [1, 2]),
    (2, 2, [3]),
    (None, 1, [2, 3]),
    (5, 9, []),
    (0, 0, []),
)


def _add(action: Action, records: Records) -> Action:
    return records.actions.add(action)


def _found(query: Query, records: Records) -> list[Action]:
    return records.actions.find(query)


def _counted(query: Query, records: Records) -> int:
    return records.actions.count(query)


def _seen(query: Query, records: Records) -> int:
    assert len(records.actions.find(query)) == records.actions.count(query)
    return records.actions.count(query)
