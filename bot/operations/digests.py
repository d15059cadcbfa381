"""A scope's digest as it stands now, for whoever asks for it between two Fridays (R1)."""

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from bot.domain.action import OPEN, Action, State
from bot.domain.digest import Last, compute, to_args
from bot.operations.desk import Desk
from bot.operations.unread import Unread
from bot.people import Room
from bot.store import Query

_BACK = timedelta(days=180)
"""How far back closed items count for the on-time figure: done so long before their first due day is done early."""


def room_digest(desk: Desk, room: Room) -> tuple[list[Action], dict[str, object]]:
    """The room's open items, worst first, and the figures as a digest's view takes them."""
    return _now(desk, f"room:{room.messenger}:{room.id}", Query(room=room), room.name, "/action list team")


def department_digest(desk: Desk, department: int) -> tuple[list[Action], dict[str, object]]:
    """The department's."""
    name = desk.directory.departments[department].name
    return _now(desk, f"department:{department}", Query(department=department), name, f"/action list department {name}")


def own_digest(desk: Desk) -> tuple[list[Action], dict[str, object]]:
    """The asker's own, with what came back to them."""
    back = desk.records.actions.find(Query(assigner=desk.by.id, states=frozenset({State.DECLINED})))
    return _now(desk, f"person:{desk.by.id}", Query(owner=desk.by.id), desk.by.name, "/action list mine", back)


def tracked(desk: Desk) -> list[Action]:
    """What others owe the asker: open items that the asker tracks and somebody else owns, those to be verified first."""
    found = desk.records.actions.find(Query(tracker=desk.by.id, states=OPEN))
    theirs = [one for one in found if one.bearer != desk.by.id]
    return sorted(theirs, key=lambda one: one.state is not State.SUBMITTED)


def _now(
    desk: Desk, scope: str, query: Query, of: str, line: str, more: Sequence[Action] = ()
) -> tuple[list[Action], dict[str, object]]:
    found = (*desk.records.actions.find(replace(query, closed_since=desk.now - _BACK)), *more)
    items = list({action.number: action for action in found}.values())
    digest = compute(items, {scope: Last()}, desk.now, desk.timetable)[scope]
    digest = replace(digest, unread=tuple(Unread(desk.records, desk.directory).of(scope)))
    by_number = {action.number: action for action in items}
    return [by_number[number] for number in digest.open], to_args(digest, of, line)
