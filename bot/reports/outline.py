"""The minutes as one outline, from which card, Markdown, DOCX and PDF are made: one layout for all of them (N1, N6).

An outline knows the reader's words, zone and names, and no format; what people wrote stands in it as written (T5).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.minutes import Absent, Agreed, Decided, Discussed, Minutes
from bot.reports.names import plain
from bot.views import lines
from bot.views.kinds import kind
from bot.views.scene import Scene

_ASKED = ("?", "？", "!", "！")
"""What closes a sentence: a decision made of a vote's question has no other mark behind it."""


class Heading(Struct, frozen=True):
    """A part's name (level 1) or a topic's (level 2)."""

    text: str
    level: int = 1


class Pairs(Struct, frozen=True):
    """Labels with their values."""

    pairs: tuple[tuple[str, str], ...]


class Paragraph(Struct, frozen=True):
    """Words that stand by themselves; `strong` carries a topic's conclusion."""

    text: str
    strong: bool = False


class Bullets(Struct, frozen=True):
    """Points in no order, or, `numbered`, counted from 1."""

    points: tuple[str, ...]
    numbered: bool = False


class Grid(Struct, frozen=True):
    """A table: column names, rows of words, and how wide each column is beside the others."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Part = Heading | Pairs | Paragraph | Bullets | Grid


class Outline(Struct, frozen=True):
    """`title` heads it, `under` says which edition it is and how far, `parts` in reading order, `foot` who approved it."""

    title: str
    under: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: str = ""


def outline(scene: Scene, minutes: Minutes) -> Outline:
    """All of it; a part that has nothing to say is not there (VOICE rule 7)."""
    words = scene.words
    state = words(f"paper-state-{minutes.state}")
    under = (words("paper-number", label=minutes.label, state=state),)
    secret = (words("paper-confidential"),) if minutes.confidential else ()
    return Outline(
        words("paper-title", title=minutes.title), under + secret, tuple(_parts(scene, minutes)), _foot(scene, minutes)
    )


def file_name(minutes: Minutes, suffix: str) -> str:
    """`<meeting>-v2-<yyyymmdd>.pdf`, by the rule of materials (P7), without what a file system may not bear."""
    held = minutes.held_at.astimezone(ZoneInfo(minutes.zone))
    return f"{plain(minutes.title) or minutes.meeting}-v{minutes.edition}-{held:%Y%m%d}.{suffix}"


def following(scene: Scene, minutes: Minutes) -> str:
    """The next meeting as somebody has written it, else when it is: in the reader's language, by the meeting's own clock."""
    if minutes.following or minutes.following_at is None:
        return minutes.following
    zone = ZoneInfo(minutes.zone)
    start = minutes.following_at.astimezone(zone)
    at = scene.words("day-at", day=_dated(scene, start.date()), time=scene.words.clock_time(start))
    return scene.words("moment-in-zone", at=at, zone=lines.offset(start, zone))


def _parts(scene: Scene, minutes: Minutes) -> Iterator[Part]:
    words = scene.words
    yield Pairs(tuple((label, value) for label, value in _facts(scene, minutes) if value))
    for name, text in (("paper-objective", minutes.objective), ("paper-expected", minutes.expected)):
        yield from _told(words(name), text)
    yield from _topics(scene, minutes)
    if minutes.decisions:
        yield Heading(words("paper-decisions"))
        yield Bullets(tuple(_decision(scene, one) for one in minutes.decisions), numbered=True)
    if minutes.actions:
        yield Heading(words("paper-actions"))
        yield _actions(scene, minutes.actions)
    if minutes.parked:
        yield Heading(words("paper-parked"))
        yield Bullets(tuple(_left(scene, one.text, one.follower) for one in minutes.parked))
    for name, text in (("paper-following", following(scene, minutes)), ("paper-more", minutes.more)):
        yield from _told(words(name), text)


def _facts(scene: Scene, minutes: Minutes) -> Iterator[tuple[str, str]]:
    words = scene.words
    yield words("paper-kind"), kind(scene, minutes.kind)
    yield words("paper-time"), _span(scene, minutes)
    yield words("paper-place"), minutes.place
    yield words("paper-organizer"), scene.name(minutes.organizer)
    yield words("paper-host"), scene.name(minutes.host)
    yield words("paper-recorder"), scene.name(minutes.recorder)
    yield words("paper-present"), words.listed([scene.name(one) for one in minutes.present])
    yield words("paper-absent"), words.listed([_absent(scene, one) for one in minutes.absent])
    yield words("paper-copies"), words.listed([scene.name(one) for one in minutes.copies])


def _span(scene: Scene, minutes: Minutes) -> str:
    """By the meeting's own clock, as it was then: a paper is read by many, everywhere, for years."""
    zone = ZoneInfo(minutes.zone)
    begun, ended = minutes.held_at.astimezone(zone), minutes.ended_at.astimezone(zone)
    until = f"{ended:%H:%M}"
    if ended.date() != begun.date():
        until = scene.words("day-at", day=_dated(scene, ended.date()), time=until)
    hours = {"from": f"{begun:%H:%M}", "to": until}
    return scene.words("paper-span", day=_dated(scene, begun.date()), **hours, zone=lines.offset(begun, zone))


def _dated(scene: Scene, day: date) -> str:
    """With its year: a paper is read for years."""
    return scene.words.day(day, date.min)


def _absent(scene: Scene, one: Absent) -> str:
    who = scene.name(one.person)
    proxy = scene.name(one.proxy) if one.proxy is not None else ""
    form = {(True, True): "both", (True, False): "why", (False, True): "proxy"}.get((bool(one.why), bool(proxy)), "")
    return scene.words(f"paper-absent-{form}", who=who, why=one.why, proxy=proxy) if form else who


def _topics(scene: Scene, minutes: Minutes) -> Iterator[Part]:
    if minutes.topics:
        yield Heading(scene.words("paper-topics"))
    for n, topic in enumerate(minutes.topics, 1):
        presenter = scene.name(topic.presenter) if topic.presenter is not None else ""
        name = "paper-topic-presenter" if presenter else "paper-topic"
        yield Heading(scene.words(name, n=str(n), title=topic.title, presenter=presenter), 2)
        points = tuple(filter(None, (line.strip() for line in topic.points.splitlines())))
        if points:
            yield Bullets(points)
        yield from _conclusions(scene, topic, [minutes.decisions[number - 1] for number in minutes.decided(n)])


def _conclusions(scene: Scene, topic: Discussed, decisions: Iterable[Decided]) -> Iterator[Part]:
    """What was decided on a topic, read from the decisions themselves, and the topic's own words where it has any."""
    for one in decisions:
        text = scene.words("paper-concluded", text=one.text.rstrip("。."), verdict=str(one.verdict))
        yield Paragraph(text, strong=True)
    if topic.conclusion:
        yield Paragraph(scene.words("paper-conclusion", text=topic.conclusion), strong=True)


def _decision(scene: Scene, one: Decided) -> str:
    text = one.text.rstrip("。.")
    name = "paper-decision" if not one.why else f"paper-decision-why{'-asked' if text.endswith(_ASKED) else ''}"
    return scene.words(name, verdict=scene.words(f"verdict-{one.verdict}"), text=text, why=one.why)


def _actions(scene: Scene, actions: tuple[Agreed, ...]) -> Grid:
    names = ("number", "action", "owner", "department", "due", "criterion")
    return Grid(
        tuple(scene.words(f"paper-column-{name}") for name in names),
        tuple(_action(scene, one) for one in actions),
        (9, 29, 11, 12, 19, 20),
    )


def _action(scene: Scene, one: Agreed) -> tuple[str, ...]:
    department = scene.directory.departments.get(one.department) if one.department is not None else None
    named = department.name if department else ""
    return (one.label, one.text, scene.name(one.owner), named, _dated(scene, one.due), one.criterion)


def _left(scene: Scene, text: str, follower: int | None) -> str:
    return text if follower is None else scene.words("paper-left", text=text, who=scene.name(follower))


def _told(label: str, text: str) -> Iterator[Part]:
    if text:
        yield Heading(label)
        yield from (Paragraph(line) for line in text.splitlines() if line.strip())


def _foot(scene: Scene, minutes: Minutes) -> str:
    if minutes.approved_at is None:
        return ""
    at = minutes.approved_at.astimezone(ZoneInfo(minutes.zone))
    said = scene.words("day-at", day=_dated(scene, at.date()), time=scene.words.clock_time(at))
    return scene.words("paper-approved", host=scene.name(minutes.host), at=said)
