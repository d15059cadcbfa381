"""Captured lines: the numbers the meeting gave them, corrections as versions, nothing lost (M2)."""

import pytest

from bot.domain.captured import Sort, Verdict
from bot.store import Conflict
from tests.contracts.stored.making import HOUR, NOW, capture, later


class CapturesContract:
    """bot.store.Meetings: what is taken down."""

    async def test_captures_come_back_whole_in_the_order_of_their_numbers(self, store):
        lines = (
            capture(3, "加人", sort=Sort.DECISION, verdict=Verdict.MORE_MATERIAL, why="不够", topic=1, at=NOW - HOUR),
            capture(1), capture(2, sort=Sort.PARKED, follower=4), capture(4, sort=Sort.ACTION, label="A-42", withdrawn=True),
        )  # fmt: skip
        await store.write(lambda records: [records.meetings.capture(one) for one in (*lines, capture(1, meeting=2))])
        found = await store.read(lambda records: records.meetings.captured(1))
        assert found == sorted(lines, key=lambda one: one.number)

    @pytest.mark.parametrize("number", [0, 3, -1, 10**30])
    async def test_nothing_is_captured_in_another_meeting(self, store, number):
        await store.write(lambda records: records.meetings.capture(capture()))
        assert await store.read(lambda records: records.meetings.captured(number)) == []

    async def test_a_number_is_given_once(self, store):
        await store.write(lambda records: records.meetings.capture(capture()))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.meetings.capture(capture(text="Another")))
        assert await store.read(lambda records: records.meetings.captured(1)) == [capture()]

    async def test_a_correction_takes_the_place(self, store):
        first = capture()
        await store.write(lambda records: records.meetings.capture(first))
        second = later(first, text="Too cheap")
        third = later(second, withdrawn=True)
        for one in (second, third):
            await store.write(lambda records, one=one: records.meetings.correct(one))
            assert await store.read(lambda records: records.meetings.captured(1)) == [one]

    @pytest.mark.parametrize(
        "wrong", [capture(version=1), capture(version=3), capture(2, version=2), capture(version=2, meeting=2)]
    )
    async def test_a_correction_of_something_else_is_a_conflict(self, store, wrong):
        await store.write(lambda records: records.meetings.capture(capture()))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.meetings.correct(wrong))
        assert await store.read(lambda records: records.meetings.captured(1)) == [capture()]
