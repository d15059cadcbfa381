"""What the asker sees of one meeting or several: the echo, the card, the preview before it is sent, lists."""

from collections.abc import Sequence

from bot.cards import Block, Button, Card, Facts, File, Item, Items, Text, Toast
from bot.domain import planning
from bot.domain.facts import Met
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb
from bot.texts import Words
from bot.views import lines, meeting_lines, meeting_presses
from bot.views.presses import row
from bot.views.scene import Scene

_OWN = (MeetingVerb.ANSWER, MeetingVerb.PROPOSE)
SHOWN = 10
"""Meetings on one card of a list."""


def recorded(scene: Scene, meeting: Meeting) -> Card:
    """The echo of a new draft: number, when, what is still missing, that nobody has been told."""
    words = scene.words
    return lines.card(
        words("meeting-recorded", meeting=meeting.label, title=lines.single(meeting.title)),
        meeting_lines.facts(scene, meeting),
        meeting_lines.agenda(scene, meeting),
        meeting_lines.arithmetic(scene, meeting),
        *warnings(scene, meeting),
        lacking(scene, meeting),
        lines.said(words("meeting-untold"), faint=True),
        meeting_presses.presses(scene, meeting),
        tone="good",
    )


def detail(scene: Scene, meeting: Meeting) -> Card:
    """Everything about it: to prepare, to come, or to read later."""
    words = scene.words
    return lines.card(
        title(scene, meeting),
        meeting_lines.facts(scene, meeting),
        meeting_lines.link(scene, meeting),
        meeting_lines.agenda(scene, meeting),
        meeting_lines.arithmetic(scene, meeting),
        _proposals(scene, meeting),
        *meeting_lines.materials(scene, meeting),
        _absent(scene, meeting),
        *(warnings(scene, meeting) if meeting.state in (MeetingState.DRAFT, MeetingState.AWAITING) else ()),
        lacking(scene, meeting) if meeting.state is MeetingState.DRAFT else None,
        lines.said(words("meeting-untold"), faint=True) if meeting.state is MeetingState.DRAFT else None,
        meeting_presses.presses(scene, meeting),
    )


def title(scene: Scene, meeting: Meeting) -> str:
    """M-7 Q4 产品规划会：11月25日（周三）15:00 · 已通知."""
    words = scene.words
    return words(
        "meeting-title", meeting=meeting.label, title=lines.single(meeting.title),
        start=meeting_lines.starts(scene, meeting.start), state=words(f"meeting-state-{meeting.state}"),
    )  # fmt: skip


def preview(scene: Scene, meeting: Meeting, hearing: Sequence[int], approvers: Sequence[int]) -> Card:
    """Before it is sent: who will hear of it, by name, and what is not as the handbook wants it. Nobody has heard yet."""
    words = scene.words
    names = words.listed([scene.name(one) for one in approvers or hearing])
    missing = lacking(scene, meeting, approval=bool(approvers))
    ready = missing is None and not planning.over(meeting)
    title = words("preview-approval" if approvers else "preview", meeting=meeting.label, n=len(hearing))
    send = meeting_presses.press(scene, meeting, "send", f"/meeting announce! {meeting.label}", "primary")
    edit = meeting_presses.press(scene, meeting, "edit")
    return lines.card(
        title if ready else words("preview-incomplete", meeting=meeting.label),
        lines.said(words("preview-approvers" if approvers else "preview-who", names=names)),
        meeting_lines.facts(scene, meeting),
        meeting_lines.link(scene, meeting),
        meeting_lines.agenda(scene, meeting),
        meeting_lines.arithmetic(scene, meeting),
        *meeting_lines.materials(scene, meeting),
        *warnings(scene, meeting),
        missing,
        row((send, edit) if ready else (edit, meeting_presses.press(scene, meeting, "topic"))),
        tone="neutral" if ready else "warn",
    )


def changed(scene: Scene, fact: Met, *more: Block | None, note: str = "") -> Card:
    """The answer to a typed verb: what now holds, then the meeting; when and where is enough for who answered or proposed."""
    card = _brief(scene, fact.after) if fact.verb in _OWN else detail(scene, fact.after)
    said = sentence(scene, fact)
    first = lines.said(note) if note else None
    kept = tuple(block for block in (first, *more, *card.blocks) if block is not None)
    return Card(lines.one_line(said), kept, "good")


def _brief(scene: Scene, meeting: Meeting) -> Card:
    words = scene.words
    pairs = [(words("meeting-fact-when"), meeting_lines.when(scene, meeting))]
    pairs += [(words("meeting-fact-place"), meeting.place)] if meeting.place else []
    return lines.card(title(scene, meeting), Facts(tuple(pairs)), meeting_presses.presses(scene, meeting))


def told(scene: Scene, fact: Met) -> Toast:
    """The answer to a press that simply worked; the card it stood on changes in place."""
    return Toast(lines.one_line(sentence(scene, fact)), "good")


def sentence(scene: Scene, fact: Met) -> str:
    """One line: what now holds."""
    meeting = fact.after
    name = f"meeting-did-{_deed(fact)}"
    return scene.words(
        name, meeting=meeting.label, title=lines.single(meeting.title), when=meeting_lines.starts(scene, meeting.start),
        n=len(meeting.invitees), minutes=planning.planned(meeting),
    )  # fmt: skip


def warnings(scene: Scene, meeting: Meeting) -> list[Text]:
    """P4, P6, P8: allowed, and said: many invitees, long topics, short notice."""
    words, rules = scene.words, scene.workplace.rules
    found = [many(scene, meeting)]
    found += [
        words("warn-long-topic", n=n, minutes=topic.minutes, most=rules.topic_longest)
        for n, topic in enumerate(meeting.agenda, 1)
        if topic.minutes > rules.topic_longest
    ]
    if meeting.short:
        kind = scene.workplace.kind(meeting.kind)
        found.append(words("warn-short", days=kind.lead_days, kind=meeting_lines.kind(scene, meeting)))
    return [text for one in found if (text := lines.said(one)) is not None]


def many(scene: Scene, meeting: Meeting) -> str:
    """P8: more than are needed, as a rule; "" for fewer."""
    n, most = len(meeting.invitees), scene.workplace.rules.many_invitees
    return scene.words("warn-many", n=n, most=most) if n > most else ""


def lacking(scene: Scene, meeting: Meeting, *, approval: bool = False) -> Text | None:
    """P2, P3, P4, P8: what is still needed before the announcement."""
    names = planning.lacking(meeting, approval=approval)
    if not names:
        return None
    return lines.said(scene.words("meeting-lacks", fields=meeting_lines.fields(scene, names)))


def listing(scene: Scene, meetings: Sequence[Meeting], heading: str, more: str = "") -> Card:
    """Soonest first: number, name, when, where it stands; `more` is the line that shows the next ones."""
    words = scene.words
    if not meetings:
        return lines.card(words("meetings-none", heading=heading), lines.said(words("meetings-none-how"), faint=True))
    items = tuple(_line(scene, one) for one in meetings)
    button = (Button(words("meeting-press-more"), more),) if more else ()
    return lines.card(heading, Items(items), row(button))


def file(meeting: Meeting, content: bytes) -> File:
    """The calendar entry as a file."""
    return File(f"{meeting.label}.ics", "text/calendar", content)


def template(words: Words, meeting: Meeting, scene: Scene) -> File:
    """P8: the record template for the recorder, Markdown: the meeting's facts and its topics with what belongs under each."""
    head = [
        f"# {meeting.title}",
        "",
        *(f"- {label}: {value}" for label, value in meeting_lines.facts(scene, meeting).pairs),
    ]
    body = [line for n, topic in enumerate(meeting.agenda, 1) for line in (
        "", f"## {n}. {topic.title}", "", f"{meeting_lines.topic_detail(scene, topic)}", "",
        *(words(f"template-{part}") for part in ("notes", "decision", "action", "parked")),
    )]  # fmt: skip
    text = "\n".join([*head, *body, ""])
    return File(f"{meeting.label}.md", "text/markdown", text.encode())


def _deed(fact: Met) -> str:
    """Which sentence: the verb, and for some what it did."""
    match fact.verb:
        case MeetingVerb.TOPIC:
            return f"topic-{fact.details['did']}"
        case MeetingVerb.INVITE:
            return "uninvite" if fact.details.get("uninvited") else "invite"
        case MeetingVerb.ANNOUNCE if fact.after.state is MeetingState.AWAITING:
            return "awaiting"
        case MeetingVerb.ANSWER:
            return f"answer-{fact.details['reply']}"
        case MeetingVerb.MATERIAL:
            return "material-owed" if fact.details["owed"] else "material"
        case _:
            return str(fact.verb)


def _proposals(scene: Scene, meeting: Meeting) -> Items | None:
    """P5: what was proposed and is neither taken nor declined, with the presses for whoever decides."""
    proposed = [topic for topic in meeting.topics if not topic.taken]
    if not proposed:
        return None
    items = (
        Item("", topic.title, meeting_lines.topic_detail(scene, topic), meeting_presses.proposal(scene, meeting, topic))
        for topic in proposed
    )
    return Items(tuple(items), scene.words("meeting-proposals"))


def _absent(scene: Scene, meeting: Meeting) -> Items | None:
    items = meeting_lines.absent(scene, meeting)
    return Items(tuple(items), scene.words("meeting-absent")) if items else None


def _line(scene: Scene, meeting: Meeting) -> Item:
    words = scene.words
    state = words(f"meeting-state-{meeting.state}")
    when = meeting_lines.when(scene, meeting)
    show = meeting_presses.show(scene, meeting)
    return Item(meeting.label, meeting.title, f"{when} · {state}", (show,))
