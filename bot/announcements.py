"""Who hears what: from the fact that something changed to the notices that are kept with it, in the same transaction.

| verb     | who hears which moment (never who did it; each person at most one, the strongest)                            |
|----------|---------------------------------------------------------------------------------------------------------------|
| add      | owner `request`; supporters and a tracker named by somebody else `informed`                                   |
| accept   | nobody: the cards change in place; so too note and snooze                                                     |
| decline  | assigner `declined`                                                                                           |
| submit   | tracker `verify`; closed directly (A3): assigner `approved`                                                   |
| approve  | owner `approved`, and the assigner where that is not the tracker                                              |
| return   | owner `returned`                                                                                              |
| block    | resolver `blocked` (A5); tracker and owner `blocked_told`                                                     |
| unblock  | owner `unblocked`                                                                                             |
| postpone | owner, tracker and assigner `postponed`; from the third on the department's head `postponed_often` (A4)       |
| edit     | owner `edited`; the tracker too when the day or the criterion changed                                         |
| assign   | new owner `request`, old owner `handed_over` (A14)                                                            |
| cancel   | owner, supporters and the resolver of a block `cancelled`                                                     |
| reopen   | owner and tracker `reopened`                                                                                  |
| nudge    | whoever must act `nudged`                                                                                     |
| undo     | whoever had been told of what was undone hears what takes it back (TAKEN_BACK)                                |

Nothing here is urgent: an item's high priority does not open anybody's quiet hours (T3).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from bot.calendar import audible
from bot.directory import Directory
from bot.domain.action import Action, State, Verb
from bot.domain.course import must_act
from bot.domain.facts import Changed, Fact
from bot.store import Notice, Records
from bot.workplace import Workplace

Heard = tuple[int | None, str]
"""Somebody (None: nobody is known) and the moment they hear."""

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

_TOLD_TO_TRACKER = frozenset({"due", "criterion"})
_BOOKKEEPING = frozenset({"version", "changed_at", "first_due", "asked_at"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What announcing depends on besides the fact: who is who, and when they may be disturbed."""

    directory: Directory
    workplace: Workplace

    def audible(self, moment: datetime, person: int) -> datetime:
        """T3: the first moment from then on at which this person may be written to."""
        return audible(moment, self.directory.zone(person), self.workplace.quiet, self.workplace.calendar)


def announce(records: Records, facts: Iterable[Fact], directory: Directory, workplace: Workplace) -> int:
    """Keeps what others must hear of these facts; returns how many notices are new."""
    desk = Desk(directory, workplace)
    return records.outbox.add([notice for fact in facts for notice in notices(fact, desk)])


def notices(fact: Fact, desk: Desk) -> list[Notice]:
    """One notice for each person who must hear of the fact, the strongest moment first."""
    moments: dict[int, str] = {}
    for person, moment in sorted(_heard(fact, desk), key=lambda heard: STRENGTH.index(heard[1])):
        if person is not None and person != fact.by:
            moments.setdefault(person, moment)
    args = _args(fact)
    return [
        Notice(
            person, moment, (fact.subject,), f"{fact.subject}:v{fact.after.version}:{moment}:P{person}",
            desk.audible(fact.at, person), args,
        )
        for person, moment in moments.items()
    ]  # fmt: skip


def _heard(fact: Fact, desk: Desk) -> Iterator[Heard]:
    """By verb; people may come several times. Without an entry nobody hears of it."""
    told = _TOLD.get(fact.verb)
    return told(fact, desk) if told else iter(())


def _added(fact: Fact, desk: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "request"
    yield fact.after.tracker, "informed"
    yield from ((supporter, "informed") for supporter in _supporters(fact.after, desk.directory))


def _declined(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield fact.after.assigner, "declined"


def _submitted(fact: Fact, _: Desk) -> Iterator[Heard]:
    if fact.after.state is State.DONE:
        yield fact.after.assigner, "approved"
    else:
        yield fact.after.tracker, "verify"


def _approved(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "approved"
    if fact.after.assigner != fact.after.tracker:
        yield fact.after.assigner, "approved"


def _returned(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "returned"


def _blocked(fact: Fact, _: Desk) -> Iterator[Heard]:
    if fact.after.block is not None:
        yield fact.after.block.resolver, "blocked"
    yield fact.after.tracker, "blocked_told"
    yield fact.after.owner, "blocked_told"


def _unblocked(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "unblocked"


def _postponed(fact: Fact, desk: Desk) -> Iterator[Heard]:
    for person in (fact.after.owner, fact.after.tracker, fact.after.assigner):
        yield person, "postponed"
    if fact.after.postponements >= desk.workplace.rules.postponements:
        yield desk.directory.head(fact.after.department), "postponed_often"


def _edited(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "edited"
    if _TOLD_TO_TRACKER & _changes(fact):
        yield fact.after.tracker, "edited"


def _assigned(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "request"
    if fact.before is not None:
        yield fact.before.owner, "handed_over"


def _cancelled(fact: Fact, desk: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "cancelled"
    yield from ((supporter, "cancelled") for supporter in _supporters(fact.after, desk.directory))
    if fact.before is not None and fact.before.block is not None:
        yield fact.before.block.resolver, "cancelled"


def _reopened(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield fact.after.owner, "reopened"
    yield fact.after.tracker, "reopened"


def _nudged(fact: Fact, _: Desk) -> Iterator[Heard]:
    yield must_act(fact.after), "nudged"


def _undone(fact: Fact, desk: Desk) -> Iterator[Heard]:
    """The undone change told again, backwards."""
    if fact.before is None or fact.undone in (None, Verb.NUDGE, Verb.UNDO):
        return
    first = None if fact.undone is Verb.ADD else fact.after
    done = Changed(fact.undone, first, fact.before, fact.by, fact.at)
    for person, moment in _heard(done, desk):
        yield person, TAKEN_BACK.get(moment) or _back(moment, fact, person)


def _back(moment: str, fact: Fact, person: int | None) -> str:
    """What takes back a moment whose counterpart depends on how the item stands now."""
    if moment == "request":
        return "cancelled" if fact.undone is Verb.ADD else "handed_over"
    if moment == "handed_over":
        return "request" if fact.after.state is State.PROPOSED else "reopened"
    if fact.after.state is State.SUBMITTED:
        return "verify" if person == fact.after.tracker else "edited"
    return "cancelled" if fact.after.state is State.CANCELLED else "approved"


_TOLD: dict[Verb, Callable[[Fact, Desk], Iterator[Heard]]] = {
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
    """A10: people, and for a supporting department its head."""
    for one in action.supporters:
        yield directory.head(one.department) if one.person is None else one.person


def _args(fact: Fact) -> dict[str, object]:
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


def _changes(fact: Fact) -> frozenset[str]:
    """The fields in which a person can see the change."""
    if fact.before is None:
        return frozenset()
    names = frozenset(one.name for one in fields(Action)) - _BOOKKEEPING
    return frozenset(name for name in names if getattr(fact.before, name) != getattr(fact.after, name))
