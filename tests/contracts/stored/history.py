"""A2: who, when, from, to and why, in the order it was written; refusals are kept and passed over."""

import pytest

from bot.domain.action import State
from tests.contracts.stored.making import HOUR, NOW, PRODUCT, changed, entry, item


class HistoryContract:
    """bot.store.History."""

    async def test_a_line_comes_back_whole(self, store):
        before = item(number=1, room=PRODUCT)
        after = changed(before, state=State.DECLINED)
        line = entry(verb="decline", why="no\ntime", before=before, after=after)
        await store.write(lambda records: records.history.add(line))
        (found,) = await store.read(lambda records: records.history.of("A-1"))
        assert found == entry(verb="decline", why="no\ntime", before=before, after=after, id=found.id)
        assert found.before.room.name == "Product"

    async def test_a_meetings_line_says_what_changed_in_plain_values(self, store):
        details: dict[str, object] = {"start": ["09:00", "10:00"], "提醒": None, "late": True, "minutes": {"of": 15.5}}
        await store.write(lambda records: records.history.add(entry("M-7", verb="reschedule", details=details)))
        found = await store.read(lambda records: records.history.last("M-7"))
        assert (found.details, found.before, found.after) == (details, None, None)

    async def test_a_new_thing_has_no_before(self, store):
        await store.write(lambda records: records.history.add(entry(verb="add", after=item(number=1))))
        found = await store.read(lambda records: records.history.last("A-1"))
        assert (found.before, found.after) == (None, item(number=1))

    async def test_the_newest_lines_come_oldest_first(self, store):
        # Clocks differ between machines: the order is that of writing.
        lines = [entry(why=str(number), at=NOW - number * HOUR) for number in range(5)]
        await store.write(lambda records: [records.history.add(line) for line in lines])
        found = await store.read(lambda records: records.history.of("A-1", limit=3))
        assert [line.why for line in found] == ["2", "3", "4"]

    async def test_each_thing_has_its_own(self, store):
        await store.write(lambda records: [records.history.add(entry(subject)) for subject in ("A-1", "A-11")])
        assert [line.subject for line in await store.read(lambda records: records.history.of("A-1"))] == ["A-1"]
        assert await store.read(lambda records: records.history.of("A-2")) == []

    async def test_the_last_change_passes_over_refusals(self, store):
        lines = [entry(why="changed"), entry(why="refused", refused=True)]
        await store.write(lambda records: [records.history.add(line) for line in lines])
        assert (await store.read(lambda records: records.history.last("A-1"))).why == "changed"
        assert (await store.read(lambda records: records.history.last_by(1))).why == "changed"
        assert [line.refused for line in await store.read(lambda records: records.history.of("A-1"))] == [False, True]

    @pytest.mark.parametrize("nobody", [2, 0, -1])
    async def test_who_changed_nothing_has_no_last_change(self, store, nobody):
        await store.write(lambda records: records.history.add(entry(by=2, refused=True)))
        assert await store.read(lambda records: records.history.last_by(nobody)) is None
        assert await store.read(lambda records: records.history.last("A-1")) is None

    async def test_the_last_change_of_somebody_is_to_anything(self, store):
        lines = [entry("A-1", by=1), entry("A-2", by=1), entry("A-1", by=2)]
        await store.write(lambda records: [records.history.add(line) for line in lines])
        assert (await store.read(lambda records: records.history.last_by(1))).subject == "A-2"
