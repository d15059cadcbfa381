"""The model that the workplace is held against: the two tables of docs/architecture.md, read from the page itself."""

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
VERBS = ("accept", "decline", "submit", "approve", "return", "block", "unblock", "postpone", "cancel", "reopen")


@dataclass
class ModelItem:
    """What the page lets us predict of one item."""

    state: str
    owner: str
    tracker: str
    assigner: str
    changes: int = 1


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


def _rows(start: str) -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(start))
    table = []
    for line in lines[at + 2 :]:
        if not line.startswith("|"):
            return table
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table
