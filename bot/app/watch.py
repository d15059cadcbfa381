"""Keeps the parts of a running workplace running: one that fails is started again after a pause, and it is said.

What is said goes to the log and to `faults`, which /readyz shows.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from msgspec import Struct, field

from bot.logs import get_logger

log = get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
STEADY = 60.0
"""After so many seconds without a fault the pauses begin anew."""


class Watch(Struct):
    """`faults`: what is wrong now, by the part's name; a part is well when it has run for FIRST_PAUSE again."""

    faults: dict[str, str] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        """Runs the part until `stop`."""
        self._tasks.append(asyncio.create_task(self._keep(name, part), name=name))

    async def stop(self) -> None:
        """Cancels every part and waits until each has let go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _keep(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        pause, loop = FIRST_PAUSE, asyncio.get_running_loop()
        while True:
            started = time.monotonic()
            well = loop.call_later(FIRST_PAUSE, self.faults.pop, name, "")
            self.faults[name] = await self._ended(name, part)
            well.cancel()
            pause = FIRST_PAUSE if time.monotonic() - started > STEADY else min(LONGEST_PAUSE, pause * 2)
            await asyncio.sleep(pause)

    async def _ended(self, name: str, part: Callable[[], Awaitable[None]]) -> str:
        """Runs it once; why it ended, in words. A task of its own, so that any fault is a value and none is swallowed."""
        task = asyncio.ensure_future(part())
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})  # it finishes what it must
            raise
        fault = None if task.cancelled() else task.exception()
        log.error("a part stopped and is started again", part=name, reason=repr(fault) if fault else "it ended")
        return f"{name}: {fault!r}" if fault else f"{name} ended"
