"""The last change taken back, as a change of its own: by whoever made it (or an admin), while it is fresh and the last."""

from bot.domain import course
from bot.domain.action import Action, State, Verb
from bot.domain.facts import Changed
from bot.errors import Offer, Refusal
from bot.operations import taking_back
from bot.operations.change import check_seen, keep, load
from bot.operations.desk import Desk
from bot.policy import verifiers
from bot.store import Entry


def undo(desk: Desk, number: int | None = None) -> Changed:
    """Undoes the item's last change, or (no number) the last one this person made to anything.

    Raises Refusal `undo-nothing`, `undo-not-yours`, `undo-changed-since`, `undo-undone`, `undo-too-late`, `undo-sent`,
    `confidential-item` (N8), or `undo-not-item` when that was done to a meeting or its minutes."""
    entry = _last(desk, number)
    if not entry.subject.startswith("A-"):
        raise Refusal("undo-not-item", subject=entry.subject, offers=_of_meeting(desk, entry))
    action = load(desk, int(entry.subject.partition("-")[2]))
    _check(desk, entry)
    check_seen(desk, action)
    if entry.after is None or entry.after.version != action.version:
        raise _refused("undo-changed-since", entry)
    if entry.verb == Verb.NUDGE and not _called_back(desk, action):
        raise _refused("undo-sent", entry)
    return keep(desk, course.undo(action, entry.before, Verb(entry.verb), desk.by.id, desk.now))


def _called_back(desk: Desk, action: Action) -> bool:
    """Whether the push still waited, over night perhaps (T3), and will not be sent; what was read cannot be taken back."""
    pushed = verifiers(action, desk.directory) if action.state is State.SUBMITTED else (course.must_act(action),)
    return bool(desk.records.outbox.withdraw(pushed, "nudged", desk.now, about=action.label))


def _last(desk: Desk, number: int | None) -> Entry:
    if number is not None:
        entry = desk.records.history.last(load(desk, number).label)
    else:
        entry = desk.records.history.last_by(desk.by.id)
    if entry is None:
        raise Refusal("undo-nothing", offers=(Offer("offer-list", "/action list"),))
    return entry


def _of_meeting(desk: Desk, entry: Entry) -> tuple[Offer, ...]:
    """What was done to a meeting is taken back there, where it can be; else a look at what was done. Of minutes and series
    nothing is."""
    label, _, edition = entry.subject.partition(" ")
    meeting = desk.records.meetings.get(int(label[2:])) if label.startswith("M-") and not edition else None
    last = taking_back.last(desk, meeting) if meeting is not None else None
    if meeting is None or last is None:
        return ()
    try:
        taking_back.taken_back(desk, meeting, last)
    except Refusal as refused:
        return refused.offers
    return (Offer("offer-undo-meeting", f"/meeting undo {label}"),)


def _check(desk: Desk, entry: Entry) -> None:
    last = desk.records.history.last(entry.subject) or entry
    if last.by != entry.by or last.at != entry.at or last.verb != entry.verb:
        raise _refused("undo-changed-since", last)
    if entry.verb == Verb.UNDO:
        raise _refused("undo-undone", entry)
    if entry.by != desk.by.id and not desk.by.admin:
        raise _refused("undo-not-yours", entry)
    if desk.now - entry.at > desk.workplace.rules.undo_within:
        raise _refused("undo-too-late", entry)


def _refused(name: str, entry: Entry) -> Refusal:
    history = Offer("offer-history", f"/action history {entry.subject}")
    return Refusal(name, action=entry.subject, who=(entry.by,), verb=entry.verb, at=entry.at, offers=(history,))
