"""Calls to Slack's Web API by one shared session, without anybody's blind retries; what goes wrong comes as ours.

slack_sdk's default handler posts a second time when an answer is lost (RELIABILITY C4), and opens a session for each
call (B5); both are switched off here, and nowhere else is a client made.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters import outward
from adapters.slack.faults import CAUGHT, SOON, Refused, Revoked, Unclear, sorted_fault
from adapters.slack.pace import Pace
from adapters.slack.quiet import quiet
from bot.clock import Clock
from bot.errors import TryLater

log = structlog.get_logger()

Json = dict[str, Any]

TIMEOUT = 30
"""Seconds for a call; shorter than delivery's lease, so that nothing in flight lands after the next try has begun."""
_READ = frozenset(
    "users.info users.list usergroups.users.list usergroups.list conversations.members conversations.info "
    "conversations.history conversations.replies chat.getPermalink".split()
)
_WRITTEN = ("chat.", "views.")
_PAGES = 200


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
        self._base = api_url.rstrip("/") + "/"
        self._clock = clock
        self._pace = pace or Pace()
        self._timeout = aiohttp.ClientTimeout(timeout)
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one session; made anew after `close`. It holds the limit of time: slack_sdk leaves its own aside where it is
        given a session."""
        if self._session is None or self._session.closed:
            self._session = outward.session(self._timeout)
        return self._session

    def client(self, token: str | None = None) -> AsyncWebClient:
        """A client on the shared session. Without a token of its own it is bolt's, which brings one for each request."""
        return AsyncWebClient(
            token=token,
            base_url=self._base,
            ssl=outward.trusted(),
            session=self.session,
            retry_handlers=[],
            logger=quiet(),
        )

    def renew(self, token: str) -> None:
        """Another token for the same workspace, taken to be alive."""
        self._token, self.revoked = token, ""

    async def close(self) -> None:
        """Lets the connections go; a later call opens new ones."""
        session, self._session = self._session, None  # who calls meanwhile opens another
        if session is not None:
            await session.close()

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
        try:
            async with self.session.post(url, json=message) as answer:
                return answer.status == 200
        except CAUGHT as fault:
            log.info("a reply was not taken", reason=type(fault).__name__)
            return False

    async def upload(self, url: str, content: bytes) -> None:
        """The bytes of a file, to the address Slack gave for them. Raises TryLater."""
        try:
            async with self.session.post(url, data=content) as answer:
                if answer.status != 200:
                    raise TryLater(SOON, f"the upload was answered {answer.status}")
        except CAUGHT as fault:
            raise TryLater(SOON, f"the upload failed: {type(fault).__name__}") from fault

    async def _once(self, method: str, args: Json) -> tuple[Json, Mapping[str, str]]:
        client = self.client(self._token)
        try:
            answer = await self._sent(client, method, args)
        except CAUGHT as fault:
            raise self._sorted(method, fault, client.token) from fault
        data = answer.data
        if not isinstance(data, dict):
            raise Unclear("an answer that is none")
        return data, dict(answer.headers or {})

    async def _sent(self, client: AsyncWebClient, method: str, args: Json) -> Any:
        if method.startswith(_WRITTEN) and method not in _READ:
            return await client.api_call(method, json=args)
        verb = "GET" if method in _READ else "POST"
        return await client.api_call(method, http_verb=verb, params=args)

    def _sorted(self, method: str, fault: Exception, token: str | None) -> Exception:
        found = sorted_fault(fault, self._clock.now())
        if isinstance(found, Revoked) and token == self._token and not self.revoked:
            self.revoked = found.reason
            self.lost(found.reason)
        if isinstance(found, Refused):
            log.error("Slack refuses a call", method=method, reason=found.reason)
        return found


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
