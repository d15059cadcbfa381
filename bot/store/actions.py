"""The port of the items: what is kept of them, what was done to them, and when they want to be asked again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from bot.domain.action import Action, State
from bot.domain.alarms import Alarm
from bot.people import Room


class Query(Struct, frozen=True):
    """Which items; every field that is set narrows. Order: due instant, then number.

    `states` empty: all. `closed_since`: items closed before it are left out. `reckoned`: only those whose due day waits
    for a calendar (T2). `session`: of this meeting (its number), `meeting` of those that bear this title. `reader`: only
    what this person may see (N8): an item without readers, or one that they read, own, track or assigned."""

    owner: int | None = None
    tracker: int | None = None
    assigner: int | None = None
    department: int | None = None
    room: Room | None = None
    meeting: str = ""
    session: int | None = None
    reader: int | None = None
    states: frozenset[State] = frozenset()
    closed_since: datetime | None = None
    reckoned: bool = False
    limit: int | None = None
    offset: int = 0


class Actions(Protocol):
    """Action items (A1)."""

    def add(self, action: Action) -> Action:
        """Keeps a new item and returns it with its number; numbers rise and are never given twice."""
        ...

    def get(self, number: int) -> Action | None:
        """The item, or None."""
        ...

    def several(self, numbers: Iterable[int]) -> dict[int, Action]:
        """Those that exist, in one statement."""
        ...

    def save(self, action: Action, before: Action | None = None) -> None:
        """Keeps the changed item. Raises Conflict unless the stored version is exactly one less. `before`: the item as it
        was read, so that what it is found by is written only when it has changed."""
        ...

    def find(self, query: Query) -> list[Action]:
        """The items of a query, in its order."""
        ...

    def count(self, query: Query) -> int:
        """How many (limit and offset are ignored)."""
        ...


class Entry(Struct, frozen=True):
    """One line of the history: who did what to which thing, when, from which state to which, and why.

    `verb` is a domain verb; `refused` marks one that was not allowed and changed nothing. `before` and `after` are the
    item as it was and became (None: there was none); storage keeps them as JSON. Of a meeting and its minutes `details`
    say what changed, as plain JSON values: a secret vote leaves no line, so that no two of them can be compared."""

    subject: str
    at: datetime
    by: int
    verb: str
    why: str = ""
    before: Action | None = None
    after: Action | None = None
    refused: bool = False
    id: int = 0
    details: dict[str, object] = field(default_factory=dict)


class History(Protocol):
    """A2: every change keeps who, when, from, to and why. Nothing is ever deleted or changed here."""

    def add(self, entry: Entry) -> None: ...

    def of(self, subject: str, limit: int = 100) -> list[Entry]:
        """The newest `limit` lines of a thing, oldest first."""
        ...

    def last(self, subject: str) -> Entry | None:
        """The last change of a thing (refusals left out)."""
        ...

    def last_by(self, person: int) -> Entry | None:
        """The last change somebody made to anything (refusals left out)."""
        ...


class Alarms(Protocol):
    """What wants to be asked again, and when."""

    def add(self, alarms: Sequence[Alarm]) -> None:
        """Sets the moments of things that have none yet."""
        ...

    def replace(self, ahead: Mapping[str, Sequence[Alarm]], now: datetime) -> None:
        """Sets the moments ahead of each subject: its unrung ones after `now` that are not named go, new ones come, an
        occasion that has rung stays rung. Unrung ones at or before `now` wait for the sweep untouched."""
        ...

    def due(self, now: datetime, limit: int) -> list[Alarm]:
        """The unrung alarms at or before `now`, oldest first: at most `limit`, but then all that are due of each person
        among them, so that one morning stays one message. PostgreSQL: people whom another process rings are skipped."""
        ...

    def rung(self, alarms: Sequence[Alarm], now: datetime) -> None:
        """Marks them as rung, for ever."""
        ...

    def next_at(self) -> datetime | None:
        """The earliest unrung moment."""
        ...

    def forget(self, before: datetime) -> int:
        """Drops rung alarms older than that; returns how many."""
        ...
