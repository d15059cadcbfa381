"""What people hear unasked while a meeting is prepared (P2, P5, P7–P9), made when it is delivered, from the truth then.

A message that already stands (`args["posted"]`) says how things stand by now; a file is sent once, with its message, and
never again with an update: a messenger would attach it a second time.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.cards import Block, Button, Card, Facts, File, Text
from bot.domain.meeting import Meeting, MeetingState, Reply
from bot.domain.papers import Papers
from bot.reports.invitation import Method, invitation
from bot.views import lines, meeting_lines, meeting_presses
from bot.views import meeting as views
from bot.views.people import no_longer_shown
from bot.views.presses import row
from bot.views.scene import Scene

Args = Mapping[str, object]
View = Callable[[Scene, Papers, Args], Card | None]

_TOLD = (MeetingState.ANNOUNCED, MeetingState.RUNNING)


def invited(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P9, to everybody invited: the whole notice, their part, and the calendar entry; the recorder gets the template (P8)."""
    meeting, reader = papers.meeting, scene.reader
    if reader is None or not _ahead(scene, meeting, args) or meeting.invitee(reader.id) is None:
        return standing(scene, papers, args)
    return lines.card(
        scene.words(
            "invite-notice", title=lines.single(meeting.title), start=meeting_lines.starts(scene, meeting.start)
        ),
        *_part(scene, meeting),
        meeting_lines.facts(scene, meeting),
        meeting_lines.link(scene, meeting),
        meeting_lines.agenda(scene, meeting),
        *meeting_lines.materials(scene, meeting),
        *_short(scene, meeting),
        *_files(scene, meeting, args),
        row((*meeting_presses.answers(scene, meeting), meeting_presses.show(scene, meeting))),
    )


def announced(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P9, to its room: the whole notice once, and nobody's part in it: each has been asked directly."""
    meeting = papers.meeting
    if not _ahead(scene, meeting, args):
        return standing(scene, papers, args)
    start = meeting_lines.starts(scene, meeting.start)
    return lines.card(
        scene.words("room-notice", title=lines.single(meeting.title), start=start),
        meeting_lines.facts(scene, meeting),
        meeting_lines.by_each_clock(scene, meeting.start, meeting.people),
        meeting_lines.link(scene, meeting),
        meeting_lines.agenda(scene, meeting),
        *meeting_lines.materials(scene, meeting),
        *_short(scene, meeting),
        row((meeting_presses.show(scene, meeting),)),
    )


def changed(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P9: what was, and what is now; who had answered is asked again where the time has moved."""
    meeting = papers.meeting
    if not _ahead(scene, meeting, args):
        return standing(scene, papers, args)
    pairs = _changes(scene, meeting, args.get("was"))
    why = str(args.get("why") or "")
    return lines.card(
        _change(scene, meeting, args.get("was")),
        Facts(pairs) if pairs else None,
        meeting_lines.by_each_clock(scene, meeting.start, meeting.people),
        lines.said(scene.words("meeting-why-said", why=why)) if why else None,
        *_short(scene, meeting),
        *_calendar(scene, meeting, args, "REQUEST"),
        row((*meeting_presses.answers(scene, meeting), meeting_presses.show(scene, meeting))),
        tone="warn",
    )


def cancelled(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """It does not take place: when it would have, why, and the entry that takes it out of the calendar."""
    meeting = papers.meeting
    why = str(args.get("why") or "")
    return lines.card(
        scene.words(
            "cancelled-notice", title=lines.single(meeting.title), when=meeting_lines.starts(scene, meeting.start)
        ),
        lines.said(scene.words("meeting-why-said", why=why)) if why else None,
        *_calendar(scene, meeting, args, "CANCEL"),
        tone="warn",
    )


def uninvited(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """Somebody need not come any more."""
    meeting, reader = papers.meeting, scene.reader
    if reader is not None and meeting.invitee(reader.id) is not None:
        return standing(scene, papers, args)
    return lines.card(
        scene.words(
            "uninvite-notice", title=lines.single(meeting.title), when=meeting_lines.starts(scene, meeting.start)
        ),
        *_calendar(scene, meeting, args, "CANCEL"),
    )


def approval(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P2, to approvers: what it is for, why it is needed, who would come."""
    meeting = papers.meeting
    if meeting.state is not MeetingState.AWAITING:
        return standing(scene, papers, args)
    title = scene.words(
        "approval-notice", who=scene.name(meeting.organizer), title=lines.single(meeting.title),
        start=meeting_lines.starts(scene, meeting.start),
    )  # fmt: skip
    buttons = tuple(meeting_presses.press(scene, meeting, verb) for verb in ("approve", "refuse", "show"))
    return lines.card(title, meeting_lines.facts(scene, meeting), meeting_lines.agenda(scene, meeting), row(buttons))


def approved(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P2, to the organizer: it is out."""
    meeting = papers.meeting
    title = scene.words(
        "approved-notice",
        meeting=meeting.label,
        title=lines.single(meeting.title),
        n=sum(one.person != meeting.organizer for one in meeting.invitees),
    )
    return lines.card(title, *_calendar(scene, meeting, args, "REQUEST"), row((meeting_presses.show(scene, meeting),)))


def refused(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P2, to the organizer: not as it is, and why; nobody was invited."""
    meeting = papers.meeting
    title = scene.words("refused-notice", meeting=meeting.label, title=lines.single(meeting.title))
    buttons = (meeting_presses.press(scene, meeting, "edit"), meeting_presses.press(scene, meeting, "show"))
    by = args.get("by")
    who = scene.name(by) if isinstance(by, int) and by in scene.directory.people else ""
    return lines.card(title, lines.quoted(str(args.get("why") or ""), "", who), row(buttons), tone="warn")


def answered(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P8, to the organizer: who does not come and why, or who comes in their place."""
    meeting, person = papers.meeting, args.get("person")
    found = meeting.invitee(person) if isinstance(person, int) else None
    if found is None or found.reply not in (Reply.DECLINED, Reply.PROXY):
        return standing(scene, papers, args)
    name = "answered-proxy" if found.proxy is not None else "answered-declined"
    proxy = scene.name(found.proxy) if found.proxy is not None else ""
    return lines.card(
        scene.words(name, who=scene.name(found.person), proxy=proxy, title=lines.single(meeting.title)),
        lines.quoted(found.why, "", scene.name(found.person)),
        lines.said(meeting_lines.counted(scene, meeting), faint=True),
        row((meeting_presses.show(scene, meeting),)),
    )


def proposed(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P5, to the organizer: who proposes what; take it or not."""
    meeting = papers.meeting
    number = args.get("topic")
    topic = meeting.topic(number) if isinstance(number, int) else None
    if topic is None or topic.taken:
        return standing(scene, papers, args)
    by = scene.name(topic.proposed_by) if topic.proposed_by else ""
    return lines.card(
        scene.words("topic-proposed", who=by, topic=lines.single(topic.title), title=lines.single(meeting.title)),
        lines.quoted(topic.title, lines.single(topic.title)),
        lines.said(meeting_lines.topic_detail(scene, topic)),
        meeting_lines.arithmetic(scene, meeting),
        row((*meeting_presses.proposal(scene, meeting, topic), meeting_presses.show(scene, meeting))),
    )


def topic_settled(name: str) -> View:
    """P5, to whoever proposed it: taken, or not and why."""

    def view(scene: Scene, papers: Papers, args: Args) -> Card | None:
        meeting = papers.meeting
        number = args.get("topic")
        topic = meeting.topic(number) if isinstance(number, int) else None
        title = lines.single(topic.title if topic else str(args.get("title") or ""))
        return lines.card(
            scene.words(name, topic=title, title=lines.single(meeting.title)),
            lines.quoted(str(args.get("why") or ""), ""),
            row((meeting_presses.show(scene, meeting),)),
        )

    return view


def wanted(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """P7: a material somebody owes, under its name by rule."""
    meeting = papers.meeting
    owed = _owed(scene, meeting)
    if not owed or not _ahead(scene, meeting, args):
        return standing(scene, papers, args)
    start = meeting_lines.starts(scene, meeting.start)
    title = scene.words("material-wanted", title=lines.single(meeting.title), start=start)
    return lines.card(title, *owed, row((_bring(scene, meeting), meeting_presses.show(scene, meeting))))


def standing(scene: Scene, papers: Papers, args: Args) -> Card | None:
    """What has been said is no longer so: how the meeting stands, where the message stands; else nothing is left to say."""
    if not args.get("posted"):
        return None
    meeting = papers.meeting
    return lines.card(views.title(scene, meeting), row((meeting_presses.show(scene, meeting),)))


def _ahead(scene: Scene, meeting: Meeting, args: Args) -> bool:
    """Whether it is still to come or is being held: nobody is asked for the first time when its time is over."""
    missed = meeting.state is MeetingState.ANNOUNCED and scene.now >= meeting.end and not args.get("posted")
    return meeting.state in _TOLD and not missed


def _part(scene: Scene, meeting: Meeting) -> list[Text]:
    """What the reader is there for: host, recorder, presenter, proxy, and what they still owe."""
    reader = scene.reader.id if scene.reader else 0
    invited = meeting.invitee(reader)
    words = scene.words
    parts = [words("part-host")] if meeting.host == reader else []
    parts += [words("part-recorder")] if meeting.recorder == reader else []
    parts += [words("part-proxy", who=scene.name(invited.person))] if invited and invited.proxy == reader else []
    titles = [topic.title for topic in meeting.agenda if topic.presenter == reader]
    parts += [words("part-presenter", topics=words.listed(titles))] if titles else []
    said = [text for one in parts if (text := lines.said(one)) is not None]
    return [*said, *_owed(scene, meeting)]


def _owed(scene: Scene, meeting: Meeting) -> list[Text]:
    reader = scene.reader.id if scene.reader else 0
    names = [
        material.name for topic in meeting.agenda for material in topic.materials
        if material.by == reader and not material.url
    ]  # fmt: skip
    said = (lines.said(scene.words("material-yours", name=name)) for name in names)
    return [one for one in said if one is not None]


def _bring(scene: Scene, meeting: Meeting) -> Button:
    return meeting_presses.press(scene, meeting, "material")


def _short(scene: Scene, meeting: Meeting) -> list[Text]:
    """P6: called later than its lead time."""
    said = lines.said(scene.words("short-notice"), faint=True) if meeting.short else None
    return [said] if said else []


def _files(scene: Scene, meeting: Meeting, args: Args) -> list[Block]:
    """The calendar entry; for the recorder the template too."""
    reader = scene.reader.id if scene.reader else 0
    recording = meeting.recorder == reader and not args.get("posted")
    template = [views.template(scene.words, meeting, scene)] if recording else []
    return [*_calendar(scene, meeting, args, "REQUEST"), *template]


def _calendar(scene: Scene, meeting: Meeting, args: Args, method: Method) -> list[File]:
    if args.get("posted") or scene.reader is None:
        return []
    alone = (scene.reader.id,) if method == "CANCEL" else ()
    return [views.file(meeting, invitation(meeting, scene.directory, scene.now, method=method, to=alone))]


def _change(scene: Scene, meeting: Meeting, was: object) -> str:
    """改到 11月26日（周四）10:00：产品规划会: what matters most of what changed."""
    names = set(was) if isinstance(was, Mapping) else set()
    name = next((one for one in ("start", "place", "link", "length") if one in names), "start")
    when = meeting_lines.starts(scene, meeting.start)
    place = lines.single(meeting.place or scene.words("none-now"))
    return scene.words(f"change-{name}", title=lines.single(meeting.title), when=when, place=place)


def _changes(scene: Scene, meeting: Meeting, was: object) -> tuple[tuple[str, str], ...]:
    """时间 11月25日（周三）15:00–16:00 → 11月26日（周四）16:00–17:00."""
    before = was if isinstance(was, Mapping) else {}
    pairs: list[tuple[str, str, str]] = []
    if {"start", "length"} & set(before):
        start = datetime.fromisoformat(str(before.get("start", meeting.start.isoformat())))
        length = before.get("length", meeting.length)
        old = meeting_lines.span(scene, start, length if isinstance(length, int) else meeting.length)
        pairs.append(("when", old, meeting_lines.when(scene, meeting)))
    pairs += [(name, str(before[name] or ""), getattr(meeting, name)) for name in ("place", "link") if name in before]
    words = scene.words
    return tuple(
        (words(f"meeting-fact-{name}"), words("from-to", old=old or words("none-before"), new=new or words("none-now")))
        for name, old, new in pairs
    )


def _openly(view: View) -> View:
    """What a room hears only while the meeting is no secret (N8): what stands there goes, and nothing new comes."""

    def shown(scene: Scene, papers: Papers, args: Args) -> Card | None:
        if scene.reader is None and papers.meeting.confidential:
            return no_longer_shown(scene) if args.get("posted") else None
        return view(scene, papers, args)

    return shown


MOMENTS: dict[str, View] = {
    "meeting-invited": invited,
    "meeting-announced": _openly(announced),
    "meeting-changed": _openly(changed),
    "meeting-cancelled": _openly(cancelled),
    "meeting-uninvited": uninvited,
    "meeting-approval": approval,
    "meeting-approved": approved,
    "meeting-refused": refused,
    "meeting-answered": answered,
    "topic-proposed": proposed,
    "topic-taken": topic_settled("topic-taken-notice"),
    "topic-dropped": topic_settled("topic-dropped-notice"),
    "material-wanted": wanted,
}
"""Every moment of preparing that is told by a fact (bot/announcements/meetings.py)."""
