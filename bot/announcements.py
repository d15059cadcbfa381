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

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from hashlib import blake2b

from bot.calendar import at, audible
from bot.directory import Directory
from bot.domain.action import Action, State, Verb
from bot.domain.course import must_act
from bot.domain.facts import Changed, Fact
from bot.people import Room
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

TAKES_BACK = {"cancelled": ("request", "informed"), "handed_over": ("request",)}
"""What makes an unsent first word about an item pointless."""

_TOLD_TO_TRACKER = frozenset({"due", "criterion"})
_BOOKKEEPING = frozenset({"version", "changed_at", "first_due", "asked_at"})
_VISIBLE = frozenset(one.name for one in fields(Action)) - _BOOKKEEPING


@dataclass(frozen=True, slots=True)
class Desk:
    """What announcing depends on besides the fact: who is who, and when they may be disturbed."""

    directory: Directory
    workplace: Workplace

    def audible(self, moment: datetime, person: int) -> datetime:
        """T3: the first moment from then on at which this person may be written to."""
        return audible(moment, self.directory.zone(person), self.workplace.quiet, self.workplace.calendar)

    def morning(self, moment: datetime, person: int) -> datetime:
        """A6: the hour of that day's reminders, in this person's zone."""
        zone = self.directory.zone(person)
        return at(moment.astimezone(zone).date(), self.workplace.rules.morning, zone)


def announce(records: Records, facts: Iterable[Fact], directory: Directory, workplace: Workplace) -> int:
    """Keeps what others must hear of these facts; returns how many notices are new."""
    desk = Desk(directory, workplace)
    told = ((fact, notice) for fact in facts for notice in notices(fact, desk))
    return records.outbox.add([notice for fact, notice in told if not _unheard(records, notice, fact.at)])


def notices(fact: Fact, desk: Desk) -> list[Notice]:
    """One notice for each person who must hear of the fact, the strongest moment first."""
    moments: dict[int, str] = {}
    for person, moment in sorted(_heard(fact, desk), key=lambda heard: STRENGTH.index(heard[1])):
        if person is not None and person != fact.by:
            moments.setdefault(person, moment)
    args = _args(fact) if moments else {}
    return [
        Notice(
            person, moment, (fact.subject,), f"{fact.subject}:v{fact.after.version}:{moment}:P{person}",
            desk.audible(fact.at, person), args,
        )
        for person, moment in moments.items()
    ]  # fmt: skip


def _unheard(records: Records, notice: Notice, now: datetime) -> bool:
    """Whether the first word about a new item still waits for the person (overnight): then neither it is sent nor what
    takes it back."""
    if not isinstance(notice.to, int):
        return False
    waiting = [
        one
        for moment in TAKES_BACK.get(notice.moment, ())
        for one in records.outbox.withdraw([notice.to], moment, now, about=notice.subjects[0])
    ]
    return any(one.args.get("version") == 1 for one in waiting)


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
    return frozenset(name for name in _VISIBLE if getattr(fact.before, name) != getattr(fact.after, name))


def undelivered(notice: Notice, reason: str, actions: Sequence[Action], desk: Desk, now: datetime) -> list[Notice]:
    """Something will never arrive: the admins are told once a day per addressee and reason. What was about one item and
    meant for a room goes to its owner instead; what somebody who left can no longer do goes to who can hand it over."""
    if notice.moment == "undeliverable":  # nobody is told that nobody could be told
        return []
    told = [*_to_admins(notice, reason, desk, now)]
    if isinstance(notice.to, Room):
        return [*told, *_to_owner_instead(notice, actions, desk, now)]
    person = desk.directory.people.get(notice.to)
    gone = person is None or not person.active or person.account is None
    return [*told, *ownerless(notice.to, actions, desk, now)] if gone else told


def ownerless(person: int, actions: Iterable[Action], desk: Desk, now: datetime) -> list[Notice]:
    """Open items of an owner who cannot be reached any more are to be handed over (A14, A4 row 23)."""
    theirs = [action for action in actions if action.open and action.owner == person]
    return [notice for action in theirs for notice in abandoned(action, person, desk, now)]


def abandoned(action: Action, person: int, desk: Desk, now: datetime) -> list[Notice]:
    """Somebody who is to act on an item cannot be reached: once for ever, whoever stands in is asked to give it to
    somebody else."""
    return [
        _trouble(
            stand_in, (action.label,), f"abandoned:{action.label}:P{person}:P{stand_in}", desk, now, person, "left"
        )
        for stand_in in stand_ins(action, person, desk.directory)
    ]


def stand_ins(action: Action, person: int, directory: Directory) -> list[int]:
    """Who acts for somebody about an item: who assigned it, else the department's head, else every admin."""
    for one in (action.assigner, directory.head(action.department)):
        if one is not None and one != person and reachable(one, directory):
            return [one]
    return [admin for admin in admins(directory) if admin != person]


def reachable(person: int, directory: Directory) -> bool:
    """Whether a direct message can be sent at all."""
    found = directory.people.get(person)
    return found is not None and found.active and found.account is not None


def admins(directory: Directory) -> list[int]:
    """The admins that can be reached."""
    return [one.id for one in directory.people.values() if one.admin and reachable(one.id, directory)]


def unsure(notice: Notice, reason: str, desk: Desk, now: datetime) -> list[Notice]:
    """It may have arrived or not, and is not sent again: the admins hear of the first such one of a day."""
    return [
        _trouble(admin, notice.subjects, f"uncertain:{_day(desk, now)}:P{admin}", desk, now, _name(notice), reason)
        for admin in admins(desk.directory)
    ]


def _to_admins(notice: Notice, reason: str, desk: Desk, now: datetime) -> Iterator[Notice]:
    mark = blake2b(reason.encode(), digest_size=6).hexdigest()
    for admin in admins(desk.directory):
        if admin != notice.to:
            key = f"undeliverable:{_address(notice)}:{mark}:{_day(desk, now)}:P{admin}"
            yield _trouble(admin, notice.subjects, key, desk, now, _name(notice), reason)


def _to_owner_instead(notice: Notice, actions: Sequence[Action], desk: Desk, now: datetime) -> Iterator[Notice]:
    owners = {action.owner for action in actions}
    for owner in owners if len(actions) == 1 else ():
        if reachable(owner, desk.directory):
            yield replace(notice, to=owner, key=f"{notice.key}:P{owner}", not_before=desk.audible(now, owner))


def _trouble(
    to: int, subjects: tuple[str, ...], key: str, desk: Desk, now: datetime, person: int | str, reason: str
) -> Notice:
    return Notice(to, "undeliverable", subjects, key, desk.audible(now, to), {"person": person, "reason": reason})


def _name(notice: Notice) -> int | str:
    """Whom it was for: a person's number or a room's name."""
    return notice.to.name or notice.to.id if isinstance(notice.to, Room) else notice.to


def _address(notice: Notice) -> str:
    return f"{notice.to.messenger}:{notice.to.id}" if isinstance(notice.to, Room) else f"P{notice.to}"


def _day(desk: Desk, now: datetime) -> date:
    return now.astimezone(desk.workplace.zone).date()
