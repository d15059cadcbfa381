"""Forms → form containers, and what was filled in → the form's values (platform sheet 4.4).

Days may be typed as people say them or picked; people are picked among those whose accounts we know (in a group: among
its members), and typed where they are not.
"""

from datetime import date

from adapters.feishu.carried import Errand, value
from adapters.feishu.limits import INPUT, LABEL, OPTIONS, clipped
from adapters.feishu.markup import escaped, strong
from adapters.feishu.parts import Json, Scene, marked, ours, plain_text, words
from adapters.feishu.words import said
from bot.cards import Choice, Field, Form
from bot.pattern import pattern

PICK, OTHERS = "~pick", "~others"
_DAY = pattern(r"(\d{4}-\d\d-\d\d)(?: [+-]\d{4})?")


def form(asked: Form, scene: Scene) -> list[Json]:
    """The form as part of a card: title and note, then the container."""
    title = [marked(strong(asked.title))] if asked.title.strip() and not scene.own else []
    note = words(asked.note) if asked.note.strip() else []
    inside = [one for field in asked.fields for one in _field(field, scene)]
    container = {"tag": "form", "name": "form", "elements": [*inside, _submit(asked, scene)]}
    return [*title, *note, container]


def values(sent: Json, errand: Errand) -> tuple[dict[str, str], dict[str, str]]:
    """What was filled in, by field, and what is wrong with it before anybody is asked. A field that was left empty may
    come as "" or not at all (sheet 9.4); both are "" here."""
    found: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name in errand.fields:
        typed = _said(sent.get(name + OTHERS, "") if name + OTHERS in sent else sent.get(name, ""))
        picked = _said(sent.get(name + PICK, ""))
        if typed and picked and typed != picked and not isinstance(sent.get(name + PICK), list):
            problems[name] = "pick-both"
        found[name] = ", ".join(filter(None, (picked, typed))) if picked != typed else typed
    return found, problems


def _submit(asked: Form, scene: Scene) -> Json:
    names = tuple(field.name for field in asked.fields if not _too_long(field))
    carried = value(Errand(asked.command, asked.version, scene.room, names, scene.own))
    label = plain_text(clipped(asked.submit, LABEL)) if asked.submit.strip() else {"tag": "plain_text", **said("fill")}
    return {
        "tag": "button", "name": "submit", "type": "primary_filled", "form_action_type": "submit", "text": label,
        "behaviors": [{"type": "callback", "value": carried}],
    }  # fmt: skip


def _field(field: Field, scene: Scene) -> list[Json]:
    """The question, what is wrong with the last answer, the inputs."""
    star = "<font color='red'>&#42;</font>" if field.required else ""
    hint = _hint(field)
    asked = f"{strong(field.label or field.name)}{star}"
    faint = f" <font color='grey'>{escaped(hint)}</font>" if hint else ""
    problem = [marked(f"<font color='red'>{escaped(field.problem)}</font>")] if field.problem.strip() else []
    return [marked(asked + faint), *problem, *_inputs(field, scene)]


def _too_long(field: Field) -> bool:
    """Whether an input does not hold what stands there: then it is not asked, for what comes back empty would be taken out."""
    return field.input in ("text", "paragraph", "number") and len(field.value) > INPUT


def _inputs(field: Field, scene: Scene) -> list[Json]:
    if _too_long(field):
        return ours("too-long")
    match field.input:
        case "day":
            return _day_inputs(field)
        case "choice" if _choosable(field):
            return [_choice(field)]
        case "person" | "people" if scene.people:
            return _people_inputs(field, scene)
        case _:
            return _typed(field)


def _typed(field: Field, name: str = "", *, required: bool | None = None) -> list[Json]:
    most = min(INPUT, max(1, field.limit, len(field.value)))
    made: Json = {
        "tag": "input", "name": name or field.name, "max_length": most, "width": "fill",
        "required": field.required if required is None else required,
    }  # fmt: skip
    if field.input == "paragraph":
        made |= {"input_type": "multiline_text", "rows": 3, "auto_resize": True}
    if len(field.value) > INPUT:
        return [*ours("too-long"), made]
    return [made | ({"default_value": field.value} if field.value else {})]


def _day_inputs(field: Field) -> list[Json]:
    """One input to type, one to pick. A day that is known stands in the typed one, so that clearing it is enough."""
    typed = _typed(field, required=False)
    picker = {"tag": "date_picker", "name": field.name + PICK, "placeholder": {"tag": "plain_text", **said("pick")}}
    return [*typed, picker]


def _people_inputs(field: Field, scene: Scene) -> list[Json]:
    """A picker, and an input for departments and colleagues who are not offered."""
    several = field.input == "people"
    named = [one.strip() for one in field.value.split(",") if one.strip()] if several else [field.value.strip()]
    offered = {name: scene.accounts[name] for name in list(scene.accounts)[:OPTIONS]}
    offered |= {name: scene.accounts[name] for name in named if name in scene.accounts}
    here = [offered[name] for name in named if name in offered]
    rest = ", ".join(name for name in named if name and name not in offered)
    picker: Json = {
        "tag": "multi_select_person" if several else "select_person", "name": field.name + PICK, "width": "fill",
        "placeholder": {"tag": "plain_text", **said("pick-person")},
    }  # fmt: skip
    if offered and (not scene.room or here):
        picker["options"] = [{"value": id} for id in dict.fromkeys(offered.values())]
    if here:
        picker |= {"selected_values": here} if several else {"initial_option": here[0]}
    typed = _typed(Field(field.name, field.label, "text", False, rest, limit=field.limit), field.name + OTHERS)
    typed[-1]["placeholder"] = {"tag": "plain_text", **said("others")}
    return [picker, *typed]


def _choosable(field: Field) -> bool:
    values_ = [one.value for one in field.choices]
    return 0 < len(values_) <= OPTIONS and all(values_) and len(set(values_)) == len(values_)


def _choice(field: Field) -> Json:
    made: Json = {
        "tag": "select_static", "name": field.name, "required": field.required, "width": "fill",
        "options": [_option(one) for one in field.choices],
        "placeholder": plain_text("…"),
    }  # fmt: skip
    return made | ({"initial_option": field.value} if field.value in [one.value for one in field.choices] else {})


def _option(choice: Choice) -> Json:
    return {"text": plain_text(clipped(choice.label or choice.value, LABEL)), "value": choice.value}


def _hint(field: Field) -> str:
    """What helps to answer; choices of a field that is typed are named in it."""
    choices = [choice.label for choice in field.choices] if field.input != "choice" or not _choosable(field) else []
    return " · ".join(filter(None, (field.hint, *choices[:OPTIONS])))


def _said(held: object) -> str:
    """One component's value as words; a day without the offset of whoever picked it."""
    if isinstance(held, list):
        return ", ".join(map(str, held))
    text = str(held or "").strip()
    day = _DAY.fullmatch(text)
    return date.fromisoformat(day[1]).isoformat() if day and text != day[1] else text
