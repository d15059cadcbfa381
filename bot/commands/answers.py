"""What commands answer with: the scene of the asker, the item that is meant, the word that it worked, what is missing."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.cards import Answer, Form
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.action import OPEN, Action, Light, Priority, State, Verb
from bot.domain.course import must_act
from bot.domain.facts import Changed
from bot.errors import Offer, Refusal
from bot.operations import absence
from bot.operations.change import all_ready
from bot.policy import allowed, sees_item
from bot.store import Query
from bot.views import action as views
from bot.views import forms
from bot.views.refusal import sentence
from bot.views.scene import Scene

_LIGHTS = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2, None: 3}
_PRIORITIES = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}
_CANDIDATES = 4


def scene(asking: Asking) -> Scene:
    """The asker's own words, zone and rights."""
    return Scene(asking.words, asking.now, asking.directory, asking.workplace, asking.by)


def told(asking: Asking, facts: Sequence[Changed]) -> Answer:
    """It worked: kept for whoever must hear of it; a short word after a press, a card after a typed line."""
    asking.facts.extend(facts)
    if len(facts) > 1:
        heading = asking.words(f"many-{facts[0].verb}", n=len(facts))
        return views.listing(scene(asking), [fact.after for fact in facts], heading=heading, own=True)
    gone = away(asking, facts[0].after) if facts[0].verb is Verb.ASSIGN else None
    tell = views.told if asking.by_press else views.changed
    return tell(scene(asking), facts[0], gone)


def away(asking: Asking, action: Action) -> date | None:
    """A14: the day on which an owner who is away is back: whoever asks them should know. Nobody is told so of themselves."""
    owner = asking.directory.person(action.owner)
    return None if owner.id == asking.by.id else absence.of(asking.records, owner.id, asking.now, owner.zone)


def meant(asking: Asking, line: Line) -> tuple[int, ...]:
    """The items a line is about: those it names, else the one that the replied-to message was about.

    Raises Refusal `which-item` with a button for each it may be; nothing is guessed."""
    if line.numbers:
        return line.numbers
    subjects = tuple(int(subject[2:]) for subject in asking.subjects if subject.startswith("A-"))
    if len(subjects) == 1:
        return subjects
    candidates = _several(asking, subjects) if subjects else _could_be(asking, Verb(line.verb))
    offers = tuple(
        Offer(
            "offer-item", f"{line.head} {one.label} {line.rest}".strip(), args=(("item", one.label), ("text", one.text))
        )
        for one in candidates[:_CANDIDATES]
    )
    which = "which-item" if offers else "which-item-none"
    raise Refusal(which, verb=line.verb, offers=offers, mended=f"{line.head} A-42 {line.rest}".strip())


def missing(
    asking: Asking, verb: Verb, numbers: Sequence[int], values: Mapping[str, str], needed: tuple[str, ...],
    problems: Mapping[str, Refusal], line: str,
) -> Form:  # fmt: skip
    """The form for what a verb still needs, after asking whether this person may do it at all."""
    actions = all_ready(asking, numbers, verb)
    said = {name: sentence(scene(asking), refused) for name, refused in problems.items()}
    return forms.verb(scene(asking), actions[0], verb, values, needed, said, line)


def ordered(asking: Asking, actions: Sequence[Action]) -> list[Action]:
    """Worst light first, then by due instant, then by priority."""
    eye = scene(asking)
    return sorted(
        actions,
        key=lambda one: (_LIGHTS[eye.light(one)], one.due.at, _PRIORITIES[one.priority], one.number),
    )


def _several(asking: Asking, numbers: Sequence[int]) -> list[Action]:
    return [one for one in asking.records.actions.several(numbers).values() if sees_item(asking.by, one)]


def _could_be(asking: Asking, verb: Verb) -> list[Action]:
    """The asker's items to which this could be done now, worst first; nobody is offered to remind themselves."""
    me, found = asking.by.id, asking.records.actions.find
    theirs = (Query(owner=me, states=OPEN), Query(tracker=me, states=OPEN), Query(assigner=me, states=OPEN))
    stuck = [one for one in found(Query(states=frozenset({State.BLOCKED}))) if one.block and one.block.resolver == me]
    mine = {one.number: one for one in (*(one for query in theirs for one in found(query)), *stuck)}
    able = [one for one in mine.values() if verb in allowed(asking.by, one, asking.directory)]
    return ordered(asking, [one for one in able if verb is not Verb.NUDGE or must_act(one) != me])
