"""Forms of preparing a meeting: only what is missing is asked; shown as text with an example where there are none."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from bot.cards import Choice, Field, FieldKind, Form
from bot.domain.meeting import Meeting, Outcome
from bot.domain.series import Series
from bot.views import kinds, lines
from bot.views.examples import colleague
from bot.views.rhythm import rhythm
from bot.views.scene import Scene

NEW = ("title", "start", "length", "kind", "invitees", "host", "recorder", "objective", "expected", "place")
"""What the empty form of a new meeting asks."""
NEEDED = ("title", "start")
"""Without these there is no draft; all the rest can come later."""
EDITABLE = ("title", "start", "length", "kind", "host", "recorder", "objective", "expected", "place", "link")
ASKED = (*NEW, "link", "reason", "topic")
"""All that an edit's form may ask, in its order."""
RESCHEDULE = ("start", "length", "place", "why")
TOPIC = ("topic", "presenter", "minutes", "brings", "priority")

_KINDS: dict[str, FieldKind] = {
    "start": "text", "length": "text", "kind": "choice", "invitees": "people", "host": "person", "recorder": "person",
    "objective": "paragraph", "expected": "paragraph", "reason": "paragraph", "topic": "paragraph", "why": "paragraph",
    "presenter": "person", "brings": "choice", "priority": "choice", "proxy": "person", "confidential": "choice",
}  # fmt: skip
"""Everything else is a line of text."""


def new(
    scene: Scene, values: Mapping[str, str], asked: tuple[str, ...], problems: Mapping[str, str], command: str
) -> Form:
    """A new meeting: everything when nothing was said yet, else only what is missing or was refused."""
    title = values.get("title", "")
    heading = scene.words("form-meeting-rest", title=lines.single(title)) if title else scene.words("form-meeting")
    example = scene.words("example-meeting-new", who=colleague(scene)) if asked == NEW else _part(scene, asked)
    return _form(scene, heading, command, asked, values, problems, NEEDED, "meeting-send-new", example)


def verb(
    scene: Scene, meeting: Meeting, verb: str, asked: tuple[str, ...], values: Mapping[str, str],
    problems: Mapping[str, str], command: str, optional: tuple[str, ...] = (),
) -> Form:  # fmt: skip
    """What a verb still needs to know about this meeting."""
    title = scene.words(f"form-meeting-{verb}", meeting=meeting.label, title=lines.single(meeting.title))
    needed = tuple(name for name in asked if name not in optional)
    name = f"example-meeting-{verb}"
    whole = scene.words(name, meeting=meeting.label, who=colleague(scene)) if scene.words.has(name) else ""
    example = whole if set(asked) <= {"why"} else _part(scene, asked) or whole
    send = f"meeting-press-{verb}"
    return _form(scene, title, command, asked, values, problems, needed, send, example, meeting.version)


def series(
    scene: Scene, series: Series, verb: str, asked: tuple[str, ...], values: Mapping[str, str],
    problems: Mapping[str, str], command: str,
) -> Form:  # fmt: skip
    """What all sessions ahead of a series are to be; how often it is held stands beside its field."""
    words = scene.words
    title = words(f"form-series-{verb}", series=series.label, title=lines.single(series.pattern.title))
    form = _form(
        scene, title, command, asked, values, problems, () if verb == "edit" else asked, f"series-press-{verb}",
        words(f"example-series-{verb}", series=series.label, who=colleague(scene)),
    )  # fmt: skip
    now = words("series-hint-repeat", rhythm=rhythm(scene, series))
    return replace(form, fields=tuple(replace(one, hint=now) if one.name == "repeat" else one for one in form.fields))


def _form(
    scene: Scene, title: str, command: str, asked: tuple[str, ...], values: Mapping[str, str],
    problems: Mapping[str, str], needed: tuple[str, ...], send: str, example: str, version: int = 0,
) -> Form:  # fmt: skip
    fields = tuple(_field(scene, name, values.get(name, ""), problems.get(name, ""), name in needed) for name in asked)
    return Form(title, command, fields, scene.words(send), example=example, version=version)


def _field(scene: Scene, name: str, value: str, problem: str, required: bool) -> Field:
    words = scene.words
    hint = words(f"meeting-hint-{name}") if words.has(f"meeting-hint-{name}") else ""
    choices = _CHOICES[name](scene) if name in _CHOICES else ()
    limit = scene.workplace.rules.text_limit
    return Field(
        name, words(f"meeting-field-{name}"), _KINDS.get(name, "text"), required, value, hint, problem, choices, limit
    )


def _part(scene: Scene, asked: tuple[str, ...]) -> str:
    """What to send when only these are missing."""
    parts = [
        scene.words(f"meeting-part-{name}", who=colleague(scene)) for name in asked
        if scene.words.has(f"meeting-part-{name}")
    ]  # fmt: skip
    return (scene.words("part-between")).join(parts)


def _types(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, kinds.kind(scene, one.name)) for one in scene.workplace.kinds)


def _outcomes(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(str(one), scene.words(f"outcome-{one}")) for one in Outcome)


def _priorities(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(one, scene.words(f"priority-{one}")) for one in ("high", "normal", "low"))


def _yes(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(one, scene.words(f"choice-{one}")) for one in ("yes", "no"))


_CHOICES: dict[str, Callable[[Scene], tuple[Choice, ...]]] = {
    "kind": _types,
    "brings": _outcomes,
    "priority": _priorities,
    "confidential": _yes,
}
