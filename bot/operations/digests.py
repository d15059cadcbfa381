"""A scope's digest as it stands now, for whoever asks for it between two Fridays (R1)."""

from datetime import timedelta

from bot.domain.action import Action, Light
from bot.domain.digest import Digest, Last, compute
from bot.operations.desk import Desk
from bot.people import Room
from bot.store import Query

_BACK = timedelta(days=21)
"""How far back closed items are read: this week's and last week's figures, and a feast between them."""


def room_digest(desk: Desk, room: Room) -> tuple[list[Action], dict[str, object]]:
    """The room's open items, worst first, and the figures as a digest's view takes them."""
    return _now(desk, f"room:{room.messenger}:{room.id}", Query(room=room), room.name, "/action list team")


def department_digest(desk: Desk, department: int) -> tuple[list[Action], dict[str, object]]:
    """The department's."""
    name = desk.directory.departments[department].name
    return _now(desk, f"department:{department}", Query(department=department), name, f"/action list department {name}")


def own_digest(desk: Desk) -> tuple[list[Action], dict[str, object]]:
    """The asker's own."""
    return _now(desk, f"person:{desk.by.id}", Query(owner=desk.by.id), desk.by.name, "/action list mine")


def _now(desk: Desk, scope: str, query: Query, of: str, line: str) -> tuple[list[Action], dict[str, object]]:
    since = desk.now - _BACK
    items = desk.records.actions.find(
        Query(query.owner, department=query.department, room=query.room, closed_since=since)
    )
    digest = compute(items, {scope: Last()}, desk.now, desk.timetable)[scope]
    by_number = {action.number: action for action in items}
    return [by_number[number] for number in digest.open], figures(digest, of, line)


def figures(digest: Digest, of: str, line: str) -> dict[str, object]:
    """The digest's counts as its view names them; `line` lists everything behind them."""
    return {
        "week": int(digest.week.rpartition("W")[2]),
        "done": len(digest.done),
        "overdue": len(digest.overdue),
        "blocked": len(digest.blocked),
        "due_next": len(digest.due),
        "reddened": sum(turn.after is Light.RED for turn in digest.turned),
        "on_time": digest.on_time.percent,
        "on_time_before": digest.on_time_before.percent,
        "of": of,
        "total": len(digest.open),
        "list": line,
    }
