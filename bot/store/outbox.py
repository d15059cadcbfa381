"""The port of what goes out and what came in: notices until they are settled, events until they are forgotten."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct, field

from bot.cards import Answer
from bot.messenger import Posted
from bot.people import Room


class Notice(Struct, frozen=True):
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


class Dispatched(Struct, frozen=True):
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
