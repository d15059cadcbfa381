"""The transaction thread of SQLite: whatever is waiting is done in one transaction and one commit.

BEGIN IMMEDIATE, because a deferred transaction that reads and then writes loses to any other writer at once, without
waiting. A commit that fails is the failure of every work in it; a work that fails takes back only its own. Most of those
have written nothing yet, so a batch goes without savepoints, which keep a copy of every page for each work (a fifth of an
`add`'s time in SQLite, a third of a `note`'s). The first that must take back what it wrote sends the batch to be done
again with one savepoint a work, and so are the next few batches.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from msgspec import Struct

from bot.store import Records, Unavailable
from storage.faults import answered, in_reading, meant

MOST = 64
"""Works in one commit: more would make the first wait longer than the disk does."""

WARY = 16
"""So many batches take savepoints from the start after one had to be done again: redeliveries come in swarms."""

Work = Callable[[Records], Any]


class Entangled(Exception):
    """A work must take back what it wrote, and others of its batch have written before it."""


class Waiting(Struct):
    """A work in the queue, who waits for it, and how it ended."""

    work: Work
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    reading: bool = False
    result: Any = None
    error: BaseException | None = None

    def __enter__(self) -> None:
        """Whatever the work raises is the caller's, not the thread's."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        if error is not None:
            self.error = in_reading(error) if self.reading else meant(error)
        return True

    def afresh(self) -> "Waiting":
        """Before it is done again."""
        self.result = self.error = None
        return self

    def settle(self) -> None:
        """On the caller's loop. A caller that went away is no matter."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """One connection and the thread that writes through it. `records` is made for the connection and `self.undo`."""

    def __init__(self, connection: sqlite3.Connection, records: Callable[[Callable[[], None]], Records]) -> None:
        self._connection = connection
        self._run: Callable[[str], object] = connection.execute
        self._records = records(self.undo)
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._closed = False
        self._alone = True
        self._apart = False
        self._wary = 0
        self._begun = 0
        self._thread = threading.Thread(target=self._serve, name="storage-writer", daemon=True)
        self._thread.start()

    async def do(self, work: Work) -> Any:
        """The work's result after the durable commit; its exception, or Unavailable."""
        if self._closed:
            raise Unavailable("the store is closed")
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._waiting.put(Waiting(work, loop, future))
        if self._ended():  # since the question above: `close` may have looked already
            refuse(self._waiting)
        return await future

    def close(self) -> None:
        """Finishes what waits, then ends the thread; blocks until then. Who comes meanwhile hears Unavailable."""
        self._closed = True
        self._waiting.put(None)
        self._thread.join()
        refuse(self._waiting)

    def _ended(self) -> bool:
        return self._closed and not self._thread.is_alive()

    def undo(self) -> None:
        """Back to where the present work began. Raises Entangled, which ends the work, where that is not known."""
        if self._wrote():
            self._back()
            if self._alone:
                self._run("BEGIN IMMEDIATE")
            self._begun = self._connection.total_changes

    def _serve(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, ended = self._gather(first)
            self._commit(batch)
            tell(batch)
            if ended:
                return

    def _gather(self, first: Waiting) -> tuple[list[Waiting], bool]:
        batch = [first]
        while len(batch) < MOST:
            try:
                waiting = self._waiting.get_nowait()
            except queue.Empty:
                break
            if waiting is None:
                return batch, True
            batch.append(waiting)
        return batch, False

    def _commit(self, batch: list[Waiting]) -> None:
        try:
            self._run("BEGIN IMMEDIATE")
            self._do_all(batch)
            if self._connection.in_transaction:
                self._run("COMMIT")
        except (sqlite3.Error, Unavailable) as error:
            self._lose(batch, meant(error))

    def _do_all(self, batch: list[Waiting]) -> None:
        self._alone = len(batch) == 1
        self._apart = self._wary > 0 and not self._alone
        self._wary -= self._apart
        try:
            for waiting in batch:
                self._attempt(waiting)
        except Entangled:
            self._run("ROLLBACK")
            self._run("BEGIN IMMEDIATE")
            self._wary = 1 + WARY
            self._do_all([waiting.afresh() for waiting in batch])

    def _attempt(self, waiting: Waiting) -> None:
        if self._apart:
            self._run("SAVEPOINT work")
        self._begun = self._connection.total_changes
        with waiting:
            waiting.result = answered(waiting.work, self._records)
        if waiting.error is not None:
            if not self._connection.in_transaction:
                # A full disk may end the whole transaction: then nothing of this batch is kept.
                raise Unavailable(f"the transaction was lost: {waiting.error}")
            if self._wrote():
                self._back()
        if self._apart:
            self._run("RELEASE work")

    def _wrote(self) -> bool:
        """Whether the present work has changed any row."""
        return self._connection.total_changes != self._begun

    def _back(self) -> None:
        if not (self._alone or self._apart):
            raise Entangled
        self._run("ROLLBACK" if self._alone else "ROLLBACK TO work")

    def _lose(self, batch: list[Waiting], error: BaseException) -> None:
        """Nothing of the batch was kept. Who had already failed hears its own reason."""
        if self._connection.in_transaction:
            self._run("ROLLBACK")
        for waiting in batch:
            waiting.error = waiting.error or error


def refuse(left: "queue.SimpleQueue[Waiting | None]") -> None:
    """Tells whoever came too late for the thread that nobody does their work any more."""
    batch: list[Waiting] = []
    with suppress(queue.Empty):
        while True:
            waiting = left.get_nowait()
            if waiting is not None:
                waiting.error = Unavailable("the store is closed")
                batch.append(waiting)
    tell(batch)


def tell(batch: list[Waiting]) -> None:
    """One wake-up for each loop, however many of its callers are in the batch."""
    loops: dict[asyncio.AbstractEventLoop, list[Waiting]] = {}
    for waiting in batch:
        loops.setdefault(waiting.loop, []).append(waiting)
    for loop, theirs in loops.items():
        # A loop that was closed has nobody left to tell.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, theirs)


def _settle(batch: list[Waiting]) -> None:
    for waiting in batch:
        waiting.settle()
