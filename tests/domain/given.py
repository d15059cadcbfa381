"""An ordinary item and the people around it, for tests of the rules: everything can be said otherwise."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, at
from bot.domain.action import Action, Block, Deliverable, Due, State
from bot.domain.alarms import Timetable
from bot.domain.rules import Rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")

OWNER, ASSIGNER, TRACKER, RESOLVER, SOMEBODY = 1, 2, 3, 4, 5
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=SHANGHAI)
"""An ordinary working morning."""
FRIDAY = date(2026, 11, 27)


@dataclass
class Clocks:
    """Whose zone is whose; everybody's is Shanghai's unless said otherwise."""

    zones: dict[int, ZoneInfo] = field(default_factory=dict)

    def zone(self, person: int) -> ZoneInfo:
        return self.zones.get(person, SHANGHAI)


def timetable(zones: dict[int, ZoneInfo] | None = None, **rules: Any) -> Timetable:
    return Timetable(Clocks(zones or {}), Calendar.of("CN"), Rules(**rules))


def due(day: date = FRIDAY, hour: time | None = None, zone: ZoneInfo = SHANGHAI) -> Due:
    return Due(day, at(day, hour or time(18), zone), hour)


def item(state: State = State.IN_PROGRESS, **fields: Any) -> Action:
    """Owned by OWNER, assigned by ASSIGNER, tracked by TRACKER, due on Friday in nine days; true to its state."""
    day = fields.pop("day", FRIDAY)
    given: dict[str, Any] = {
        "text": "输出流程", "owner": OWNER, "assigner": ASSIGNER, "tracker": TRACKER, "due": due(day), "first_due": day,
        "created_at": WEDNESDAY.astimezone(UTC), "asked_at": WEDNESDAY.astimezone(UTC), "number": 42, "state": state,
    }  # fmt: skip
    return Action(**{**given, **_true_to(state), **fields})


def _true_to(state: State) -> dict[str, Any]:
    """What an item in this state has come by on its way."""
    later = WEDNESDAY.astimezone(UTC) + timedelta(hours=1)
    handed = {"deliverables": (Deliverable("v1"),), "submitted_at": later}
    known: dict[State, dict[str, Any]] = {
        State.BLOCKED: {"block": Block("等接口", RESOLVER, date(2026, 11, 20))},
        State.SUBMITTED: handed,
        State.DONE: {**handed, "finished_at": later},
        State.CANCELLED: {"finished_at": later},
        State.POSTPONED: {"postponements": 1},
    }
    return known.get(state, {})
