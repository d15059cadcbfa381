"""How often one API may be called: 20 a second for an app (platform sheet 8.1), kept to from our side."""

import asyncio
import time
from collections.abc import Callable

from msgspec import Struct, field

PER_SECOND = 15.0
BURST = 4.0
"""So many may come at once; with what the second brings they stay below DingTalk's 20."""
PATIENCE = 20.0
"""Nobody waits longer than this for a turn: delivery gives up on a call after 45 seconds."""


class Share(Struct):
    """What is left of an API's allowance, as of when."""

    left: float
    at: float


class Pace(Struct):
    """Asked before each call. `per_second` 0: nobody waits; `ticks` the monotonic clock."""

    per_second: float = PER_SECOND
    ticks: Callable[[], float] = time.monotonic
    _shares: dict[str, Share] = field(default_factory=dict)

    def wait(self, path: str) -> float:
        """Takes a turn; the seconds until it comes. A turn further away than PATIENCE is not taken."""
        if not self.per_second:
            return 0.0
        now = self.ticks()
        share = self._shares.setdefault(path, Share(BURST, now))
        share.left = min(BURST, share.left + (now - share.at) * self.per_second)
        share.at = now
        wait = max(0.0, (1 - share.left) / self.per_second)
        if wait <= PATIENCE:
            share.left -= 1
        return wait

    async def turn(self, path: str) -> float:
        """Waits for a turn; returns 0 when it has come, else the seconds that it is too far away."""
        wait = self.wait(path)
        if wait > PATIENCE:
            return wait
        if wait:
            await asyncio.sleep(wait)
        return 0.0
