"""The one layout of minutes (N6): its parts in their order, in the reader's words, for the card and every file alike.

What a person wrote stays as written; only the bot's own words around it are chosen here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.minutes import Absent, Agreed, Decided, Discussed, Left, Minutes
from bot.views import lines
from bot.views.scene import Scene


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part: what leads it (1, A-42), the words as written, and what follows faintly."""

    lead: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of minutes, never empty. `key` is the same in every language and edition (`topic-2`, `decisions` …);
    `facts` are label and value; `lines` come next, `text` closes it (a topic's conclusion)."""

    key: str
    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    text: str = ""


def title(scene: Scene, minutes: Minutes) -> str:
    """会议纪要：Q3 产品规划会（11月20日 周五）; from the second on with its edition."""
    day = lines.bare(scene, minutes.held_at.astimezone(scene.zone).date())
    named = scene.words("minutes-title", title=minutes.title, day=day)
    return scene.words("minutes-edition", title=named, edition=minutes.edition) if minutes.edition > 1 else named


def parts(scene: Scene, minutes: Minutes) -> tuple[Part, ...]:
    """N1's order. A part that has nothing to say is left out (VOICE rule 7)."""
    return tuple(_parts(scene, minutes))


def followed(scene: Scene, following: str) -> str:
    """The next meeting: as written, or the instant of the series' next session in the reader's zone."""
    try:
        return lines.moment(scene, datetime.fromisoformat(following))
    except ValueError:
        return following


def names(scene: Scene, people: Sequence[int]) -> str:
    """张三、李四."""
    return scene.words.listed([scene.name(person) for person in people])


def _parts(scene: Scene, minutes: Minutes) -> Iterator[Part]:
    yield Part("basics", scene.words("minutes-basics"), facts=tuple(_basics(scene, minutes)))
    if minutes.deleted_at is not None:
        day = lines.bare(scene, minutes.deleted_at.astimezone(scene.zone).date())
        yield Part("deleted", scene.words("minutes-deleted-head"), text=scene.words("minutes-deleted-on", day=day))
    for number, topic in enumerate(minutes.topics, 1):
        yield _topic(scene, number, topic)
    numbered = (
        ("decisions", [_decision(scene, n, one) for n, one in enumerate(minutes.decisions, 1)]),
        ("actions", [_action(scene, one) for one in minutes.actions]),
        ("parked", [_parked(scene, n, one) for n, one in enumerate(minutes.parked, 1)]),
    )
    yield from (Part(key, scene.words(f"minutes-{key}"), lines=tuple(found)) for key, found in numbered if found)
    worded = (("following", followed(scene, minutes.following)), ("more", minutes.more))
    yield from (Part(key, scene.words(f"minutes-{key}"), text=text) for key, text in worded if text)


def _basics(scene: Scene, minutes: Minutes) -> Iterator[tuple[str, str]]:
    words = scene.words
    pairs = (
        ("time", _time(scene, minutes)), ("place", minutes.place), ("kind", kind(scene, minutes.kind)),
        ("organizer", scene.name(minutes.organizer)), ("host", scene.name(minutes.host)),
        ("recorder", scene.name(minutes.recorder)), ("present", names(scene, minutes.present)),
        ("absent", words.listed([_absent(scene, one) for one in minutes.absent])),
        ("copies", names(scene, minutes.copies)), ("objective", minutes.objective), ("expected", minutes.expected),
    )  # fmt: skip
    yield from ((words(f"minutes-{name}"), value) for name, value in pairs if value)


def kind(scene: Scene, name: str) -> str:
    """What a kind of meeting is called: by the workplace, else by the catalogue, else as it was."""
    chinese, english = next((one.called for one in scene.workplace.kinds if one.name == name), ("", ""))
    own = english if scene.words.language == "en" else chinese
    return own or (scene.words(f"kind-{name}") if scene.words.has(f"kind-{name}") else name)


def _time(scene: Scene, minutes: Minutes) -> str:
    began, ended = (at.astimezone(scene.zone) for at in (minutes.held_at, minutes.ended_at))
    day, clock = scene.words.day(began.date(), scene.today), scene.words.clock_time
    zone = scene.zone.key.rpartition("/")[2].replace("_", " ")
    return scene.words("minutes-from-to", day=day, start=clock(began), end=clock(ended), zone=zone)


def _absent(scene: Scene, one: Absent) -> str:
    name, proxy = scene.name(one.person), scene.name(one.proxy) if one.proxy is not None else ""
    why = [*([one.why] if one.why else []), *([scene.words("minutes-proxy", who=proxy)] if proxy else [])]
    return scene.words("minutes-absent-why", who=name, why=scene.words("comma").join(why)) if why else name


def _topic(scene: Scene, number: int, topic: Discussed) -> Part:
    heading = scene.words("minutes-topic", n=str(number), title=topic.title) if topic.title else scene.words("minutes-other")
    if topic.presenter is not None:
        heading = scene.words("minutes-presented", heading=heading, who=scene.name(topic.presenter))
    points = tuple(Line("•", point) for point in topic.points.splitlines() if point.strip())
    conclusion = scene.words("minutes-conclusion", text=topic.conclusion) if topic.conclusion else ""
    return Part(f"topic-{number}", heading, lines=points, text=conclusion)


def _decision(scene: Scene, number: int, one: Decided) -> Line:
    text = scene.words("minutes-decision", verdict=scene.words(f"verdict-{one.verdict}"), text=one.text)
    return Line(str(number), text, scene.words("minutes-because", why=one.why) if one.why else "")


def _action(scene: Scene, one: Agreed) -> Line:
    department = lines.department(scene, one.department)
    owner = scene.name(one.owner)
    who = scene.words("minutes-owner", owner=owner, department=department) if department else owner
    day = scene.words("minutes-due", day=scene.words.day(one.due, scene.today))
    criterion = [scene.words("minutes-criterion", text=one.criterion)] if one.criterion else []
    return Line(one.label, one.text, " · ".join([who, day, *criterion]))


def _parked(scene: Scene, number: int, one: Left) -> Line:
    follows = scene.words("minutes-follower", who=scene.name(one.follower)) if one.follower is not None else ""
    return Line(str(number), one.text, follows)
