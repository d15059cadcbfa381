"""One item in full: where it stands, every field that is set, what was handed over, and what the reader may do."""

from collections.abc import Iterator

from bot.cards import Button, Buttons, Card, Facts, Strong, Text
from bot.domain.action import Action, Cadence, Priority, Verb
from bot.views import lines, presses
from bot.views.scene import Scene


def detail(scene: Scene, action: Action) -> Card:
    """A1: the item's fields, its source as written, its deliverables; presses in two rows, likeliest first."""
    values = present_values(scene, action)
    del values["text"]
    pairs = tuple((scene.words(f"fact-{name}"), value) for name, value in values.items() if value)
    return lines.card(
        lines.sign(scene, action) + lines.standing(scene, action),
        Text((Strong(action.text),)),
        Facts(pairs),
        lines.delivered(scene, action.deliverables),
        lines.source_quote(action),
        *_rows(scene, action),
        tone=lines.TONES[scene.light(action)],
    )


def present_values(scene: Scene, action: Action) -> dict[str, str]:
    """Field name → its value in the reader's words, in the order they are shown; empty where nothing is set."""
    words = scene.words
    return {
        "text": action.text,
        "owner": scene.name(action.owner),
        "department": lines.department(scene, action.department),
        "due": lines.due_instant(scene, action),
        "first_due": _first_due(scene, action),
        "criterion": action.criterion,
        "supporters": lines.supporters(scene, action),
        "tracker": scene.name(action.tracker),
        "assigner": scene.name(action.assigner) if action.assigner not in (action.owner, action.tracker) else "",
        "priority": words(f"priority-{action.priority}") if action.priority is not Priority.NORMAL else "",
        "cadence": words(f"cadence-{action.cadence}") if action.cadence is not Cadence.WEEKLY else "",
        "place": action.place,
        "meeting": words("comma").join(part for part in (action.source.meeting, action.source.topic) if part),
        "block": _block(scene, action),
        "snoozed": _snoozed(scene, action),
        "remarks": _last_word(scene, action),
    }


def _snoozed(scene: Scene, action: Action) -> str:
    until = action.snoozed_until
    return lines.moment(scene, until) if until is not None and until > scene.now else ""


def _first_due(scene: Scene, action: Action) -> str:
    if not action.postponements:
        return ""
    return scene.words("postponed-times", day=lines.bare(scene, action.first_due), times=action.postponements)


def _block(scene: Scene, action: Action) -> str:
    block = action.block
    if block is None:
        return ""
    who, until = scene.name(block.resolver), lines.bare(scene, block.until)
    return scene.words("block-line", reason=block.reason, who=who, until=until)


def _last_word(scene: Scene, action: Action) -> str:
    if not action.note or action.note_at is None:
        return action.note
    return scene.words("note-line", note=action.note, day=lines.moment(scene, action.note_at))


def _rows(scene: Scene, action: Action) -> Iterator[Buttons | None]:
    """Four likely ones, then the rest with the history; the dangerous one stands last of all."""
    likely = presses.sensible(scene, action)
    safe = [presses.press(scene, action, verb) for verb in likely if verb is not Verb.CANCEL]
    danger = [presses.press(scene, action, Verb.CANCEL)] if Verb.CANCEL in likely else []
    first, rest = safe[: presses.AT_MOST], safe[presses.AT_MOST :]
    second: list[Button] = [*rest, presses.history(scene, action), *danger]
    yield presses.row(first)
    yield presses.row(second)
