"""Forms → modals, and what was filled in → the form's values; cards in a modal, and the one that holds its place.

A field is a block of its own, named by the field, so that a problem can be shown at it. Days may be typed as people say
them or picked; people are picked where we know their accounts, and typed where not.
"""

from collections.abc import Callable, Mapping
from datetime import date

from adapters.slack.blocks import Json, drawn, faint, plain_text, title
from adapters.slack.carried import Errand, metadata
from adapters.slack.limits import INPUT, LABEL, OPTION, OPTIONS, VIEW_BLOCKS, VIEW_TEXT, VIEW_TITLE, clipped, wide
from adapters.slack.outgoing import Message, message
from adapters.slack.words import word
from bot.cards import Card, Field, Form, Plain, Strong, Text

FORM, SHOWN, WAIT = "form", "shown", "wait"
"""callback_id of a modal: a form, a card, the one that waits for either."""
_VALUE = "v"
_PICK, _OTHERS, _TEAMS = "~pick", "~others", "~teams"

Accounts = Mapping[str, str]
"""User ids by the names people are called by here; names that two people share are not among them."""
Teams = Mapping[str, str]
"""Names of user groups by their ids."""


def form(asked: Form, errand: Errand, language: str, accounts: Accounts, teams: Teams) -> Json | None:
    """The modal of a form; None when its command is too long for Slack to carry."""
    carried = metadata(errand)
    if not carried:
        return None
    note = drawn(Text((Plain(asked.note),)), language) if asked.note else []
    fields = [block for field in asked.fields for block in _field(field, language, accounts, teams)]
    heading, more = _title(asked.title, language)
    return {
        **_modal(FORM, heading, [*more, *note, *fields][:VIEW_BLOCKS], language),
        "submit": plain_text(clipped(asked.submit, VIEW_TITLE)), "close": plain_text(word(language, "cancel")),
        "private_metadata": carried,
    }  # fmt: skip


def shown(card: Card, language: str) -> tuple[Json, Message]:
    """A card in a modal, and the same as a message for what the modal cannot hold (files)."""
    whole = message(card, language, most=VIEW_BLOCKS, words=VIEW_TEXT)
    return _modal(SHOWN, word(language, "title"), whole.blocks, language), whole


def waiting(language: str) -> Json:
    """Holds the place of what is not there yet: Slack lets nobody open a modal later than three seconds."""
    blocks = drawn(Text((Plain(word(language, "loading-what")),)), language)
    return _modal(WAIT, word(language, "loading"), blocks, language)


def home(card: Card, language: str) -> Json:
    """The Home tab."""
    return {"type": "home", "blocks": message(card, language, most=VIEW_BLOCKS, words=VIEW_TEXT).blocks}


def values(view: Json, outer: Callable[[str], str] = str) -> tuple[dict[str, str], dict[str, str]]:
    """What was filled in, by field, and what is wrong with it before anybody is asked: (values, problems by block).
    `outer` gives the workplace's id of somebody who was picked."""
    state = view["state"]["values"]
    said = {name: _said(next(iter(held.values()), {}), outer) for name, held in state.items()}
    fields = {name: value for name, value in said.items() if not name.endswith((_PICK, _OTHERS, _TEAMS))}
    problems: dict[str, str] = {}
    for name in fields:
        if f"{name}{_PICK}" in said:
            fields[name], clash = _day(view, name, said)
            problems |= {f"{name}{_PICK}": clash} if clash else {}
        if said.get(f"{name}{_OTHERS}"):
            fields[name] = ", ".join(filter(None, (fields[name], said[f"{name}{_OTHERS}"])))
    return fields, problems


def teams_of(view: Json) -> dict[str, tuple[str, ...]]:
    """The user groups that were picked, by field."""
    held = {name: one for name, one in view["state"]["values"].items() if name.endswith(_TEAMS)}
    picked = {name.removesuffix(_TEAMS): _options(next(iter(one.values()), {})) for name, one in held.items()}
    return {name: teams for name, teams in picked.items() if teams}


def at_teams(field: str) -> str:
    """The block in which a field's user groups are picked."""
    return f"{field}{_TEAMS}"


def errors(asked: Form, view: Json, command: str, language: str) -> dict[str, str]:
    """What is wrong, by block, when all that the form asks again stands in this modal of `command` already: a refused
    field's problem, a needed one's absence. Empty when the form is another and must be shown anew."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if asked.command.split()[:2] != command.split()[:2] or not {field.name for field in asked.fields} <= inputs:
        return {}
    wrong = {field.name: field.problem for field in asked.fields if field.problem or field.required}
    return {name: clipped(problem or word(language, "needed"), LABEL) for name, problem in wrong.items()}


def _modal(kind: str, heading: str, blocks: list[Json], language: str) -> Json:
    return {
        "type": "modal", "callback_id": kind, "title": plain_text(clipped(heading, VIEW_TITLE)), "blocks": blocks,
        "close": plain_text(word(language, "close")),
    }  # fmt: skip


def _title(text: str, language: str) -> tuple[str, list[Json]]:
    """A modal's title holds 24 characters; a longer one stands whole in its first block."""
    if wide(text) <= VIEW_TITLE:
        return text.strip() or word(language, "title"), []
    return word(language, "title"), title(text)


def _field(field: Field, language: str, accounts: Accounts, teams: Teams) -> list[Json]:
    """A field's blocks: what is wrong with it, the input, and a second input where one cannot say it all."""
    problem = drawn(Text((Strong(field.problem),)), language) if field.problem else []
    return [*problem, *_inputs(field, language, accounts, teams)]


def _inputs(field: Field, language: str, accounts: Accounts, teams: Teams) -> list[Json]:
    if wide(field.value) > INPUT:
        return _unasked(field, language)
    match field.input:
        case "day":
            return _day_inputs(field, language)
        case "choice" if _choosable(field):
            return [_input(field, _choice(field))]
        case "person" if not field.value or field.value in accounts:
            picked = {"initial_user": accounts[field.value]} if field.value else {}
            return [_input(field, {"type": "users_select", **picked})]
        case "people":
            return _people_inputs(field, language, accounts, teams)
        case "number":
            first = {"initial_value": field.value} if field.value else {}
            return [_input(field, {"type": "number_input", "is_decimal_allowed": False, **first})]
        case _:
            return [_input(field, _typed(field, multiline=field.input == "paragraph"))]


def _unasked(field: Field, language: str) -> list[Json]:
    """What an input does not hold is not asked: Slack would refuse the whole modal."""
    return [*drawn(Text((Strong(field.label or field.name),)), language), *faint(word(language, "too-long"))]


def _day_inputs(field: Field, language: str) -> list[Json]:
    """One block to type, one to pick; a bare day that is known stands in both."""
    picked = {"initial_date": field.value} if _is_day(field.value) else {}
    picker = Field(f"{field.name}{_PICK}", word(language, "pick", label=field.label), required=False)
    typed = Field(field.name, field.label, "day", False, field.value, _hint(field), limit=field.limit)
    return [_input(typed, _typed(typed)), _input(picker, {"type": "datepicker", **picked})]


def _people_inputs(field: Field, language: str, accounts: Accounts, teams: Teams) -> list[Json]:
    """Those we know the accounts of are picked, and whole user groups; a department, or somebody of another messenger, is
    typed. Where a group will do, nobody need be picked."""
    named = [one.strip() for one in field.value.split(",") if one.strip()]
    here = [accounts[name] for name in named if name in accounts]
    rest = ", ".join(name for name in named if name not in accounts)
    others = Field(f"{field.name}{_OTHERS}", word(language, "others", label=field.label), "text", False, rest)
    picked = {"initial_users": here} if here else {}
    first = Field(field.name, field.label, "people", field.required and not (rest or teams), hint=field.hint)
    groups = [_team_input(field, language, teams)] if teams else []
    return [_input(first, {"type": "multi_users_select", **picked}), *groups, _input(others, _typed(others))]


def _team_input(field: Field, language: str, teams: Teams) -> Json:
    """A menu holds a hundred; a group beyond them is still called by @ where something is typed."""
    named = sorted(teams.items(), key=lambda one: one[1])[:OPTIONS]
    options = [{"text": plain_text(clipped(name, OPTION)), "value": id} for id, name in named]
    asked = Field(at_teams(field.name), word(language, "teams", label=field.label), required=False)
    return _input(asked, {"type": "multi_static_select", "options": options})


def _input(field: Field, element: Json) -> Json:
    made: Json = {
        "type": "input", "block_id": field.name, "optional": not field.required,
        "label": plain_text(clipped(field.label or field.name, LABEL)), "element": {**element, "action_id": _VALUE},
    }  # fmt: skip
    hint = _hint(field)
    return {**made, "hint": plain_text(clipped(hint, LABEL))} if hint else made


def _hint(field: Field) -> str:
    """What helps to answer; choices of a field that is typed are named in it."""
    choices = [choice.label for choice in field.choices] if field.input != "choice" or not _choosable(field) else []
    return " · ".join(filter(None, (field.hint, *choices[:OPTIONS])))


def _typed(field: Field, *, multiline: bool = False) -> Json:
    most = min(INPUT, max(field.limit, wide(field.value)))
    first = {"initial_value": field.value} if field.value else {}
    return {"type": "plain_text_input", "multiline": multiline, "max_length": most, **first}


def _choosable(field: Field) -> bool:
    short = all(0 < wide(one.value) <= OPTION and one.label for one in field.choices)
    return 0 < len(field.choices) <= OPTIONS and short


def _choice(field: Field) -> Json:
    options = [{"text": plain_text(clipped(one.label, OPTION)), "value": one.value} for one in field.choices]
    first = next((one for one in options if one["value"] == field.value), None)
    return {"type": "static_select", "options": options, **({"initial_option": first} if first else {})}


def _options(held: Json) -> tuple[str, ...]:
    return tuple(str(one["value"]) for one in held.get("selected_options") or ())


def _said(held: Json, outer: Callable[[str], str]) -> str:
    """One element's value as words."""
    for name in ("value", "selected_date"):
        if name in held:
            return str(held[name] or "")
    if "selected_user" in held:
        return outer(held["selected_user"] or "")
    if "selected_users" in held:
        return ", ".join(map(outer, held["selected_users"] or ()))
    return str((held.get("selected_option") or {}).get("value", ""))


def _day(view: Json, name: str, said: dict[str, str]) -> tuple[str, str]:
    """The day that was typed or picked, whichever was changed; both changed to different days is nobody's to guess."""
    typed, picked = said[name].strip(), said[f"{name}{_PICK}"]
    first = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    was_typed = str(first.get(name, {}).get("initial_value", ""))
    was_picked = str(first.get(f"{name}{_PICK}", {}).get("initial_date", ""))
    if picked == was_picked or typed == picked:
        return typed, ""
    if typed and typed != was_typed:
        return typed, "pick-both"
    return picked or typed, ""


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
