"""The outside world of the kill tests: a socket that writes down what it was sent, in its own time."""

import asyncio
import json
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class World:
    """`log` holds key and title of everything that was posted, in order. An effect lies somewhere between question and
    answer, so a process can die before it, after it, or not knowing."""

    def __init__(self) -> None:
        self.log: list[tuple[str, str]] = []
        self.port = 0
        self._posted = asyncio.Event()

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.log]

    async def reached(self, count: int, seconds: float = 60) -> None:
        """Waits for so many posts."""
        async with asyncio.timeout(seconds):
            while len(self.log) < count:
                self._posted.clear()
                await self._posted.wait()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        if line:
            what, key, title = json.loads(line)
            await asyncio.sleep(random.random() * 0.004)
            there = key in self.keys
            if what == "post":
                self.log.append((key, title))
                self._posted.set()
            await asyncio.sleep(random.random() * 0.004)
            writer.write(json.dumps(there or what != "has").encode() + b"\n")
        writer.close()

    async def start(self, url: str, moment: datetime) -> asyncio.subprocess.Process:
        """A process that delivers into this world; its log goes nowhere."""
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.outbox.sender", url, str(self.port), moment.isoformat(),
            cwd=ROOT, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip


@asynccontextmanager
async def a_world() -> AsyncIterator[World]:
    """A world that listens on a free port of this machine."""
    world = World()
    server = await asyncio.start_server(world.answer, "127.0.0.1", 0)
    world.port = server.sockets[0].getsockname()[1]
    try:
        yield world
    finally:
        server.close()


async def kill(process: asyncio.subprocess.Process) -> None:
    """kill -9."""
    if process.returncode is None:
        process.kill()
    await process.wait()
