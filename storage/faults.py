"""What a driver's error means to the core: unavailable now, broken for good, somebody was there first, or our bug."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from bot.store import Broken, Conflict, Records, Unavailable

T = TypeVar("T")

_AWAY = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def answered(work: Callable[[Records], T], records: Records) -> T:
    """The work's result. StopIteration, which no future takes (its caller would wait for ever), is a RuntimeError."""
    try:
        return work(records)
    except StopIteration as error:
        raise RuntimeError("the work raised StopIteration") from error


def meant(error: BaseException) -> BaseException:
    """The error as the port names it; anything unknown is itself."""
    if not isinstance(error, sqlite3.Error):
        return error
    if _code(error) in _AWAY:
        return Unavailable(str(error))
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
        return Conflict(str(error))
    return broken(error) if _code(error) in _BROKEN else error


def in_reading(error: BaseException) -> BaseException:
    """As `meant`, for a work that may only read: writing there is our bug, not the disk's."""
    if isinstance(error, sqlite3.Error) and _code(error) == sqlite3.SQLITE_READONLY:
        return RuntimeError("a read must not write")
    return meant(error)


def broken(error: BaseException) -> Broken:
    """The sentence for a file that is no sound database."""
    return Broken(f"the database is damaged ({error}); stop the bot and run `bihuan restore` with a backup")


def unreachable(error: BaseException) -> Unavailable:
    """The sentence for a server that is not there; its driver's words in one line."""
    return Unavailable(f"the database cannot be reached: {' '.join(str(error).split())}")


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code; 0 when the error is the driver's own."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF
