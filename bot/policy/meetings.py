"""Who may do what to a meeting, and who may see it, asked in this one place (P1–P9, M1–M4, N8)."""

from enum import StrEnum

from bot.domain.action import Action
from bot.domain.meeting import MEETING_MOVES, Meeting, MeetingState, MeetingVerb
from bot.errors import Refusal
from bot.people import Person
from bot.workplace import Workplace


class Part(StrEnum):
    """What somebody is to a meeting. A guest is anybody who may see it."""

    ORGANIZER = "organizer"
    HOST = "host"
    RECORDER = "recorder"
    INVITEE = "invitee"
    APPROVER = "approver"
    ADMIN = "admin"
    GUEST = "guest"


_CALLERS = frozenset({Part.ORGANIZER, Part.HOST, Part.ADMIN})
_LEADING = _CALLERS | {Part.RECORDER}
_ATTENDING = frozenset({Part.ORGANIZER, Part.HOST, Part.RECORDER, Part.INVITEE})
_ANYBODY = frozenset({Part.GUEST})

MEETING_MAY: dict[MeetingVerb, frozenset[Part]] = {
    MeetingVerb.EDIT: _CALLERS,
    MeetingVerb.TOPIC: _CALLERS,
    MeetingVerb.PROPOSE: _ATTENDING,
    MeetingVerb.TAKE: _CALLERS,
    MeetingVerb.DROP: _CALLERS,
    MeetingVerb.MATERIAL: _ATTENDING,
    MeetingVerb.INVITE: _CALLERS,
    MeetingVerb.ANNOUNCE: _CALLERS,
    MeetingVerb.APPROVE: frozenset({Part.APPROVER}),
    MeetingVerb.REFUSE: frozenset({Part.APPROVER}),
    MeetingVerb.ANSWER: frozenset({Part.INVITEE}),
    MeetingVerb.RESCHEDULE: _CALLERS,
    MeetingVerb.CANCEL: _CALLERS,
    MeetingVerb.START: _LEADING,
    MeetingVerb.NEXT: _LEADING,
    MeetingVerb.END: _LEADING,
    MeetingVerb.RESUME: _LEADING,
    MeetingVerb.HERE: _ANYBODY,
    MeetingVerb.NOTE: _ANYBODY,
    MeetingVerb.DECIDE: _ANYBODY,
    MeetingVerb.ACT: _ANYBODY,
    MeetingVerb.PARK: _ANYBODY,
    MeetingVerb.WITHDRAW: _LEADING,
    MeetingVerb.VOTE: _LEADING,
    MeetingVerb.CAST: _ATTENDING,
    MeetingVerb.CLOSE: _LEADING,
    MeetingVerb.SETTLE: _LEADING,
}
"""Whoever captured a line may also correct and withdraw it; whoever opened a vote may close it."""


def sees(person: Person, meeting: Meeting) -> bool:
    """N8: a confidential one is seen by its people and named leaders only, admins not excepted."""
    return not meeting.confidential or person.id in meeting.readers


def sees_item(person: Person, action: Action) -> bool:
    """N8: of a confidential meeting's item, besides its readers those whom it asks something of."""
    theirs = {action.owner, action.tracker, action.assigner, *(one.person for one in action.supporters)}
    resolver = action.block.resolver if action.block else None
    return not action.readers or person.id in {*action.readers, *theirs, resolver}


def parts(person: Person, meeting: Meeting, workplace: Workplace) -> frozenset[Part]:
    """Everything somebody is to a meeting; nothing for who may not see it."""
    if not sees(person, meeting):
        return frozenset({Part.APPROVER} if approves(person, workplace) else ())
    is_ = {
        Part.ORGANIZER: person.id == meeting.organizer,
        Part.HOST: person.id == meeting.host,
        Part.RECORDER: person.id == meeting.recorder,
        Part.INVITEE: meeting.invitee(person.id) is not None,
        Part.APPROVER: approves(person, workplace),
        Part.ADMIN: person.admin,
        Part.GUEST: True,
    }
    return frozenset(part for part, holds in is_.items() if holds)


def approves(person: Person, workplace: Workplace) -> bool:
    """P2: the approvers of the configuration; where it names none, the admins."""
    if not workplace.approvers:
        return person.admin
    return person.is_among(workplace.approvers)


def asked_to_approve(person: Person, meeting: Meeting, workplace: Workplace) -> bool:
    """N8: an approver may look at a confidential meeting as long as it waits for them, and no longer."""
    return meeting.state is MeetingState.AWAITING and approves(person, workplace)


def may(person: Person, verb: MeetingVerb, meeting: Meeting, workplace: Workplace) -> bool:
    """Whether the table lets this person do this to this meeting; its state is another question."""
    return bool(parts(person, meeting, workplace) & MEETING_MAY[verb])


def allowed(person: Person, meeting: Meeting, workplace: Workplace) -> frozenset[MeetingVerb]:
    """What this person can do to it now, by the table and its state: the buttons they are shown."""
    return frozenset(
        verb
        for verb, moves in MEETING_MOVES.items()
        if meeting.state in moves and may(person, verb, meeting, workplace)
    )


def check(person: Person, verb: MeetingVerb, meeting: Meeting, workplace: Workplace) -> None:
    """Raises Refusal `confidential` (nothing is said of what is there) or `meeting-may-not` with who may
    (`meeting-may-not-approver`, `-invitee` where that is nobody by name)."""
    if may(person, verb, meeting, workplace):
        return
    if not sees(person, meeting):
        raise Refusal("confidential", meeting=meeting.label)
    asked = MEETING_MAY[verb]
    deed = f"meeting-{verb}"
    # Approvers and invitees are many and said by what they are: naming one would send everybody there.
    for part in (Part.APPROVER, Part.INVITEE):
        if part in asked:
            raise Refusal(f"meeting-may-not-{part}", meeting=meeting.label, deed=deed)
    held = {Part.HOST: meeting.host, Part.ORGANIZER: meeting.organizer, Part.RECORDER: meeting.recorder}
    able = (one for part, one in held.items() if part in asked)
    who = tuple(dict.fromkeys(one for one in able if one is not None and one != person.id))
    raise Refusal("meeting-may-not", meeting=meeting.label, deed=deed, who=who)
