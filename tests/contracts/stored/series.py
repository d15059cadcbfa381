"""Recurring meetings: what each session is made of, how far they were made, which days were left out (P2)."""

from datetime import date

import pytest
from msgspec.structs import replace

from bot.domain.meeting import Topic
from bot.store import Conflict
from tests.contracts.stored.making import DAY, NOW, PRODUCT, later, meeting, series


class SeriesContract:
    """bot.store.Meetings: series."""

    async def test_a_series_comes_back_whole_under_its_number(self, store):
        full = series(
            pattern=meeting("例会", room=PRODUCT, topics=(Topic(1, "进度", 2),)), version=3, ended_at=NOW,
            asked=(date(2026, 12, 25),), skipped=(date(2027, 1, 1), date(2027, 2, 15)),
        )  # fmt: skip
        kept = await store.write(lambda records: records.meetings.add_series(full))
        assert await store.read(lambda records: records.meetings.series(1)) == kept == replace(full, number=1)

    @pytest.mark.parametrize("number", [0, 2, -1, 10**30])
    async def test_there_is_no_series_of_another_number(self, store, number):
        await store.write(lambda records: records.meetings.add_series(series()))
        assert await store.read(lambda records: records.meetings.series(number)) is None

    async def test_those_that_go_on_and_all_of_them(self, store):
        await store.write(
            lambda records: [records.meetings.add_series(series(ended_at=ended)) for ended in (None, NOW, None)]
        )
        assert [one.number for one in await store.read(lambda records: records.meetings.all_series())] == [1, 3]
        every = await store.read(lambda records: records.meetings.all_series(running=False))
        assert [one.number for one in every] == [1, 2, 3]

    async def test_a_series_ends(self, store):
        kept = await store.write(lambda records: records.meetings.add_series(series()))
        ended = later(kept, ended_at=NOW, made_until=NOW + DAY)
        await store.write(lambda records: records.meetings.save_series(ended))
        assert await store.write(lambda records: records.meetings.series(1)) == ended
        assert await store.read(lambda records: records.meetings.all_series()) == []
        with pytest.raises(Conflict):
            await store.write(lambda records: records.meetings.save_series(ended))
