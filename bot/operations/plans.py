"""Who does it by when: a new item, another day, another owner, all of one person's items to another (A4, A14, M3, T1).

A due day is a day and perhaps an hour by the owner's wall clock; its instant is reckoned here, once, from both.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from msgspec import Struct, field
from msgspec.structs import replace

from bot.calendar import at
from bot.domain import course
from bot.domain.action import OPEN, Action, Cadence, Due, Priority, Reckoned, Source, Supporter, Verb
from bot.domain.facts import Changed
from bot.errors import Refusal
from bot.operations.change import change, enter, ready
from bot.operations.desk import Desk
from bot.people import Person, Room
from bot.policy import allowed, sees_item
from bot.store import Query


class Wanted(Struct, frozen=True):
    """A new item as it was asked for (A1): ids of people and departments, a day of the owner's. `tracker` None: whoever
    assigns it; `department` None: the owner's. `reckoned`: how a day came about that waits for a calendar (T2).
    `assigner` None: who asks; of a meeting's item its host (M6). `readers`: as of the item (N8)."""

    text: str
    owner: int
    day: date
    hour: time | None = None
    criterion: str = ""
    supporters: tuple[Supporter, ...] = ()
    tracker: int | None = None
    department: int | None = None
    priority: Priority = Priority.NORMAL
    cadence: Cadence | None = None
    place: str = ""
    note: str = ""
    source: Source = field(default_factory=Source)
    room: Room | None = None
    reckoned: Reckoned | None = None
    assigner: int | None = None
    readers: tuple[int, ...] = ()


def record(desk: Desk, wanted: Wanted) -> Changed:
    """A1, M3: the new item, proposed to its owner (in progress when they take it themselves)."""
    return enter(desk, course.add(_action(desk, wanted), desk.by.id))


def due(desk: Desk, owner: int, day: date, hour: time | None, reckoned: Reckoned | None = None) -> Due:
    """T1: the instant at which the owner's day (or hour) ends. Raises Refusal `due-over` when it has passed there."""
    rules = desk.workplace.rules
    ends = at(day, hour or rules.due_time, desk.directory.zone(owner))
    if ends <= desk.now:
        raise Refusal("due-over", day=day, time=hour or rules.due_time, field="due")
    return Due(day, ends, hour, reckoned)


def postpone(
    desk: Desk, number: int, day: date, hour: time | None, why: str, reckoned: Reckoned | None = None
) -> Changed:
    """A4: the new day is the owner's."""

    def rule(action: Action) -> Changed:
        later = due(desk, action.owner, day, hour, reckoned)
        return course.postpone(action, desk.by.id, desk.now, later, why)

    return change(desk, Verb.POSTPONE, [number], rule)[0]


def edit(
    desk: Desk, number: int, day: tuple[date, time | None] | None, fields: dict[str, object],
    reckoned: Reckoned | None = None,
) -> Changed:  # fmt: skip
    """Corrects what was written: `fields` of Action by name; the day apart, because its instant is the owner's."""

    return change(desk, Verb.EDIT, [number], lambda action: edited(desk, action, day, fields, reckoned))[0]


def edited(
    desk: Desk, action: Action, day: tuple[date, time | None] | None, fields: dict[str, object],
    reckoned: Reckoned | None = None,
) -> Changed:  # fmt: skip
    """The item corrected, not kept yet: whoever calls it has asked who may. Raises Refusal `tracker-own`."""
    if fields.get("tracker") == action.owner == desk.by.id not in (action.tracker, action.assigner):
        raise Refusal("tracker-own", action=action.label, who=(action.tracker,), field="tracker")  # A3
    ends = {"due": due(desk, action.owner, *day, reckoned)} if day else {}
    return course.edit(action, desk.by.id, desk.now, **fields, **ends)


def assign(desk: Desk, numbers: Sequence[int], owner: int, why: str) -> list[Changed]:
    """A14, M6: to another owner, the same day by that person's clock."""

    return change(desk, Verb.ASSIGN, numbers, lambda action: assigned(desk, action, owner, why))


def assigned(desk: Desk, action: Action, owner: int, why: str) -> Changed:
    """The item with another owner, not kept yet: whoever calls it has asked who may."""
    same_day = _moved(desk, action, owner)
    department, asked_at = _department(desk, action, owner), _asked_at(desk, owner)
    return course.assign(action, desk.by.id, desk.now, owner, same_day, department, why, asked_at)


def given_up(desk: Desk, giver: int) -> list[Action]:
    """A14: everything open that somebody owns and that the asker may give to another; soonest first. What the asker may
    not see stays where it is, uncounted (N8), and so does what is not theirs to give.

    Raises Refusal `hand-over-nothing`, `may-not` where that is so of every item."""
    items = _seen(desk, giver)
    if not items:
        raise Refusal("hand-over-nothing", person=giver)
    theirs = [one for one in items if _may_give(desk, one)] or items[:1]
    return [ready(desk, action.number, Verb.ASSIGN) for action in theirs]


def not_to_give(desk: Desk, giver: int) -> int:
    """How many of the open items that somebody owns stay with them because the asker, who sees them, may not give them."""
    return sum(not _may_give(desk, one) for one in _seen(desk, giver))


def _seen(desk: Desk, owner: int) -> list[Action]:
    return [one for one in desk.records.actions.find(Query(owner=owner, states=OPEN)) if sees_item(desk.by, one)]


def _may_give(desk: Desk, action: Action) -> bool:
    return Verb.ASSIGN in allowed(desk.by, action, desk.directory)


def hand_over(desk: Desk, giver: int, taker: int, why: str = "") -> list[Changed]:
    """A14: all open items of one person to another, at once or not at all. Raises as `given_up` does."""
    return assign(desk, [action.number for action in given_up(desk, giver)], taker, why)


def twin(desk: Desk, wanted: Wanted, within: float) -> Action | None:
    """The item this person has just recorded, as their last act, in the last `within` seconds with the same words, owner
    and day (A4 row 4): an impatient second try, not another item."""
    last = desk.records.history.last_by(desk.by.id)
    if last is not None and isinstance(captured := last.details.get("item"), str):  # taken down in a meeting
        last = desk.records.history.last(captured)
    if last is None or last.verb != Verb.ADD or last.after is None or (desk.now - last.at).total_seconds() > within:
        return None
    one = last.after
    same = (one.text, one.owner, one.due.day, one.due.time, one.criterion, one.room) == (
        wanted.text, wanted.owner, wanted.day, wanted.hour, wanted.criterion, wanted.room,
    )  # fmt: skip
    return one if same else None


def _action(desk: Desk, wanted: Wanted) -> Action:
    owner = desk.directory.person(wanted.owner)
    return Action(
        text=wanted.text, owner=owner.id, assigner=_assigner(desk, wanted), tracker=wanted.tracker or desk.by.id,
        due=due(desk, owner.id, wanted.day, wanted.hour, wanted.reckoned), first_due=wanted.day, created_at=desk.now, asked_at=_asked_at(desk, owner.id),
        department=wanted.department or owner.department, supporters=_others(wanted), criterion=wanted.criterion,
        place=wanted.place, source=wanted.source, room=wanted.room, priority=wanted.priority,
        cadence=wanted.cadence or Cadence.WEEKLY, readers=wanted.readers, note=wanted.note, note_at=desk.now if wanted.note else None,
    )  # fmt: skip


def _assigner(desk: Desk, wanted: Wanted) -> int:
    """M6: nobody assigns in their own name what somebody else gives them: their silence would be reported to themselves."""
    return desk.by.id if wanted.assigner in (None, wanted.owner) else wanted.assigner


def _asked_at(desk: Desk, owner: int) -> datetime:
    """M6: the 24 hours begin when the owner may be written to (T3): what is asked on Friday night is no silence on Monday."""
    return desk.workplace.audible(desk.now, desk.directory.zone(owner))


def _others(wanted: Wanted) -> tuple[Supporter, ...]:
    """A10: supporters besides the owner, each once."""
    return tuple(one for one in dict.fromkeys(wanted.supporters) if one.person != wanted.owner)


def _moved(desk: Desk, action: Action, owner: int) -> Due:
    """The same day and hour by the new owner's clock; it may have passed there, and is then simply overdue."""
    ends = at(action.due.day, action.due.time or desk.workplace.rules.due_time, desk.directory.zone(owner))
    return replace(action.due, at=ends)


def _department(desk: Desk, action: Action, owner: int) -> int | None:
    """A10: a leading department that was named stays; one that came with the owner goes with the owner."""
    came_with: Person | None = desk.directory.people.get(action.owner)
    if came_with is not None and came_with.department != action.department:
        return action.department
    return desk.directory.person(owner).department
