"""Who may do what to minutes, and who may read them, asked in this one place (N1–N8).

| verb                 | recorder | host | organizer | attendee | absentee | admin |
|----------------------|----------|------|-----------|----------|----------|-------|
| edit, submit, revise | yes      | yes  | yes       |          |          | yes   |
| return, approve      |          | yes  |           |          |          | yes¹  |
| acknowledge          |          |      |           | yes²     |          |       |
| correct              | yes      | yes  | yes       | yes      | yes      |       |
| delete               |          | yes  | yes       |          |          | yes   |

¹ not what they recorded themselves. ² whoever has to (`must`). Of confidential minutes nobody may anything who is not one of
their readers, admins not excepted (N8). A draft is seen by recorder, host, organizer and admins; what was distributed by
everybody who may read it.
"""

from enum import StrEnum

from bot.domain.minutes import MINUTES_MOVES, Minutes, MinutesState, MinutesVerb
from bot.errors import Offer, Refusal
from bot.people import Person


class Hand(StrEnum):
    """What somebody is to minutes."""

    RECORDER = "recorder"
    HOST = "host"
    ORGANIZER = "organizer"
    ATTENDEE = "attendee"
    ABSENTEE = "absentee"
    ADMIN = "admin"


_MAKERS = frozenset({Hand.RECORDER, Hand.HOST, Hand.ORGANIZER, Hand.ADMIN})

MINUTES_MAY: dict[MinutesVerb, frozenset[Hand]] = {
    MinutesVerb.EDIT: _MAKERS,
    MinutesVerb.SUBMIT: _MAKERS,
    MinutesVerb.RETURN: frozenset({Hand.HOST, Hand.ADMIN}),
    MinutesVerb.APPROVE: frozenset({Hand.HOST, Hand.ADMIN}),
    MinutesVerb.ACKNOWLEDGE: frozenset({Hand.ATTENDEE}),
    MinutesVerb.CORRECT: frozenset(Hand) - {Hand.ADMIN},
    MinutesVerb.REVISE: _MAKERS,
    MinutesVerb.DELETE: frozenset({Hand.HOST, Hand.ORGANIZER, Hand.ADMIN}),
}

_REVIEW = frozenset({MinutesVerb.RETURN, MinutesVerb.APPROVE})
_UNSENT = frozenset({MinutesState.DRAFT, MinutesState.SUBMITTED})


def sees(person: Person, minutes: Minutes) -> bool:
    """N8: confidential ones are read by their attendees and named leaders only."""
    return not minutes.confidential or person.id in minutes.readers


def reads(person: Person, minutes: Minutes) -> bool:
    """N2: besides, nothing unreviewed is shown but to those who make it."""
    return sees(person, minutes) and (minutes.state not in _UNSENT or bool(hands(person, minutes) & _MAKERS))


def counts(person: Person, minutes: Minutes) -> bool:
    """N4: who has acknowledged and who has not is for the recorder and the host."""
    return sees(person, minutes) and person.id in (minutes.recorder, minutes.host)


def hands(person: Person, minutes: Minutes) -> frozenset[Hand]:
    """Everything somebody is to minutes; nothing for who may not see them."""
    if not sees(person, minutes):
        return frozenset()
    is_ = {
        Hand.RECORDER: person.id == minutes.recorder,
        Hand.HOST: person.id == minutes.host,
        Hand.ORGANIZER: person.id == minutes.organizer,
        Hand.ATTENDEE: person.id in (*minutes.present, *minutes.must),
        Hand.ABSENTEE: person.id in {one.person for one in minutes.absent},
        Hand.ADMIN: person.admin,
    }
    return frozenset(hand for hand, holds in is_.items() if holds)


def may(person: Person, verb: MinutesVerb, minutes: Minutes) -> bool:
    """Whether the table lets this person do this to these minutes; their state is another question."""
    mine = hands(person, minutes) & MINUTES_MAY[verb]
    if verb is MinutesVerb.ACKNOWLEDGE:
        return person.id in minutes.must and bool(mine)
    if verb in _REVIEW and mine == {Hand.ADMIN}:
        return person.id != minutes.recorder
    return bool(mine)


def allowed(person: Person, minutes: Minutes) -> frozenset[MinutesVerb]:
    """What this person can do to them now, by the table and their state: the buttons they are shown."""
    if minutes.deleted_at is not None:
        return frozenset()
    able = {verb for verb, moves in MINUTES_MOVES.items() if minutes.state in moves and may(person, verb, minutes)}
    return frozenset(able - {MinutesVerb.ACKNOWLEDGE} if person.id not in minutes.waiting else able)


def check(person: Person, verb: MinutesVerb, minutes: Minutes) -> None:
    """Raises Refusal `confidential` (nothing is said of what is there) or `minutes-may-not` with who may."""
    if may(person, verb, minutes):
        return
    if not sees(person, minutes):
        raise Refusal("confidential", meeting=f"M-{minutes.meeting}")
    if verb is MinutesVerb.ACKNOWLEDGE:
        raise Refusal("minutes-need-not", minutes=minutes.label, offers=(_look(minutes),))
    by_hand = {Hand.RECORDER: minutes.recorder, Hand.HOST: minutes.host, Hand.ORGANIZER: minutes.organizer}
    who = dict.fromkeys(by_hand[one] for one in by_hand if one in MINUTES_MAY[verb])
    raise Refusal(
        "minutes-may-not", minutes=minutes.label, deed=f"minutes-{verb}", who=tuple(who), offers=(_look(minutes),)
    )


def _look(minutes: Minutes) -> Offer:
    return Offer("offer-show", f"/minutes show {minutes.label}")
