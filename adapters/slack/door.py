"""The door of the HTTP mode, `/slack/events` (adapters/door.py), signed by Slack's manner.

bolt stays behind it with its own check of the signature as a second lock.
"""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import structlog
from starlette.datastructures import Headers
from starlette.responses import Response

from adapters import door

if TYPE_CHECKING:
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_bolt.response import BoltResponse

log = structlog.get_logger()

PATH = "/slack/events"
STAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
BODY_SECONDS = 5.0
OPENS_WITHIN = 1.0
"""Seconds, of the three that Slack gives, for a start to have asked who we are and to listen."""

Dispatch = Callable[["AsyncBoltRequest"], Awaitable["BoltResponse"]]


class Door(door.Door):
    """It is open while somebody listens. Otherwise Slack is told to come again, which it does with events but not with
    commands: so what comes before it is opened for the first time waits a little."""

    def __init__(
        self, secret: str, seconds: Callable[[], float] = time.time, ticks: Callable[[], float] = time.monotonic,
        opens_within: float = OPENS_WITHIN,
    ) -> None:  # fmt: skip
        if not secret:
            raise ValueError("without the signing secret anybody could send events")
        super().__init__(STAMP, SIGNATURE, BODY_SECONDS, seconds, ticks)
        self._dispatch: Dispatch | None = None
        self._was_opened = asyncio.Event()
        self._secret = secret.encode()
        self._opens_within = opens_within

    def open(self, dispatch: Dispatch) -> None:
        """Somebody listens."""
        self._dispatch = dispatch
        self._was_opened.set()

    def close(self) -> None:
        """Nobody does any more."""
        self._dispatch = None

    def right(self, headers: Headers, body: bytes) -> str:
        """Slack's version 0 (platform sheet 1.2)."""
        signed = b"v0:" + headers[STAMP].encode() + b":" + body
        return "v0=" + hmac.new(self._secret, signed, sha256).hexdigest()

    async def let_in(self, headers: Headers, body: bytes) -> Response:
        """Through bolt, once."""
        if self.seen(headers):
            return Response(status_code=200)
        with self.hearing(headers) as heard:
            answer = await self._dispatched(headers, body)
            if answer.status_code < 300:
                heard()
        return answer

    async def _dispatched(self, headers: Headers, body: bytes) -> Response:
        dispatch = self._dispatch or await self._opened()
        if dispatch is None:
            return Response(status_code=503)
        try:
            request = _read(headers, body)
        except (ValueError, TypeError, AttributeError, RecursionError) as fault:
            log.warning("a signed request that cannot be read", reason=type(fault).__name__)
            return Response(status_code=400)
        return responded(await dispatch(request))

    async def _opened(self) -> Dispatch | None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._opens_within):
                await self._was_opened.wait()
        return self._dispatch


def _read(headers: Headers, body: bytes) -> "AsyncBoltRequest":
    """bolt's request. It takes a form that merely holds the word "payload" for an empty one (platform sheet 1.7)."""
    from slack_bolt.context.async_context import AsyncBoltContext  # whoever listens has loaded it (client.py)
    from slack_bolt.request.async_internals import build_async_context
    from slack_bolt.request.async_request import AsyncBoltRequest

    raw = body.decode()
    request = AsyncBoltRequest(body=raw, headers=dict(headers))
    if not request.body:
        request.body = dict(parse_qsl(raw, keep_blank_values=True))
        request.context = build_async_context(AsyncBoltContext(), request.body)
    if not isinstance(request.body, dict):
        raise TypeError("no payload")
    return request


def responded(answer: "BoltResponse") -> Response:
    """bolt's answer. One that it calls not found was heard by nobody: there is nothing that a retry would change."""
    made = Response(answer.body or "", status_code=answer.status)
    for name, values in answer.headers.items():
        for value in values:
            if name.lower() != "content-length":
                made.headers.append(name, value)
    return made
