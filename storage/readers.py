"""The reading threads of SQLite: each with a connection of its own, beside the writer; whoever is free takes what waits.

Not an executor: its futures and locks made a look at an index cost 56 µs, a queue and one call back 30, and the ring job
looks every second."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

from bot.store import Records, Unavailable
from storage.faults import answered
from storage.writer import Waiting, Work, refuse, tell

Opened = tuple[sqlite3.Connection, Records]


class Readers:
    """`count` threads; `opened` connects each when its first work comes. Raises what `opened` raises to that work."""

    def __init__(self, count: int, opened: Callable[[], Opened]) -> None:
        self._opened = opened
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._closed = False
        self._threads = [threading.Thread(target=self._serve, name="storage-reader", daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    async def do(self, work: Work) -> Any:
        """The work's result on one consistent view; its exception, or Unavailable."""
        if self._closed:
            raise Unavailable("the store is closed")
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._waiting.put(Waiting(work, loop, future, reading=True))
        if self._ended():  # as in writer.py
            refuse(self._waiting)
        return await future

    def close(self) -> None:
        """Finishes what waits, then ends the threads; blocks until then. Who comes meanwhile hears Unavailable."""
        self._closed = True
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()
        refuse(self._waiting)

    def _ended(self) -> bool:
        return self._closed and not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        own: Opened | None = None
        while (waiting := self._waiting.get()) is not None:
            with waiting:
                own = own or self._opened()
                waiting.result = _read(*own, waiting.work)
            tell([waiting])
        if own is not None:
            own[0].close()


def _read(connection: sqlite3.Connection, records: Records, work: Work) -> Any:
    connection.execute("BEGIN")
    try:
        return answered(work, records)
    finally:
        connection.execute("ROLLBACK")
