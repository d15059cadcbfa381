"""`bihuan export actions`: the tracking table into a file or down a pipe, page by page, beside a running workplace."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from bot.cli.opening import present
from bot.cli.terminal import DONE, MISUSED, Progress, Stopped, ends, progress, settings, terminal
from bot.clock import SystemClock
from bot.config import Settings
from bot.directory import Directory
from bot.errors import Refusal
from bot.reports.spreadsheet import FORMATS
from bot.reports.table import Cell, cells, headings
from bot.store import Query, Records
from bot.texts import LANGUAGES, words
from bot.views.scene import Scene

_PAGE = 500
_NOBODY = 0
"""The reader who may see nothing that is confidential."""


@ends
def export(kind: str, to: Path | None, language: str, config: Path | None, reader: str = "") -> int:
    """One consistent view of the database, whatever happens meanwhile. Confidential items are in it only for a `reader` who
    may see them, named as after an @ (N8)."""
    if kind not in FORMATS:
        raise Stopped("export-format", code=MISUSED, value=kind, known=", ".join(FORMATS))
    if language and language not in LANGUAGES:
        raise Stopped("due-language", code=MISUSED, value=language, known=", ".join(LANGUAGES))
    if kind == "xlsx" and to is None and sys.stdout.isatty():
        raise Stopped("export-screen", code=MISUSED)
    given = settings(config)
    count = asyncio.run(_exported(given, kind, to, language or given.workplace.language, reader))
    if to:
        terminal.say("export-done", count=count, file=str(to))
    return DONE


async def _exported(given: Settings, kind: str, to: Path | None, language: str, reader: str) -> int:
    store = present(given)
    try:
        with _file(to) as file, progress("export-bar") as told:
            return await store.read(lambda records: _write(records, given, kind, language, file, told, reader))
    finally:
        await store.close()


def _write(
    records: Records, given: Settings, kind: str, language: str, file: IO[bytes], told: Progress, reader: str
) -> int:
    directory = records.people.directory()
    scene = Scene(words(language), SystemClock().now(), directory, given.core())
    wanted = Query(reader=_reader(directory, reader))
    total = records.actions.count(wanted)
    FORMATS[kind](file, headings(scene), _rows(records, scene, wanted, total, told))
    return total


def _reader(directory: Directory, name: str) -> int:
    """Whose eyes it is made for; without anybody's, nobody's. Raises Stopped for a name that is not one person's."""
    if not name:
        return _NOBODY
    try:
        return directory.named(name).id
    except Refusal:
        raise Stopped("export-person", code=MISUSED, value=name) from None


def _rows(records: Records, scene: Scene, wanted: Query, total: int, told: Progress) -> Iterator[list[Cell]]:
    for offset in range(0, total, _PAGE):
        for action in records.actions.find(replace(wanted, limit=_PAGE, offset=offset)):
            yield cells(scene, action)
        told(min(offset + _PAGE, total), total)


@contextmanager
def _file(to: Path | None) -> Iterator[IO[bytes]]:
    """The file appears whole or not at all."""
    if to is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = Path(f"{to}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(to)
    except OSError as fault:
        raise Stopped("cli-unwritable", file=str(to), reason=fault.strerror or str(fault)) from None
    finally:
        part.unlink(missing_ok=True)
