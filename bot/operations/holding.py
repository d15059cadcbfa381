"""A meeting held: start, next topic, who is here, end, going on again (M1, M2, M5), and what R3 asks afterwards.

One meeting at a time runs in a room. What only concerns its course marks only the cards about its course out of date."""

from bot.domain import holding, voting
from bot.domain.captured import Vote
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingVerb
from bot.domain.minutes import MinutesState
from bot.errors import Offer, Refusal
from bot.operations.desk import Desk
from bot.operations.sessions import keep, load, ready, set_calls
from bot.people import Room
from bot.policy import meetings as policy
from bot.store import Entry


def course(meeting: Meeting) -> str:
    """The subject of the cards about a meeting's course: M-7#0."""
    return f"{meeting.label}#0"


def start(desk: Desk, number: int, room: Room | None) -> Met:
    """M1. `room` is where it was said. Raises Refusal `room-busy` where another meeting runs in the same room."""
    meeting = ready(desk, number, MeetingVerb.START)
    _check_free(desk, meeting, meeting.room or room)
    fact = holding.start(meeting, desk.by.id, desk.now, desk.workplace.rules, room)
    return keep(desk, fact, [meeting.label, course(meeting)])


def next_(desk: Desk, number: int, place: int | None = None, leaving: int | None = None) -> Met:
    """The next topic, or the `place`-th of the agenda; `leaving` as it was shown when pressed."""
    meeting = ready(desk, number, MeetingVerb.NEXT)
    left = [f"{meeting.label}#{meeting.on}"] if meeting.on else []
    fact = holding.next_(meeting, desk.by.id, desk.now, place, leaving)
    return keep(desk, fact, [course(meeting), *left])


def here(desk: Desk, number: int, people: tuple[int, ...]) -> Met:
    """M2: who is there. Others than oneself are seen there by those who lead. Raises Refusal `meeting-may-not`."""
    meeting = ready(desk, number, MeetingVerb.HERE)
    if set(people) - {desk.by.id}:
        policy.check(desk.by, MeetingVerb.NEXT, meeting, desk.workplace)
    return keep(desk, holding.here(meeting, people, desk.by.id, desk.now), [course(meeting)])


def end(desk: Desk, number: int) -> Met:
    """M1, M5. Votes without a deadline close with it (`details["votes"]`): there is nobody left to close them."""
    meeting = ready(desk, number, MeetingVerb.END)
    on = [f"{meeting.label}#{meeting.on}"] if meeting.on else []
    votes = [one for one in open_votes(desk, number) if one.deadline is None]
    fact = holding.end(meeting, desk.by.id, desk.now, tuple(one.label for one in votes))
    keep(desk, fact, [meeting.label, course(meeting), *on])
    for vote in votes:
        closed = voting.close(vote, desk.now)
        desk.records.meetings.save_vote(closed)
        desk.records.history.add(Entry(vote.label, desk.now, desk.by.id, str(MeetingVerb.CLOSE)))
        set_calls(desk, closed)
        desk.records.outbox.refresh([vote.label], desk.now)
    return fact


def open_votes(desk: Desk, number: int) -> list[Vote]:
    """The meeting's votes that nobody has closed yet."""
    return [one for one in desk.records.meetings.votes(number) if one.closed_at is None]


def resume(desk: Desk, number: int) -> Met:
    """Ended too early. Raises Refusal `room-busy`, or `minutes-reviewed`."""
    meeting = ready(desk, number, MeetingVerb.RESUME)
    check_unreviewed(desk, meeting)
    _check_free(desk, meeting, meeting.room)
    return keep(desk, holding.resume(meeting, desk.by.id, desk.now), [meeting.label, course(meeting)])


def rate(desk: Desk, number: int, score: int, comment: str) -> Meeting:
    """R3: one answer of each who was there, kept without them. Nothing else is written: no history, no card, no hour.

    Raises Refusal `rate-not-there`, `rate-already`, `meeting-wrong-state`."""
    meeting = load(desk, number)
    if meeting.ended_at is None:
        raise Refusal("rate-not-ended", meeting=meeting.label)
    if not holding.is_here(meeting, desk.by.id):
        raise Refusal("rate-not-there", meeting=meeting.label)
    if not desk.records.meetings.rate(number, desk.by.id, score, comment):
        raise Refusal("rate-already", meeting=meeting.label)
    return meeting


def ratings(desk: Desk, number: int) -> tuple[Meeting, list[tuple[int, str]]]:
    """R3: to host and organizer, from three answers on; an empty list is too few. Raises Refusal `ratings-may-not`."""
    meeting = load(desk, number)
    if desk.by.id not in (meeting.host, meeting.organizer):
        raise Refusal("ratings-may-not", meeting=meeting.label)
    found = desk.records.meetings.ratings(number)
    return meeting, found if len(found) >= desk.workplace.rules.ratings_shown else []


def check_unreviewed(desk: Desk, meeting: Meeting) -> None:
    """What a meeting brought is changed until its minutes are under review; from then on they are corrected (N2, N5).

    Raises Refusal `minutes-reviewed`."""
    minutes = desk.records.archive.get(meeting.number)
    if minutes is not None and (minutes.state is not MinutesState.DRAFT or minutes.edition > 1):
        raise Refusal("minutes-reviewed", meeting=meeting.label)


def _check_free(desk: Desk, meeting: Meeting, room: Room | None) -> None:
    """Raises Refusal `room-busy`: the other one by its number alone (it may be confidential), and its end to who may."""
    other = desk.records.meetings.running(room) if room is not None else None
    if other is None or other.number == meeting.number:
        return
    ends = policy.may(desk.by, MeetingVerb.END, other, desk.workplace)
    offers = (
        (Offer("offer-end-other", f"/meeting end {other.label}", args=(("meeting", other.label),)),) if ends else ()
    )
    raise Refusal("room-busy", meeting=meeting.label, other=other.label, offers=offers)
