"""How often a method may be called: Slack's tiers, per method, kept to from our side so that nothing is refused.

`chat.postMessage` is paced per channel by delivery (bot/outbox/roads.py). Lapses are measured on the monotonic clock.
"""

import asyncio
import time
from collections.abc import Callable

from msgspec import Struct, field

PER_MINUTE = {
    "chat.update": 50, "chat.postEphemeral": 100, "conversations.open": 50, "conversations.info": 50,
    "conversations.members": 100, "conversations.history": 50, "conversations.replies": 50, "users.info": 100,
    "users.list": 20, "usergroups.users.list": 20, "usergroups.list": 20, "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100, "views.publish": 100,
}  # fmt: skip
"""The tiers' lower bounds. A modal is never held back: its trigger would die of it."""
BURST = 0.5
"""So much of a minute's share may come at once."""
PATIENCE = 35.0
"""Nobody waits longer than this for a turn: delivery gives up on a call after 45 seconds."""


class Share(Struct):
    """What is left of a method's allowance, as of when."""

    left: float
    at: float


class Pace(Struct):
    """Asked before each call. `ticks` and `sleep` are given by tests."""

    ticks: Callable[[], float] = time.monotonic
    per_minute: dict[str, int] = field(default_factory=lambda: dict(PER_MINUTE))
    _shares: dict[str, Share] = field(default_factory=dict)

    def wait(self, method: str) -> float:
        """Takes a turn; the seconds until it comes."""
        rate = self.per_minute.get(method)
        if rate is None:
            return 0.0
        now, most = self.ticks(), max(1.0, rate * BURST)
        share = self._shares.setdefault(method, Share(most, now))
        share.left = min(most, share.left + (now - share.at) * rate / 60) - 1
        share.at = now
        return max(0.0, -share.left * 60 / rate)

    def give_back(self, method: str) -> None:
        """A turn that was not used."""
        if method in self._shares:
            self._shares[method].left += 1

    async def turn(self, method: str) -> float:
        """Waits for a turn; returns the seconds beyond PATIENCE that it is away still, 0 when it has come."""
        wait = self.wait(method)
        if wait > PATIENCE:
            self.give_back(method)
            return wait - PATIENCE
        if wait:
            await asyncio.sleep(wait)
        return 0.0
