"""Storage opens the one database of a workplace: SQLite by default, PostgreSQL when several processes serve it."""

import sqlite3

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from storage import schema
from storage.faults import meant
from storage.sqlite import SqliteStore, connect

Store = SqliteStore


def open_store(
    url: str, *, fallback_zone: str = "Asia/Shanghai", migrate: bool = False, progress: schema.Progress = lambda _: None
) -> Store:
    """The store of `sqlite:///path/to/file.db`, `sqlite://` (in memory, for tests) or `postgresql://…`.

    A new database is made at the newest version. Blocks for a moment: call it before the loop is busy. Raises Broken
    (corrupt, newer, or older unless `migrate`) or Unavailable (not to be opened). `?timeout=` gives SQLite's patience
    with other processes in seconds (5)."""
    parsed = make_url(url)
    try:
        connection = connect(parsed)
        _prepare(connection, migrate, progress)
    except sqlite3.Error as error:
        raise meant(error) from error
    return SqliteStore(parsed, connection, fallback_zone)


def _prepare(connection: sqlite3.Connection, migrate: bool, progress: schema.Progress) -> None:
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    # The driver begins nothing by itself (isolation_level None), so that a step's CREATE TABLE is in its transaction.
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as opened:
        found = schema.version(opened)
        opened.rollback()
        schema.judge(found, migrate=migrate)
        if found != schema.NEWEST:
            schema.upgrade(opened, progress)
