"""`bihuan run` again and again, without paying for Python's start each time: what chaos tests kill.

    async with warm(tmp_path, "adapters.slack") as bot:
        await bot.starts("run", "--config", str(file))
        await bot.killed()

One process loads what a start loads and does nothing else: no thread, no loop, no database. For each start it forks; the
child is the real command line in a process of its own, opens everything itself, and dies of a real SIGKILL. Of thirteen
kills' time nine tenths went into loading the same modules; what is asked of the bot stays what it was.
"""

import asyncio
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from bot.outbox.delivery import LEASE
from tests.adapters.started import address_in

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "bot.__main__", "bot.cli.run", "bot.cli.check", "bot.texts", "fluent.runtime", "babel", "storage.sqlite", "uvicorn",
    "uvicorn.protocols.http.httptools_impl", "uvicorn.lifespan.on", "chinese_calendar",
)  # fmt: skip
BEGAN, ENDED = "began ", "ended "
PATIENCE = 30.0


class Warm:
    """The process that forks. One child at a time; `said` are the lines it has printed since it began."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.said: list[str] = []
        self._process = process
        self._child = 0

    async def starts(self, *words: str) -> None:
        """The command line begins."""
        assert not self._child, "one at a time"
        assert self._process.stdin is not None
        self.said.clear()
        self._process.stdin.write(("\0".join(words) + "\n").encode())
        await self._process.stdin.drain()
        self._child = int((await self._until(BEGAN)).rpartition(BEGAN)[2])

    async def address(self) -> str:
        """http://127.0.0.1:8080, as it says where it listens."""
        known = [line for line in self.said if "http://" in line]
        return address_in(known[0] if known else await self._until("http://"))

    async def killed(self) -> None:
        """kill -9, and it is gone. Raises AssertionError when it had ended by itself."""
        os.kill(self._child, signal.SIGKILL)
        self._child = 0
        how = (await self._until(ENDED)).rpartition(ENDED)[2]
        assert how == str(-signal.SIGKILL), f"it died before it was killed: {how}, {self.said}"

    async def _until(self, words: str) -> str:
        """The first line with these words; a child that is killed may leave half a line of its own before them."""
        assert self._process.stdout is not None
        while True:
            line = (await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)).decode().rstrip("\n")
            assert line or not self._process.stdout.at_eof(), f"nobody is there any more: {self.said}"
            self.said.append(line)
            if words in line:
                return line


@asynccontextmanager
async def warm(folder: Path, *packages: str) -> AsyncIterator[Warm]:
    """`packages` are loaded besides, as the configuration would; the children's logs go to `folder`/bihuan.log."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "en_GB.UTF-8"}
    with (folder / "bihuan.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.adapters.warm", *packages, cwd=folder, env=surroundings,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, process_group=0,
        )  # fmt: skip
    try:
        yield Warm(process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()


def leases_run_out(database: Path) -> None:
    """As after a minute in which nobody lived: what was on its way when the bot was killed is the next one's to find out."""
    with closing(sqlite3.connect(database, timeout=10)) as file, file:
        minute = LEASE // timedelta(microseconds=1)
        file.execute("UPDATE outbox SET due_at = due_at - ? WHERE token IS NOT NULL AND due_at IS NOT NULL", (minute,))


def load(*names: str) -> None:
    """Imports them and waits for the threads that some of them begin: who is forked beside one may inherit a lock that
    nobody opens."""
    for name in names:
        import_module(name)
    for thread in set(threading.enumerate()) - {threading.main_thread()}:
        thread.join(PATIENCE)


def serve(packages: list[str]) -> None:
    """Forks once for each line of standard input."""
    load(*LOADED, *packages)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(line.rstrip("\n").split("\0"))
        print(f"{BEGAN}{child}", flush=True)
        _, status = os.waitpid(child, 0)
        print(f"{ENDED}{os.waitstatus_to_exitcode(status)}", flush=True)


def _become(words: list[str]) -> None:
    """The command line, as `bihuan` is called."""
    from bot.__main__ import main

    sys.stdin.close()
    sys.argv = ["bihuan", *words]
    main()
    sys.exit()


if __name__ == "__main__":
    serve(sys.argv[1:])
