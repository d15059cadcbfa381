"""A draft's sections as text to be edited: what a form begins with, what an edit's line holds, what the history keeps.

Several of one section are a line each (a line that continues one begins with a blank): `同意 先上线网页版 因为 用户最多（议题 1）`,
`海外版本 @王五`, `王五：出差`. bot/commands/minutes/sections.py reads them back, in either language.
"""

from bot.domain.minutes import Absent, Decided, Discussed, Left, Minutes
from bot.reports.outline import following
from bot.views.scene import Scene

SECTIONS = ("objective", "expected", "place", "present", "absent", "decisions", "parked", "following", "more")
"""The sections besides the topics (`topic-1`, `topic-2` …)."""


def sections(minutes: Minutes) -> tuple[str, ...]:
    """The keys in the order of the layout."""
    topics = tuple(f"topic-{number}" for number in range(1, len(minutes.topics) + 1))
    return (*SECTIONS[:5], *topics, *SECTIONS[5:])


def written(scene: Scene, minutes: Minutes, key: str) -> str:
    """One section as somebody would type it. A topic: its points, then its conclusion behind a label."""
    if key.startswith("topic-"):
        return _topic(scene, minutes.topics[int(key.removeprefix("topic-")) - 1])
    match key:
        case "present":
            return scene.words("comma").join(handle(scene, one) for one in minutes.present)
        case "absent":
            return "\n".join(_absent(scene, one) for one in minutes.absent)
        case "decisions":
            return "\n".join(decided(scene, one) for one in minutes.decisions)
        case "parked":
            return "\n".join(parked(scene, one) for one in minutes.parked)
        case "following":
            return following(scene, minutes)
        case _:
            return str(getattr(minutes, key))


def decided(scene: Scene, one: Decided) -> str:
    """同意 先上线网页版 因为 用户最多（议题 1）: behind it, on which topic it was decided."""
    line = f"{scene.words(f'verdict-{one.verdict}')} {_continued(one.text)}"
    line = f"{line} {scene.words('minutes-why-mark')} {_continued(one.why)}" if one.why else line
    return line if one.topic is None else f"{line}{scene.words('minutes-topic-mark', n=str(one.topic))}"


def parked(scene: Scene, one: Left) -> str:
    """海外版本 @王五."""
    return _continued(one.text) + (f" @{handle(scene, one.follower)}" if one.follower is not None else "")


def handle(scene: Scene, person: int) -> str:
    """A name that means exactly this person, also when they have left."""
    known = scene.directory.person(person)
    return scene.directory.handle(known) if known.active else f"{known.name}#{known.id}"


def label(scene: Scene, minutes: Minutes, key: str) -> str:
    """What a section is called."""
    if not key.startswith("topic-"):
        return scene.words(f"paper-{key}")
    number = int(key.removeprefix("topic-"))
    return scene.words("paper-topic", n=str(number), title=minutes.topics[number - 1].title)


def _topic(scene: Scene, topic: Discussed) -> str:
    conclusion = scene.words("paper-conclusion", text=_continued(topic.conclusion)) if topic.conclusion else ""
    return "\n".join(part for part in (topic.points, conclusion) if part)


def _absent(scene: Scene, one: Absent) -> str:
    name = handle(scene, one.person)
    return scene.words("minutes-absent-line", who=name, why=_continued(one.why)) if one.why else name


def _continued(text: str) -> str:
    """Further lines of one thing begin with a blank, so that they stay with it."""
    return "\n ".join(text.splitlines())
