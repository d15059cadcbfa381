"""The door of the HTTP mode, `/slack/events`: size, signature and freshness are judged on the raw bytes, before anything
reads them; what was seen before is answered and let be (RELIABILITY C5, A4 rows 32–34).

bolt stays behind it with its own check of the signature as a second lock.
"""

import asyncio
import hmac
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

if TYPE_CHECKING:
    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_bolt.response import BoltResponse

log = structlog.get_logger()

PATH = "/slack/events"
BODY_LIMIT = 1_000_000
BODY_SECONDS = 5.0
FRESH = 300
"""Seconds that a signature's time may be away from ours."""
OPENS_WITHIN = 1.0
"""Seconds, of the three that Slack gives, for a start to have asked who we are and to listen."""
SEEN_FOR = 600.0
SEEN_MOST = 100_000

Dispatch = Callable[["AsyncBoltRequest"], Awaitable["BoltResponse"]]


class Door:
    """An ASGI application. `seconds` is the machine's time, which Slack signs by, whatever the workplace's clock shows;
    `ticks` the monotonic one. It is open while somebody listens. Otherwise Slack is told to come again, which it does with
    events but not with commands: so what comes before it is opened for the first time waits a little."""

    def __init__(
        self, secret: str, seconds: Callable[[], float] = time.time, ticks: Callable[[], float] = time.monotonic,
        opens_within: float = OPENS_WITHIN,
    ) -> None:  # fmt: skip
        if not secret:
            raise ValueError("without the signing secret anybody could send events")
        self._dispatch: Dispatch | None = None
        self._was_opened = asyncio.Event()
        self._secret = secret.encode()
        self._seconds = seconds
        self._ticks = ticks
        self._opens_within = opens_within
        self._seen: OrderedDict[str, float] = OrderedDict()

    def open(self, dispatch: Dispatch) -> None:
        """Somebody listens."""
        self._dispatch = dispatch
        self._was_opened.set()

    def close(self) -> None:
        """Nobody does any more."""
        self._dispatch = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judges, then lets in."""
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        await (await self._answer(Request(scope, receive)))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(status_code=405, headers={"Allow": "POST"})
        refusal = self._refused_by_head(request.headers)
        if refusal:
            return Response(status_code=refusal)
        body = await _body(request)
        if isinstance(body, int):
            return Response(status_code=body)
        if not self._signed(request.headers, body):
            return Response(status_code=401)
        return await self._let_in(request.headers, body)

    def _refused_by_head(self, headers: Headers) -> int:
        """What shows before a byte of the body is read: no signature, an old one, too long a body."""
        stamp, length = headers.get("x-slack-request-timestamp", ""), headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return 400
        if len(length) > 9 or int(length) > BODY_LIMIT:
            return 413
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 16 and "x-slack-signature" in headers):
            return 401
        return 0 if abs(self._seconds() - int(stamp)) <= FRESH else 401

    def _signed(self, headers: Headers, body: bytes) -> bool:
        signed = b"v0:" + headers["x-slack-request-timestamp"].encode() + b":" + body
        right = "v0=" + hmac.new(self._secret, signed, sha256).hexdigest()
        return hmac.compare_digest(right.encode(), headers["x-slack-signature"].encode(errors="replace"))

    async def _let_in(self, headers: Headers, body: bytes) -> Response:
        signature = headers["x-slack-signature"]
        if self._was_seen(signature):
            return Response(status_code=200)
        self._seen[signature] = self._ticks() + SEEN_FOR
        answer = await self._dispatched(headers, body)
        if answer.status_code >= 300:  # nothing was done: it may come again
            self._seen.pop(signature, None)
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

    def _was_seen(self, signature: str) -> bool:
        now = self._ticks()
        while self._seen and (len(self._seen) > SEEN_MOST or next(iter(self._seen.values())) < now):
            self._seen.popitem(last=False)
        return signature in self._seen


async def _body(request: Request) -> bytes | int:
    """The body, or the status of why there is none."""
    held = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                held += chunk
                if len(held) > BODY_LIMIT:
                    return 413
    except TimeoutError:
        return 408
    except ClientDisconnect:
        return 400
    return bytes(held)


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
