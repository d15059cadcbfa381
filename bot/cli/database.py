"""`bihuan migrate`, `backup` and `restore`: the database as a whole."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from bot.app.lock import Held, Lock
from bot.cli.opening import opened
from bot.cli.terminal import DONE, MISUSED, Stopped, ends, progress, settings, terminal
from bot.config import Settings
from bot.store import Broken, Unavailable
from storage import open_store


@ends
def migrate(config: Path | None) -> int:
    """Brings the database to this version."""
    store = opened(settings(config), migrate=True)
    asyncio.run(store.close())
    terminal.say("migrate-done")
    return DONE


@ends
def backup(file: Path, config: Path | None) -> int:
    """A whole copy of one moment, also while the workplace runs."""
    given = settings(config)
    _file(given)
    if file.exists():
        raise Stopped("backup-exists", file=str(file))
    asyncio.run(_backed_up(given, file))
    terminal.say("backup-done", file=str(file), size=f"{file.stat().st_size / 1_000_000:.1f}")
    return DONE


async def _backed_up(given: Settings, file: Path) -> None:
    store = opened(given)
    try:
        with progress("backup-bar") as told:
            await store.backup(str(file), told)
    finally:
        await store.close()


@ends
def restore(file: Path, config: Path | None, *, yes: bool) -> int:
    """The backup is looked at whole before anything is touched; the present file is kept beside it."""
    given = settings(config)
    target = _file(given)
    try:
        with Lock(target.with_name(f"{target.name}.lock")):
            return _restored(file, target, yes=yes)
    except Held as held:
        raise Stopped("restore-runs", address=held.note or "?") from None


def _restored(file: Path, target: Path, *, yes: bool) -> int:
    part = target.with_name(f"{target.name}.part")
    _checked(file, part)
    if target.exists() and not yes and not terminal.asked("restore-ask", file=str(target)):
        part.unlink()
        raise Stopped("restore-not-confirmed")
    before = _aside(target)
    part.replace(target)
    terminal.say("restore-done" if before else "restore-done-new", file=str(target), before=str(before or ""))
    return DONE


def _checked(file: Path, part: Path) -> None:
    """Copies the backup to `part` and opens it there as the workplace would: sound, and of a version we can read."""
    try:
        shutil.copyfile(file, part)
    except OSError as fault:
        raise Stopped("cli-unreadable", file=str(file), reason=fault.strerror or str(fault)) from None
    try:
        with closing(sqlite3.connect(part)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = bool(copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone())
        if sound and ours:
            asyncio.run(open_store(f"sqlite:///{part}", migrate=True).close())
            return
    except (sqlite3.Error, Broken, Unavailable) as fault:
        part.unlink()
        raise Stopped("restore-unusable", file=str(file), reason=str(fault)) from None
    part.unlink()
    raise Stopped("restore-unusable", file=str(file), reason=terminal.words("restore-damaged"))


def _aside(target: Path) -> Path | None:
    """Keeps the present database, with what it has not yet folded in, beside the new one."""
    if not target.exists():
        return None
    free = (target.with_name(f"{target.name}.before-restore-{n}") for n in count(1))
    before = next(path for path in free if not path.exists())
    for ending in ("", "-wal", "-shm"):
        piece = target.with_name(target.name + ending)
        if piece.exists():
            piece.replace(before.with_name(before.name + ending))
    return before


def _file(given: Settings) -> Path:
    file = given.database.file
    if file is None:
        raise Stopped("backup-server", code=MISUSED)
    return file
