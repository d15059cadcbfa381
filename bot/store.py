"""The port storage implements: one transaction at a time, and in it the records of everything that is kept.

`Store.write` runs a plain synchronous function inside one transaction on the store's own thread; when it returns,
the commit is durable. Inside, nothing waits and nothing outside is called. The contract suite in
tests/contracts/store.py is passed whole on SQLite and PostgreSQL.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.cards import Answer, Form
from bot.directory import Directory
from bot.domain.action import Action, State
from bot.domain.alarms import Alarm
from bot.messenger import Posted
from bot.people import Department, Person, Place, Room

T = TypeVar("T")


class Conflict(Exception):
    """The thing was changed since it was read (`save` with an old version)."""


class Seen(Exception):
    """This event was answered before; `answer` is what was said then (None: nothing). The transaction is undone."""

    def __init__(self, answer: Answer | None) -> None:
        super().__init__("this event was answered before")
        self.answer = answer


class Unavailable(Exception):
    """The database cannot be written or read now (locked, full, read-only, unreachable); nothing was changed."""


class Broken(Exception):
    """The database must not be used: corrupt, or of a newer version. The sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which items; every field that is set narrows. Order: due instant, then number.

    `states` empty: all. `closed_since`: items closed before it are left out. `reckoned`: only those whose due day waits
    for a calendar (T2)."""

    owner: int | None = None
    tracker: int | None = None
    assigner: int | None = None
    department: int | None = None
    room: Room | None = None
    meeting: str = ""
    states: frozenset[State] = frozenset()
    due_before: datetime | None = None
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: who did what to which thing, when, from which state to which, and why.

    `verb` is a domain verb; `refused` marks one that was not allowed and changed nothing. `before` and `after` are the
    item as it was and became (None: there was none); storage keeps them as JSON."""

    subject: str
    at: datetime
    by: int
    verb: str
    why: str = ""
    before: Action | None = None
    after: Action | None = None
    refused: bool = False
    id: int = 0


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


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told: to one person (id) or a room. The card is made when it is delivered, from the truth then.

    `moment` names a view (bot/views), `subjects` are the things it is about (A-42), `args` plain JSON values for the
    view. `key` is unique for ever: a second notice with it is dropped. `not_before` keeps quiet hours (T3)."""

    to: int | Room
    moment: str
    subjects: tuple[str, ...]
    key: str
    not_before: datetime
    args: dict[str, object] = field(default_factory=dict)
    urgent: bool = False


class Fate(StrEnum):
    """Where a notice stands."""

    PENDING = "pending"
    POSTED = "posted"
    MOOT = "moot"
    DEAD = "dead"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Dispatched:
    """A claimed notice: `attempts` earlier tries that may have arrived, the lease's `token`, and (when it is an update) where it stands."""

    id: int
    notice: Notice
    attempts: int
    token: str
    posted: Posted | None = None
    first_tried_at: datetime | None = None


class Outbox(Protocol):
    """What others must hear. Rows are claimed with a lease, posted, and each is settled by itself."""

    def add(self, notices: Sequence[Notice]) -> int:
        """Keeps those whose key is new; returns how many."""
        ...

    def claim(self, now: datetime, limit: int, lease: timedelta) -> list[Dispatched]:
        """Takes the next ones due (`not_before`, a retry's hour, or a refresh wanted), urgent first, then oldest.
        Conditional update with a lease: two processes never hold one row, an expired lease can be taken again."""
        ...

    def posted(self, row: Dispatched, posted: Posted, now: datetime) -> bool:
        """Settles: it arrived (or was updated). False when the lease was lost meanwhile: then nothing is changed."""
        ...

    def later(self, row: Dispatched, at: datetime, reason: str, *, unclear: bool = False) -> bool:
        """Gives the row back until `at`. Only an `unclear` try counts as an attempt: it may have arrived, so the next
        one has to find out first."""
        ...

    def close(self, row: Dispatched, fate: Fate, reason: str, now: datetime) -> bool:
        """Settles for good: moot, dead or uncertain."""
        ...

    def withdraw(self, people: Collection[int], moment: str, now: datetime, *, about: str = "") -> list[Notice]:
        """Closes, as moot, what waits for these people of one moment (`about` one thing, where that is given) and cannot
        have reached anybody: unclaimed, and never tried with an unclear end. Returns it, oldest first."""
        ...

    def refresh(self, subjects: Iterable[str], now: datetime) -> None:
        """Marks the posted messages about these things as out of date (those of the last 30 days): their cards are
        made anew and updated in place. Marking twice is one update."""
        ...

    def about(self, posted: Posted) -> tuple[str, ...]:
        """The subjects of one of the bot's messages, for replies to it; empty when unknown."""
        ...

    def next_at(self) -> datetime | None:
        """When the next unclaimed row falls due."""
        ...

    def count(self) -> dict[str, int]:
        """How many rows have each fate, `refresh` for updates waiting."""
        ...

    def forget(self, before: datetime) -> int:
        """Drops settled rows older than that; returns how many."""
        ...


class Inbox(Protocol):
    """Which events were answered, and how: a redelivery gets the stored answer."""

    def add(self, messenger: str, id: str, at: datetime, answer: Answer | None) -> None:
        """Keeps the event's answer. Raises Seen when the event is known."""
        ...

    def forget(self, before: datetime) -> int:
        """Drops events older than that (kept for at least a day); returns how many."""
        ...


class People(Protocol):
    """People, departments and rooms."""

    def directory(self) -> Directory:
        """Everybody, as of this transaction; cheap to ask often."""
        ...

    def save(self, person: Person) -> Person:
        """Keeps a person, whole, with their accounts; id 0 gets a number. An account belongs to one person: it moves."""
        ...

    def save_department(self, department: Department) -> Department:
        """Keeps a department; id 0 gets a number."""
        ...

    def save_room(self, room: Room) -> None:
        """Remembers a room, or its new name."""
        ...


class Settings(Protocol):
    """What was chosen by `/settings`, as words under a scope: `workplace`, `person:7`, `room:web:product` …"""

    def of(self, scope: str) -> dict[str, str]: ...

    def put(self, scope: str, key: str, value: str) -> None:
        """Sets one; an empty value removes it."""
        ...

    def all(self, prefix: str) -> dict[str, dict[str, str]]:
        """Every scope that begins so, with its values."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A form that was shown and not yet answered."""

    person: int
    where: Place
    form: Form
    asked_at: datetime


class Questions(Protocol):
    """Open questions: one per person and place, the newest."""

    def ask(self, question: Question) -> None: ...

    def open(self, person: int, where: Place, since: datetime) -> Question | None:
        """The question that is open there, unless it is older than `since`."""
        ...

    def close(self, person: int, where: Place) -> None: ...


class Records(Protocol):
    """Everything that is kept, inside one transaction."""

    @property
    def actions(self) -> Actions: ...
    @property
    def history(self) -> History: ...
    @property
    def alarms(self) -> Alarms: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def people(self) -> People: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def questions(self) -> Questions: ...

    def undo(self) -> None:
        """Takes back what this transaction has done so far, to its beginning or the last `undo`; it goes on after."""
        ...


class Store(Protocol):
    """One workplace's database."""

    async def write(self, work: Callable[[Records], T]) -> T:
        """Runs `work` in one transaction and returns its result after the durable commit. An exception of `work`
        undoes it and is raised here. `work` may be run again from the start (on PostgreSQL after a serialization
        failure, on SQLite when another of its commit is undone), so it must not touch anything but its records. Raises
        Unavailable."""
        ...

    async def read(self, work: Callable[[Records], T]) -> T:
        """Runs `work` on one consistent view beside the writer; writing in it is a RuntimeError. Raises Unavailable."""
        ...

    async def check(self) -> None:
        """Cheap proof that the database can be written now. Raises Unavailable."""
        ...

    async def backup(self, to: str, progress: Callable[[int, int], None]) -> None:
        """Copies a live database into the file `to`, calling progress(done, of). SQLite only; else Unavailable."""
        ...

    async def close(self) -> None:
        """Finishes what waits, checkpoints and closes."""
        ...
