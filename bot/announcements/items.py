"""Who hears what of an action item.

| verb     | who hears which moment (never who did it; each person at most one, the strongest)                            |
|----------|---------------------------------------------------------------------------------------------------------------|
| add      | owner `request`; supporters and a tracker named by somebody else `informed`                                   |
| accept   | nobody: the cards change in place; so too note and snooze                                                     |
| decline  | assigner `declined`                                                                                           |
| submit   | tracker, or who stands in for one who has left, `verify`; closed directly (A3): assigner `approved`           |
| approve  | owner `approved`, and the assigner where that is not the tracker                                              |
| return   | owner `returned`                                                                                              |
| block    | resolver `blocked` (A5); tracker and owner `blocked_told`                                                     |
| unblock  | owner `unblocked`                                                                                             |
| postpone | owner, tracker and assigner `postponed`; from the third on the department's head `postponed_often` (A4, N8)   |
| edit     | owner `edited`; the tracker too when the day or the criterion changed, and who tracks it no longer; who tracks |
|          | or supports it from now on `informed`, and of what waits to be verified `verify` (A3, A10)                    |
| assign   | new owner `request` (several: `requests`), old owner `handed_over` (several: `handed_all`) (A14)                  |
| cancel   | owner, supporters and the resolver of a block `cancelled`                                                     |
| reopen   | owner and tracker `reopened`                                                                                  |
| nudge    | whoever must act `nudged`                                                                                     |
| undo     | whoever had been told of what was undone hears what takes it back (TAKEN_BACK)                                |

Nothing here is urgent: an item's high priority does not open anybody's quiet hours (T3).
"""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from bot.announcements.desk import Desk, Heard, addressed
from bot.directory import Directory
from bot.domain.action import Action, State, Verb
from bot.domain.course import must_act
from bot.domain.facts import Changed
from bot.people import Room
from bot.policy import sees_item, verifiers
from bot.store import Notice

STRENGTH = (
    "request", "verify", "blocked", "nudged", "returned", "declined", "handed_over", "cancelled", "reopened",
    "postponed_often", "postponed", "unblocked", "approved", "edited", "blocked_told", "informed",
)  # fmt: skip
"""What asks for something comes before what only tells."""

TAKEN_BACK = {
    "informed": "cancelled",
    "declined": "reopened",
    "verify": "reopened",
    "approved": "reopened",
    "returned": "edited",
    "blocked": "unblocked",
    "blocked_told": "unblocked",
    "unblocked": "blocked_told",
    "postponed": "edited",
    "postponed_often": "edited",
    "edited": "edited",
    "cancelled": "reopened",
}
"""Who had heard the left hears the right when it is undone; `request`, `handed_over` and `reopened` depend on the item."""

_SEVERAL = {"request": "requests", "handed_over": "handed_all"}
"""What one command says about several items at once, as a moment of its own."""
_TOLD_TO_TRACKER = frozenset({"due", "criterion"})
_BOOKKEEPING = frozenset({"version", "changed_at", "first_due", "asked_at"})
_VISIBLE = frozenset(Action.__struct_fields__) - _BOOKKEEPING


def notices(fact: Changed, desk: Desk) -> list[Notice]:
    """One notice for each person who must hear of the fact, the strongest moment first."""
    heard = sorted(_heard(fact, desk), key=lambda one: STRENGTH.index(one[1]))
    return addressed(desk, fact.subject, fact.after.version, heard, fact.by, fact.at, _args(fact) if heard else {})


def together(found: list[Notice]) -> list[Notice]:
    """What one command says to one person about several items (all of somebody's, handed over: A14) is one message, kept
    under the first one's name: what is said of each later has a version of its own."""
    same: dict[tuple[int | Room, str], list[Notice]] = {}
    for notice in found:
        same.setdefault((notice.to, notice.moment), []).append(notice)
    return [one for (_, moment), theirs in same.items() for one in _as_one(theirs, _SEVERAL.get(moment, ""))]


def _as_one(theirs: list[Notice], moment: str) -> list[Notice]:
    if len(theirs) == 1 or not moment:
        return theirs
    return [replace(theirs[0], moment=moment, subjects=tuple(subject for one in theirs for subject in one.subjects))]


def _heard(fact: Changed, desk: Desk) -> Iterator[Heard]:
    """By verb; people may come several times. Without an entry nobody hears of it."""
    told = _TOLD.get(fact.verb)
    return told(fact, desk) if told else iter(())


def _added(fact: Changed, desk: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "request"
    yield fact.after.tracker, "informed"
    yield from ((supporter, "informed") for supporter in _supporters(fact.after, desk.directory))


def _declined(fact: Changed, _: Desk) -> Iterator[Heard]:
    yield fact.after.assigner, "declined"


def _submitted(fact: Changed, desk: Desk) -> Iterator[Heard]:
    if fact.after.state is State.DONE:
        yield fact.after.assigner, "approved"
    else:
        yield from ((one, "verify") for one in verifiers(fact.after, desk.directory))


def _approved(fact: Changed, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "approved"
    if fact.after.assigner != fact.after.tracker:
        yield fact.after.assigner, "approved"


def _returned(fact: Changed, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "returned"


def _blocked(fact: Changed, _: Desk) -> Iterator[Heard]:
    if fact.after.block is not None:
        yield fact.after.block.resolver, "blocked"
    yield fact.after.tracker, "blocked_told"
    yield fact.after.owner, "blocked_told"


def _unblocked(fact: Changed, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "unblocked"


def _postponed(fact: Changed, desk: Desk) -> Iterator[Heard]:
    for person in (fact.after.owner, fact.after.tracker, fact.after.assigner):
        yield person, "postponed"
    if fact.after.postponements >= desk.workplace.rules.postponements:
        yield _head(fact.after, desk.directory), "postponed_often"


def _edited(fact: Changed, desk: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "edited"
    if _TOLD_TO_TRACKER & _changes(fact):
        yield fact.after.tracker, "edited"
    if fact.before is not None:
        yield from _joined(fact.before, fact.after, desk.directory)


def _joined(before: Action, after: Action, directory: Directory) -> Iterator[Heard]:
    """A3, A10: who tracks or supports it from now on, as those who did from the beginning; who tracked it until now."""
    if before.tracker != after.tracker:
        yield after.tracker, "verify" if after.state is State.SUBMITTED else "informed"
        yield before.tracker, "edited"
    known = set(_supporters(before, directory))
    yield from ((one, "informed") for one in _supporters(after, directory) if one not in known)


def _assigned(fact: Changed, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "request"
    if fact.before is not None:
        yield fact.before.owner, "handed_over"


def _cancelled(fact: Changed, desk: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "cancelled"
    yield from ((supporter, "cancelled") for supporter in _supporters(fact.after, desk.directory))
    if fact.before is not None and fact.before.block is not None:
        yield fact.before.block.resolver, "cancelled"


def _reopened(fact: Changed, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "reopened"
    yield fact.after.tracker, "reopened"


def _nudged(fact: Changed, desk: Desk) -> Iterator[Heard]:
    if fact.after.state is State.SUBMITTED:
        yield from ((one, "nudged") for one in verifiers(fact.after, desk.directory))
    else:
        yield must_act(fact.after), "nudged"


def _undone(fact: Changed, desk: Desk) -> Iterator[Heard]:
    """The undone change told again, backwards."""
    if fact.before is None or fact.undone in (None, Verb.NUDGE, Verb.UNDO):
        return
    first = None if fact.undone is Verb.ADD else fact.after
    done = Changed(fact.undone, first, fact.before, fact.by, fact.at)
    for person, moment in _heard(done, desk):
        yield person, TAKEN_BACK.get(moment) or _back(moment, fact, person)


def _back(moment: str, fact: Changed, person: int | Room | None) -> str:
    """What takes back a moment whose counterpart depends on how the item stands now."""
    if moment == "request":
        return "cancelled" if fact.undone is Verb.ADD else "handed_over"
    if moment == "handed_over":
        return "request" if fact.after.state is State.PROPOSED else "reopened"
    if fact.after.state is State.SUBMITTED:
        return "verify" if person == fact.after.tracker else "edited"
    return "cancelled" if fact.after.state is State.CANCELLED else "approved"


_TOLD: dict[Verb, Callable[[Changed, Desk], Iterator[Heard]]] = {
    Verb.ADD: _added,
    Verb.DECLINE: _declined,
    Verb.SUBMIT: _submitted,
    Verb.APPROVE: _approved,
    Verb.RETURN: _returned,
    Verb.BLOCK: _blocked,
    Verb.UNBLOCK: _unblocked,
    Verb.POSTPONE: _postponed,
    Verb.EDIT: _edited,
    Verb.ASSIGN: _assigned,
    Verb.CANCEL: _cancelled,
    Verb.REOPEN: _reopened,
    Verb.NUDGE: _nudged,
    Verb.UNDO: _undone,
}


def _supporters(action: Action, directory: Directory) -> Iterator[int | None]:
    """A10: people, and for a supporting department its head, if they may know of it (N8)."""
    for one in action.supporters:
        person = directory.head(one.department) if one.person is None else one.person
        yield person if person is not None and sees_item(directory.person(person), action) else None


def _head(action: Action, directory: Directory) -> int:
    """A4: the department's head, of a head's own item the head above; where there is none, or one who may not see it (N8),
    the tracker."""
    head = directory.head(action.department, action.owner)
    return head if head is not None and sees_item(directory.person(head), action) else action.tracker


def _args(fact: Changed) -> dict[str, object]:
    """What views may need beyond the item as it is then: plain JSON (see bot/views/notices.py)."""
    args: dict[str, object] = {"by": fact.by, "version": fact.after.version}
    changes = sorted(_changes(fact))
    if fact.why:
        args["why"] = fact.why
    if changes:
        args["changes"] = changes
    if "due" in changes and fact.before is not None:
        args["day"] = fact.before.due.day.isoformat()
    return args


def _changes(fact: Changed) -> frozenset[str]:
    """The fields in which a person can see the change."""
    if fact.before is None:
        return frozenset()
    return frozenset(name for name in _VISIBLE if getattr(fact.before, name) != getattr(fact.after, name))
