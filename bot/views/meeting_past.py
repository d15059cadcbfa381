"""What has happened to a meeting: who did what and when, with what it changed and why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.cards import Card, Item, Items
from bot.domain.facts import ITSELF
from bot.domain.meeting import Meeting, MeetingVerb
from bot.domain.planning import TOLD_AGAIN
from bot.store import Entry
from bot.views import lines, meeting_lines, meeting_presses
from bot.views.presses import row
from bot.views.scene import Scene

_TAKEN_DOWN = frozenset({MeetingVerb.NOTE, MeetingVerb.DECIDE, MeetingVerb.ACT, MeetingVerb.PARK, MeetingVerb.SETTLE})

_BY_WHAT = {
    MeetingVerb.TOPIC: ("topic-add", "topic-edit", "topic-order", "topic-drop", "topic-carry"),
    MeetingVerb.INVITE: ("invite", "uninvite"),
    MeetingVerb.ANSWER: ("answer-accepted", "answer-declined", "answer-proxy"),
    MeetingVerb.MATERIAL: ("material", "material-owed"),
}
"""Verbs that are told by what they did."""
_VOTES = (MeetingVerb.VOTE, MeetingVerb.CAST, MeetingVerb.CLOSE)
"""A vote has a history of its own."""
PAST = (
    *(str(verb) for verb in MeetingVerb if verb not in (*_BY_WHAT, *_VOTES)),
    *(what for whats in _BY_WHAT.values() for what in whats),
    "correct",
)
"""Every line there can be, as the catalogues know it (`past-meeting-…`)."""


def history(scene: Scene, meeting: Meeting, entries: Sequence[Entry]) -> Card:
    """Oldest first; what was refused is marked. What was said in it is for its minutes to tell, once they are reviewed (N2)."""
    return lines.card(
        scene.words("history", action=meeting.label),
        lines.said(meeting.title),
        Items(tuple(_line(scene, meeting, entry) for entry in entries)),
        row((meeting_presses.show(scene, meeting),)),
    )


def deed(scene: Scene, verb: str) -> str:
    """改期, 查看: what was tried, by the verb of the domain or of the line."""
    return lines.tried(scene, verb, f"deed-meeting-{verb}", f"say-meeting-{verb}")


def _line(scene: Scene, meeting: Meeting, entry: Entry) -> Item:
    at, words = lines.moment(scene, entry.at), scene.words
    who = words("minutes-by-itself") if entry.by == ITSELF else scene.name(entry.by)
    if entry.refused:
        return Item(at, words("meeting-history-refused", who=who, deed=deed(scene, entry.verb)))
    detail = " · ".join(part for part in (*_details(scene, meeting, entry), entry.why) if part)
    return Item(at, words("meeting-history-line", who=who, did=words(f"past-meeting-{_did(entry)}")), detail)


def _did(entry: Entry) -> str:
    """Which words: the verb, and for some what it did."""
    details = entry.details
    match entry.verb:
        case MeetingVerb.TOPIC:
            return f"topic-{details.get('did', 'edit')}"
        case MeetingVerb.INVITE:
            return "uninvite" if details.get("uninvited") else "invite"
        case MeetingVerb.ANSWER:
            return f"answer-{details.get('reply', 'accepted')}"
        case MeetingVerb.MATERIAL:
            return "material-owed" if details.get("owed") else "material"
        case _ if entry.verb in _TAKEN_DOWN and details.get("corrected"):
            return "correct"
        case _ if entry.verb in _TAKEN_DOWN and details.get("withdrawn"):
            return "withdraw"
        case _:
            return entry.verb


def _details(scene: Scene, meeting: Meeting, entry: Entry) -> Iterator[str]:
    details = entry.details
    if entry.verb == MeetingVerb.RESCHEDULE:
        yield from _moved(scene, details)
    if entry.verb in (MeetingVerb.EDIT, MeetingVerb.RESCHEDULE):
        yield _fields(scene, details)
    if entry.verb == MeetingVerb.UNDO:
        yield deed(scene, str(details.get("undone")))
    for name in ("invited", "uninvited", "people"):
        people = details.get(name)
        if isinstance(people, list):
            yield scene.words.listed([scene.name(one) for one in people if isinstance(one, int)])
    yield _about(meeting, details)
    proxy = details.get("proxy")
    if isinstance(proxy, int):
        yield scene.name(proxy)


def _moved(scene: Scene, details: Mapping[str, object]) -> Iterator[str]:
    """11月27日（周五）10:00 → 11月30日（周一）10:00: of time and place, what was and what became of it."""
    was, now = details.get("was"), details.get("became")
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        return
    for name in TOLD_AGAIN:
        if name in was and name in now:
            old, new = (_value(scene, name, one[name]) for one in (was, now))
            yield scene.words("from-to", old=old or scene.words("none-before"), new=new or scene.words("none-now"))


def _value(scene: Scene, name: str, value: object) -> str:
    if name == "start":
        return meeting_lines.starts(scene, datetime.fromisoformat(str(value)))
    return scene.words("n-minutes", n=value) if name == "length" else lines.single(str(value))


def _fields(scene: Scene, details: Mapping[str, object]) -> str:
    """目标、主持人: the other fields that changed."""
    changed = details.get("changes")
    names = [str(one) for one in changed if one not in TOLD_AGAIN] if isinstance(changed, list) else []
    return meeting_lines.fields(scene, names)


def _about(meeting: Meeting, details: Mapping[str, object]) -> str:
    """The topic or the material it was about, as it was called or is called now."""
    said = details.get("title") or details.get("name")
    number = details.get("topic")
    topic = meeting.topic(number) if isinstance(number, int) else None
    return lines.single(str(said)) if said else lines.single(topic.title) if topic is not None else ""
