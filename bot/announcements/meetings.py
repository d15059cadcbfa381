"""Who hears what of a meeting. A draft notifies nobody (P3); what was captured is shown to its room at once (M2).

| verb           | who hears which moment (never who did it; each at most one)                                            |
|----------------|--------------------------------------------------------------------------------------------------------|
| announce       | everybody invited `meeting-invited`, its room `meeting-announced`; while it awaits an approver (P2):    |
|                | approvers `meeting-approval`                                                                            |
| approve        | organizer `meeting-approved`, everybody invited `meeting-invited`, its room `meeting-announced`         |
| refuse         | organizer `meeting-refused`                                                                             |
| edit           | once announced: a new host or recorder `meeting-invited`                                                |
| reschedule     | once announced: everybody invited and its room `meeting-changed` (P9)                                   |
| invite         | once announced: who is new `meeting-invited`, who is no longer `meeting-uninvited`                      |
| answer         | declined or by proxy: organizer `meeting-answered`; a proxy `meeting-invited`, who was one `-uninvited` |
| cancel         | once announced: everybody invited and its room `meeting-cancelled`                                      |
| propose        | organizer `topic-proposed` (P5); take, drop: who proposed it `topic-taken`, `topic-dropped`             |
| material       | owed, once announced: who owes it `material-wanted` (P7)                                                |

Its room hears what all of it must know, names nobody who has to do something (each is asked directly), and gets no reminder.
Of a confidential meeting it hears nothing before whoever leads it begins it there: who sits in a room is not who was invited (N8).

A direct message waits for its reader's hours (T3), except when the meeting would begin before: then it is urgent.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from msgspec.structs import replace

from bot.announcements import live
from bot.announcements.desk import Desk, Heard, addressed
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb, Reply
from bot.people import Room
from bot.policy.meetings import approves
from bot.store import Notice

STRENGTH: tuple[str, ...] = (
    "meeting-approval", "meeting-approved", "meeting-refused", "meeting-cancelled", "meeting-changed",
    "meeting-announced", "meeting-invited", "meeting-uninvited", "meeting-answered", "topic-proposed", "topic-taken", "topic-dropped",
    "material-wanted",
)  # fmt: skip
"""What asks for something comes before what only tells."""

_TOLD_STATES = (MeetingState.ANNOUNCED, MeetingState.RUNNING)


def notices(fact: Met, desk: Desk) -> list[Notice]:
    """One notice for each person and room that must hear of it."""
    if fact.verb in live.TOLD:
        return live.notices(fact, desk)
    told = _TOLD.get(fact.verb)
    heard = sorted(told(fact, desk), key=lambda one: STRENGTH.index(one[1])) if told else []
    args = {**fact.details, "by": fact.by, **({"why": fact.why} if fact.why else {})}
    addresses = addressed(desk, fact.subject, fact.after.version, heard, fact.by, fact.at, args)
    return [_in_time(one, fact) for one in addresses]


def attending(meeting: Meeting) -> Iterator[int]:
    """Who is to be there: everybody invited, and for whom a proxy comes, the proxy too."""
    for one in meeting.invitees:
        yield one.person
        if one.proxy is not None:
            yield one.proxy


def _announced(fact: Met, desk: Desk) -> Iterator[Heard]:
    if fact.after.state is MeetingState.AWAITING:
        people = desk.directory.people.values()
        yield from ((one.id, "meeting-approval") for one in people if one.active and approves(one, desk.workplace))
    else:
        yield from ((one, "meeting-invited") for one in attending(fact.after))
        yield _room(fact.after), "meeting-announced"


def _approved(fact: Met, _: Desk) -> Iterator[Heard]:
    yield fact.after.organizer, "meeting-approved"
    yield from ((one, "meeting-invited") for one in attending(fact.after))
    yield _room(fact.after), "meeting-announced"


def _refused(fact: Met, _: Desk) -> Iterator[Heard]:
    yield fact.after.organizer, "meeting-refused"


def _edited(fact: Met, _: Desk) -> Iterator[Heard]:
    before = fact.before
    if fact.after.state not in _TOLD_STATES or before is None:
        return
    for was, now in ((before.host, fact.after.host), (before.recorder, fact.after.recorder)):
        if was != now:
            yield now, "meeting-invited"


def _rescheduled(fact: Met, desk: Desk) -> Iterator[Heard]:
    if fact.after.state in _TOLD_STATES:
        yield from ((one, "meeting-changed") for one in attending(fact.after))
        yield _room(fact.after), "meeting-changed"
        yield from _edited(fact, desk)


def _invited(fact: Met, _: Desk) -> Iterator[Heard]:
    if fact.after.state not in _TOLD_STATES or fact.before is None:
        return
    was, now = set(attending(fact.before)), set(attending(fact.after))
    yield from ((one, "meeting-invited") for one in attending(fact.after) if one not in was)
    yield from ((one, "meeting-uninvited") for one in attending(fact.before) if one not in now)


def _answered(fact: Met, desk: Desk) -> Iterator[Heard]:
    if fact.details.get("reply") in (Reply.DECLINED, Reply.PROXY):
        yield fact.after.organizer, "meeting-answered"
    yield from _invited(fact, desk)


def _cancelled(fact: Met, _: Desk) -> Iterator[Heard]:
    if fact.before is not None and fact.before.state in _TOLD_STATES:
        yield from ((one, "meeting-cancelled") for one in attending(fact.after))
        yield fact.after.organizer, "meeting-cancelled"
        yield _room(fact.after), "meeting-cancelled"


def _proposed(fact: Met, _: Desk) -> Iterator[Heard]:
    yield fact.after.organizer, "topic-proposed"


def _taken(fact: Met, _: Desk) -> Iterator[Heard]:
    yield _person(fact, "proposed_by"), "topic-taken"


def _dropped(fact: Met, _: Desk) -> Iterator[Heard]:
    yield _person(fact, "proposed_by"), "topic-dropped"


def _material(fact: Met, _: Desk) -> Iterator[Heard]:
    if fact.details.get("owed") and fact.after.state in _TOLD_STATES:
        yield _person(fact, "owed_by"), "material-wanted"


def _room(meeting: Meeting) -> Room | None:
    return None if meeting.confidential else meeting.room


def _person(fact: Met, name: str) -> int | None:
    found = fact.details.get(name)
    return found if isinstance(found, int) else None


def _in_time(notice: Notice, fact: Met) -> Notice:
    """T3 gives way where the meeting would have begun by the reader's next morning."""
    first = min(meeting.start for meeting in (fact.before, fact.after) if meeting is not None)
    if notice.not_before <= fact.at or notice.not_before < first - timedelta(minutes=15):
        return notice
    return replace(notice, not_before=fact.at, urgent=True)


_TOLD: dict[MeetingVerb, Callable[[Met, Desk], Iterator[Heard]]] = {
    MeetingVerb.ANNOUNCE: _announced,
    MeetingVerb.APPROVE: _approved,
    MeetingVerb.REFUSE: _refused,
    MeetingVerb.EDIT: _edited,
    MeetingVerb.RESCHEDULE: _rescheduled,
    MeetingVerb.INVITE: _invited,
    MeetingVerb.ANSWER: _answered,
    MeetingVerb.CANCEL: _cancelled,
    MeetingVerb.PROPOSE: _proposed,
    MeetingVerb.TAKE: _taken,
    MeetingVerb.DROP: _dropped,
    MeetingVerb.MATERIAL: _material,
}
"""Without an entry nobody hears of it."""
