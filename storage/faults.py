"""What a driver's error means to the core: unavailable now, broken for good, or our bug."""

import sqlite3

from bot.store import Broken, Unavailable

_AWAY = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def meant(error: BaseException) -> BaseException:
    """The error as the port names it; anything unknown is itself."""
    if not isinstance(error, sqlite3.Error):
        return error
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if code & 0xFF in _AWAY:
        return Unavailable(str(error))
    return broken(error) if code & 0xFF in _BROKEN else error


def broken(error: BaseException) -> Broken:
    """The sentence for a file that is no sound database."""
    return Broken(f"the database is damaged ({error}); stop the bot and run `bihuan restore` with a backup")
