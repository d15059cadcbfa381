"""Buttons under cards: which of them the reader may press now, and what each would type.

A button is a command somebody typed for you; who may is asked again when it is pressed (bot/policy).
"""

from collections.abc import Iterable

from bot.cards import Button, Buttons, Style
from bot.domain.action import MOVES, Action, State, Verb
from bot.domain.course import must_act
from bot.policy import permits, roles, verifiers
from bot.views.scene import Scene

AT_MOST = 4
"""VOICE rule 2."""

LIKELY: dict[State, tuple[Verb, ...]] = {
    State.PROPOSED: (Verb.ACCEPT, Verb.DECLINE, Verb.NUDGE, Verb.ASSIGN, Verb.POSTPONE, Verb.EDIT, Verb.CANCEL),
    State.IN_PROGRESS: (Verb.SUBMIT, Verb.POSTPONE, Verb.BLOCK, Verb.NUDGE, Verb.EDIT, Verb.ASSIGN, Verb.CANCEL),
    State.POSTPONED: (Verb.SUBMIT, Verb.POSTPONE, Verb.BLOCK, Verb.NUDGE, Verb.EDIT, Verb.ASSIGN, Verb.CANCEL),
    State.BLOCKED: (Verb.UNBLOCK, Verb.SUBMIT, Verb.POSTPONE, Verb.NUDGE, Verb.ASSIGN, Verb.EDIT, Verb.CANCEL),
    State.SUBMITTED: (Verb.APPROVE, Verb.RETURN, Verb.REOPEN, Verb.NUDGE, Verb.EDIT, Verb.CANCEL),
    State.DECLINED: (Verb.ASSIGN, Verb.ACCEPT, Verb.EDIT, Verb.CANCEL),
    State.DONE: (Verb.REOPEN,),
    State.CANCELLED: (Verb.REOPEN,),
}
"""For each state what somebody would most likely do next; the dangerous one last."""

ANSWERS: dict[State, tuple[Verb, ...]] = {
    State.PROPOSED: (Verb.ACCEPT, Verb.DECLINE),
    State.IN_PROGRESS: (Verb.SUBMIT, Verb.POSTPONE, Verb.BLOCK),
    State.POSTPONED: (Verb.SUBMIT, Verb.POSTPONE, Verb.BLOCK),
    State.BLOCKED: (Verb.UNBLOCK, Verb.SUBMIT, Verb.POSTPONE),
    State.SUBMITTED: (Verb.APPROVE, Verb.RETURN),
    State.DECLINED: (Verb.ASSIGN, Verb.EDIT, Verb.CANCEL),
    State.DONE: (),
    State.CANCELLED: (),
}
"""For each state the presses that answer a reminder."""

_OTHERS = {Verb.APPROVE: 0, Verb.RETURN: 0, Verb.UNBLOCK: 0, Verb.NUDGE: 1, Verb.ASSIGN: 2}
_FIRST: tuple[Verb, ...] = (Verb.ACCEPT, Verb.SUBMIT, Verb.APPROVE, Verb.UNBLOCK)
_STYLES: dict[Verb, Style] = {
    Verb.ACCEPT: "primary", Verb.SUBMIT: "primary", Verb.APPROVE: "primary", Verb.UNBLOCK: "primary",
    Verb.CANCEL: "danger",
}  # fmt: skip


def can(scene: Scene, action: Action, verb: Verb) -> bool:
    """Whether the reader may do it to this item now."""
    return bool(allowed(scene, action, (verb,)))


def allowed(scene: Scene, action: Action, verbs: Iterable[Verb]) -> list[Verb]:
    """Those of the verbs that the reader may press now, in the given order. A room reads, and presses nothing; nobody
    reminds themselves."""
    reader = scene.reader
    if reader is None:
        return []
    mine, reminded = roles(reader, action, scene.directory), must_act(action)
    return [
        verb
        for verb in verbs
        if action.state in MOVES[verb]
        and permits(mine, verb, action)
        and not (verb is Verb.NUDGE and reader.id == reminded)
    ]


def press(scene: Scene, action: Action, verb: Verb, label: str = "") -> Button:
    """One button: the label a person would say, the line it types, the short words to type without buttons."""
    words = scene.words
    asks = words(f"sure-{verb}", action=action.label) if verb is Verb.CANCEL else ""
    return Button(
        words(f"press-{label or verb}"),
        f"/action {verb} {action.label}",
        _STYLES.get(verb, "normal"),
        asks,
        f"{words(f'say-{verb}')} {action.label}",
        action.version,
    )


def link(scene: Scene, name: str, command: str, say: str = "", style: Style = "normal") -> Button:
    """A button that is about no version of anything: catalogue entry `press-<name>`."""
    return Button(scene.words(f"press-{name}"), command, style, say=say)


def show(scene: Scene, action: Action) -> Button:
    """[查看]."""
    return link(scene, "show", f"/action show {action.label}", f"{scene.words('say-show')} {action.label}")


def history(scene: Scene, action: Action) -> Button:
    """[记录]."""
    return link(scene, "history", f"/action history {action.label}", f"{scene.words('say-history')} {action.label}")


def snooze(scene: Scene, *actions: Action) -> Button:
    """[明早再说]: a bare snooze lasts until the next working morning (A6); one press for all of a message's items."""
    labels = " ".join(action.label for action in actions)
    say = f"{scene.words('say-snooze')} {labels}"
    version = actions[0].version if len(actions) == 1 else 0
    return Button(scene.words("press-tomorrow"), f"/action snooze {labels}", say=say, version=version)


def step_in(scene: Scene, action: Action) -> Button:
    """[了解，我来协调]: leaves that word on the item, so that everybody who asks reads it (A7)."""
    words = scene.words("press-step-in")
    say = f"{scene.words('say-note')} {action.label} {words}"
    return Button(words, f"/action note {action.label} {words}", "primary", say=say, version=action.version)


def sensible(scene: Scene, action: Action) -> list[Verb]:
    """What the reader may do, the likeliest first: for somebody who is not the owner that is to verify, resolve, remind
    or reassign, before anything the owner would do."""
    verbs = allowed(scene, action, LIKELY[action.state])
    if scene.reader is not None and scene.reader.id == action.owner:
        return verbs
    return sorted((verb for verb in verbs if verb is not Verb.REOPEN or not action.open), key=_for_others)


def for_head(scene: Scene, action: Action) -> tuple[Button, ...]:
    """[了解，我来协调] [改派] [查看]: what a head does about a risk (A7)."""
    assign = (press(scene, action, Verb.ASSIGN, "reassign"),) if can(scene, action, Verb.ASSIGN) else ()
    step = (step_in(scene, action),) if can(scene, action, Verb.NOTE) else ()
    return (*step, *assign, show(scene, action))


def row(buttons: Iterable[Button]) -> Buttons | None:
    """At most four of them; None for none."""
    first = tuple(buttons)[:AT_MOST]
    return Buttons(first) if first else None


def presses(scene: Scene, action: Action, verbs: Iterable[Verb], *more: Button) -> Buttons | None:
    """The allowed ones of `verbs`, then `more`, at most four in all."""
    return row((*(press(scene, action, verb) for verb in allowed(scene, action, verbs)), *more))


def likely(scene: Scene, action: Action) -> tuple[Button, ...]:
    """The one press the reader must make for the item to go on; empty when it is somebody else's turn."""
    turn = allowed(scene, action, _FIRST)
    if action.state is State.BLOCKED and Verb.UNBLOCK in turn:
        turn = [Verb.UNBLOCK]
    elif action.state is State.DECLINED:
        turn = allowed(scene, action, (Verb.ASSIGN,))
    return tuple(press(scene, action, verb) for verb in turn[:1] if _turn(scene, action, verb))


def _for_others(verb: Verb) -> int:
    return _OTHERS.get(verb, len(_OTHERS))


def _turn(scene: Scene, action: Action, verb: Verb) -> bool:
    """Whether the reader is the one who must act: admins may, but need not."""
    reader = scene.reader.id if scene.reader else 0
    if verb is Verb.APPROVE:
        return reader in verifiers(action, scene.directory)
    return reader == (action.block.resolver if verb is Verb.UNBLOCK and action.block else action.bearer)
