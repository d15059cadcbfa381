"""Votes: numbered over all meetings; of a secret one nobody's choice is kept (M4)."""

import pytest
from msgspec.structs import replace

from bot.domain.captured import Ballot
from bot.store import Conflict
from tests.contracts.stored.making import DAY, HOUR, NOW, later, vote


class VotesContract:
    """bot.store.Meetings: votes."""

    async def test_a_vote_comes_back_whole_under_its_number(self, store):
        full = vote(
            "哪一天？", topic=3, many=True, deadline=NOW + HOUR, closed_at=NOW + DAY, version=5,
            ballots=(Ballot(3, (0, 1)), Ballot(2, ())), counts=(1, 1), voted=(3, 2),
        )  # fmt: skip
        kept = await store.write(lambda records: records.meetings.open_vote(full))
        found = await store.read(lambda records: records.meetings.vote(1))
        assert found == kept == replace(full, number=1)

    async def test_votes_are_a_meetings_own_oldest_first(self, store):
        asked = [vote("a"), vote("b", meeting=2), vote("c")]
        kept = [await store.write(lambda records, one=one: records.meetings.open_vote(one)) for one in asked]
        assert [one.number for one in kept] == [1, 2, 3]
        found = await store.read(lambda records: records.meetings.votes(1))
        assert [one.question for one in found] == ["a", "c"]
        assert await store.read(lambda records: records.meetings.votes(9)) == []

    @pytest.mark.parametrize("number", [0, 2, -1, 10**30])
    async def test_there_is_no_vote_of_another_number(self, store, number):
        await store.write(lambda records: records.meetings.open_vote(vote()))
        assert await store.read(lambda records: records.meetings.vote(number)) is None

    async def test_a_ballot_changes_the_vote(self, store):
        kept = await store.write(lambda records: records.meetings.open_vote(vote()))
        cast = later(kept, ballots=(Ballot(2, (1,)),), counts=(0, 1), voted=(2,))
        await store.write(lambda records: records.meetings.save_vote(cast))
        assert await store.read(lambda records: records.meetings.vote(1)) == cast
        assert await store.write(lambda records: records.meetings.vote(1)) == cast

    @pytest.mark.parametrize("version", [1, 3])
    async def test_of_two_ballots_at_once_one_is_a_conflict(self, store, version):
        kept = await store.write(lambda records: records.meetings.open_vote(vote()))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.meetings.save_vote(vote(number=1, version=version)))
        assert await store.read(lambda records: records.meetings.vote(1)) == kept

    @pytest.mark.parametrize("telling", [{"ballots": (Ballot(2, (0,)),)}, {"voted": (3, 2)}])
    async def test_a_secret_vote_that_tells_is_refused(self, store, telling):
        with pytest.raises(ValueError, match="secret"):
            await store.write(lambda records: records.meetings.open_vote(vote(secret=True, **telling)))
        kept = await store.write(lambda records: records.meetings.open_vote(vote(secret=True)))
        with pytest.raises(ValueError, match="secret"):
            await store.write(lambda records: records.meetings.save_vote(later(kept, **telling)))
        counted = later(kept, counts=(1, 1), voted=(2, 3))
        await store.write(lambda records: records.meetings.save_vote(counted))
        assert await store.read(lambda records: records.meetings.vote(1)) == counted
