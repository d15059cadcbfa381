"""A meeting's last change taken back, as a change of its own: by whoever made it (or an admin), while it is fresh and the last,
and as long as nobody was told of it. What others were told is put right by telling them again: the refusal says how.

What there was before is kept with the change's line in the history (`before`), but only of changes that can be taken back.
"""

from collections.abc import Mapping

from msgspec import convert, to_builtins

from bot.announcements import Desk as Told
from bot.announcements import meetings
from bot.domain import planning
from bot.domain.facts import ITSELF, Met
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb
from bot.errors import Offer, Refusal
from bot.operations.desk import Desk
from bot.store import Entry

TAKEN_BACK = frozenset(
    {
        MeetingVerb.NEW, MeetingVerb.EDIT, MeetingVerb.TOPIC, MeetingVerb.PROPOSE, MeetingVerb.TAKE, MeetingVerb.DROP,
        MeetingVerb.MATERIAL, MeetingVerb.INVITE, MeetingVerb.RESCHEDULE, MeetingVerb.CANCEL,
    }
)  # fmt: skip
"""What prepares a meeting. Its course, and what is taken down in it, has ways back of its own."""
_TELLING = TAKEN_BACK | {MeetingVerb.ANNOUNCE, MeetingVerb.APPROVE, MeetingVerb.REFUSE, MeetingVerb.ANSWER}
_ITS_OWN = frozenset({"number", "version", "changed_at", "mark"})
"""What an undo leaves alone: a topic's number is its own for ever, also when the topic has gone."""


def before(desk: Desk, fact: Met) -> dict[str, object]:
    """What the history keeps beside a change: the fields as they were, where it can be taken back, or that people were told."""
    if fact.verb not in _TELLING:
        return {}
    if meetings.notices(fact, Told(desk.directory, desk.workplace)):
        return {"told": True}
    return {"before": _pictured(fact)} if fact.verb in TAKEN_BACK else {}


def last(desk: Desk, meeting: Meeting | None) -> Entry | None:
    """The last change of this meeting, or (None) the asker's own last one to anything."""
    history = desk.records.history
    return history.last(meeting.label) if meeting is not None else history.last_by(desk.by.id)


def taken_back(desk: Desk, meeting: Meeting, entry: Entry) -> Met:
    """The meeting as it was before `entry`, its last change.

    Raises Refusal `meeting-undo-itself`, `meeting-undo-not-yours`, `meeting-undo-undone`, `meeting-undo-too-late`, `meeting-undo-told` and
    `meeting-undo-otherwise` with what to do instead, `meeting-past`."""
    verb = MeetingVerb(entry.verb)
    if entry.by == ITSELF:
        raise _refused("meeting-undo-itself", entry)
    if entry.by != desk.by.id and not desk.by.admin:
        raise _refused("meeting-undo-not-yours", entry, who=(entry.by,))
    if verb is MeetingVerb.UNDO:
        raise _refused("meeting-undo-undone", entry)
    there = entry.details.get("before")
    if not isinstance(there, Mapping):
        name = "meeting-undo-told" if entry.details.get("told") else "meeting-undo-otherwise"
        raise _refused(name, entry, deed=f"meeting-{verb}")
    if desk.now - entry.at > desk.workplace.rules.undo_within:
        raise _refused("meeting-undo-too-late", entry)
    return planning.undo(meeting, _as_it_was(meeting, there), verb, desk.by.id, desk.now)


def _refused(name: str, entry: Entry, /, who: tuple[int, ...] = (), deed: str = "") -> Refusal:
    history = Offer("offer-history", f"/meeting history {entry.subject}")
    return Refusal(name, meeting=entry.subject, at=entry.at, who=who, deed=deed, offers=(history,))


def _pictured(fact: Met) -> dict[str, object]:
    """The fields that changed, as JSON; of a new meeting, that it goes."""
    if fact.before is None:
        return {"state": str(MeetingState.CANCELLED)}
    old, new = fact.before, fact.after
    names = frozenset(Meeting.__struct_fields__) - _ITS_OWN
    return {name: to_builtins(getattr(old, name)) for name in names if getattr(old, name) != getattr(new, name)}


def _as_it_was(meeting: Meeting, there: Mapping[str, object]) -> Meeting:
    return convert({**to_builtins(meeting), **there}, Meeting)
