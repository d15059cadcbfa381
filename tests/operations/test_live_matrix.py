"""Who may hold a meeting: actor × verb × state from the written table; what is refused changes nothing and stands in the
history (M1–M5, N8)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain import holding as rules
from bot.domain.captured import Sort, Verdict
from bot.domain.meeting import MEETING_MOVES, Invitee, Meeting, MeetingState, MeetingVerb, Reply, Topic
from bot.errors import Refusal
from bot.operations import capturing, holding, voting
from bot.operations.sessions import keep
from bot.people import Person, Room
from bot.policy.meetings import MEETING_MAY, Part
from tests.operations.bench import AtDesk, Firm

Act = Callable[[AtDesk, int], Any]

ACTS: dict[MeetingVerb, Act] = {
    MeetingVerb.START: lambda desk, n: holding.start(desk, n, None),
    MeetingVerb.NEXT: lambda desk, n: holding.next_(desk, n),
    MeetingVerb.HERE: lambda desk, n: holding.here(desk, n, (desk.by.id,)),
    MeetingVerb.END: lambda desk, n: holding.end(desk, n),
    MeetingVerb.RESUME: lambda desk, n: holding.resume(desk, n),
    MeetingVerb.NOTE: lambda desk, n: capturing.take_down(desk, n, Sort.NOTE, "成本"),
    MeetingVerb.DECIDE: lambda desk, n: capturing.take_down(desk, n, Sort.DECISION, "做", verdict=Verdict.AGREED),
    MeetingVerb.PARK: lambda desk, n: capturing.take_down(desk, n, Sort.PARKED, "海外"),
    MeetingVerb.WITHDRAW: lambda desk, n: capturing.withdraw(desk, n, 3),
    MeetingVerb.VOTE: lambda desk, n: voting.open_vote(
        desk, n, "用哪个？", ("A", "B"), secret=False, many=False, deadline=None
    ),
}  # fmt: skip
TAKING = frozenset({MeetingVerb.NOTE, MeetingVerb.DECIDE, MeetingVerb.PARK, MeetingVerb.WITHDRAW})
"""After the end they are the settling of those who lead."""
WHO = {
    "assigner": frozenset({Part.ORGANIZER, Part.GUEST}),
    "tracker": frozenset({Part.HOST, Part.INVITEE, Part.GUEST}),
    "supporter": frozenset({Part.RECORDER, Part.INVITEE, Part.GUEST}),
    "owner": frozenset({Part.INVITEE, Part.GUEST}),
    "admin": frozenset({Part.ADMIN, Part.APPROVER, Part.GUEST}),
    "nobody": frozenset({Part.GUEST}),
}
"""Who of the firm is what to the meeting: 张三 called it, 赵六 hosts, 孙七 records, 李四 is invited."""


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path)
    yield firm
    firm.closes()


def kept(firm: Firm, state: MeetingState, **fields: Any) -> Meeting:
    """A meeting in this state, with a line of the host's taken down in it."""
    invited = (firm.tracker, firm.supporter, firm.owner)
    wanted = Meeting(
        "Q3 产品规划会", "regular", firm.assigner.id, firm.now, 60, "Asia/Shanghai", firm.now, state=state,
        host=firm.tracker.id, recorder=firm.supporter.id, topics=(Topic(1, "客诉"), Topic(2, "预算")), mark=3, on=1,
        invitees=tuple(Invitee(one.id, Reply.ACCEPTED) for one in invited), started_at=firm.now,
    )  # fmt: skip

    def put(records: Any) -> Meeting:
        meeting = records.meetings.add(replace(wanted, **fields))
        _, line = _noted(meeting, firm)
        records.meetings.capture(line)
        return meeting

    return firm.keeps(put)


def _noted(meeting: Meeting, firm: Firm) -> Any:
    running = replace(meeting, state=MeetingState.RUNNING, mark=2)
    return rules.take_down(running, Sort.NOTE, "预算", firm.tracker.id, firm.now - timedelta(hours=1))


def tried(firm: Firm, who: Person, act: Act, number: int) -> str:
    try:
        firm.does(who, lambda desk: act(desk, number))
    except Refusal as refused:
        return refused.text
    return "done"


def now(firm: Firm, number: int) -> Meeting:
    found = firm.keeps(lambda records: records.meetings.get(number))
    assert found is not None
    return found


@pytest.mark.parametrize("verb", ACTS)
def test_who_may_has_an_effect_and_who_may_not_has_none(firm, verb):
    for state in MeetingState:
        settles = verb in TAKING and state is MeetingState.ENDED
        asked = MeetingVerb.SETTLE if settles else verb
        for name, parts in WHO.items():
            before = kept(firm, state)
            own = verb is MeetingVerb.WITHDRAW and name == "tracker" and not settles
            may = bool(parts & MEETING_MAY[asked]) or own
            expected = (
                "meeting-may-not" if not may else "done" if state in MEETING_MOVES[asked] else "meeting-wrong-state"
            )
            assert tried(firm, getattr(firm, name), ACTS[verb], before.number) == expected, (state, name)
            after = now(firm, before.number)
            if expected != "done":
                assert after == before
                assert firm.keeps(lambda records, label=before.label: records.history.of(label)) == []
            elif verb is not MeetingVerb.VOTE:
                assert after.version == before.version + 1
                (entry,) = firm.keeps(lambda records, label=before.label: records.history.of(label))
                assert (entry.verb, entry.by) == (asked, getattr(firm, name).id)


@pytest.mark.parametrize("verb", ACTS)
def test_of_a_confidential_meeting_outsiders_learn_nothing(firm, verb):
    """N8: admins not excepted; the same word whatever its state."""
    for state in MeetingState:
        secret = kept(firm, state, confidential=True)
        for who in (firm.admin, firm.nobody, firm.head):
            assert tried(firm, who, ACTS[verb], secret.number) == "confidential", (state, who.name)


@pytest.mark.parametrize("verb", ACTS)
def test_a_meeting_that_never_was(firm, verb):
    assert tried(firm, firm.tracker, ACTS[verb], 404) == "meeting-unknown"


def test_one_meeting_at_a_time_in_a_room(firm):
    room = Room("paper", "r1", "产品")
    running, due = kept(firm, MeetingState.RUNNING, room=room), kept(firm, MeetingState.ANNOUNCED, room=room)
    with pytest.raises(Refusal) as refused:
        firm.does(firm.tracker, lambda desk: holding.start(desk, due.number, room))
    assert refused.value.text == "room-busy"
    assert [offer.command for offer in refused.value.offers] == [f"/meeting end {running.label}"]
    elsewhere = kept(firm, MeetingState.ANNOUNCED, room=Room("paper", "r2"))
    assert tried(firm, firm.tracker, ACTS[MeetingVerb.START], elsewhere.number) == "done"


def test_gone_on_in_a_room_that_is_taken_by_now(firm):
    room = Room("paper", "r1", "产品")
    ended = kept(firm, MeetingState.ENDED, room=room)
    kept(firm, MeetingState.RUNNING, room=room)
    assert tried(firm, firm.tracker, ACTS[MeetingVerb.RESUME], ended.number) == "room-busy"


def test_two_at_once_lose_nothing(firm):
    """Two who saw the same meeting: the second is told, and nothing of the first is overwritten."""
    meeting = kept(firm, MeetingState.RUNNING)

    def act(desk: AtDesk) -> None:
        stale = desk.records.meetings.get(meeting.number)
        assert stale is not None
        holding.next_(desk, meeting.number)
        keep(desk, rules.next_(stale, desk.by.id, desk.now))

    with pytest.raises(Refusal, match="meeting-changed"):
        firm.does(firm.tracker, act)


class TestVotes:
    def asked(self, firm: Firm, **fields: Any) -> int:
        meeting = kept(firm, MeetingState.RUNNING, **fields)
        fact = firm.does(firm.tracker, lambda desk: ACTS[MeetingVerb.VOTE](desk, meeting.number))
        return int(fact[1].number)

    @pytest.mark.parametrize("name", WHO)
    def test_who_takes_part_votes(self, firm, name):
        number = self.asked(firm)
        outcome = tried(firm, getattr(firm, name), lambda desk, n: voting.cast(desk, n, (0,)), number)
        assert outcome == ("done" if WHO[name] & MEETING_MAY[MeetingVerb.CAST] else "meeting-may-not-invitee")

    @pytest.mark.parametrize("name", WHO)
    def test_who_leads_closes(self, firm, name):
        number = self.asked(firm)
        outcome = tried(firm, getattr(firm, name), voting.close, number)
        assert outcome == ("done" if WHO[name] & MEETING_MAY[MeetingVerb.CLOSE] else "meeting-may-not")

    def test_outsiders_of_a_confidential_meeting(self, firm):
        number = self.asked(firm, confidential=True)
        for act in (lambda desk, n: voting.cast(desk, n, (0,)), voting.close, voting.find):
            assert tried(firm, firm.nobody, act, number) == "confidential"

    def test_a_vote_that_never_was(self, firm):
        assert tried(firm, firm.tracker, voting.close, 404) == "vote-unknown"

    def test_a_withdrawn_decision_may_be_made_again(self, firm):
        number = self.asked(firm)
        firm.does(firm.owner, lambda desk: voting.cast(desk, number, (0,)))
        firm.does(firm.tracker, lambda desk: voting.close(desk, number))

        def decide(desk: AtDesk, n: int) -> Any:
            return voting.decide(desk, n, "用 A", Verdict.AGREED, "V-1")

        assert tried(firm, firm.tracker, decide, number) == "done"
        assert tried(firm, firm.tracker, decide, number) == "vote-decided"
        vote = firm.keeps(lambda records: records.meetings.vote(number))
        assert vote is not None
        made = firm.keeps(lambda records: voting.born_of(records, vote))
        assert made is not None
        firm.does(firm.tracker, lambda desk: capturing.withdraw(desk, made.meeting, made.number))
        assert tried(firm, firm.tracker, decide, number) == "done"
