"""The model that the workplace is held against: the two tables of docs/architecture.md, read from the page itself.

What the page does not tell in a table (throttling, undo, whom a nudge goes to) is said here again, in other words than
the code's: an item is a snapshot, and undoing puts the snapshot before it back.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
VERBS = ("accept", "decline", "submit", "approve", "return", "block", "unblock", "postpone", "cancel", "reopen")
KEEPING = ("note", "edit", "snooze", "nudge")
"""Verbs that keep the state and need an open item."""
HEAD, ADMIN = "王五", "赵六"
"""王五 heads the department that everybody but 赵六 belongs to, and is whom every block waits for; 赵六 is an admin."""


@dataclass(frozen=True)
class Snapshot:
    """What the page lets us predict of one item at one moment."""

    state: str
    owner: str
    tracker: str
    assigner: str
    due: date
    nudged_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.state not in ("done", "cancelled")

    @property
    def turn(self) -> str:
        """Who must act."""
        return {"submitted": self.tracker, "blocked": HEAD, "declined": self.assigner}.get(self.state, self.owner)


@dataclass
class ModelItem:
    """An item's snapshots, oldest first, and the last change: by whom, when, which verb."""

    now: Snapshot
    by: str
    at: datetime
    verb: str = "add"
    before: Snapshot | None = None
    verbs: list[str] = field(default_factory=lambda: ["add"])

    @property
    def changes(self) -> int:
        """The version."""
        return len(self.verbs)

    def stale(self, version: int) -> bool:
        """Whether something that matters has changed since a card of this version (0: of none) was drawn."""
        return bool(version) and any(verb not in ("note", "snooze", "nudge") for verb in self.verbs[version:])

    def becomes(self, after: Snapshot, by: str, verb: str, at: datetime) -> None:
        self.before, self.now, self.by, self.verb, self.at = self.now, after, by, verb, at
        self.verbs.append(verb)


def moves() -> dict[tuple[str, str], str]:
    """(state, verb) → the state after it, as the page's table says; what is refused is absent."""
    found: dict[tuple[str, str], str] = {}
    for row in _rows("| from "):
        for verb, cell in zip(VERBS, row[1:], strict=True):
            if cell != "—":
                found[row[0].replace(" ", "_"), verb] = re.sub(r"[¹²³]", "", cell).replace(" ", "_")
    return found


def rights() -> dict[str, frozenset[str]]:
    """verb → the roles that may, as the page's table says."""
    header, found = ("owner", "tracker", "assigner", "supporter", "resolver", "head", "admin"), {}
    for row in _rows("| verb "):
        if len(row) >= len(header) + 1:
            roles = frozenset(role for role, cell in zip(header, row[1:], strict=False) if cell.startswith("yes"))
            found.update(dict.fromkeys(row[0].split(", "), roles))
    return found


@dataclass
class Model:
    """Every item by its number."""

    items: dict[int, ModelItem] = field(default_factory=dict)
    moves: dict[tuple[str, str], str] = field(default_factory=moves)
    rights: dict[str, frozenset[str]] = field(default_factory=rights)

    def adds(self, by: str, owner: str, due: date, at: datetime) -> None:
        state = "in_progress" if owner == by else "proposed"
        self.items[len(self.items) + 1] = ModelItem(Snapshot(state, owner, by, by, due), by, at)

    def expects(self, number: int, by: str, verb: str, at: datetime, *, to: str = "", due: date | None = None) -> None:
        """What the page says happens when `by` does this now; `to` whom an item is assigned, `due` its new day."""
        item = self.items[number]
        if verb == "undo":
            return self._undone(item, by, at)
        if self.permitted(item.now, by, verb):
            after = self._after(item.now, by, verb, at, to, due)
            if after is not None:
                item.becomes(after, by, verb, at)
        return None

    def permitted(self, item: Snapshot, by: str, verb: str) -> bool:
        """The second table."""
        mine = {role for role in ("owner", "tracker", "assigner") if getattr(item, role) == by}
        mine |= {"admin"} if by == ADMIN else set()
        mine |= {"head"} if by == HEAD and item.owner != ADMIN else set()
        mine |= {"resolver"} if by == HEAD and item.state == "blocked" else set()
        if verb in ("approve", "return") and "owner" in mine:
            return "tracker" in mine
        if verb == "reopen" and mine & self.rights["reopen"] == {"owner"}:
            return item.state == "submitted"
        return bool(mine & self.rights[verb])

    def _after(self, item: Snapshot, by: str, verb: str, at: datetime, to: str, due: date | None) -> Snapshot | None:
        """The first table; None where it is refused."""
        if verb == "nudge":
            return replace(item, nudged_at=at) if item.open and item.turn != by and _rested(item, at) else None
        if verb in KEEPING:
            return item if item.open else None
        if verb == "assign":
            return _assigned(item, by, to)
        state = self.moves.get((item.state, verb))
        if state is None:
            return None
        if verb == "submit" and item.owner == item.tracker:
            state = "done"
        if verb == "postpone" and item.state == "proposed" and by != item.owner:
            state = "proposed"
        return replace(item, state=state, due=due or item.due)

    def _undone(self, item: ModelItem, by: str, at: datetime) -> None:
        """By whoever made the last change, or an admin, within a day; an undo is not undone."""
        if item.verb == "undo" or by not in (item.by, ADMIN) or at - item.at > timedelta(hours=24):
            return
        item.becomes(item.before or replace(item.now, state="cancelled"), by, "undo", at)


def _assigned(item: Snapshot, by: str, to: str) -> Snapshot | None:
    """Any open item becomes proposed to its new owner, in progress when they take it themselves. Who gives it back to whoever
    assigned it assigns it from then on."""
    if not item.open or (to == item.owner and item.state != "declined"):
        return None
    assigner = by if to == item.assigner else item.assigner
    return replace(item, owner=to, assigner=assigner, state="in_progress" if to == by else "proposed")


def _rested(item: Snapshot, at: datetime) -> bool:
    """One item is nudged at most once in four hours."""
    return item.nudged_at is None or at - item.nudged_at >= timedelta(hours=4)


def _rows(start: str) -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(start))
    table: list[list[str]] = []
    for line in lines[at + 2 :]:
        if not line.startswith("|"):
            return table
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table
