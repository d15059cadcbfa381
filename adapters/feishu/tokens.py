"""The tenant token: fetched by one caller for all who wait, renewed before it ends, dropped when it is refused (A4 rows 20, 21).

One for each domain and app, unlike the SDK's, and never by a blocking call (platform sheet 1.1, 1.2).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from adapters.feishu.faults import Json

EARLY = 600.0
"""Seconds before its end that a token is renewed; Feishu gives a new one in the last thirty minutes."""

Fetch = Callable[[], Awaitable[Json]]


class Tokens:
    """`fetch` asks Feishu and raises a Delivery error; `ticks` is the monotonic clock."""

    def __init__(self, fetch: Fetch, ticks: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._ticks = ticks
        self._text = ""
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """A token that lives, as far as we know. Raises as `fetch` does."""
        if self._fresh():
            return self._text
        async with self._lock:
            if not self._fresh():
                await self._renew()
            return self._text

    def drop(self, text: str) -> None:
        """This token was refused. Another one, that somebody has fetched meanwhile, stays."""
        if text == self._text:
            self._text = ""

    def forget(self) -> None:
        """The next one is asked for anew, however long this one would live."""
        self._text = ""

    def _fresh(self) -> bool:
        return bool(self._text) and self._ticks() < self._until

    async def _renew(self) -> None:
        """Of a token that ends soon, half of what is left is used, so that no call asks each time."""
        answer = await self._fetch()
        left = float(answer["expire"])
        self._text = str(answer["tenant_access_token"])
        self._until = self._ticks() + max(left - EARLY, left / 2)
