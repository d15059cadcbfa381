"""Votes of a meeting (M4): opened by who leads it, cast by who takes part, closed by hand or by their deadline.

Of a secret vote no line of history, no card and no answer says who chose what; that somebody has voted is kept apart."""

from datetime import datetime

from bot.domain import holding, voting
from bot.domain.captured import Capture, Sort, Verdict, Vote
from bot.domain.facts import ITSELF, Met
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb
from bot.errors import Refusal
from bot.operations import capturing
from bot.operations.desk import Desk
from bot.operations.sessions import load, ready, set_calls
from bot.policy import meetings as policy
from bot.store import Conflict, Entry, Records


def open_vote(
    desk: Desk, number: int, question: str, choices: tuple[str, ...], *, secret: bool, many: bool, deadline: datetime | None
) -> tuple[Met, Vote]:  # fmt: skip
    """A new vote under the topic that is on; its room hears of it."""
    meeting = ready(desk, number, MeetingVerb.VOTE)
    wanted = Vote(
        number, question, choices, desk.by.id, desk.now, topic=meeting.on, secret=secret, many=many, deadline=deadline
    )
    vote = desk.records.meetings.open_vote(voting.opened(wanted))
    _remember(desk, vote, MeetingVerb.VOTE)
    return holding.asked(meeting, vote, desk.by.id, desk.now), vote


def cast(desk: Desk, number: int, chosen: tuple[int, ...]) -> Vote:
    """The asker's choices. Raises Refusal `meeting-may-not` for who does not take part, and what the vote itself refuses."""
    vote, meeting = _of(desk, number)
    policy.check(desk.by, MeetingVerb.CAST, meeting, desk.workplace)
    if meeting.state is MeetingState.CANCELLED:
        raise holding.wrong_state(meeting, MeetingVerb.CAST)
    after = voting.cast(vote, desk.by.id, chosen, desk.now)
    _save(desk, after)
    if not vote.secret:
        desk.records.history.add(Entry(vote.label, desk.now, desk.by.id, str(MeetingVerb.CAST)))
    return after


def find(desk: Desk, number: int) -> Vote:
    """The vote, when this person may know of it. Raises Refusal `vote-unknown`, `confidential`."""
    return _of(desk, number)[0]


def close(desk: Desk, number: int) -> tuple[Met, Vote]:
    """Closed by hand, by who leads or who opened it; the room hears the counts."""
    vote, meeting = _of(desk, number)
    if vote.by != desk.by.id:
        policy.check(desk.by, MeetingVerb.CLOSE, meeting, desk.workplace)
    after = voting.close(vote, desk.now)
    _save(desk, after)
    _remember(desk, after, MeetingVerb.CLOSE)
    return holding.counted(meeting, after, desk.by.id, desk.now), after


def close_due(records: Records, vote: Vote, now: datetime) -> Vote:
    """Its deadline has come: closed by nobody."""
    after = voting.close(vote, now)
    records.meetings.save_vote(after)
    records.history.add(Entry(vote.label, now, ITSELF, str(MeetingVerb.CLOSE)))
    records.outbox.refresh([vote.label], now)
    return after


def decide(desk: Desk, number: int, text: str, verdict: Verdict, why: str) -> Met:
    """The majority's choice becomes a decision, once. Raises Refusal `vote-decided`, and `voting.decided`'s."""
    vote, meeting = _of(desk, number)
    voting.decided(vote)
    if born_of(desk.records, vote) is not None:
        raise Refusal("vote-decided", vote=vote.label)
    fact = capturing.take_down(
        desk, meeting.number, Sort.DECISION, text, topic=vote.topic, verdict=verdict, why=why, label=vote.label
    )
    desk.records.outbox.refresh([vote.label], desk.now)
    return fact


def born_of(records: Records, vote: Vote) -> Capture | None:
    """The decision that this vote has become."""
    lines = records.meetings.captured(vote.meeting)
    return next((one for one in lines if one.label == vote.label and not one.withdrawn), None)


def _of(desk: Desk, number: int) -> tuple[Vote, Meeting]:
    vote = desk.records.meetings.vote(number)
    if vote is None:
        raise Refusal("vote-unknown", number=f"V-{number}")
    return vote, load(desk, vote.meeting)


def _save(desk: Desk, vote: Vote) -> None:
    """Raises Refusal `vote-changed` when somebody was faster: then nothing is kept, and pressing again is right."""
    try:
        desk.records.meetings.save_vote(vote)
    except Conflict:
        raise Refusal("vote-changed", vote=vote.label) from None
    desk.records.outbox.refresh([vote.label], desk.now)


def _remember(desk: Desk, vote: Vote, verb: MeetingVerb) -> None:
    desk.records.history.add(Entry(vote.label, desk.now, desk.by.id, str(verb)))
    set_calls(desk, vote)
