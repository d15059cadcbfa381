"""The workspace's time: a clock that runs and can be pushed on, and what waits for its moment."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol, runtime_checkable

from bot.clock import Clock

LOOK_EVERY = 0.02


@runtime_checkable
class Movable(Protocol):
    """A clock that can be pushed on."""

    def advance_to(self, moment: datetime) -> None: ...


class Agenda:
    """What is to happen later, by the clock; `watch` does it when the moment has come."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._waiting: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = []
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._waiting)

    def after(self, seconds: float, what: Callable[[], Awaitable[None]]) -> None:
        """Has `what` done `seconds` from now."""
        moment = self.clock.now() + timedelta(seconds=seconds)
        heapq.heappush(self._waiting, (moment, next(self._numbers), what))

    async def rings(self) -> None:
        """Does what is due by now, oldest first, and what becomes due by that."""
        while self._waiting and self._waiting[0][0] <= self.clock.now():
            await heapq.heappop(self._waiting)[2]()

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.rings()


def seconds(moment: datetime) -> float:
    """Unix time."""
    return moment.timestamp()


def written(ts: float) -> str:
    """A `ts` as Slack writes it."""
    return f"{ts:.6f}"


def moment(ts: str) -> datetime:
    """The instant of a `ts`."""
    return datetime.fromtimestamp(float(ts), UTC)
