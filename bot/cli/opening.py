"""The workplace's database for a command that works on it beside, or instead of, a running workplace."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.lock import Lock
from bot.cli.terminal import Stopped
from bot.config import Settings
from bot.store import Broken, Store
from storage import open_store

if TYPE_CHECKING:
    from adapters.web import Archive


def opened(settings: Settings) -> Store:
    """The store of the configuration. Raises Broken or Unavailable with a sentence."""
    return open_store(settings.database.url.get_secret_value(), fallback_zone=settings.workplace.timezone)


def present(settings: Settings) -> Store:
    """The store, for what is of no use on an empty one: a nightly backup that is run in another folder would copy nothing, and
    nobody would know. Raises Stopped where there is no such file, Broken and Unavailable."""
    file = settings.database.file
    if file is not None and not file.exists():
        raise Stopped("no-database", file=str(file.absolute()))
    return opened(settings)


def conversations(path: Path) -> "Archive":
    """The web workplace's archive. Raises Broken for a file that is none."""
    from adapters.web import Archive  # who has another messenger alone does not load it

    try:
        return Archive(str(path))
    except sqlite3.DatabaseError as fault:
        raise Broken(f"{path}: {fault}") from fault


@contextmanager
def alone(settings: Settings) -> Iterator[Lock | None]:
    """One process serves a SQLite file; on PostgreSQL there may be several. Raises Held."""
    file = settings.database.file
    if file is None:
        yield None
        return
    with Lock(file.with_name(f"{file.name}.lock")) as lock:
        yield lock
