"""Storage opens the one database of a workplace: SQLite by default, PostgreSQL when several processes serve it."""

from bot.store import Store
from storage.opening import address, beside, postgres_ready, sqlite_ready
from storage.restore import restore
from storage.schema import Progress
from storage.sqlite import SqliteStore

__all__ = ["beside", "migrate", "open_store", "restore"]


def open_store(url: str, *, fallback_zone: str = "Asia/Shanghai", migrate: bool = False) -> Store:
    """The store of `sqlite:///path/to/file.db` or `postgresql://…`.

    A new database is made at the newest version. Not a coroutine, and blocks for a moment: open it before the loop is
    busy. Raises Broken (corrupt, newer, or older unless `migrate`) or Unavailable (not to be opened). `?timeout=` says
    how many seconds SQLite waits for other processes (5). `fallback_zone` is the directory's, for whoever has none."""
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteStore(parsed, sqlite_ready(parsed, migrate=migrate, progress=_silent), fallback_zone)
    # Imported only where it is used: who keeps a file does not wait for the driver.
    from storage.postgres import PostgresStore

    postgres_ready(parsed, migrate=migrate, progress=_silent)
    return PostgresStore(parsed, fallback_zone)


def migrate(url: str, progress: Progress) -> None:
    """Brings an older database to this program's version, calling progress(step) as each is done; a SQLite file is
    copied to `<file>.version-<old>.bak` first. What was stopped in the middle goes on where it stopped. Raises as
    `open_store` does."""
    parsed = address(url)
    if parsed.get_backend_name() == "sqlite":
        sqlite_ready(parsed, migrate=True, progress=progress).close()
    else:
        postgres_ready(parsed, migrate=True, progress=progress)


def _silent(step: str) -> None:
    """Nobody wants to hear."""
