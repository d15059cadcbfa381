"""A backup put in the place of the database: looked through first, swapped in one step, the old one kept beside it."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot.store import Broken, Unavailable
from storage import schema
from storage.opening import address
from storage.sqlite import copied


def restore(url: str, file: str, progress: Callable[[int, int], object] = lambda _done, _of: None) -> Path | None:
    """Makes `file` (a backup) the database of `url` and returns where the old one is kept (None: there was none).

    Nobody may be using the database. Raises Broken for a backup that is damaged or newer than this program,
    Unavailable when the database is in use or cannot be written."""
    parsed = address(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise Unavailable("only a SQLite file is restored like this; a PostgreSQL database is restored with pg_restore")
    verify(file)
    place = Path(parsed.database)
    fresh = place.with_name(f"{place.name}.restoring")
    try:
        with _read_only(file) as source:
            copied(source, str(fresh), progress)
        return _swap(place, fresh)
    except (sqlite3.Error, OSError) as error:
        raise Unavailable(f"the backup could not be put in place, nothing was changed: {error}") from error
    finally:
        fresh.unlink(missing_ok=True)


def verify(file: str) -> None:
    """Raises Broken unless the file is a sound database of ours that this program can use or migrate."""
    if not Path(file).is_file():
        raise Broken(f"there is no backup {file}")
    try:
        with _read_only(file) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            with engine.connect() as opened:
                version = schema.version(opened)
    except (sqlite3.Error, DBAPIError) as error:
        raise Broken(f"the backup {file} is damaged: {error}") from error
    if found != "ok":
        raise Broken(f"the backup {file} is damaged: {found}")
    if version is None:
        raise Broken(f"{file} is no backup of a workplace")
    schema.OURS.judge(version, migrate=True)


@contextmanager
def _read_only(file: str) -> Iterator[sqlite3.Connection]:
    """The backup opened for reading. SQLite makes -wal and -shm beside a file in WAL mode even so: they go again unless
    they were there before."""
    beside = [Path(f"{file}{ending}") for ending in ("-wal", "-shm")]
    made = [path for path in beside if not path.exists()]
    try:
        with closing(sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)) as connection:
            yield connection
    finally:
        for path in made:
            path.unlink(missing_ok=True)


def _swap(place: Path, fresh: Path) -> Path | None:
    """The old file keeps its name until the new one takes it, in one step."""
    kept = _free(place) if place.exists() else None
    if kept is not None:
        _settle(place, kept)
        try:
            os.link(place, kept)
        except OSError:
            shutil.copy2(place, kept)
        _stand_in(fresh, os.stat(place))
    os.replace(fresh, place)
    return kept


def _stand_in(fresh: Path, before: os.stat_result) -> None:
    """Whose the old file was, and who might read it, that is so of the new one: root may restore what a service uses.
    Nobody else can give a file away."""
    with suppress(PermissionError):
        os.chown(fresh, before.st_uid, before.st_gid)
    os.chmod(fresh, stat.S_IMODE(before.st_mode))


def _free(place: Path) -> Path:
    numbers = (number for number in range(1, 10_000) if not place.with_name(f"{place.name}.old-{number}").exists())
    return place.with_name(f"{place.name}.old-{next(numbers)}")


def _settle(place: Path, kept: Path) -> None:
    """Folds the log into the file, which only the last user may do; what is too damaged for that keeps its log beside
    it. A log that stayed would be taken for the new file's."""
    if not _readable(place):
        with suppress(FileNotFoundError):
            os.replace(f"{place}-wal", f"{kept}-wal")
        Path(f"{place}-shm").unlink(missing_ok=True)
        return
    try:
        with closing(sqlite3.connect(place, timeout=0.5)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise Unavailable(f"the database is in use ({error}); stop the bot first") from error


def _readable(place: Path) -> bool:
    """Whether it is a database at all. Opened for reading only: SQLite deletes the log of a file that it cannot read."""
    try:
        with closing(sqlite3.connect(f"file:{place.absolute()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        return isinstance(error, sqlite3.OperationalError)
    return True
