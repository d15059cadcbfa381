"""`bihuan migrate`, `backup` and `restore`: the database as a whole."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import storage
from bot.app.lock import Held
from bot.cli.opening import alone, present
from bot.cli.terminal import DONE, MISUSED, Stopped, ends, progress, settings, terminal
from bot.config import Settings
from bot.store import Broken, Unavailable


@ends
def migrate(config: Path | None) -> int:
    """Brings the database to this version, step by step; a SQLite file is copied first."""
    given = settings(config)
    steps: list[str] = []
    with _stopped(given):
        storage.migrate(given.database.url.get_secret_value(), steps.append)
    terminal.say("migrate-done", steps=len(steps))
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
    store = present(given)
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
    with _stopped(given):
        if target.exists() and not yes and not terminal.asked("restore-ask", file=str(target)):
            raise Stopped("restore-not-confirmed")
        try:
            with progress("backup-bar") as told:
                before = storage.restore(given.database.url.get_secret_value(), str(file), told)
        except (Broken, Unavailable) as fault:
            raise Stopped("restore-unusable", reason=str(fault)) from None
    terminal.say("restore-done" if before else "restore-done-new", file=str(target), before=str(before or ""))
    return DONE


@contextmanager
def _stopped(given: Settings) -> Iterator[None]:
    """For as long as the workplace must not be served. On PostgreSQL that is the operator's to see to."""
    try:
        with alone(given):
            yield
    except Held as held:
        raise Stopped("restore-runs", address=held.note or "?") from None


def _file(given: Settings) -> Path:
    file = given.database.file
    if file is None:
        raise Stopped("backup-server", code=MISUSED)
    return file
