"""One change of one meeting, from the question who may to the saved truth: every verb on meetings goes through here.

load → policy (the one place it is asked) → state → rule of the domain → save, history, calls, cards marked out of date.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from bot.domain.calls import Hours, Subject, calls
from bot.domain.facts import Met
from bot.domain.meeting import MEETING_MOVES, Meeting, MeetingVerb
from bot.errors import Offer, Refusal
from bot.operations import secrecy, taking_back
from bot.operations.desk import Desk
from bot.policy import meetings as policy
from bot.store import Conflict, Entry

Rule = Callable[[Meeting], Met]


def load(desk: Desk, number: int) -> Meeting:
    """The meeting, when this person may know of it. Raises Refusal `meeting-unknown` or `confidential` (N8)."""
    meeting = desk.records.meetings.get(number)
    if meeting is None:
        raise Refusal("meeting-unknown", number=f"M-{number}", offers=(Offer("offer-meetings", "/meeting list"),))
    if not policy.sees(desk.by, meeting) and not policy.asked_to_approve(desk.by, meeting, desk.workplace):
        raise Refusal("confidential", meeting=meeting.label)
    return meeting


def ready(desk: Desk, number: int, verb: MeetingVerb) -> Meeting:
    """The meeting, when this person may do this to it now.

    Raises Refusal `meeting-unknown`, `confidential`, `meeting-may-not` or `meeting-wrong-state`."""
    meeting = load(desk, number)
    policy.check(desk.by, verb, meeting, desk.workplace)
    if verb in MEETING_MOVES and meeting.state not in MEETING_MOVES[verb]:
        raise Refusal(
            "meeting-wrong-state", meeting=meeting.label, stage=f"meeting-{meeting.state}", deed=f"meeting-{verb}"
        )
    return meeting


def change(desk: Desk, verb: MeetingVerb, number: int, rule: Rule) -> Met:
    """The verb's rule on the meeting, kept."""
    return keep(desk, rule(ready(desk, number, verb)))


def keep(desk: Desk, fact: Met, cards: Sequence[str] | None = None) -> Met:
    """Saves what changed, its history and its next calls; its items follow its circle of readers, and what others left open
    leaves it (N8); `cards` as in `remember`. Raises Refusal `meeting-changed` when it was not the newest."""
    fact = secrecy.within(desk, fact)
    try:
        desk.records.meetings.save(fact.after)
    except Conflict:
        offers = (Offer("offer-show-meeting", f"/meeting show {fact.subject}"),)
        raise Refusal("meeting-changed", meeting=fact.subject, offers=offers) from None
    remember(desk, fact, cards)
    secrecy.settle(desk, fact)
    return fact


def enter(desk: Desk, fact: Met) -> Met:
    """Saves a new meeting: from here on it has its number."""
    fact = replace(fact, after=desk.records.meetings.add(fact.after))
    remember(desk, fact)
    return fact


def remember(desk: Desk, fact: Met, cards: Sequence[str] | None = None) -> None:
    """Who, when and what; then the meeting's calls, and every card about it marked out of date, or only those of `cards`:
    a line taken down changes nobody's invitation, and forty of them would change it forty times."""
    details = {**fact.details, "state": str(fact.after.state), **taking_back.before(desk, fact)}
    desk.records.history.add(Entry(fact.subject, fact.at, fact.by, str(fact.verb), fact.why, details=details))
    set_calls(desk, fact.after)
    desk.records.outbox.refresh([fact.subject] if cards is None else cards, desk.now)


def set_calls(desk: Desk, subject: Subject) -> None:
    """The next moments of a meeting, its minutes or a vote."""
    hours = Hours(desk.timetable, {kind.name: kind for kind in desk.workplace.kinds}, desk.workplace.quiet)
    desk.records.alarms.replace({subject.label: calls(subject, desk.now, hours)}, desk.now)
