"""The conversation history that a chat server keeps: one SQLite file, asked on one thread of its own.

`Archive.do(question, …)` runs one of the functions of `people.py` or `history.py` inside a transaction; they take the
connection first. A fault of the file is `TryLater`: nothing was written, the same question may be asked again.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from bot.errors import TryLater
from bot.private import begin

P = ParamSpec("P")
T = TypeVar("T")

# `seq` grows with every insert and every change, so a tab that was away asks for all that is newer than what it saw.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, department TEXT NOT NULL,
    timezone TEXT NOT NULL, language TEXT NOT NULL, active INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS rooms (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS members (
    conversation TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (conversation, user)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_of ON members (user);
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL, conversation TEXT NOT NULL, author TEXT NOT NULL,
    only_for TEXT NOT NULL, at TEXT NOT NULL, words TEXT NOT NULL, body TEXT NOT NULL, key TEXT NOT NULL UNIQUE);
CREATE INDEX IF NOT EXISTS page ON messages (conversation, id);
CREATE INDEX IF NOT EXISTS changed ON messages (seq);
CREATE TABLE IF NOT EXISTS reads (
    user TEXT NOT NULL, conversation TEXT NOT NULL, upto INTEGER NOT NULL, PRIMARY KEY (user, conversation)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, content BLOB NOT NULL);
"""
_BUSY_SECONDS = 5.0
# Our bugs; every other fault is the file's: locked, full, read-only, damaged.
_OURS = (sqlite3.IntegrityError, sqlite3.ProgrammingError)


class Archive:
    """The file at `path` (":memory:" for a passing one); another writer is waited for `busy` seconds. Raises sqlite3.Error when it cannot be opened."""

    def __init__(self, path: str = ":memory:", busy: float = _BUSY_SECONDS) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="web-archive")
        self._db = self._thread.submit(_open, path, busy).result()

    async def do(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], /, *args: P.args, **named: P.kwargs
    ) -> T:
        """Asks in a transaction. Raises TryLater for a fault of the file."""
        work = partial(self._inside, partial(question, self._db, *args, **named))
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def now(self, question: Callable[Concatenate[sqlite3.Connection, P], T], /, *args: P.args, **named: P.kwargs) -> T:
        """As `do`, for the start: waits on the spot."""
        return self._thread.submit(self._inside, partial(question, self._db, *args, **named)).result()

    def close(self) -> None:
        """Lets go of the file; what was answered is on disk."""
        self._thread.submit(self._db.close).result()
        self._thread.shutdown()

    def _inside(self, work: Callable[[], T]) -> T:
        try:
            with self._db:
                return work()
        except _OURS:
            raise
        except sqlite3.DatabaseError as fault:
            raise TryLater(1, f"web archive: {fault}") from fault


def _open(path: str, busy: float) -> sqlite3.Connection:
    if path != ":memory:":
        begin(path)
    db = sqlite3.connect(path, timeout=busy, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.executescript(_SCHEMA)
    return db
