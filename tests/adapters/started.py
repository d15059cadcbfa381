"""`bihuan` as a process of its own: started as a shell does, and stopped as a service manager does. Where a `run` listens is
said in one of its first lines, not always in the first (a port that somebody else has is said before)."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
SURROUNDINGS = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_GB.UTF-8"}

Start = Callable[..., AbstractAsyncContextManager[Any]]
"""How a command line is started: as a shell does (`bihuan`), or forked (forked.py)."""


@asynccontextmanager
async def bihuan(*words: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The command line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=SURROUNDINGS,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def commanded(start: Start, folder: Path, *words: str) -> tuple[int | None, str]:
    """A command line to its end: its exit code, and all that it said."""
    async with start(*words, folder=folder) as process:
        out, errors = await asyncio.wait_for(process.communicate(), 30)
        code: int | None = process.returncode
        return code, (out + errors).decode()


async def eventually(ask: Callable[[], T], seconds: float = 20.0) -> T:
    """What is asked for, when it is there. Raises AssertionError when it does not come to that."""
    for _ in range(int(seconds / 0.05)):
        if found := ask():
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("it never came")


async def address_of(process: asyncio.subprocess.Process, within: float = 30.0) -> str:
    """http://127.0.0.1:8080, as the process says it."""
    assert process.stdout is not None
    while True:
        line = (await asyncio.wait_for(process.stdout.readline(), within)).decode()
        if not line:
            assert process.stderr is not None
            raise AssertionError(f"it ended before it said where it listens: {(await process.stderr.read()).decode()}")
        if found := address_in(line):
            return found


def address_in(line: str) -> str:
    """The address that a line names; empty for none."""
    found = [word for word in line.split() if word.startswith("http://")]
    return found[0].rstrip("。.,").removesuffix("/readyz").rstrip("/") if found else ""
