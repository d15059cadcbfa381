"""Who hears what while a meeting is held and when it has ended; its room at once, people when they may be disturbed (T3).

| verb                    | who hears which moment                                                                        |
|-------------------------|-----------------------------------------------------------------------------------------------|
| start                   | its room `started`                                                                            |
| next                    | its room `topic`                                                                              |
| note, decide, act, park | its room `captured`, also whoever said it: this card is the answer; corrections change it     |
| vote, close             | its room `vote`, `vote_closed`                                                                |
| end                     | its room `vote_closed` for each, `read_back` (M5); the host `unsettled`; who was there `rate` |
| resume                  | its room `resumed`                                                                            |

Without a room the people invited hear what the room would, but not each line. Each card bears the narrowest subject: the
meeting's course (M-7#0), a line or a topic (M-7#12), a vote (V-3), so that what changes updates its own card and no other.
"""

from collections.abc import Callable, Iterator

from bot.announcements.desk import Desk
from bot.domain.facts import Met
from bot.domain.holding import attendees
from bot.domain.meeting import Meeting, MeetingVerb
from bot.people import Room
from bot.store import Notice

Told = Callable[[Met, Desk], Iterator[Notice]]


def notices(fact: Met, desk: Desk) -> list[Notice]:
    """One notice for each who must hear of it; nothing for a verb that is told by its cards alone."""
    told = TOLD.get(fact.verb)
    return list(told(fact, desk)) if told else []


def _started(fact: Met, desk: Desk) -> Iterator[Notice]:
    yield from _everybody(fact, desk, "started", f"{fact.subject}#0")


def _topic(fact: Met, desk: Desk) -> Iterator[Notice]:
    yield from _everybody(fact, desk, "topic", f"{fact.subject}#{fact.details.get('topic') or 0}")


def _captured(fact: Met, desk: Desk) -> Iterator[Notice]:
    if fact.after.room is None or "corrected" in fact.details:
        return
    subject, item = f"{fact.subject}#{fact.details['capture']}", fact.details.get("item")
    subjects = (subject, item) if isinstance(item, str) else (subject,)
    yield _notice(fact, desk, fact.after.room, "captured", subjects)


def _vote(fact: Met, desk: Desk) -> Iterator[Notice]:
    yield from _everybody(fact, desk, "vote", str(fact.details["vote"]))


def _vote_closed(fact: Met, desk: Desk) -> Iterator[Notice]:
    yield from _everybody(fact, desk, "vote_closed", str(fact.details["vote"]))


def _ended(fact: Met, desk: Desk) -> Iterator[Notice]:
    """What was voted comes before what was decided; a reader does not look for a result that is nowhere."""
    votes = fact.details.get("votes")
    for label in votes if isinstance(votes, list) else ():
        yield from _everybody(fact, desk, "vote_closed", str(label))
    yield from _everybody(fact, desk, "read_back", f"{fact.subject}#0")
    yield _notice(fact, desk, fact.after.host or fact.after.organizer, "unsettled", (f"{fact.subject}#0",))
    for person in attendees(fact.after):
        key = f"{fact.subject}:rate:P{person}"  # without the version: a meeting that went on and ended again asks nobody twice
        yield Notice(person, "rate", (fact.subject,), key, desk.audible(fact.at, person))


def _resumed(fact: Met, desk: Desk) -> Iterator[Notice]:
    yield from _everybody(fact, desk, "resumed", f"{fact.subject}#0")


def _everybody(fact: Met, desk: Desk, moment: str, subject: str) -> Iterator[Notice]:
    """The room; where there is none, everybody invited but who did it."""
    for to in places(fact.after):
        if to != fact.by:
            yield _notice(fact, desk, to, moment, (subject,))


def places(meeting: Meeting) -> tuple[Room | int, ...]:
    """Where a meeting is spoken to: its room, else each of its people."""
    return (meeting.room,) if meeting.room is not None else tuple(sorted(meeting.people))


def _notice(fact: Met, desk: Desk, to: Room | int, moment: str, subjects: tuple[str, ...]) -> Notice:
    address = f"{to.messenger}:{to.id}" if isinstance(to, Room) else f"P{to}"
    key = f"{subjects[0]}:v{fact.after.version}:{moment}:{address}"
    when = fact.at if isinstance(to, Room) else desk.audible(fact.at, to)
    return Notice(to, moment, subjects, key, when, {**fact.details, "by": fact.by})


TOLD: dict[MeetingVerb, Told] = {
    MeetingVerb.START: _started,
    MeetingVerb.NEXT: _topic,
    MeetingVerb.NOTE: _captured,
    MeetingVerb.DECIDE: _captured,
    MeetingVerb.ACT: _captured,
    MeetingVerb.PARK: _captured,
    MeetingVerb.VOTE: _vote,
    MeetingVerb.CLOSE: _vote_closed,
    MeetingVerb.END: _ended,
    MeetingVerb.RESUME: _resumed,
}
"""Who hears of each verb."""
