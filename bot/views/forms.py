"""Forms that ask for what a command still needs, and only that; shown as text with an example where there are none.

`values` are what was already said (by field name), `missing` what is still needed, `problems` why a try was refused
(whole sentences in the reader's language). Submitting completes `command`.
"""

from collections.abc import Callable, Mapping

from bot.cards import Choice, Field, FieldKind, Form
from bot.domain.action import Action, Cadence, Priority, Verb
from bot.views.examples import example as example_of
from bot.views.examples import part
from bot.views.lines import department, single
from bot.views.scene import Scene

NEEDED = ("text", "owner", "due")
"""M3: without these there is no action item."""
WHOLE = (*NEEDED, "criterion", "supporters", "tracker", "priority")
"""What the empty form of a new item asks."""
EDITABLE = ("text", "due", "criterion", "supporters", "tracker", "priority", "cadence", "place", "meeting", "remarks")

KINDS: dict[str, FieldKind] = {
    "text": "paragraph", "owner": "person", "due": "day", "criterion": "text", "supporters": "people",
    "tracker": "person", "department": "choice", "priority": "choice", "place": "text", "meeting": "text",
    "cadence": "choice", "remarks": "paragraph", "why": "paragraph", "resolver": "person", "until": "day",
    "deliverable": "paragraph",
}  # fmt: skip

OF_VERB: dict[Verb, tuple[str, ...]] = {
    Verb.DECLINE: ("why",),
    Verb.SUBMIT: ("deliverable",),
    Verb.RETURN: ("why",),
    Verb.BLOCK: ("why", "resolver", "until"),
    Verb.POSTPONE: ("due", "why"),
    Verb.EDIT: EDITABLE,
    Verb.ASSIGN: ("owner", "why"),
    Verb.NOTE: ("text",),
    Verb.SNOOZE: ("until",),
    Verb.CANCEL: ("why",),
    Verb.REOPEN: ("why",),
}
"""What each verb asks. Approving, accepting, unblocking and nudging ask nothing."""

_OPTIONAL = {(Verb.ASSIGN, "why")}


def add(
    scene: Scene,
    values: Mapping[str, str],
    missing: tuple[str, ...] = NEEDED,
    problems: Mapping[str, str] | None = None,
    command: str = "/action add",
) -> Form:
    """A new item: everything when nothing was said yet, else only what is missing or was refused."""
    problems = problems or {}
    asked = _asked(WHOLE, values, missing, problems)
    fields = tuple(
        _field(scene, name, values.get(name, ""), problems.get(name, ""), required=name in NEEDED or name in missing)
        for name in asked
    )
    text = values.get("text", "") if "text" not in asked else ""
    shown = single(text)
    return Form(
        scene.words("form-add-rest", text=shown) if text else scene.words("form-add"),
        command,
        fields,
        scene.words("form-add-send"),
        note=text if shown != text else "",
        example=_add_example(scene, asked),
    )


def verb(
    scene: Scene,
    action: Action,
    verb: Verb,
    values: Mapping[str, str] | None = None,
    missing: tuple[str, ...] = (),
    problems: Mapping[str, str] | None = None,
    command: str = "",
) -> Form:
    """What a verb still needs to know about this item; `edit` begins with the item as it is."""
    values, problems = values or {}, problems or {}
    if verb is Verb.EDIT:
        values = {**current(scene, action), **values}
    asked = EDITABLE if verb is Verb.EDIT and not (missing or problems) else _rest(verb, values, missing, problems)
    fields = tuple(
        _field(scene, name, values.get(name, ""), problems.get(name, ""), required=_required(verb, name), verb=verb)
        for name in asked
    )
    whole = asked == OF_VERB.get(verb, asked)
    said = part_of(scene, asked)
    return Form(
        scene.words(f"form-{verb}", action=action.label) if whole else _rest_title(scene, action, fields),
        command or f"/action {verb} {action.label}",
        fields,
        scene.words(f"press-{verb}"),
        note=action.text,
        example=example_of(scene, verb, action) if whole or not said else said,
        version=action.version,
    )


def current(scene: Scene, action: Action) -> dict[str, str]:
    """The editable fields as somebody would type them."""
    people = [scene.directory.handle(scene.directory.person(s.person)) for s in action.supporters if s.person]
    departments = [department(scene, one.department) for one in action.supporters if one.department is not None]
    time = f" {action.due.time:%H:%M}" if action.due.time else ""
    return {
        "text": action.text,
        "due": f"{action.due.day}{time}",
        "criterion": action.criterion,
        "supporters": ", ".join([*people, *departments]),
        "tracker": scene.directory.handle(scene.directory.person(action.tracker)),
        "priority": str(action.priority),
        "cadence": str(action.cadence),
        "place": action.place,
        "meeting": action.source.meeting,
        "remarks": action.note,
    }


def _asked(
    whole: tuple[str, ...], values: Mapping[str, str], missing: tuple[str, ...], problems: Mapping[str, str]
) -> tuple[str, ...]:
    if not any(values.values()) and not problems and set(NEEDED) <= set(missing):
        return whole
    return tuple(dict.fromkeys((*problems, *missing)))


def _rest(
    verb: Verb, values: Mapping[str, str], missing: tuple[str, ...], problems: Mapping[str, str]
) -> tuple[str, ...]:
    """The verb's fields in their order: those missing or refused, else those not said yet, else all."""
    whole = tuple(dict.fromkeys((*OF_VERB.get(verb, ()), *missing, *problems)))
    wanted = {*missing, *problems} or {name for name in whole if not values.get(name)} or set(whole)
    return tuple(name for name in whole if name in wanted)


def _required(verb: Verb, name: str) -> bool:
    return name in ("text", "due") if verb is Verb.EDIT else (verb, name) not in _OPTIONAL


def _field(scene: Scene, name: str, value: str, problem: str, *, required: bool, verb: Verb = Verb.ADD) -> Field:
    words = scene.words
    special = f"{verb}-{name}"
    label = words(f"field-{special}") if words.has(f"field-{special}") else words(f"field-{name}")
    hint = words(f"hint-{special}") if words.has(f"hint-{special}") else _hint(scene, name)
    choices = CHOICES[name](scene) if name in CHOICES else ()
    limit = scene.workplace.rules.text_limit
    return Field(name, label, KINDS[name], required, value, hint, problem, choices, limit)


def _hint(scene: Scene, name: str) -> str:
    return scene.words(f"hint-{name}") if scene.words.has(f"hint-{name}") else ""


def _add_example(scene: Scene, asked: tuple[str, ...]) -> str:
    """The whole line for an empty form; only the missing part when the rest was said."""
    return example_of(scene, "add") if "text" in asked else part_of(scene, asked)


def part_of(scene: Scene, asked: tuple[str, ...]) -> str:
    """What to send when only these are missing: a person and a day before words, which may go on."""
    order = sorted(asked, key=lambda name: name in ("why", "text"))
    return " ".join(said for said in (part(scene, name) for name in order) if said)


def _rest_title(scene: Scene, action: Action, fields: tuple[Field, ...]) -> str:
    labels = scene.words("comma").join(field.label for field in fields)
    return scene.words("form-rest", action=action.label, fields=labels)


def _priorities(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(str(one), scene.words(f"priority-{one}")) for one in Priority)


def _cadences(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(str(one), scene.words(f"cadence-{one}")) for one in Cadence)


def _departments(scene: Scene) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, one.name) for one in scene.directory.departments.values())


CHOICES: dict[str, Callable[[Scene], tuple[Choice, ...]]] = {
    "priority": _priorities,
    "cadence": _cadences,
    "department": _departments,
}
