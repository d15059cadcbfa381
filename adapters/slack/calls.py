"""Calls to Slack's Web API in one workspace: at its pace, while its token lives. What goes over the wire is sdk.py's."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog

from adapters import loaded, outbound
from adapters.slack.errors import Refused, Revoked
from adapters.slack.pace import Pace
from bot.clock import Clock
from bot.errors import TryLater

if TYPE_CHECKING:
    from adapters.slack.sdk import Sdk

log = structlog.get_logger()

Json = dict[str, Any]

TIMEOUT = 30.0
"""Seconds for a call; shorter than delivery's lease, so that nothing in flight lands after the next try has begun."""
_PAGES = 200
_SDK = "adapters.slack.sdk"


class Calls:
    """One workspace's Web API. `api_url` is Slack's own or a simulator's, without the last slash; `timeout` in seconds."""

    def __init__(
        self, token: str, api_url: str, clock: Clock, pace: Pace | None = None, timeout: float = TIMEOUT
    ) -> None:
        self.revoked = ""
        """Why the token is dead, in Slack's word; empty while it lives. Then nothing is sent."""
        self.lost: Callable[[str], None] = _unheard
        """Told once when a call finds the token dead."""
        self._token = token
        self._url = api_url
        self._clock = clock
        self._pace = pace or Pace()
        self._timeout = timeout
        self._sdk: Sdk | None = None

    @property
    def sdk(self) -> "Sdk":
        """What speaks to Slack. Loads it here and now, for those who have loaded slack_sdk anyway; a call does it beside
        the loop."""
        if self._sdk is None:
            self._sdk = outbound(_SDK).Sdk(self._url, self._clock, self._timeout)
        return self._sdk

    def renew(self, token: str) -> None:
        """Another token for the same workspace, taken to be alive."""
        self._token, self.revoked = token, ""

    async def close(self) -> None:
        """Lets the connections go; a later call opens new ones."""
        if self._sdk is not None:
            await self._sdk.close()

    async def call(self, method: str, **args: object) -> Json:
        """One call. Raises TryLater, Undeliverable, or Unclear (it may have happened)."""
        return (await self.call_with_headers(method, **args))[0]

    async def call_with_headers(self, method: str, **args: object) -> tuple[Json, Mapping[str, str]]:
        """The same, with the answer's headers."""
        if self.revoked:
            raise Revoked(self.revoked)
        late = await self._pace.turn(method)
        if late:
            raise TryLater(late, f"{method} has been called often enough", well=True)
        return await self._once(method, {name: value for name, value in args.items() if value is not None})

    async def pages(self, method: str, field: str, most: int = 10_000, **args: object) -> AsyncIterator[Json]:
        """The entries of `field` over all pages; a page may be short or empty, only its cursor says whether more come."""
        cursor: str | None = None
        seen = 0
        while seen < most:
            page = await self.call(method, cursor=cursor, limit=_PAGES, **args)
            for entry in page.get(field) or ():
                yield entry
            seen += 1
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return

    async def reply(self, url: str, message: Json) -> bool:
        """Answers where something was typed or pressed, by the address that came along; whether it was taken."""
        return await (await self._loaded()).reply(url, message)

    async def upload(self, url: str, content: bytes) -> None:
        """The bytes of a file, to the address Slack gave for them. Raises TryLater."""
        await (await self._loaded()).upload(url, content)

    async def _once(self, method: str, args: Json) -> tuple[Json, Mapping[str, str]]:
        sdk = await self._loaded()
        token = self._token  # not before: it may have been renewed meanwhile
        try:
            return await sdk.call(token, method, args)
        except Revoked as dead:
            self._died(dead.reason, token)
            raise
        except Refused as fault:
            log.error("Slack refuses a call", method=method, reason=fault.reason)
            raise

    def _died(self, why: str, token: str) -> None:
        if token == self._token and not self.revoked:
            self.revoked = why
            self.lost(why)

    async def _loaded(self) -> "Sdk":
        if self._sdk is None:
            await loaded(_SDK)
        return self.sdk


def _unheard(_why: str) -> None:
    """Nobody asked."""


@asynccontextmanager
async def connected(token: str, api_url: str, clock: Clock) -> AsyncIterator[Calls]:
    """Calls for a while."""
    calls = Calls(token, api_url, clock)
    try:
        yield calls
    finally:
        await calls.close()


def scopes_of(headers: Mapping[str, str]) -> frozenset[str]:
    """The scopes that an answer says the token has."""
    found = {str(name).lower(): str(value) for name, value in headers.items()}
    return frozenset(one.strip() for one in found.get("x-oauth-scopes", "").split(",") if one.strip())
