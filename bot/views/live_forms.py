"""The forms of a meeting that is held: for those who prefer them to a line, for corrections, and for what is left open."""

from collections.abc import Mapping

from bot.cards import Choice, Field, FieldKind, Form
from bot.domain.captured import Capture, Sort, Verdict
from bot.views import examples
from bot.views.scene import Scene

ASKED: dict[str, tuple[str, ...]] = {
    "note": ("text",),
    "decide": ("verdict", "text", "why"),
    "park": ("text", "follower"),
    "action": ("text", "owner", "due", "criterion"),
    "settle-why": ("why",),
    "settle-follower": ("follower",),
    "settle-criterion": ("criterion",),
    "settle-conclusion": ("verdict", "text", "why"),
    "vote": ("question", "choices", "secret", "many", "deadline"),
    "cast": ("numbers",),
    "rate": ("score", "comment"),
}
"""What each form asks."""

_KINDS: dict[str, FieldKind] = {
    "text": "paragraph", "verdict": "choice", "why": "paragraph", "follower": "person", "owner": "person", "due": "day",
    "criterion": "text", "question": "text", "choices": "paragraph", "numbers": "text", "secret": "choice", "many": "choice",
    "deadline": "text", "score": "choice", "comment": "paragraph",
}  # fmt: skip
_FREE = {
    ("note", "why"), ("decide", "why"), ("park", "follower"), ("action", "criterion"), ("settle-conclusion", "why"),
    ("vote", "choices"), ("vote", "secret"), ("vote", "many"), ("vote", "deadline"), ("rate", "comment"),
}  # fmt: skip
"""May be left empty."""


def form(
    scene: Scene, name: str, command: str, values: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None, *, note: str = "", version: int = 0,
) -> Form:  # fmt: skip
    """The form of this name, with what is known already and what is wrong with it."""
    values, problems = values or {}, problems or {}
    fields = tuple(_field(scene, name, one, values.get(one, ""), problems.get(one, "")) for one in ASKED[name])
    example = scene.words(f"example-live-{name}", who=examples.colleague(scene))
    return Form(
        scene.words(f"form-live-{name}"), command, fields, scene.words(f"send-live-{name}"), note, example, version
    )


def current(scene: Scene, line: Capture) -> dict[str, str]:
    """A line's fields as somebody would type them."""
    following = scene.directory.handle(scene.directory.person(line.follower)) if line.follower is not None else ""
    return {"text": line.text, "verdict": str(line.verdict or ""), "why": line.why, "follower": following}


def of_sort(sort: Sort) -> str:
    """The form that corrects a line of this sort."""
    return {Sort.NOTE: "note", Sort.DECISION: "decide", Sort.PARKED: "park", Sort.ACTION: "action"}[sort]


def _field(scene: Scene, form: str, name: str, value: str, problem: str) -> Field:
    words = scene.words
    hint = words(f"hint-live-{name}") if words.has(f"hint-live-{name}") else ""
    limit = scene.workplace.rules.text_limit
    required = (form, name) not in _FREE
    return Field(
        name, words(f"field-live-{name}"), _KINDS[name], required, value, hint, problem, _options(scene, name), limit
    )


def _options(scene: Scene, name: str) -> tuple[Choice, ...]:
    words = scene.words
    match name:
        case "verdict":
            return tuple(Choice(str(one), words(f"verdict-{one}")) for one in Verdict)
        case "secret":
            return (Choice("open", words("live-vote-open")), Choice("secret", words("live-vote-secret")))
        case "many":
            return (Choice("one", words("live-vote-one")), Choice("many", words("live-vote-many")))
        case "score":
            return tuple(Choice(str(one), words(f"press-score-{one}")) for one in (5, 4, 3, 2, 1))
        case _:
            return ()
