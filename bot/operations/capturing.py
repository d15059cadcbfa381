"""What is taken down while people talk, corrected and withdrawn (M2), and settled after the end (M5).

Whoever took a line down, and those who lead the meeting, may correct and withdraw it; after its end only the latter."""

from collections.abc import Callable
from datetime import date, time, timedelta

from msgspec.structs import replace

from bot.domain import course as actions
from bot.domain import holding
from bot.domain.action import Action, Reckoned, Verb
from bot.domain.captured import Capture, Sort, Verdict
from bot.domain.facts import Changed, Met
from bot.domain.holding import VERB_OF
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb
from bot.errors import Refusal
from bot.operations import change as items
from bot.operations import plans
from bot.operations.desk import Desk
from bot.operations.holding import check_unreviewed, course
from bot.operations.plans import Wanted
from bot.operations.sessions import keep, load, ready
from bot.store import Conflict

Rule = Callable[[Meeting, Capture], tuple[Met, Capture]]


def about(meeting: Meeting, number: int) -> str:
    """The subject of a captured line's card: M-7#12."""
    return f"{meeting.label}#{number}"


def take_down(
    desk: Desk, number: int, sort: Sort, text: str, *, topic: int | None = None, verdict: Verdict | None = None,
    why: str = "", follower: int | None = None, label: str = "",
) -> Met:  # fmt: skip
    """M2: a note, a decision or a parked topic; after the end only those who lead still add what was left open (M5)."""
    meeting = open_to(desk, number, VERB_OF[sort])
    fact, line = holding.take_down(
        meeting, sort, text, desk.by.id, desk.now, topic=topic, verdict=verdict, why=why, follower=follower, label=label
    )
    desk.records.meetings.capture(line)
    return keep(desk, fact, _cards(fact))


def act(desk: Desk, number: int, wanted: Wanted) -> tuple[Changed, Met]:
    """M2, M6: an ordinary item of this meeting (as `of_meeting` has it), and its line."""
    meeting = open_to(desk, number, MeetingVerb.ACT)
    recorded = plans.record(desk, wanted)
    label = recorded.after.label
    fact, line = holding.take_down(meeting, Sort.ACTION, recorded.after.text, desk.by.id, desk.now, label=label)
    desk.records.meetings.capture(line)
    return recorded, keep(desk, fact, _cards(fact))


def open_to(desk: Desk, number: int, verb: MeetingVerb) -> Meeting:
    """While it runs: whoever may take that down. After its end: those who settle."""
    ended = load(desk, number).state is MeetingState.ENDED
    meeting = ready(desk, number, MeetingVerb.SETTLE if ended else verb)
    if ended:
        check_unreviewed(desk, meeting)
    return meeting


def of_meeting(desk: Desk, meeting: Meeting, wanted: Wanted) -> Wanted:
    """M6: the item assigned in the name of the meeting's host, who hears when the owner is silent for a day, and tracked by
    the organizer unless somebody was named. A8: asked about as its kind has it. N8: of a confidential one for its readers."""
    topic = meeting.topic(meeting.on)
    source = replace(wanted.source, meeting=meeting.title, topic=topic.title if topic else "", number=meeting.number)
    return replace(
        wanted,
        source=source,
        assigner=meeting.host or meeting.organizer,
        tracker=wanted.tracker or meeting.organizer,
        cadence=wanted.cadence or desk.workplace.kind(meeting.kind).cadence,
        room=meeting.room,
        readers=tuple(sorted(meeting.readers)) if meeting.confidential else (),
    )


def amend(
    desk: Desk, number: int, mark: int, owner: int | None, day: tuple[date, time | None] | None,
    fields: dict[str, object], reckoned: Reckoned | None = None,
) -> Changed:  # fmt: skip
    """The item of a captured line put right, its owner too: as for any line, whoever took it down and those who lead may.

    Returns what is to be told: a new owner is asked with the new words, and nobody hears of the edit besides."""
    meeting, line = mine(desk, number, mark)
    action = items.load(desk, int(line.label.removeprefix("A-")))
    desk.records.outbox.refresh([course(meeting)] if meeting.state is MeetingState.ENDED else [], desk.now)
    other = owner if owner != action.owner else None
    if other is not None and not (day or fields):
        return items.keep(desk, plans.assigned(desk, action, other, ""))
    edited = items.keep(desk, plans.edited(desk, action, day, fields, reckoned))
    return edited if other is None else items.keep(desk, plans.assigned(desk, edited.after, other, ""))


def correct(
    desk: Desk, number: int, mark: int, *, text: str | None = None, verdict: Verdict | None = None,
    why: str | None = None, follower: int | None = None,
) -> Met:  # fmt: skip
    """A note, a decision, a parked topic put right."""

    def rule(meeting: Meeting, line: Capture) -> tuple[Met, Capture]:
        return holding.correct(
            meeting, line, desk.by.id, desk.now, text=text, verdict=verdict, why=why, follower=follower
        )

    return _changed(desk, number, mark, rule)


def withdraw(desk: Desk, number: int, mark: int) -> list[Changed | Met]:
    """Taken back. An action goes with its line: undone while nobody has touched it, else cancelled; the reason is the line
    itself (M-7#12), which views say in their reader's words (T4)."""
    meeting, line = mine(desk, number, mark)
    gone = _gone(desk, line, about(meeting, mark)) if line.sort is Sort.ACTION else None
    kept = _changed(desk, number, mark, lambda one, it: holding.withdraw(one, it, desk.by.id, desk.now))
    return [kept] if gone is None else [items.keep(desk, gone), kept]


def mine(desk: Desk, number: int, mark: int) -> tuple[Meeting, Capture]:
    """The line, when this person may change it now and has seen it as it is.

    Raises Refusal `capture-unknown`, `meeting-may-not`, `meeting-wrong-state`, `capture-changed`."""
    meeting = load(desk, number)
    line = find(desk, meeting, mark)
    verb = MeetingVerb.SETTLE if meeting.state is MeetingState.ENDED else MeetingVerb.WITHDRAW
    own = verb is MeetingVerb.WITHDRAW and line.by == desk.by.id
    ready(desk, number, VERB_OF[line.sort] if own else verb)
    if verb is MeetingVerb.SETTLE:
        check_unreviewed(desk, meeting)
    if desk.version and desk.version != line.version:
        raise Refusal("capture-changed", line=line.text)
    return meeting, line


def find(desk: Desk, meeting: Meeting, mark: int) -> Capture:
    """The line of this number. Raises Refusal `capture-unknown`."""
    found = next((one for one in desk.records.meetings.captured(meeting.number) if one.number == mark), None)
    if found is None:
        raise Refusal("capture-unknown", meeting=meeting.label, number=mark)
    return found


def twin(desk: Desk, number: int, sort: Sort, text: str, within: timedelta) -> bool:
    """Whether this person has just taken down the very same line as their last: an impatient second try."""
    own = [one for one in desk.records.meetings.captured(number) if one.by == desk.by.id and not one.withdrawn]
    last = own[-1] if own else None
    return last is not None and (last.sort, last.text) == (sort, text) and desk.now - last.at <= within


def last_of(desk: Desk, meeting: Meeting) -> Capture:
    """What this person took down last, and still stands. Raises Refusal `withdraw-nothing`."""
    own = [one for one in desk.records.meetings.captured(meeting.number) if one.by == desk.by.id and not one.withdrawn]
    if not own:
        raise Refusal("withdraw-nothing", meeting=meeting.label)
    return own[-1]


def _cards(fact: Met) -> list[str]:
    """A new line has its own card; the course's show it only when it is read back, or when somebody is seen there by it."""
    before = fact.before
    shown = before is None or before.state is MeetingState.ENDED or before.invitees != fact.after.invitees
    return [course(fact.after)] if shown else []


def _changed(desk: Desk, number: int, mark: int, rule: Rule) -> Met:
    meeting, line = mine(desk, number, mark)
    fact, after = rule(meeting, line)
    try:
        desk.records.meetings.correct(after)
    except Conflict:
        raise Refusal("capture-changed", line=line.text) from None
    return keep(desk, fact, [about(meeting, mark), *_cards(fact)])


def _gone(desk: Desk, line: Capture, why: str) -> Changed | None:
    """The item as it is taken back; None when it has ended otherwise by now."""
    action = items.load(desk, int(line.label.removeprefix("A-")))
    if not action.open:
        return None
    if _untouched(action):
        return actions.undo(action, None, Verb.ADD, desk.by.id, desk.now)
    return actions.cancel(action, desk.by.id, desk.now, why)


def _untouched(action: Action) -> bool:
    return action.version == 1
