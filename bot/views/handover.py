"""Items that change hands several at a time (A14): one message to who stands in for somebody who has left, the list of who is
away themselves, the question who takes all of it, and one to who is to accept it."""

from collections.abc import Mapping, Sequence

from bot.cards import Button, Card, Field, Form, Item
from bot.domain.action import Action, State, Verb
from bot.people import Person
from bot.views import lines, presses, reminder
from bot.views.scene import Scene

LEFT = "left"
"""The reason of an `undeliverable` to who stands in for somebody who is no longer here."""
LISTED = "listed"
"""That of one whose item stands in the message about several: it is never sent."""


def abandoned(scene: Scene, actions: tuple[Action, ...], args: Mapping[str, object]) -> Card | None:
    """The items that need a new owner, each with its press and all with one; those that have gone on stay in a message
    that stands. None where nothing is left to be asked."""
    alive = [action for action in actions if action.open and action.owner == args.get("person")]
    if not alive:
        return reminder.settled(scene, list(actions)) if args.get("posted") else None
    who = scene.directory.person(alive[0].owner)
    if len(actions) == 1:
        return _one(scene, alive[0], who)
    gone_on = [action for action in actions if action not in alive] if args.get("posted") else []
    items = [*(_line(scene, action) for action in alive), *(reminder.over(scene, action) for action in gone_on)]
    return lines.card(
        scene.words("abandoned-many", n=len(alive), who=lines.single(who.name)),
        *reminder.first(scene, items),
        presses.row((_all(scene, who, len(alive)),)) if len(alive) > 1 else None,
        tone="warn",
    )


def away(scene: Scene, title: str, mine: Sequence[Action]) -> Card:
    """A14, to who has just said that they are away: what they own, soonest first, each with its press and all with one."""
    assert scene.reader is not None
    rows = presses.row((_all(scene, scene.reader, len(mine)),)) if len(mine) > 1 else None
    said = lines.said(scene.words("away-open", n=len(mine)))
    return lines.card(title, said, *reminder.first(scene, [_line(scene, one) for one in mine]), rows, tone="good")


def requests(scene: Scene, actions: tuple[Action, ...], args: Mapping[str, object]) -> Card | None:
    """M6: several items that one command gave to the reader, each with its presses and all with one."""
    asked = [one for one in actions if one.state is State.PROPOSED and scene.reader and one.owner == scene.reader.id]
    if not asked:
        return reminder.settled(scene, list(actions)) if args.get("posted") else None
    gone_on = [action for action in actions if action not in asked] if args.get("posted") else []
    every = " ".join(action.label for action in asked)
    accept = Button(scene.words("press-accept-all", n=len(asked)), f"/action accept {every}", "primary")
    return lines.card(
        scene.words("requests", n=len(asked)),
        lines.quoted(str(args.get("why") or ""), "", _said_by(scene, args)),
        *reminder.first(
            scene, [*(_asked(scene, one) for one in asked), *(reminder.over(scene, one) for one in gone_on)]
        ),
        presses.row((accept,)) if len(asked) > 1 else None,
    )


def handed_all(scene: Scene, actions: tuple[Action, ...], args: Mapping[str, object]) -> Card | None:
    """A14, to who owned them: several items that are somebody else's now, and how each stands."""
    gone = [action for action in actions if action.open and not (scene.reader and action.owner == scene.reader.id)]
    if not gone:
        return reminder.settled(scene, list(actions)) if args.get("posted") else None
    owners = scene.words.listed([lines.single(scene.name(one)) for one in dict.fromkeys(one.owner for one in gone)])
    return lines.card(
        scene.words("handed-all", n=len(gone), owner=owners),
        lines.quoted(str(args.get("why") or ""), "", _said_by(scene, args)),
        *reminder.first(scene, [reminder.over(scene, action) for action in gone]),
    )


def taker(scene: Scene, giver: Person, count: int, problem: str = "") -> Form:
    """Who takes over all that somebody has open. `problem`: why an answer was none."""
    owner = Field("owner", scene.words("field-owner"), "person", hint=scene.words("hint-owner"), problem=problem)
    title = scene.words("form-hand-over", n=count, who=lines.single(giver.name))
    command = _command(scene, giver)
    return Form(title, command, (owner,), scene.words("form-hand-over-send"), example=f"{command} @…")


def _one(scene: Scene, action: Action, who: Person) -> Card:
    return lines.card(
        lines.sign(scene, action) + scene.words("abandoned", action=action.label, who=lines.single(who.name)),
        lines.essence(scene, action),
        presses.presses(scene, action, (Verb.ASSIGN, Verb.CANCEL)),
        tone="warn",
    )


def _line(scene: Scene, action: Action) -> Item:
    due = lines.due_words(scene, action)
    return Item(lines.lead(scene, action), action.text, due, (presses.press(scene, action, Verb.ASSIGN),))


def _said_by(scene: Scene, args: Mapping[str, object]) -> str:
    by = args.get("by")
    return scene.name(by) if isinstance(by, int) else ""


def _asked(scene: Scene, action: Action) -> Item:
    verbs = (presses.press(scene, action, verb) for verb in (Verb.ACCEPT, Verb.DECLINE))
    return Item(lines.lead(scene, action), action.text, lines.due_words(scene, action), tuple(verbs))


def _all(scene: Scene, giver: Person, count: int) -> Button:
    return Button(scene.words("hand-over-press", n=count), _command(scene, giver), "primary")


def _command(scene: Scene, giver: Person) -> str:
    return f"/action assign --all @{scene.directory.handle(giver)}"
