"""The clock of a meeting that is held: each call rings once, in its room or to the host, and only while it is true (M1, M4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.alarms import Timetable
from bot.domain.calls import Call, Hours, calls, why
from bot.domain.captured import Vote
from bot.domain.meeting import Invitee, Meeting, MeetingState, Topic
from bot.jobs.ring import ring
from bot.jobs.sessions import RUNG
from bot.people import Room
from bot.store import Dispatched, Fate, Records
from tests.operations.bench import Firm

ROOM = Room("paper", "r1", "产品")


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path)
    yield firm
    firm.closes()


def running(firm: Firm, **fields: Any) -> Meeting:
    """An hour from now, its first topic of twenty minutes on, its calls set."""
    wanted = Meeting(
        "Q3 产品规划会", "regular", firm.assigner.id, firm.now, 60, "Asia/Shanghai", firm.now, state=MeetingState.RUNNING,
        host=firm.tracker.id, room=ROOM, topics=(Topic(1, "客诉", None, 20, started_at=firm.now),), mark=1, on=1,
        invitees=(Invitee(firm.tracker.id), Invitee(firm.owner.id)), started_at=firm.now,
    )  # fmt: skip

    def put(records: Records) -> Meeting:
        meeting = records.meetings.add(replace(wanted, **fields))
        _set(firm, records, meeting)
        return meeting

    return firm.keeps(put)


def _set(firm: Firm, records: Records, subject: Meeting | Vote) -> None:
    table = Timetable(records.people.directory(), firm.workplace.calendar, firm.workplace.rules)
    hours = Hours(table, {one.name: one for one in firm.workplace.kinds})
    records.alarms.replace({subject.label: calls(subject, firm.now, hours)}, firm.now)


def swept(firm: Firm, at: datetime) -> list[Dispatched]:
    """What is new to be delivered after a sweep at that moment."""

    def settled(records: Records) -> list[Dispatched]:
        ring(records, firm.workplace, at)
        rows = records.outbox.claim(at + timedelta(days=7), 100, timedelta(hours=1))
        for row in rows:
            records.outbox.close(row, Fate.MOOT, "", at)
        return rows

    return firm.keeps(settled)


def heard(rows: list[Dispatched]) -> list[tuple[object, str]]:
    return [(row.notice.to, row.notice.moment) for row in rows]


def test_each_call_of_a_held_meeting_does_something():
    assert {Call.TOPIC_END, Call.END, Call.LEFT, Call.DEADLINE} <= set(RUNG)


def test_each_at_its_minute(firm):
    running(firm)
    start = firm.now
    assert heard(swept(firm, start + timedelta(minutes=19))) == []
    assert heard(swept(firm, start + timedelta(minutes=20))) == [(ROOM, "topic_end")]
    assert heard(swept(firm, start + timedelta(minutes=60))) == [(ROOM, "planned_end")]
    assert heard(swept(firm, start + timedelta(minutes=120))) == [(firm.tracker.id, "left_running")]
    assert heard(swept(firm, start + timedelta(days=1))) == []


def test_after_an_outage_each_rings_once_late(firm):
    running(firm)
    late = firm.now + timedelta(hours=5)
    assert sorted(moment for _, moment in heard(swept(firm, late))) == ["left_running", "planned_end", "topic_end"]
    assert swept(firm, late + timedelta(minutes=1)) == []


@pytest.mark.parametrize("state", [MeetingState.ENDED, MeetingState.CANCELLED])
def test_a_meeting_that_is_over_says_nothing(firm, state):
    meeting = running(firm)
    over = replace(meeting, state=state, version=2)
    firm.keeps(lambda records: records.meetings.save(over))
    assert swept(firm, firm.now + timedelta(hours=5)) == []


def test_a_topic_that_was_left_says_nothing(firm):
    meeting = running(firm)
    moved = replace(meeting, on=None, version=2)
    firm.keeps(lambda records: records.meetings.save(moved))
    assert heard(swept(firm, firm.now + timedelta(minutes=25))) == []


def test_without_a_host_the_organizer_is_asked(firm):
    running(firm, host=None)
    rows = swept(firm, firm.now + timedelta(hours=2))
    assert (firm.assigner.id, "left_running") in heard(rows)


def test_without_a_room_its_people_hear(firm):
    running(firm, room=None)
    rows = swept(firm, firm.now + timedelta(minutes=20))
    assert {to for to, _ in heard(rows)} == {firm.assigner.id, firm.tracker.id, firm.owner.id}


class TestDeadline:
    def asked(self, firm: Firm, **fields: Any) -> Vote:
        meeting = running(firm, length=600, topics=(), on=None)
        wanted = Vote(meeting.number, "用哪个？", ("A", "B"), firm.tracker.id, firm.now, counts=(0, 0))

        def put(records: Records) -> Vote:
            vote = records.meetings.open_vote(replace(wanted, deadline=firm.now + timedelta(minutes=30), **fields))
            _set(firm, records, vote)
            return vote

        return firm.keeps(put)

    def now(self, firm: Firm, vote: Vote) -> Vote:
        found = firm.keeps(lambda records: records.meetings.vote(vote.number))
        assert found is not None
        return found

    def test_it_closes_the_vote_and_says_so_once(self, firm):
        vote = self.asked(firm)
        at = firm.now + timedelta(minutes=30)
        assert heard(swept(firm, at)) == [(ROOM, "vote_closed")]
        assert (self.now(firm, vote).closed_at, self.now(firm, vote).version) == (at, 2)
        assert swept(firm, at + timedelta(hours=1)) == []

    def test_closed_by_hand_before_it_says_nothing(self, firm):
        vote = self.asked(firm)
        closed = replace(vote, closed_at=firm.now, version=2)
        firm.keeps(lambda records: records.meetings.save_vote(closed))
        assert swept(firm, firm.now + timedelta(minutes=31)) == []
        assert self.now(firm, vote).version == 2

    def test_of_a_cancelled_meeting_it_closes_silently(self, firm):
        vote = self.asked(firm)

        def cancel(records: Records) -> None:
            one = records.meetings.get(vote.meeting)
            assert one is not None
            records.meetings.save(replace(one, state=MeetingState.CANCELLED, version=2))

        firm.keeps(cancel)
        assert swept(firm, firm.now + timedelta(minutes=31)) == []
        assert self.now(firm, vote).closed_at is not None


def test_every_call_names_its_kind(firm):
    meeting = running(firm)
    table = Timetable(
        firm.keeps(lambda records: records.people.directory()), firm.workplace.calendar, firm.workplace.rules
    )
    ahead = calls(meeting, firm.now, Hours(table, {}))
    assert {why(one) for one in ahead} == {Call.TOPIC_END, Call.END, Call.LEFT}
