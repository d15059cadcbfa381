"""From a URL to a database that may be used: there, sound, and at the version this program works with."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool, StaticPool

from bot.errors import TryLater
from bot.store import Unavailable
from storage import schema
from storage.faults import meant, unreachable
from storage.sqlite import connect, copied

_UPGRADES = 0xB1A0
"""Any number that nobody else uses for an advisory lock of a whole database."""
_SOON = 5.0
"""Seconds."""


def address(url: str) -> URL:
    """The URL with the driver that we bring: `postgres://` and `postgresql://` mean psycopg 3."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    return parsed.set(drivername="postgresql+psycopg") if parsed.get_backend_name() == "postgresql" else parsed


def beside(url: str) -> Engine:
    """Connections of their own to the same database, each closed after its use: for a library that keeps something in it
    (storage/installed.py). Nothing is opened yet. A database that is away or held is TryLater to whoever asks."""
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _beginning(create_engine("sqlite://", creator=lambda: connect(parsed), poolclass=NullPool))
    else:
        engine = create_engine(parsed, poolclass=NullPool, connect_args={"connect_timeout": 5})
    event.listen(engine, "handle_error", _later)
    return engine


def _later(context: ExceptionContext) -> None:
    if isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError):
        raise TryLater(_SOON, str(unreachable(context.original_exception))) from context.original_exception


def sqlite_ready(
    url: URL, *, migrate: bool, progress: schema.Progress, to: schema.Versions = schema.OURS
) -> sqlite3.Connection:
    """A connection to the file, at the newest version. Raises Broken or Unavailable."""
    try:
        connection = connect(url)
    except sqlite3.Error as error:
        raise _named(meant(error), url) from error
    try:
        _sqlite_to_newest(connection, url, migrate=migrate, progress=progress, to=to)
    except BaseException:
        connection.close()
        raise
    return connection


def _named(fault: BaseException, url: URL) -> BaseException:
    """SQLite does not say which file it cannot open, nor that its folder is not there."""
    if not isinstance(fault, Unavailable):
        return fault
    file = Path(str(url.database)).absolute()
    return Unavailable(f"{file}: {fault if file.parent.is_dir() else 'there is no such folder'}")


def postgres_ready(url: URL, *, migrate: bool, progress: schema.Progress, to: schema.Versions = schema.OURS) -> None:
    """Brings the database to the newest version; of several processes that start at once, one does it."""
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5})
    try:
        with engine.connect() as watch, engine.connect() as opened:
            watch.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _UPGRADES})
            found = _judged(opened, to, migrate=migrate)
            if found != to.newest:
                to.upgrade(opened, progress)
    except DBAPIError as error:
        raise unreachable(error.orig or error) from error


def _sqlite_to_newest(
    connection: sqlite3.Connection, url: URL, *, migrate: bool, progress: schema.Progress, to: schema.Versions
) -> None:  # fmt: skip
    try:
        if _stands_at(connection, to.newest):
            return
        with _alchemy(connection) as opened:
            found = _judged(opened, to, migrate=migrate)
            if found == to.newest:
                return
            if found is not None:
                _keep(url, found)
            to.upgrade(opened, progress)
    except DBAPIError as error:
        raise meant(error.orig or error) from error
    except sqlite3.Error as error:
        raise meant(error) from error


def _stands_at(connection: sqlite3.Connection, version: str) -> bool:
    """Asked of the driver itself: to reflect the tables takes 2 ms of every start, and only a step needs them."""
    kept = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    return kept is not None and connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]


def _judged(opened: Connection, to: schema.Versions, *, migrate: bool) -> str | None:
    found = schema.version(opened)
    opened.rollback()
    to.judge(found, migrate=migrate)
    return found


@contextmanager
def _alchemy(connection: sqlite3.Connection) -> Iterator[Connection]:
    with _beginning(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)).connect() as opened:
        yield opened


def _beginning(engine: Engine) -> Engine:
    """The driver begins nothing by itself (isolation_level None), so that a step's CREATE TABLE is in its transaction."""
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _keep(url: URL, found: str) -> None:
    """The way back: a copy of the file as it was, beside it."""
    with closing(connect(url)) as source:
        copied(source, f"{url.database}.version-{found}.bak", lambda *_: None)
