"""Slack's Web API by slack_sdk, on one shared session, without anybody's blind retries; what goes wrong comes sorted.

slack_sdk's default handler posts a second time when an answer is lost (RELIABILITY C4), and opens a session for each
call (B5); both are switched off here, and nowhere else is a client made. calls.py loads this when something is first
asked of Slack: with aiohttp it is a tenth of a start, and a workplace can serve before it.
"""

from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters import outward
from adapters.slack.errors import SOON, Unclear
from adapters.slack.faults import CAUGHT, sorted_fault
from adapters.slack.quiet import quiet
from bot.clock import Clock
from bot.errors import TryLater

log = structlog.get_logger()

Json = dict[str, Any]

_READ = frozenset(
    "users.info users.list usergroups.users.list usergroups.list conversations.members conversations.info "
    "conversations.history conversations.replies chat.getPermalink".split()
)
_WRITTEN = ("chat.", "views.")


class Sdk:
    """`api_url` is Slack's own or a simulator's, without the last slash; `clock` reads the dates that it may answer with;
    `timeout` in seconds."""

    def __init__(self, api_url: str, clock: Clock, timeout: float) -> None:
        self._base = api_url.rstrip("/") + "/"
        self._clock = clock
        self._outlet = outward.Outlet(timeout)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one session; made anew after `close`. It holds the limit of time: slack_sdk leaves its own aside where it is
        given a session."""
        return self._outlet.session

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

    async def close(self) -> None:
        """Lets the connections go when what is in flight has landed; a later call opens new ones."""
        await self._outlet.close()

    async def call(self, token: str, method: str, args: Json) -> tuple[Json, Mapping[str, str]]:
        """What Slack answers, with its headers. Raises what faults.py makes of a fault."""
        try:
            with self._outlet.flight():
                answer = await self._sent(self.client(token), method, args)
        except CAUGHT as fault:
            raise sorted_fault(fault, self._clock.now()) from fault
        data = answer.data
        if not isinstance(data, dict):
            raise Unclear("an answer that is none")
        return data, dict(answer.headers or {})

    async def reply(self, url: str, message: Json) -> bool:
        """Answers where something was typed or pressed, by the address that came along; whether it was taken."""
        try:
            with self._outlet.flight() as session:
                async with session.post(url, json=message) as answer:
                    return answer.status == 200
        except CAUGHT as fault:
            log.info("a reply was not taken", reason=type(fault).__name__)
            return False

    async def upload(self, url: str, content: bytes) -> None:
        """The bytes of a file, to the address Slack gave for them. Raises TryLater."""
        try:
            with self._outlet.flight() as session:
                async with session.post(url, data=content) as answer:
                    if answer.status != 200:
                        raise TryLater(SOON, f"the upload was answered {answer.status}")
        except CAUGHT as fault:
            raise TryLater(SOON, f"the upload failed: {type(fault).__name__}") from fault

    async def _sent(self, client: AsyncWebClient, method: str, args: Json) -> Any:
        if method.startswith(_WRITTEN) and method not in _READ:
            return await client.api_call(method, json=args)
        verb = "GET" if method in _READ else "POST"
        return await client.api_call(method, http_verb=verb, params=args)
