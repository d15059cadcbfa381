"""`bihuan run` again and again, without paying for Python's start each time: what chaos tests kill.

    async with warm(tmp_path, "adapters.slack") as bot:
        await bot.starts("run", "--config", str(file))
        await bot.killed()

Each start is forked (forked.py); the child opens everything itself, and dies of a real SIGKILL. Of thirteen kills' time nine
tenths went into loading the same modules; what is asked of the bot stays what it was.
"""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import timedelta
from pathlib import Path

from bot.outbox.delivery import LEASE
from tests.adapters.forked import Forked, begun
from tests.adapters.started import address_in

PATIENCE = 30.0


class Warm:
    """What is started and killed. One child at a time; `said` are the lines it has printed since it began."""

    def __init__(self, folder: Path, loads: tuple[str, ...]) -> None:
        self.said: list[str] = []
        self._folder, self._loads = folder, loads
        self._child: Forked | None = None
        self._logging: asyncio.Task[None] | None = None

    async def starts(self, *words: str) -> None:
        """The command line begins; what it logs goes to `folder`/bihuan.log."""
        assert self._child is None, "one at a time"
        self.said.clear()
        self._child = await begun(words, self._folder, self._loads)
        self._logging = asyncio.create_task(_kept(self._child.stderr, self._folder / "bihuan.log"))

    async def address(self) -> str:
        """http://127.0.0.1:8080, as it says where it listens."""
        assert self._child is not None
        while not (found := address_in(" ".join(self.said))):
            line = await asyncio.wait_for(self._child.stdout.readline(), PATIENCE)
            assert line, f"nobody is there any more: {self.said}"
            self.said.append(line.decode().rstrip("\n"))
        return found

    async def meets(self, person: str, *words: str) -> None:
        """Starts it once, until it has read the directory and knows `person`: before that they cannot be named, and who is
        told so was answered, though nothing was recorded."""
        await self.starts(*words)
        for _ in range(int(PATIENCE / 0.02)):
            if _knows(self._folder / "shop.db", person):
                return await self.killed()
            await asyncio.sleep(0.02)
        raise AssertionError(f"it never met {person}: {self.said}")

    async def killed(self) -> None:
        """kill -9, and it is gone. Raises AssertionError when it had ended by itself."""
        assert self._child is not None
        how = await self.ends()
        assert how == -signal.SIGKILL, f"it died before it was killed: {how}, {self.said}"

    async def ends(self) -> int | None:
        """Nothing of it is left, whatever it did; how it ended, None where nothing had begun."""
        child, self._child = self._child, None
        if child is None or self._logging is None:
            return None
        if child.returncode is None:
            child.send_signal(signal.SIGKILL)
        how = await child.wait()
        await self._logging
        return how


@asynccontextmanager
async def warm(folder: Path, *loads: str) -> AsyncIterator[Warm]:
    """`loads`: the modules that the configuration would load."""
    bot = Warm(folder, loads)
    try:
        yield bot
    finally:
        await bot.ends()


async def _kept(said: asyncio.StreamReader, file: Path) -> None:
    with file.open("ab") as log:
        while part := await said.read(65_536):
            log.write(part)


def _knows(database: Path, person: str) -> bool:
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as file:
        return file.execute("SELECT 1 FROM people WHERE name = ?", (person,)).fetchone() is not None
    return False  # it has not made its tables yet


def leases_run_out(database: Path) -> None:
    """As after a minute in which nobody lived: what was on its way when the bot was killed is the next one's to find out."""
    with closing(sqlite3.connect(database, timeout=10)) as file, file:
        minute = LEASE // timedelta(microseconds=1)
        file.execute("UPDATE outbox SET due_at = due_at - ? WHERE token IS NOT NULL AND due_at IS NOT NULL", (minute,))
