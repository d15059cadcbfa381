"""Minutes: edition by edition, versions checked, owed by those who have yet to acknowledge (N1–N5)."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from bot.domain.captured import Verdict
from bot.domain.minutes import (
    Absent,
    Acknowledged,
    Agreed,
    Correction,
    Decided,
    Discussed,
    Left,
    MinutesState,
)
from bot.store import Conflict, Search
from tests.contracts.stored.making import DAY, HOUR, NOW, later, minutes


class MinutesContract:
    """bot.store.Archive: the editions."""

    async def test_minutes_come_back_whole(self, store):
        await store.write(lambda records: records.archive.add(FULL))
        assert await store.read(lambda records: records.archive.get(1, 2)) == FULL
        assert await store.write(lambda records: records.archive.get(1, 2)) == FULL
        assert await store.write(lambda records: records.archive.get(1)) == FULL

    async def test_the_newest_edition_and_all_of_them(self, store):
        editions = [minutes(edition=number) for number in (2, 1, 3)]
        await store.write(lambda records: [records.archive.add(one) for one in (*editions, minutes(2))])
        assert (await store.read(lambda records: records.archive.get(1))).edition == 3
        assert [one.edition for one in await store.read(lambda records: records.archive.editions(1))] == [1, 2, 3]

    @pytest.mark.parametrize(
        ("meeting", "edition"), [(2, None), (1, 2), (0, None), (-1, 1), (1, 0), (10**30, None), (1, 10**30)]
    )
    async def test_there_is_no_other_edition(self, store, meeting, edition):
        await store.write(lambda records: records.archive.add(minutes()))
        assert await store.read(lambda records: records.archive.get(meeting, edition)) is None
        if edition is None:
            assert await store.read(lambda records: records.archive.editions(meeting)) == []

    async def test_an_edition_is_written_once(self, store):
        await store.write(lambda records: records.archive.add(minutes()))
        for held in (NOW, NOW + HOUR):
            with pytest.raises(Conflict):
                await store.write(lambda records, held=held: records.archive.add(minutes(title="Other", held_at=held)))
        assert await store.read(lambda records: records.archive.editions(1)) == [minutes()]
        assert await _found(store, "other") == []

    async def test_after_a_conflict_the_work_may_go_on(self, store):
        def twice(records) -> None:
            records.archive.add(minutes())
            with pytest.raises(Conflict):
                records.archive.add(minutes())
            with pytest.raises(Conflict):
                records.archive.save(minutes(version=5))
            records.archive.add(minutes(2))

        await store.write(twice)
        assert await _found(store, "weekly") == [2, 1]

    async def test_a_changed_edition_is_kept_and_found_by_what_it_says_now(self, store):
        await store.write(lambda records: records.archive.add(minutes()))
        after = later(minutes(), title="预算评审", state=MinutesState.ARCHIVED)
        await store.write(lambda records: records.archive.save(after))
        assert await store.read(lambda records: records.archive.get(1)) == after
        assert (await _found(store, "weekly"), await _found(store, "评审")) == ([], [1])

    @pytest.mark.parametrize("wrong", [minutes(version=1), minutes(version=3), minutes(edition=2, version=2)])
    async def test_an_edition_that_was_changed_meanwhile_is_a_conflict(self, store, wrong):
        await store.write(lambda records: records.archive.add(minutes()))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.archive.save(replace(wrong, title="Lost")))
        assert await store.read(lambda records: records.archive.get(1)) == minutes()
        assert await _found(store, "lost") == []

    async def test_minutes_whose_meeting_began_at_another_time_are_filed_anew(self, store):
        await store.write(lambda records: [records.archive.add(minutes(number)) for number in (1, 2)])
        moved = later(minutes(2), held_at=NOW - 400 * DAY)
        await store.write(lambda records: records.archive.save(moved))
        assert await _found(store, "") == [1, 2]
        assert await _found(store, "", year=2025) == [2]
        assert await store.read(lambda records: records.archive.shelves(9)) == {
            (2025, "regular"): 1,
            (2026, "regular"): 1,
        }

    async def test_meetings_that_began_at_once_are_all_filed(self, store):
        await store.write(lambda records: [records.archive.add(minutes(number)) for number in range(1, 30)])
        assert await _found(store, "", limit=50) == [*range(29, 0, -1)]

    async def test_who_has_yet_to_acknowledge(self, store):
        sent = minutes(state=MinutesState.DISTRIBUTED, must=(4, 5), held_at=NOW)
        earlier = minutes(2, state=MinutesState.DISTRIBUTED, must=(4,), held_at=NOW - DAY)
        await store.write(lambda records: [records.archive.add(one) for one in (sent, earlier)])
        assert [await _owed(store, who) for who in (4, 5, 6)] == [[2, 1], [1], []]
        signed = later(sent, acknowledged=(Acknowledged(4, NOW),))
        await store.write(lambda records: records.archive.save(signed))
        assert [await _owed(store, who) for who in (4, 5)] == [[2], [1]]

    @pytest.mark.parametrize(
        "state", [MinutesState.DRAFT, MinutesState.SUBMITTED, MinutesState.ARCHIVED, MinutesState.SUPERSEDED]
    )
    async def test_only_what_was_distributed_is_owed(self, store, state):
        sent = minutes(state=MinutesState.DISTRIBUTED, must=(4,))
        await store.write(lambda records: records.archive.add(sent))
        await store.write(lambda records: records.archive.save(later(sent, state=state)))
        assert await _owed(store, 4) == []

    async def test_shelves_are_years_and_kinds_by_the_meetings_own_calendar(self, store):
        midnight = datetime(2026, 12, 31, 17, tzinfo=UTC)  # in Shanghai it is the new year
        filed = (
            minutes(1, held_at=midnight), minutes(2, held_at=midnight, zone="Europe/Berlin"), minutes(3, kind="decision"),
            minutes(4), minutes(5, state=MinutesState.DISTRIBUTED), minutes(6, state=MinutesState.DRAFT),
            minutes(7, state=MinutesState.SUBMITTED), minutes(8, state=MinutesState.SUPERSEDED),
            minutes(9, confidential=True, readers=(4,)), minutes(10, kind="decision", confidential=True, readers=(4, 5)),
        )  # fmt: skip
        await store.write(lambda records: [records.archive.add(one) for one in filed])
        everybody = {(2027, "regular"): 1, (2026, "regular"): 3, (2026, "decision"): 1}
        assert await store.read(lambda records: records.archive.shelves(3)) == everybody
        of_five = everybody | {(2026, "decision"): 2}
        assert await store.read(lambda records: records.archive.shelves(5)) == of_five
        assert await store.read(lambda records: records.archive.shelves(4)) == of_five | {(2026, "regular"): 4}


FULL = minutes(
    edition=2, version=6, state=MinutesState.SUBMITTED, place="B2", objective="定预算", expected="一个数", present=(2, 3),
    absent=(Absent(4, "ill", 5), Absent(6)), copies=(7,), topics=(Discussed("Costs", 2, "a\nb", "c"), Discussed("Rest")),
    decisions=(Decided("买", Verdict.AGREED, "便宜"), Decided("等", Verdict.DEFERRED)),
    actions=(Agreed("A-1", "写", 3, date(2026, 12, 1), 4, "签字"),), parked=(Left("颜色", 2), Left("名字")),
    following="next week", more="-", confidential=True, readers=(2, 3), must=(2,),
    acknowledged=(Acknowledged(2, NOW),), corrections=(Correction(3, NOW, "错字"),), remarks="short", submitted_at=NOW,
    approved_at=NOW, archived_at=NOW, changed_at=NOW,
)  # fmt: skip


async def _found(store, words: str, **fields) -> list[int]:
    search = Search(reader=9, words=words, **fields)
    return [one.meeting for one in await store.read(lambda records: records.archive.search(search))]


async def _owed(store, person: int) -> list[int]:
    return [one.meeting for one in await store.read(lambda records: records.archive.unacknowledged(person))]
