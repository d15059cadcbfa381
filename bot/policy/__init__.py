"""Who may do what, asked in one place: the table MAY, the roles it speaks of, and the refusal (A2–A5, A10, N8).

| verb                        | owner | tracker | assigner | supporter | resolver | head of the department | admin |
|-----------------------------|-------|---------|----------|-----------|----------|------------------------|-------|
| accept, decline, snooze     | yes   |         |          |           |          |                        |       |
| submit                      | yes   |         |          |           |          |                        | yes   |
| approve, return             |       | yes     |          |           |          | yes¹                   | yes¹  |
| block                       | yes   | yes     |          |           |          | yes                    | yes   |
| unblock                     | yes   | yes     |          |           | yes      | yes                    | yes   |
| postpone, edit, assign      | yes   | yes     | yes      |           |          | yes                    | yes   |
| note                        | yes   | yes     | yes      | yes       | yes      | yes                    | yes   |
| nudge                       |       | yes     | yes      | yes       |          | yes                    | yes   |
| cancel                      |       | yes     | yes      |           |          | yes                    | yes   |
| reopen                      | yes²  | yes     | yes      |           |          | yes                    | yes   |
| undo                        | whoever made the last change, and admins                                          |||||||
| add, show, list, history    | everybody                                                                         |||||||

¹ not for their own item: nobody approves their own work unless they are its tracker. ² only what they submitted.
Of a confidential meeting's item nobody may anything who may not see it: head, admin and supporting department included (N8).
"""

from enum import StrEnum

from bot.directory import Directory
from bot.domain.action import MOVES, Action, State, Verb
from bot.domain.course import must_act
from bot.errors import Offer, Refusal
from bot.people import Person
from bot.policy.meetings import sees_item

__all__ = ["MAY", "Role", "allowed", "check", "may", "roles", "sees_item", "verifiers"]


class Role(StrEnum):
    """What somebody is to an item."""

    OWNER = "owner"
    TRACKER = "tracker"
    ASSIGNER = "assigner"
    SUPPORTER = "supporter"
    RESOLVER = "resolver"
    HEAD = "head"
    ADMIN = "admin"


_LEADERS = frozenset({Role.TRACKER, Role.HEAD, Role.ADMIN})
_HOLDERS = _LEADERS | {Role.OWNER, Role.ASSIGNER}

MAY: dict[Verb, frozenset[Role]] = {
    Verb.ACCEPT: frozenset({Role.OWNER}),
    Verb.DECLINE: frozenset({Role.OWNER}),
    Verb.SNOOZE: frozenset({Role.OWNER}),
    Verb.SUBMIT: frozenset({Role.OWNER, Role.ADMIN}),
    Verb.APPROVE: _LEADERS,
    Verb.RETURN: _LEADERS,
    Verb.BLOCK: _LEADERS | {Role.OWNER},
    Verb.UNBLOCK: _LEADERS | {Role.OWNER, Role.RESOLVER},
    Verb.POSTPONE: _HOLDERS,
    Verb.EDIT: _HOLDERS,
    Verb.ASSIGN: _HOLDERS,
    Verb.NOTE: frozenset(Role),
    Verb.NUDGE: _LEADERS | {Role.ASSIGNER, Role.SUPPORTER},
    Verb.CANCEL: _LEADERS | {Role.ASSIGNER},
    Verb.REOPEN: _HOLDERS,
}


def roles(person: Person, action: Action, directory: Directory) -> frozenset[Role]:
    """Everything somebody is to an item; nothing for who may not see it (N8), whatever they head."""
    if action.readers and not sees_item(person, action):
        return frozenset()
    is_ = (
        (Role.OWNER, person.id == action.owner),
        (Role.TRACKER, person.id == action.tracker),
        (Role.ASSIGNER, person.id == action.assigner),
        (Role.SUPPORTER, bool(action.supporters) and _supports(person, action)),
        (Role.RESOLVER, action.block is not None and person.id == action.block.resolver),
        (Role.HEAD, action.department is not None and directory.head(action.department) == person.id),
        (Role.ADMIN, person.admin),
    )
    return frozenset([role for role, holds in is_ if holds])


def _supports(person: Person, action: Action) -> bool:
    """By name, or as one of a supporting department other than the item's own."""
    departments = {one.department for one in action.supporters} - {action.department, None}
    return person.department in departments or any(one.person == person.id for one in action.supporters)


def verifiers(action: Action, directory: Directory) -> tuple[int, ...]:
    """A3: whose turn it is when something was submitted: the tracker's. Where they have left: the department's head, else every
    admin; never the owner, and nobody who may not see it (N8)."""
    tracker = directory.people.get(action.tracker)
    if tracker is None or tracker.active:
        return (action.tracker,)
    head = directory.head(action.department, action.owner)
    if head is not None and sees_item(directory.person(head), action):
        return (head,)
    admins = (one for one in directory.people.values() if one.admin and one.active and one.id != action.owner)
    return tuple(one.id for one in admins if sees_item(one, action))


def may(person: Person, verb: Verb, action: Action, directory: Directory) -> bool:
    """Whether the table lets this person do this to this item; its state is another question."""
    return permits(roles(person, action, directory), verb, action)


def permits(mine: frozenset[Role], verb: Verb, action: Action) -> bool:
    """The same for somebody whose roles are known: who asks about several verbs asks for them once."""
    if verb in (Verb.APPROVE, Verb.RETURN) and Role.OWNER in mine:
        return Role.TRACKER in mine
    if verb is Verb.REOPEN and mine & MAY[verb] == {Role.OWNER}:
        return action.state is State.SUBMITTED
    return bool(mine & MAY[verb])


def allowed(person: Person, action: Action, directory: Directory) -> frozenset[Verb]:
    """What this person can do to this item now, by the table and its state: the buttons they are shown."""
    mine = roles(person, action, directory)
    return frozenset(verb for verb, moves in MOVES.items() if action.state in moves and permits(mine, verb, action))


def check(person: Person, verb: Verb, action: Action, directory: Directory) -> None:
    """Raises Refusal `may-not` with who may (`who`, ids) and an offer to remind the first of them."""
    if may(person, verb, action, directory):
        return
    who = _holders(verb, action, directory, person)
    turn = must_act(action)
    nudging = action.open and turn != person.id and may(person, Verb.NUDGE, action, directory)
    reminded = (("first", directory.person(turn).name),)
    offers = (Offer("offer-nudge", f"/action nudge {action.label}", args=reminded),) if nudging else ()
    named = tuple(_foremost(directory.person(one), verb, action, directory) for one in who)
    raise Refusal("may-not", action=action.label, verb=str(verb), who=who, roles=named, offers=offers)


def _foremost(person: Person, verb: Verb, action: Action, directory: Directory) -> str:
    """As what somebody may: the first of their roles that the table lets do it."""
    mine = roles(person, action, directory)
    return str(next(role for role in Role if role in mine and role in MAY[verb]))


def _holders(verb: Verb, action: Action, directory: Directory, asker: Person) -> tuple[int, ...]:
    """Who could do it, the likeliest first, at most three."""
    head = directory.head(action.department)
    likely = (action.owner, action.tracker, action.block.resolver if action.block else None, head, action.assigner)
    able = [
        id
        for id in dict.fromkeys(likely)
        if id is not None and id != asker.id and may(directory.person(id), verb, action, directory)
    ]
    return tuple(able[:3])
