"""The port storage implements: one transaction at a time, and in it the records of everything that is kept.

`Store.write` runs a plain synchronous function inside one transaction on the store's own thread; when it returns,
the commit is durable. Inside, nothing waits and nothing outside is called. The contract suite in
tests/contracts/store.py is passed whole on SQLite and PostgreSQL.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.store.actions import Actions, Alarms, Entry, History, Query
from bot.store.faults import Broken, Conflict, Seen, Unavailable
from bot.store.meetings import Archive, Meetings, Search, Sessions
from bot.store.outbox import Dispatched, Fate, Inbox, Notice, Outbox
from bot.store.people import Link, Listing, People, Question, Questions, Settings

__all__ = [
    "Actions",
    "Alarms",
    "Archive",
    "Broken",
    "Conflict",
    "Dispatched",
    "Entry",
    "Fate",
    "History",
    "Inbox",
    "Link",
    "Listing",
    "Meetings",
    "Notice",
    "Outbox",
    "People",
    "Query",
    "Question",
    "Questions",
    "Records",
    "Search",
    "Seen",
    "Sessions",
    "Settings",
    "Store",
    "Unavailable",
]

T = TypeVar("T")


class Records(Protocol):
    """Everything that is kept, inside one transaction."""

    @property
    def actions(self) -> Actions: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def archive(self) -> Archive: ...
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
