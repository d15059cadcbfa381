"""How often messages may be sent: 50 a second and 1,000 a minute over all, 5 a second to one chat or card (sheet 3.3).

Delivery keeps to it for what is announced (bot/outbox/roads.py); here it is kept to for everything together, answers too.
Sliding windows on the monotonic clock, a little wider than Feishu's own, so that nothing is refused.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from msgspec import Struct, field

WINDOWS = ((50, 1.05), (1_000, 60.5))
PER_TARGET = (5, 1.05)
PATIENCE = 20.0
"""Nobody waits longer than this for a turn: delivery gives up on a call after 45 seconds."""
_REMEMBERED = 10_000


class Pace(Struct):
    """Asked before each message. `ticks` is given by tests; `on` False lets everything through."""

    ticks: Callable[[], float] = time.monotonic
    on: bool = True
    _all: list[deque[float]] = field(default_factory=lambda: [deque(maxlen=most) for most, _ in WINDOWS])
    _targets: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, target: str) -> float:
        """Takes the next turn there; the seconds until it comes."""
        if not self.on:
            return 0.0
        now, mine = self.ticks(), self._of(target)
        limits = [*zip(self._all, WINDOWS, strict=True), (mine, PER_TARGET)]
        turn = max([now, *(taken[0] + lapse for taken, (most, lapse) in limits if len(taken) == most)])
        if turn - now <= PATIENCE:
            for taken, _ in limits:
                taken.append(turn)
        return turn - now

    async def turn(self, target: str) -> float:
        """Waits for a turn; returns the seconds that it is away still when that is beyond PATIENCE, 0 when it has come."""
        wait = self.wait(target)
        if wait > PATIENCE:
            return wait
        if wait:
            await asyncio.sleep(wait)
        return 0.0

    def _of(self, target: str) -> "deque[float]":
        taken = self._targets.pop(target, None) or deque(maxlen=PER_TARGET[0])
        self._targets[target] = taken
        if len(self._targets) > _REMEMBERED:
            del self._targets[next(iter(self._targets))]
        return taken
