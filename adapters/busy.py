"""What is under way for the people of a messenger of somebody else's: each one's deeds in their order, what goes on beside,
and an end within a second. A task that nobody waits for does not fail in silence."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog

log = structlog.get_logger()


class Busy:
    """One messenger's, while it listens once."""

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._begun: set[asyncio.Task[Any]] = set()
        self._inside = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def turn(self, user: str) -> asyncio.Lock:
        """What one person does is taken in order; nobody waits for somebody else."""
        return self._turns.setdefault(user, asyncio.Lock())

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Around whatever is heard, until it can be acknowledged."""
        self._inside += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._idle.set()

    def start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Goes on with it beside; whoever starts it looks what became of it."""
        task = asyncio.create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)
        return task

    def aside(self, work: Coroutine[Any, Any, Any], failed: str) -> "asyncio.Task[Any]":
        """The same for what nobody looks at any more: `failed` is what the log says when it breaks."""
        task = self.start(work)
        task.add_done_callback(partial(ended, failed))
        return task

    async def stop(self, seconds: float, leaves: float = 0.0) -> None:
        """Waits for what is under way, and `leaves` for its acknowledgements to go; what takes longer was not said to be done,
        and is let be."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
                if self._begun:
                    await asyncio.wait(self._begun)
                await asyncio.sleep(leaves)
        for task in list(self._begun):
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)


def ended(failed: str, task: "asyncio.Task[Any]") -> None:
    """Logs `failed` when a task has ended by a fault of ours or of the database's."""
    fault = None if task.cancelled() else task.exception()
    if fault is not None:
        log.error(failed, exc_info=fault)
