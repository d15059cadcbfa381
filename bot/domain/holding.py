"""The course of a meeting while it is held: start, next topic, who is here, what is taken down, end (M1, M2, M5).

Each rule returns a Met (and the capture it made or changed); states are those of MEETING_MOVES. Nothing captured is ever
deleted: a withdrawn line stays, with its version, and is shown as withdrawn.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.domain.captured import Capture, Sort, Verdict, Vote
from bot.domain.facts import Met
from bot.domain.meeting import MEETING_MOVES, Invitee, Meeting, MeetingState, MeetingVerb, Reply, Topic
from bot.domain.rules import Rules
from bot.errors import Offer, Refusal
from bot.people import Room

VERB_OF = {
    Sort.NOTE: MeetingVerb.NOTE,
    Sort.DECISION: MeetingVerb.DECIDE,
    Sort.ACTION: MeetingVerb.ACT,
    Sort.PARKED: MeetingVerb.PARK,
}
"""The verb that takes each sort of line down."""


def start(meeting: Meeting, by: int, at: datetime, rules: Rules, room: Room | None) -> Met:
    """M1: the real time, the first topic's too. Whoever starts it is there. `room` is where it was said: a meeting that has
    none runs there. Details: `late`, the minutes, when it was more than the rule allows."""
    late = at - meeting.start
    first = meeting.agenda[0].number if meeting.agenda else None
    held = replace(meeting, room=meeting.room or room, on=first, topics=_entered(meeting.topics, first, at))
    if by in meeting.people:
        held = replace(held, invitees=_arrived(held, by, at))
    details: dict[str, object] = {"late": _minutes(late.total_seconds())} if late > rules.late_start else {}
    return _met(MeetingVerb.START, meeting, held, by, at, details, started_at=at)


def next_(meeting: Meeting, by: int, at: datetime, place: int | None = None, leaving: int | None = None) -> Met:
    """The next topic, or the `place`-th of the agenda (from 1). Behind the last one none is on any more. `leaving`: the
    topic that was shown as on when it was pressed (0: none).

    Raises Refusal `no-more-topics`, `no-such-topic`, `topic-is-on`, `topic-moved-on`."""
    if leaving is not None and meeting.state is MeetingState.RUNNING and leaving != (meeting.on or 0):
        raise Refusal("topic-moved-on", meeting=meeting.label)
    agenda = meeting.agenda
    numbers = [topic.number for topic in agenda]
    if place is not None and not 1 <= place <= len(agenda):
        raise Refusal("no-such-topic", meeting=meeting.label, place=place, most=len(agenda))
    to = numbers[place - 1] if place is not None else _following(meeting, numbers)
    if to is None and meeting.on is None:
        raise Refusal("no-more-topics", offers=(Offer("offer-end", f"/meeting end {meeting.label}"),))
    if to is not None and to == meeting.on:
        raise Refusal("topic-is-on", topic=agenda[numbers.index(to)].title)
    topics = _entered(_left(meeting.topics, meeting.on, at), to, at)
    details: dict[str, object] = {"left": meeting.on, "topic": to}
    return _met(MeetingVerb.NEXT, meeting, replace(meeting, topics=topics, on=to), by, at, details)


def here(meeting: Meeting, people: tuple[int, ...], by: int, at: datetime) -> Met:
    """Who is there; whoever was not invited is an invitee from now on, a proxy as well. Raises Refusal `here-already`."""
    new = [person for person in dict.fromkeys(people) if not is_here(meeting, person)]
    if not new:
        raise Refusal("here-already", who=people)
    arrived = meeting
    for person in new:
        arrived = replace(arrived, invitees=_arrived(arrived, person, at))
    return _met(MeetingVerb.HERE, meeting, arrived, by, at, {"people": new})


def end(meeting: Meeting, by: int, at: datetime, votes: Sequence[str] = ()) -> Met:
    """M1: the real end. Details: `over`, the minutes beyond the planned end; `votes`, those that close with it."""
    over = _minutes((at - meeting.end).total_seconds())
    topics = _left(meeting.topics, meeting.on, at)
    details: dict[str, object] = {"over": over} if over > 0 else {}
    details |= {"votes": list(votes)} if votes else {}
    return _met(MeetingVerb.END, meeting, replace(meeting, topics=topics, on=None), by, at, details, ended_at=at)


def resume(meeting: Meeting, by: int, at: datetime) -> Met:
    """Ended too early: it goes on with the topic it broke off in."""
    broken = next((t.number for t in meeting.topics if t.ended_at is not None and t.ended_at == meeting.ended_at), None)
    topics = _entered(meeting.topics, broken, at)
    return _met(MeetingVerb.RESUME, meeting, replace(meeting, topics=topics, on=broken), by, at, {}, ended_at=None)


def take_down(
    meeting: Meeting, sort: Sort, text: str, by: int, at: datetime, *, topic: int | None = None,
    verdict: Verdict | None = None, why: str = "", follower: int | None = None, label: str = "",
) -> tuple[Met, Capture]:  # fmt: skip
    """M2: one line, under the topic that is on (or `topic`, when the host settles what was left open). Whoever was invited
    and takes something down is there."""
    verb = MeetingVerb.SETTLE if meeting.state is MeetingState.ENDED else VERB_OF[sort]
    number = meeting.mark + 1
    under = topic if topic is not None else meeting.on
    line = Capture(meeting.number, number, sort, text, by, at, under, verdict, why, follower, label)
    after = replace(meeting, mark=number)
    if meeting.state is MeetingState.RUNNING and _invited(meeting, by):
        after = replace(after, invitees=_arrived(after, by, at))
    details: dict[str, object] = {"capture": number, **({"item": label} if sort is Sort.ACTION else {})}
    return _met(verb, meeting, after, by, at, details), line


def correct(
    meeting: Meeting, line: Capture, by: int, at: datetime, *, text: str | None = None,
    verdict: Verdict | None = None, why: str | None = None, follower: int | None = None,
) -> tuple[Met, Capture]:  # fmt: skip
    """What was taken down put right; None leaves a field as it is. Raises Refusal `capture-withdrawn`, `capture-same`."""
    _standing(line)
    verb = MeetingVerb.SETTLE if meeting.state is MeetingState.ENDED else VERB_OF[line.sort]
    corrected = replace(
        line,
        text=line.text if text is None else text,
        verdict=verdict or line.verdict,
        why=line.why if why is None else why,
        follower=line.follower if follower is None else follower,
    )
    if corrected == line:
        raise Refusal("capture-same")
    fact = _met(verb, meeting, meeting, by, at, {"capture": line.number, "corrected": True})
    return fact, replace(corrected, version=line.version + 1)


def withdraw(meeting: Meeting, line: Capture, by: int, at: datetime) -> tuple[Met, Capture]:
    """Taken back: it stays kept, and is shown as withdrawn. Raises Refusal `capture-withdrawn`."""
    _standing(line)
    verb = MeetingVerb.SETTLE if meeting.state is MeetingState.ENDED else MeetingVerb.WITHDRAW
    fact = _met(verb, meeting, meeting, by, at, {"capture": line.number, "withdrawn": True})
    return fact, replace(line, withdrawn=True, version=line.version + 1)


def asked(meeting: Meeting, vote: Vote, by: int, at: datetime) -> Met:
    """A vote was opened (M4); the meeting itself is as it was."""
    return Met(MeetingVerb.VOTE, meeting, meeting, by, at, details={"vote": vote.label})


def counted(meeting: Meeting, vote: Vote, by: int, at: datetime) -> Met:
    """A vote was closed (M4); the meeting itself is as it was."""
    return Met(MeetingVerb.CLOSE, meeting, meeting, by, at, details={"vote": vote.label})


def is_here(meeting: Meeting, person: int) -> bool:
    """Whether this very person has been seen there (somebody's proxy is an invitee of their own by then)."""
    return any(one.person == person and one.here_at is not None for one in meeting.invitees)


def attendees(meeting: Meeting) -> tuple[int, ...]:
    """Who was there, in the order of the invitations."""
    return tuple(one.person for one in meeting.invitees if one.here_at is not None)


def _met(
    verb: MeetingVerb, before: Meeting, after: Meeting, by: int, at: datetime, details: dict[str, object],
    **changes: datetime | None,
) -> Met:  # fmt: skip
    """The verb's move. Raises Refusal `meeting-wrong-state`."""
    moves = MEETING_MOVES[verb]
    if before.state not in moves:
        raise wrong_state(before, verb)
    moved = replace(after, state=moves[before.state], version=before.version + 1, changed_at=at)
    if "started_at" in changes:
        moved = replace(moved, started_at=changes["started_at"])
    if "ended_at" in changes:
        moved = replace(moved, ended_at=changes["ended_at"])
    return Met(verb, before, moved, by, at, details=details)


def wrong_state(meeting: Meeting, verb: MeetingVerb) -> Refusal:
    """What its state does not allow now."""
    return Refusal(
        "meeting-wrong-state", meeting=meeting.label, stage=f"meeting-{meeting.state}", deed=f"meeting-{verb}"
    )


def _entered(topics: tuple[Topic, ...], number: int | None, at: datetime) -> tuple[Topic, ...]:
    """The topic begun; one that is taken up again keeps its first beginning, so that its end is not rung twice."""
    return tuple(
        replace(topic, started_at=topic.started_at or at, ended_at=None) if topic.number == number else topic
        for topic in topics
    )


def _left(topics: tuple[Topic, ...], number: int | None, at: datetime) -> tuple[Topic, ...]:
    return tuple(replace(topic, ended_at=at) if topic.number == number else topic for topic in topics)


def _following(meeting: Meeting, numbers: list[int]) -> int | None:
    """The one behind the topic that is on, else the first that was never begun; None when all are through."""
    if meeting.on in numbers:
        behind = numbers[numbers.index(meeting.on) + 1 :]
        return behind[0] if behind else None
    return next((topic.number for topic in meeting.agenda if topic.started_at is None), None)


def _arrived(meeting: Meeting, person: int, at: datetime) -> tuple[Invitee, ...]:
    """The invitees with this one seen there; the first time counts."""
    if not _invited(meeting, person):
        return (*meeting.invitees, Invitee(person, Reply.ACCEPTED, here_at=at))
    return tuple(replace(one, here_at=one.here_at or at) if one.person == person else one for one in meeting.invitees)


def _invited(meeting: Meeting, person: int) -> bool:
    return any(one.person == person for one in meeting.invitees)


def _standing(line: Capture) -> None:
    if line.withdrawn:
        raise Refusal("capture-withdrawn")


def _minutes(seconds: float) -> int:
    return int(seconds // 60)
