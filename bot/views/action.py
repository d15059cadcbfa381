"""What the asker sees of one action item or several: the echo, the answer to each verb, the item, lists, its history."""

from datetime import date

from bot.cards import Button, Buttons, Card, Facts, Text, Toast
from bot.domain.action import Action, State, Verb
from bot.domain.course import must_act
from bot.domain.facts import Changed
from bot.views import lines, presses
from bot.views.detail import detail, present_values
from bot.views.listing import listing
from bot.views.past import first, history, stale
from bot.views.scene import Scene

__all__ = ["changed", "detail", "first", "history", "listing", "recorded", "stale", "told"]

_SILENT = frozenset({Verb.UNDO, Verb.NUDGE})
"""No [撤销] under these: the one is an undo, the other was already read."""


def recorded(scene: Scene, action: Action, away: date | None = None) -> Card:
    """The echo of a new item: number, words, owner, day, criterion; what is missing is said (M3), that the owner is `away`, and
    that the day was reckoned through a year whose holidays are not published (T2)."""
    missing = None if action.complete else lines.said(scene.words("criterion-missing"), faint=True)
    return lines.card(
        scene.words("recorded", action=action.label),
        lines.said(action.text),
        _owner_line(scene, action),
        lines.said(_away(scene, action, away)),
        missing,
        _unpublished(scene, action),
        presses.presses(scene, action, (Verb.EDIT,), _undo(scene, action)),
        tone="good",
    )


def changed(scene: Scene, fact: Changed, away: date | None = None) -> Card:
    """The answer to a typed verb: what now holds, the item, what exactly was edited, and that a new owner is `away`."""
    action = fact.after
    if fact.verb is Verb.ADD:
        return recorded(scene, action)
    edited = _edited(scene, fact) if fact.verb is Verb.EDIT else None
    undo = None if fact.verb in _SILENT else Buttons((_undo(scene, action),))
    unsure = _unpublished(scene, action) if _redated(fact) else None
    gone = lines.said(_away(scene, action, away))
    return lines.card(sentence(scene, fact), lines.said(action.text), gone, edited, unsure, undo, tone="good")


def told(scene: Scene, fact: Changed, away: date | None = None) -> Toast:
    """The answer to a press that simply worked; the card it stood on changes in place."""
    said = sentence(scene, fact)
    if away is not None:
        said = scene.words("sentences", one=said, other=_away(scene, fact.after, away))
    if fact.after.due.reckoned and _redated(fact):
        said = scene.words("sentences", one=said, other=_unpublished_year(scene, fact.after))
    return Toast(lines.one_line(said), "good")


def sentence(scene: Scene, fact: Changed) -> str:
    """One line: what now holds, with the day or the person it depends on."""
    words, action = scene.words, fact.after
    match fact.verb:
        case Verb.DECLINE if action.assigner == fact.by:
            return words("did-well-decline-self", action=action.label)
        case Verb.ADD | Verb.DECLINE | Verb.EDIT | Verb.NOTE | Verb.CANCEL | Verb.APPROVE:
            return words(f"did-well-{fact.verb}", action=action.label, who=scene.name(action.assigner))
        case Verb.ACCEPT | Verb.POSTPONE | Verb.UNBLOCK | Verb.REOPEN:
            return words(f"did-well-{fact.verb}", action=action.label, day=lines.due_day(scene, action))
        case Verb.SUBMIT:
            closed = "closed" if action.state is State.DONE else "submit"
            return words(f"did-well-{closed}", action=action.label, who=lines.verifier(scene, action))
        case Verb.RETURN | Verb.ASSIGN:
            own = "-self" if fact.verb is Verb.ASSIGN and action.owner == fact.by else ""
            return words(f"did-well-{fact.verb}{own}", action=action.label, who=scene.name(action.owner))
        case Verb.UNDO:
            return words("did-well-undo", action=action.label, verb=lines.deed(scene, "verb", fact.undone or Verb.EDIT))
        case _:
            return _with_others(scene, fact)


def _with_others(scene: Scene, fact: Changed) -> str:
    """Block, snooze and nudge: somebody else, or another hour, is now waited for."""
    words, action = scene.words, fact.after
    if fact.verb is Verb.BLOCK and action.block is not None:
        who, until = scene.name(action.block.resolver), lines.bare(scene, action.block.until)
        return words("did-well-block", action=action.label, who=who, until=until)
    if fact.verb is Verb.SNOOZE and action.snoozed_until is not None:
        return words("did-well-snooze", action=action.label, until=lines.moment(scene, action.snoozed_until))
    return words("did-well-nudge", action=action.label, who=scene.name(must_act(action)))


def _away(scene: Scene, action: Action, away: date | None) -> str:
    """A14: they read it then."""
    if away is None:
        return ""
    return scene.words("owner-away", owner=scene.name(action.owner), day=lines.bare(scene, away))


def _redated(fact: Changed) -> bool:
    """Whether somebody has just said this day."""
    return fact.verb in (Verb.ADD, Verb.EDIT, Verb.POSTPONE) and (
        fact.before is None or fact.before.due != fact.after.due
    )


def _unpublished(scene: Scene, action: Action) -> Text | None:
    """T2: the day is unconfirmed, and will be looked at again."""
    return lines.said(_unpublished_year(scene, action)) if action.due.reckoned else None


def _unpublished_year(scene: Scene, action: Action) -> str:
    day = action.due.day
    return scene.words("due-unconfirmed", day=lines.bare(scene, day), year=str(day.year))


def _owner_line(scene: Scene, action: Action) -> Text | None:
    line = scene.words("recorded-line", owner=scene.name(action.owner), due=lines.due_instant(scene, action))
    if action.criterion:
        line += scene.words("criterion-after") + action.criterion
    return lines.said(line)


def _edited(scene: Scene, fact: Changed) -> Facts | None:
    """Each edited field with its new value."""
    before, after = (present_values(scene, one) if one else {} for one in (fact.before, fact.after))
    pairs = tuple((scene.words(f"fact-{name}"), value) for name, value in after.items() if before.get(name) != value)
    return Facts(pairs) if pairs else None


def _undo(scene: Scene, action: Action) -> Button:
    """[撤销] of this very change: with the version, so that an old button never takes back something newer."""
    words, command = scene.words, f"/action undo {action.label}"
    say = f"{words('say-undo')} {action.label}"
    return Button(words("press-undo"), command, say=say, version=action.version)
