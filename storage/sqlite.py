"""The store on SQLite, the default: one writer thread, readers beside it, all on one file."""

import asyncio
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL

from bot.private import begin
from bot.store import Records, Unavailable
from storage.people import Latest
from storage.readers import Opened, Readers
from storage.records import StoredRecords
from storage.statements import SQLITE, Session
from storage.writer import Writer

T = TypeVar("T")
_STEP = 1024

BUSY_SECONDS = 5.0
"""How long another process may hold the file before we say so; `?timeout=` in the URL sets another."""


def connect(url: URL) -> sqlite3.Connection:
    """A connection as every part of storage uses it: durable, no implicit transactions."""
    assert url.database, "a database without a file is none"
    begin(url.database)
    connection = sqlite3.connect(
        url.database,
        timeout=float(str(url.query.get("timeout", BUSY_SECONDS))),
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # Savepoints keep old pages aside: in a temporary file a command of a batch takes 220 µs, in memory 165.
    connection.execute("PRAGMA temp_store = MEMORY")
    # What is deleted or replaced is overwritten: an anonymous answer leaves no older row behind (R3, M4).
    connection.execute("PRAGMA secure_delete = ON")
    # 16 MB of pages: with SQLite's own 2 MB a sweep of a thousand among a million alarms takes twice as long.
    connection.execute("PRAGMA cache_size = -16384")
    return connection


def copied(source: sqlite3.Connection, to: str, progress: Callable[[int, int], object]) -> None:
    """Copies a live database into the file `to`, which appears only when it is whole and sound, for the eyes that may read
    the database and no others. progress(done, of) in pages. Raises sqlite3.Error or OSError."""
    part = f"{to}.part"
    Path(part).unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copied_whole(source, part, progress)
        os.replace(part, to)
    finally:  # half a copy must not fill the disk that had no room for a whole one
        Path(part).unlink(missing_ok=True)


def _copied_whole(source: sqlite3.Connection, part: str, progress: Callable[[int, int], object]) -> None:
    with closing(sqlite3.connect(part)) as target:
        # One snapshot from beginning to end: without it every write of the bot would start the copy anew.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=_STEP, progress=lambda _, left, of: progress(of - left, of))
        source.execute("ROLLBACK")
        found = target.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged: {found}")
    file = source.execute("PRAGMA database_list").fetchone()[2]
    with open(part, "rb") as written:
        os.fchmod(written.fileno(), stat.S_IMODE(os.stat(file).st_mode) if file else 0o600)
        os.fsync(written.fileno())


class SqliteStore:
    """bot.store.Store on one file. `connection` becomes the writer's."""

    def __init__(self, url: URL, connection: sqlite3.Connection, fallback_zone: str) -> None:
        self._url = url
        self._latest = Latest(fallback_zone)
        self._connection = connection
        self._writer = Writer(connection, lambda undo: self._records(connection, undo))
        self._readers = Readers(2, self._reader)
        self._closed = False

    async def write(self, work: Callable[[Records], T]) -> T:
        result: T = await self._writer.do(work)
        return result

    async def read(self, work: Callable[[Records], T]) -> T:
        result: T = await self._readers.do(work)
        return result

    async def check(self) -> None:
        """Raises Unavailable when nothing can be written just now."""
        await self.write(lambda records: records.settings.put("check", "check", ""))

    async def backup(self, to: str, progress: Callable[[int, int], None]) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._back_up, to, lambda *far: loop.call_soon_threadsafe(progress, *far))

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        if not self._closed:
            self._closed = True
            self._writer.close()
            self._readers.close()
            self._connection.close()

    def _records(self, connection: sqlite3.Connection, undo: Callable[[], None]) -> StoredRecords:
        return StoredRecords(Session(connection, SQLITE), self._latest, undo, locking=False)

    def _reader(self) -> Opened:
        """A reading thread's own connection."""
        connection = connect(self._url)
        connection.execute("PRAGMA query_only = 1")
        return connection, self._records(connection, lambda: None)

    def _back_up(self, to: str, progress: Callable[[int, int], object]) -> None:
        try:
            with closing(connect(self._url)) as source:
                copied(source, to, progress)
        except (sqlite3.Error, OSError) as error:
            raise Unavailable(f"the backup could not be written: {error}") from error
