"""`/meeting history` 记录 and `undo` 撤销: who did what to a meeting, and the last of it taken back while nobody was told."""

from collections.abc import Iterator
from datetime import datetime

from bot.cards import Answer
from bot.commands import tokens
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.live import capturing
from bot.commands.meeting import which
from bot.domain.meeting import Meeting, MeetingVerb
from bot.errors import Offer, Refusal
from bot.operations import planning, taking_back
from bot.operations.sessions import load
from bot.pattern import pattern
from bot.store import Entry
from bot.views import meeting_past as views

_MARK = pattern(r"#([0-9]{1,9})")
_TAKEN_DOWN = frozenset({MeetingVerb.NOTE, MeetingVerb.DECIDE, MeetingVerb.ACT, MeetingVerb.PARK})


def history(asking: Asking, line: Line) -> Answer:
    """Who did what and when; refused to who may not see the meeting (N8)."""
    meeting = load(asking, which.meant(asking, line, MeetingVerb.ANSWER))
    return views.history(scene(asking), meeting, asking.records.history.of(meeting.label))


def undo(asking: Asking, line: Line) -> Answer | None:
    """The meeting's last change, or without a number the asker's own last one. A line taken down is withdrawn (M2)."""
    number = _number(asking, line)
    meeting = load(asking, number)
    entry = taking_back.last(asking, meeting)
    own = entry is not None and entry.by == asking.by.id and entry.verb in _TAKEN_DOWN
    if own or _of_a_line(asking, line, number):
        return capturing.withdraw(asking, which.naming(line, number))
    try:
        return which.told(asking, planning.undo(asking, number))
    except Refusal as refused:
        raise which.retold(refused, (*_instead(asking, meeting, entry, refused), *refused.offers)) from None


def _of_a_line(asking: Asking, line: Line, number: int) -> bool:
    """Whether a line that was taken down is named (`#12`) or replied to."""
    named = [*_MARK.findall(line.rest), *(found for one in asking.subjects for found in _MARK.findall(one))]
    return any(str(one.number) in named for one in asking.records.meetings.captured(number)) if named else False


def _number(asking: Asking, line: Line) -> int:
    """The meeting that is named or talked about, else what the asker did last. Raises Refusal `undo-not-meeting`."""
    about = [one for one in asking.subjects if one.startswith("M-")]
    if line.numbers or about:
        return which.meant(asking, line, MeetingVerb.UNDO)
    entry = taking_back.last(asking, None)
    subject = entry.subject if entry is not None else ""
    if not subject.startswith("M-") or " " in subject:
        offers = (
            (Offer("offer-line", f"/action undo {subject}", args=(("line", subject),)),) if subject[:2] == "A-" else ()
        )
        raise Refusal("undo-not-meeting", offers=(*offers, Offer("offer-meetings", "/meeting list")))
    return int(subject.removeprefix("M-").partition("#")[0])


def _instead(asking: Asking, meeting: Meeting, entry: Entry | None, refused: Refusal) -> Iterator[Offer]:
    """What puts right what others were told already: it is told to them too."""
    if entry is None or refused.text not in ("meeting-undo-told", "meeting-undo-otherwise"):
        return
    head, number = "/meeting", meeting.label
    match MeetingVerb(entry.verb):
        case MeetingVerb.RESCHEDULE:
            yield from _moved_back(asking, meeting, entry)
        case MeetingVerb.INVITE:
            yield from _asked_otherwise(asking, meeting, entry)
        case MeetingVerb.ANNOUNCE | MeetingVerb.APPROVE:
            yield Offer("offer-meeting-reschedule", f"{head} reschedule {number}")
            yield Offer("offer-meeting-cancel", f"{head} cancel {number}")
        case MeetingVerb.ANSWER:
            yield Offer("offer-meeting-accept", f"{head} accept {number}")
            yield Offer("offer-meeting-decline", f"{head} decline {number}")
        case MeetingVerb.CANCEL:
            yield Offer("offer-new-meeting", f"{head} new {tokens.enclosed(meeting.title)}")
        case MeetingVerb.EDIT | MeetingVerb.MATERIAL:
            yield Offer("offer-meeting-edit", f"{head} edit {number}")
        case MeetingVerb.START:
            yield Offer("offer-meeting-end", f"{head} end {number}")
        case MeetingVerb.END:
            yield Offer("offer-meeting-resume", f"{head} resume {number}")
        case _:
            return


def _moved_back(asking: Asking, meeting: Meeting, entry: Entry) -> Iterator[Offer]:
    """To when and where it was, unless that is over."""
    was = entry.details.get("was")
    if not isinstance(was, dict):
        return
    start = datetime.fromisoformat(was["start"]) if "start" in was else None
    if start is not None and start <= asking.now:
        return
    said = [f"{start.astimezone(asking.by.zone):%Y-%m-%d %H:%M}"] if start else []
    said += [f"length: {was['length']}"] if "length" in was else []
    said += [f"{name}: {tokens.enclosed(str(was[name]))}" for name in ("place", "link") if was.get(name)]
    if said:
        yield Offer("offer-meeting-back", f"/meeting reschedule {meeting.label} {' '.join(said)}")


def _asked_otherwise(asking: Asking, meeting: Meeting, entry: Entry) -> Iterator[Offer]:
    for done, undone in (("invited", "uninvite"), ("uninvited", "invite")):
        people = entry.details.get(done)
        if isinstance(people, list) and people:
            directory = asking.directory
            names = " ".join(f"@{directory.handle(directory.person(one))}" for one in people)
            yield Offer(f"offer-meeting-{undone}", f"/meeting {undone} {meeting.label} {names}")
