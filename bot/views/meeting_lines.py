"""Phrases that the views of meetings share: when it is in the reader's zone, who, the agenda and its arithmetic (P4, P9)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.cards import Facts, Faint, Item, Items, Link, Moment, Plain, Span, Text
from bot.domain import planning
from bot.domain.meeting import Invitee, Meeting, Reply, Topic
from bot.texts import Words
from bot.views import kinds, lines
from bot.views.scene import Scene


def kind(scene: Scene, meeting: Meeting) -> str:
    """The meeting's type."""
    return kinds.kind(scene, meeting.kind)


def when(scene: Scene, meeting: Meeting) -> str:
    """11月25日（周三）15:00–16:00（GMT+8）: by the reader's clock, with its zone (P9)."""
    return span(scene, meeting.start, meeting.length)


def span(scene: Scene, start: datetime, length: int) -> str:
    """A start and as many minutes, by the reader's clock; the end's day is said where it is another."""
    words, here = scene.words, start.astimezone(scene.zone)
    end = (start + timedelta(minutes=length)).astimezone(scene.zone)
    until = words.clock_time(end)
    if end.date() != here.date():
        until = words("day-at", day=words.day(end.date(), scene.today), time=until)
    day = words.day(here.date(), scene.today)
    return words("meeting-when", day=day, start=words.clock_time(here), end=until, zone=lines.offset(start, scene.zone))


def starts(scene: Scene, at: datetime) -> str:
    """11月25日（周三）15:00, in the reader's zone."""
    return _by(scene.words, at.astimezone(scene.zone), scene.today)


def by_each_clock(scene: Scene, at: datetime, people: Iterable[int]) -> Text | None:
    """T1: in a room, a moment by the clock of each of these people, where they live by several: by the reader's own alone
    on a messenger that knows it, else by all of them. Who is written to directly reads their own clock anyway."""
    zones = [scene.zone, *(scene.directory.zone(one) for one in people)]
    clocks = {at.astimezone(zone).utcoffset(): zone for zone in reversed(zones)}
    if scene.reader is not None or len(clocks) < 2:
        return None
    words = scene.words
    each = [
        words(
            "moment-in-zone", at=_by(words, at.astimezone(clocks[one]), scene.today), zone=lines.offset(at, clocks[one])
        )
        for one in sorted(clocks, key=lambda one: one or timedelta(), reverse=True)
    ]
    return Text((Plain(words("local-time")), Moment(at, words.listed(each))))


def _by(words: Words, here: datetime, today: date) -> str:
    return words("day-at", day=words.day(here.date(), today), time=words.clock_time(here))


def facts(scene: Scene, meeting: Meeting) -> Facts:
    """P9: when, where, what kind, by whom, for what."""
    words = scene.words
    pairs = {
        "title": meeting.title
        if lines.single(meeting.title) != meeting.title
        else "",  # clipped above: here whole (T5)
        "when": when(scene, meeting),
        "place": meeting.place,
        "kind": kind(scene, meeting) + (words("meeting-secret") if meeting.confidential else ""),
        "objective": meeting.objective,
        "expected": meeting.expected,
        "host": scene.name(meeting.host) if meeting.host else "",
        "recorder": scene.name(meeting.recorder) if meeting.recorder else "",
        "people": people(scene, meeting),
        "reason": meeting.why,
    }
    return Facts(tuple((words(f"meeting-fact-{name}"), value) for name, value in pairs.items() if value))


def link(scene: Scene, meeting: Meeting) -> Text | None:
    """The way to a meeting in the ether."""
    if not meeting.link:
        return None
    return Text((Faint(scene.words("meeting-link-before")), Link(meeting.link, meeting.link)))


def people(scene: Scene, meeting: Meeting) -> str:
    """3 人：张三、李四、王五（参加 2、请假 1）; what they said, once anybody but the organizer has said something."""
    invitees = meeting.invitees
    if not invitees:
        return ""
    names = scene.words.listed([scene.name(one.person) for one in invitees[:NAMED]])
    said = scene.words("meeting-people-named", n=len(invitees), names=names, more=max(0, len(invitees) - NAMED))
    if all(one.reply is Reply.WAITING for one in invitees if one.person != meeting.organizer):
        return said
    return scene.words("meeting-people-replies", people=said, replies=_replies(scene, meeting))


def counted(scene: Scene, meeting: Meeting) -> str:
    """8 人：未答复 4、参加 3、请假 1."""
    return scene.words("meeting-people", n=len(meeting.invitees), replies=_replies(scene, meeting))


def _replies(scene: Scene, meeting: Meeting) -> str:
    counts = [(one, sum(invited.reply is one for invited in meeting.invitees)) for one in Reply]
    return scene.words("comma").join(scene.words(f"reply-count-{one}", n=n) for one, n in counts if n)


NAMED = 12
"""So many are named in one line; of more it says how many."""


def absent(scene: Scene, meeting: Meeting) -> list[Item]:
    """Who does not come, why, and who comes for them (P8): the reasons as written."""
    return [_absent(scene, one) for one in meeting.invitees if one.reply in (Reply.DECLINED, Reply.PROXY)]


def fields(scene: Scene, names: Iterable[str]) -> str:
    """目标、主持人 / objective and host: fields within a sentence."""
    labels = [scene.words(f"meeting-field-{name}") for name in names]
    return scene.words.listed([label[:1].lower() + label[1:] for label in labels])


def agenda(scene: Scene, meeting: Meeting) -> Items | None:
    """P4: the topics in order, and how they fill the time."""
    topics = meeting.agenda
    if not topics:
        return None
    items = tuple(_topic(scene, topic, n) for n, topic in enumerate(topics, 1))
    return Items(items, scene.words("meeting-agenda"))


def arithmetic(scene: Scene, meeting: Meeting) -> Text | None:
    """P4: the sum, and by how much it does not fit."""
    if not meeting.agenda:
        return None
    over = planning.over(meeting)
    name = "agenda-over" if over else "agenda-fits"
    return lines.said(scene.words(name, n=planning.planned(meeting), length=meeting.length, over=over), faint=not over)


def materials(scene: Scene, meeting: Meeting) -> list[Text]:
    """P7: each under its name by rule, with its link, or who still owes it."""
    found: list[Text] = []
    for one in (material for topic in meeting.agenda for material in topic.materials):
        owed = scene.words("material-owed", who=scene.name(one.by))
        last: Span = Link(one.url, one.url) if one.url else Faint(owed)
        found.append(Text((Plain(f"{one.name} "), last)))
    return found


def topic_detail(scene: Scene, topic: Topic) -> str:
    """李四 · 15 分钟 · 决策 · 优先; what it continues comes first (A13)."""
    words = scene.words
    parts = (
        words("topic-carried", what=topic.carried.partition("#")[0]) if topic.carried else "",
        scene.name(topic.presenter) if topic.presenter else "",
        words("n-minutes", n=topic.minutes),
        words(f"outcome-{topic.outcome}"),
        words("topic-first") if topic.priority > 0 else words("topic-last") if topic.priority < 0 else "",
    )
    return " · ".join(part for part in parts if part)


def _topic(scene: Scene, topic: Topic, n: int) -> Item:
    return Item(f"{n}.", topic.title, topic_detail(scene, topic))


def _absent(scene: Scene, one: Invitee) -> Item:
    name = "absent-proxy" if one.proxy is not None else "absent"
    proxy = scene.name(one.proxy) if one.proxy is not None else ""
    return Item("", scene.words(name, who=scene.name(one.person), proxy=proxy), one.why)
