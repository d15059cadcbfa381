"""One change of one item or several, from the question who may to the saved truth: every verb goes through here.

load → policy (the one place it is asked) → seen too long ago? → state → rule of the domain → save, history, alarms,
cards marked out of date. All items of a line are asked first and saved after, so it is all of them or none.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot import policy
from bot.domain.action import MOVES, Action, Verb
from bot.domain.alarms import moments, moved
from bot.domain.course import must_act
from bot.domain.facts import Changed
from bot.errors import Offer, Refusal, Several
from bot.operations.desk import Desk
from bot.store import Conflict, Entry

Rule = Callable[[Action], Changed]
Done = TypeVar("Done")

WEIGHTY = frozenset({Verb.EDIT, Verb.POSTPONE, Verb.ASSIGN, Verb.APPROVE, Verb.RETURN, Verb.CANCEL, Verb.UNDO})
"""Verbs that decide about what was shown: pressed on a card that has changed since, they change nothing (A4 row 37)."""

_SLIGHT = frozenset({Verb.NOTE, Verb.SNOOZE, Verb.NUDGE})
"""What happened meanwhile and makes no shown card wrong."""


class Overtaken(Refusal):
    """The item is not as the presser saw it. `first`: somebody did already what was wanted (else `since` changed it)."""

    def __init__(self, action: Action, since: Sequence[Entry], first: Entry | None = None) -> None:
        super().__init__("stale", action=action.label)
        self.action = action
        self.since = tuple(since)
        self.first = first


def ready(desk: Desk, number: int, verb: Verb) -> Action:
    """The item, when this person may do this to it now.

    Raises Refusal `number-unknown`, `may-not`, `wrong-state`, or Overtaken."""
    action = load(desk, number)
    late = _too_late(desk, action, verb) if verb in MOVES and action.state not in MOVES[verb] else None
    if isinstance(late, Overtaken) and late.first and late.first.by == desk.by.id:
        raise late  # their own double click, though with it they may have lost the right (a block's resolver)
    policy.check(desk.by, verb, action, desk.directory)
    if verb in WEIGHTY and not isinstance(late, Overtaken):
        check_seen(desk, action)
    if late:
        raise late
    return action


def load(desk: Desk, number: int) -> Action:
    """The item. Raises Refusal `number-unknown`, with the way to one's own list, or `confidential-item` (N8), which says
    that the asker may not and nothing of what is there."""
    action = desk.records.actions.get(number)
    if action is None:
        raise Refusal("number-unknown", number=f"A-{number}", offers=(Offer("offer-list", "/action list"),))
    if not policy.sees_item(desk.by, action):
        raise Refusal("confidential-item", action=action.label)
    return action


def change(desk: Desk, verb: Verb, numbers: Sequence[int], rule: Rule) -> list[Changed]:
    """The verb's rule on each item: all of them change, or none does and each that cannot is told of. Raises as `ready`
    does, and Several."""
    facts = _all(numbers, lambda number: rule(ready(desk, number, verb)))
    return [keep(desk, fact) for fact in facts]


def all_ready(desk: Desk, numbers: Sequence[int], verb: Verb) -> list[Action]:
    """Each of them, when this person may do this to all of them now. Raises as `ready` does, and Several."""
    return _all(numbers, lambda number: ready(desk, number, verb))


def _all(numbers: Sequence[int], does: Callable[[int], Done]) -> list[Done]:
    """What comes of each. Of one, or where all were done before, the refusal speaks for itself."""
    done: dict[str, Done] = {}
    refused: dict[str, Refusal] = {}
    for number in numbers:
        try:
            done[f"A-{number}"] = does(number)
        except Refusal as refusal:
            refused[f"A-{number}"] = refusal
    if not refused:
        return list(done.values())
    if len(numbers) == 1 or (not done and all(isinstance(one, Overtaken) for one in refused.values())):
        raise next(iter(refused.values()))
    raise Several({label: _among_others(one) for label, one in refused.items()}, tuple(done))


def _among_others(refusal: Refusal) -> Refusal:
    """Who was first, as a sentence that stands beside others."""
    if not isinstance(refusal, Overtaken) or refusal.first is None:
        return refusal
    first = refusal.first
    return Refusal("first", action=refusal.action.label, who=first.by, at=first.at, did=first.verb)


def keep(desk: Desk, fact: Changed) -> Changed:
    """Saves what changed, its history and its next moments. Raises Refusal `changed-meanwhile` when it was not the newest."""
    try:
        desk.records.actions.save(fact.after, fact.before)
    except Conflict:
        raise Refusal(
            "changed-meanwhile", action=fact.subject, offers=(Offer("offer-show", f"/action show {fact.subject}"),)
        ) from None
    remember(desk, fact)
    return fact


def enter(desk: Desk, fact: Changed) -> Changed:
    """Saves a new item: from here on it has its number. It has no moments yet, and nobody has a card about it."""
    fact = Changed(fact.verb, None, desk.records.actions.add(fact.after), fact.by, fact.at, fact.why)
    _enter_history(desk, fact)
    desk.records.alarms.add(moments(fact.after, desk.now, desk.timetable))
    return fact


def remember(desk: Desk, fact: Changed) -> None:
    """A2: who, when, from, to and why; then the item's next moments where they may be others (a third of what a note cost
    was to find them the same), and every card about it marked out of date."""
    _enter_history(desk, fact)
    if fact.before is None or moved(fact.before, fact.after):
        desk.records.alarms.replace({fact.subject: moments(fact.after, desk.now, desk.timetable)}, desk.now)
    desk.records.outbox.refresh([fact.subject], desk.now)


def _enter_history(desk: Desk, fact: Changed) -> None:
    desk.records.history.add(
        Entry(fact.subject, fact.at, fact.by, str(fact.verb), fact.why, before=fact.before, after=fact.after)
    )


def check_seen(desk: Desk, action: Action) -> None:
    """Raises Overtaken when something that matters has changed since the pressed card was drawn."""
    if not desk.version or desk.version == action.version:
        return
    since = [entry for entry in changes(desk, action) if entry.after and entry.after.version > desk.version]
    if any(entry.verb not in _SLIGHT for entry in since):
        raise Overtaken(action, since)


def changes(desk: Desk, action: Action) -> list[Entry]:
    """What was done to it, oldest first, refusals left out."""
    return [entry for entry in desk.records.history.of(action.label) if not entry.refused]


def _too_late(desk: Desk, action: Action, verb: Verb) -> Refusal:
    """Somebody was first, or the state simply does not allow it."""
    entries = [entry for entry in changes(desk, action) if _moved(entry)]
    reached = entries[-1] if entries else None
    if reached is not None and _same_wish(action, verb, reached, pressed=desk.version > 0):
        return Overtaken(action, (), reached)
    able = policy.allowed(desk.by, action, desk.directory)
    able -= {Verb.NUDGE} if must_act(action) == desk.by.id else frozenset()
    return Refusal("wrong-state", action=action.label, state=str(action.state), verb=str(verb), able=tuple(able))


def _moved(entry: Entry) -> bool:
    return entry.before is None or (entry.after is not None and entry.after.state is not entry.before.state)


def _same_wish(action: Action, verb: Verb, reached: Entry, *, pressed: bool) -> bool:
    """What was wanted has been done already, or the thing was closed under an old card."""
    return reached.verb == verb or (pressed and not action.open)
