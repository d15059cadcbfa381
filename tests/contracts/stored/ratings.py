"""Satisfaction: one answer a person, and no way from one to the other (R3)."""

from itertools import permutations

import pytest


class RatingsContract:
    """bot.store.Meetings: ratings."""

    async def test_an_answer_counts_once(self, store):
        assert not await _answered(store, 2)
        assert await _rate(store, 2, 4, "短一点")
        assert await _answered(store, 2)
        assert not await _rate(store, 2, 1, "again")
        assert await store.read(lambda records: records.meetings.ratings(1)) == [(4, "短一点")]

    async def test_each_meeting_has_its_own(self, store):
        await _rate(store, 2, 4, "")
        assert not await _answered(store, 2, of=2)
        assert await store.read(lambda records: records.meetings.ratings(2)) == []

    async def test_the_same_answer_of_two_counts_twice(self, store):
        for person in (2, 3):
            await _rate(store, person, 5, "good")
        assert await store.read(lambda records: records.meetings.ratings(1)) == [(5, "good"), (5, "good")]

    async def test_the_order_says_nothing_of_who_came_first(self, store):
        answers = [(5, "b"), (1, ""), (5, "a")]
        for meeting, order in enumerate(permutations(answers), start=1):
            for person, (score, comment) in enumerate(order, start=2):
                await _rate(store, person, score, comment, of=meeting)
            found = await store.read(lambda records, of=meeting: records.meetings.ratings(of))
            assert found == [(1, ""), (5, "a"), (5, "b")]

    @pytest.mark.parametrize("number", [0, -1, 10**30])
    async def test_nobody_rated_a_meeting_that_cannot_be(self, store, number):
        assert not await _answered(store, 2, of=number)
        assert await store.read(lambda records: records.meetings.ratings(number)) == []


async def _rate(store, person: int, score: int, comment: str, of: int = 1) -> bool:
    return await store.write(lambda records: records.meetings.rate(of, person, score, comment))


async def _answered(store, person: int, of: int = 1) -> bool:
    return await store.read(lambda records: records.meetings.answered(of, person))
