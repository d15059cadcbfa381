"""The tracking table (A12): A1's fields of an item as columns, in the reader's language, zone and calendar.

One list of columns serves the spreadsheet and JSON alike. Cells are values (text, number, day, instant), so that each
format can keep them as what they are.
"""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.action import Action, Light, State, Supporter
from bot.views.scene import Scene

Cell = str | int | date | datetime | None
"""An instant is in the reader's zone, aware; a missing value is None or empty."""

_SIGNS = {Light.RED: "🔴", Light.YELLOW: "🟡", Light.GREEN: "🟢", None: ""}


class Column(Struct, frozen=True):
    """One field: its name in JSON and in the catalogue (`column-<name>`), its width in characters, its value."""

    name: str
    width: int
    value: Callable[[Scene, Action], Cell]


def headings(scene: Scene) -> list[str]:
    """The columns' names in the reader's language."""
    return [scene.words(f"column-{column.name}") for column in COLUMNS]


def cells(scene: Scene, action: Action) -> list[Cell]:
    """One item as a row of COLUMNS."""
    return [column.value(scene, action) for column in COLUMNS]


def _department(scene: Scene, action: Action) -> str:
    found = scene.directory.departments.get(action.department or 0)
    return found.name if found else ""


def _supporters(scene: Scene, action: Action) -> str:
    return scene.words.listed([_supporter(scene, one) for one in action.supporters])


def _supporter(scene: Scene, one: Supporter) -> str:
    if one.person is not None:
        return scene.name(one.person)
    found = scene.directory.departments.get(one.department or 0)
    return found.name if found else ""


def _source(_scene: Scene, action: Action) -> str:
    source = action.source
    parts = (source.meeting, source.topic, source.quoted_from, source.quote, source.url)
    return "\n".join(part for part in parts if part)


def _status(scene: Scene, action: Action) -> str:
    return scene.words(f"state-{action.state}")


def _deliverables(_scene: Scene, action: Action) -> str:
    return "\n".join(" ".join(filter(None, (one.text, one.url))) for one in action.deliverables)


def _remarks(scene: Scene, action: Action) -> str:
    blocked = action.block.reason if action.block and action.state is State.BLOCKED else ""
    return "\n".join(filter(None, (blocked, action.note)))


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None


COLUMNS: tuple[Column, ...] = (
    Column("number", 8, lambda scene, action: action.label),
    Column("light", 5, lambda scene, action: _SIGNS[scene.light(action)]),
    Column("status", 10, _status),
    Column("action", 44, lambda scene, action: action.text),
    Column("owner", 12, lambda scene, action: scene.name(action.owner)),
    Column("department", 14, _department),
    Column("supporters", 18, _supporters),
    Column("tracker", 12, lambda scene, action: scene.name(action.tracker)),
    Column("assigner", 12, lambda scene, action: scene.name(action.assigner)),
    Column("due", 12, lambda scene, action: action.due.day),
    Column("due-time", 8, lambda scene, action: f"{action.due.time:%H:%M}" if action.due.time else ""),
    Column("first-due", 12, lambda scene, action: action.first_due),
    Column("postponements", 8, lambda scene, action: action.postponements),
    Column("criterion", 32, lambda scene, action: action.criterion),
    Column("place", 14, lambda scene, action: action.place),
    Column("source", 28, _source),
    Column("priority", 8, lambda scene, action: scene.words(f"priority-{action.priority}")),
    Column("created", 17, lambda scene, action: _local(action.created_at, scene.zone)),
    Column("finished", 17, lambda scene, action: _local(action.finished_at, scene.zone)),
    Column("deliverables", 36, _deliverables),
    Column("remarks", 36, _remarks),
)
