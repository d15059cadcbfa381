"""Meetings: numbers for ever, versions checked, found by whoever may see them and by nobody else (P1–P9, N8)."""

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.meeting import Invitee, Material, Meeting, MeetingState, Outcome, Reply, Topic
from bot.people import Room
from bot.store import Conflict, Records, Sessions
from tests.contracts.stored.making import DAY, HOUR, NOW, PRODUCT, later, meeting


class MeetingsContract:
    """bot.store.Meetings: the meetings themselves."""

    async def test_meetings_are_numbered_from_one(self, store):
        kept = [await store.write(lambda records: records.meetings.add(meeting())) for _ in range(3)]
        assert [one.number for one in kept] == [1, 2, 3]

    async def test_a_meeting_comes_back_whole(self, store):
        kept = await store.write(lambda records: records.meetings.add(FULL))
        found = await store.read(lambda records: records.meetings.get(kept.number))
        assert found == kept
        assert (found.number, found.room.name, found.start.utcoffset()) == (1, "Product", timedelta())

    @pytest.mark.parametrize("number", [0, -1, 2, 2**63, 10**30])
    async def test_there_is_no_meeting_of_another_number(self, store, number):
        await store.write(lambda records: records.meetings.add(meeting()))
        assert await store.read(lambda records: records.meetings.get(number)) is None
        assert await store.read(lambda records: records.meetings.several([number])) == {}

    async def test_several_meetings_at_once(self, store):
        kept = [await store.write(lambda records: records.meetings.add(meeting())) for _ in range(4)]
        found = await store.read(lambda records: records.meetings.several([4, 1, 99, 1]))
        assert found == {1: kept[0], 4: kept[3]}
        assert await store.read(lambda records: records.meetings.several([])) == {}

    async def test_a_start_without_a_zone_is_refused(self, store):
        with pytest.raises(ValueError, match="naive"):
            await store.write(lambda records: records.meetings.add(meeting(start=NOW.replace(tzinfo=None))))

    async def test_a_changed_meeting_is_kept(self, store):
        kept = await store.write(lambda records: records.meetings.add(meeting()))
        after = later(kept, title="Monthly", state=MeetingState.ANNOUNCED, start=NOW + 2 * DAY, room=PRODUCT)
        await store.write(lambda records: records.meetings.save(after))
        assert await store.read(lambda records: records.meetings.get(1)) == after
        assert await _found(store, Sessions(room=PRODUCT, since=NOW + 2 * DAY)) == [1]

    @pytest.mark.parametrize("version", [1, 3])
    async def test_a_meeting_that_was_changed_meanwhile_is_a_conflict(self, store, version):
        kept = await store.write(lambda records: records.meetings.add(meeting()))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.meetings.save(meeting(number=1, version=version, invitees=())))
        assert await store.read(lambda records: records.meetings.get(1)) == kept
        assert await _found(store, Sessions(person=2)) == [1]

    async def test_meetings_are_narrowed_field_by_field(self, store):
        await store.write(lambda records: [records.meetings.add(one) for one in VARIED])
        for sessions, matching in NARROWED:
            assert await _found(store, sessions) == matching, sessions

    async def test_a_confidential_meeting_is_there_for_its_readers_alone(self, store):
        secret = meeting(
            "Salaries", confidential=True, host=5, leaders=(4,), copies=(7,), start=NOW + 2 * DAY,
            invitees=(Invitee(2, Reply.PROXY, proxy=6),),
        )  # fmt: skip
        await store.write(lambda records: [records.meetings.add(one) for one in (meeting(), secret)])
        for reader in (1, 2, 4, 5, 6, 7, 0):
            matching = [1] if reader in (7, 0) else [1, 2]
            assert await _found(store, Sessions(reader=reader)) == matching, reader
            both = Sessions(reader=reader, person=1, limit=5, newest=True)
            assert await _found(store, both) == matching[::-1], reader

    async def test_who_is_no_longer_invited_no_longer_reads(self, store):
        kept = await store.write(lambda records: records.meetings.add(meeting(confidential=True)))
        assert await _found(store, Sessions(reader=3)) == [1]
        shrunk = later(kept, invitees=(Invitee(2), Invitee(4)))
        await store.write(lambda records: records.meetings.save(shrunk))
        assert [await _found(store, Sessions(reader=who)) for who in (3, 4, 2)] == [[], [1], [1]]
        opened = later(shrunk, confidential=False)
        await store.write(lambda records: records.meetings.save(opened))
        assert await _found(store, Sessions(reader=3)) == [1]

    async def test_the_meeting_that_runs_in_a_room(self, store):
        running = meeting(room=PRODUCT, state=MeetingState.RUNNING)
        others = (meeting(room=PRODUCT), meeting(state=MeetingState.RUNNING), running)
        await store.write(lambda records: [records.meetings.add(one) for one in others])
        for asking in (store.read, store.write):
            assert (await asking(lambda records: records.meetings.running(PRODUCT))).number == 3
            assert await asking(lambda records: records.meetings.running(Room("shell", "product"))) is None

    async def test_two_never_run_in_one_room_whoever_forgets_to_ask(self, store):
        kept = [await store.write(partial(_add, meeting(room=PRODUCT))) for _ in range(2)]
        await store.write(lambda records: records.meetings.save(later(kept[0], state=MeetingState.RUNNING)))
        with pytest.raises(Conflict):
            await store.write(lambda records: records.meetings.save(later(kept[1], state=MeetingState.RUNNING)))
        assert await store.read(lambda records: records.meetings.get(2)) == kept[1]


FULL = meeting(
    "预算会", kind="decision", state=MeetingState.RUNNING, version=4, host=2, recorder=3, objective="定预算",
    expected="一个数", place="B2", link="https://x.cn/1", room=PRODUCT, series=5, why="urgent", confidential=True,
    leaders=(8, 9), copies=(10,), mark=7, on=2, short=True, announced_at=NOW, started_at=NOW, ended_at=NOW,
    changed_at=NOW,
    invitees=(Invitee(2, Reply.ACCEPTED, here_at=NOW), Invitee(3, Reply.DECLINED, "ill"), Invitee(4, Reply.PROXY, "", 5)),
    topics=(
        Topic(1, "Costs", 2, 20, Outcome.ALIGN, 3, materials=(Material("Costs-20261122", 2, "https://x.cn"),)),
        Topic(2, "Rest", taken=False, proposed_by=3, carried="A-12", started_at=NOW, ended_at=NOW + HOUR),
    ),
)  # fmt: skip
VARIED = (
    meeting(room=PRODUCT, state=MeetingState.RUNNING),
    meeting(start=NOW, kind="decision", host=7),
    meeting(start=NOW + 2 * DAY, kind="decision", series=5, room=PRODUCT, state=MeetingState.ENDED),
    meeting(start=NOW + 2 * DAY, invitees=(Invitee(8, Reply.PROXY, proxy=9),), leaders=(10,)),
)
NARROWED: tuple[tuple[Sessions, list[int]], ...] = (
    (Sessions(), [2, 1, 3, 4]),
    (Sessions(newest=True), [4, 3, 1, 2]),
    (Sessions(person=1), [2, 1, 3, 4]),
    (Sessions(person=7), [2]),
    (Sessions(person=8), [4]),
    (Sessions(person=9), [4]),
    (Sessions(person=10), []),
    (Sessions(room=Room("web", "product")), [1, 3]),
    (Sessions(room=Room("shell", "product")), []),
    (Sessions(series=5), [3]),
    (Sessions(kind="decision"), [2, 3]),
    (Sessions(states=frozenset({MeetingState.ENDED, MeetingState.RUNNING})), [1, 3]),
    (Sessions(since=NOW + DAY), [1, 3, 4]),
    (Sessions(before=NOW + DAY), [2]),
    (Sessions(since=NOW, before=NOW + DAY + HOUR), [2, 1]),
    (Sessions(limit=2), [2, 1]),
    (Sessions(limit=2, offset=1, newest=True), [3, 1]),
    (Sessions(offset=3), [4]),
    (Sessions(limit=0), []),
    (Sessions(kind="decision", series=5, room=PRODUCT, person=1, newest=True), [3]),
)


def _add(one: Meeting, records: Records) -> Meeting:
    return records.meetings.add(one)


async def _found(store, sessions: Sessions) -> list[int]:
    return [one.number for one in await store.read(lambda records: records.meetings.find(sessions))]
