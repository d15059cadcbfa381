"""The door of a messenger that knocks by HTTP and signs what it brings: size, signature and freshness are judged on the raw
bytes, before anything reads them (RELIABILITY C5, A4 rows 32 and 34); what was seen before is known again (row 33).

Slack's and Feishu's doors are this one with another signature, and let in by their own manners.
"""

import asyncio
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

BODY_LIMIT = 1_000_000
FRESH = 300
"""Seconds that a signature's time may be away from ours."""
SEEN_FOR = 600.0
SEEN_MOST = 100_000


class Door:
    """An ASGI application. `stamp` and `signature` are the names of the headers; a body has `within` seconds to arrive.
    `seconds` is the machine's time, which the other side signs by, whatever the workplace's clock shows; `ticks` the
    monotonic one."""

    def __init__(
        self, stamp: str, signature: str, within: float, seconds: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._stamp = stamp
        self._signature = signature
        self._within = within
        self._seconds = seconds
        self._ticks = ticks
        self._seen: OrderedDict[str, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judges, then lets in."""
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        await (await self._answer(Request(scope, receive)))(scope, receive, send)

    def right(self, headers: Headers, body: bytes) -> str:
        """The signature that this request must have."""
        raise NotImplementedError

    async def let_in(self, headers: Headers, body: bytes) -> Response:
        """Answers a request that is what it says it is."""
        raise NotImplementedError

    def seen(self, headers: Headers) -> bool:
        """Whether this very request was heard before."""
        now = self._ticks()
        while self._seen and (len(self._seen) > SEEN_MOST or next(iter(self._seen.values())) < now):
            self._seen.popitem(last=False)
        return headers[self._signature] in self._seen

    @contextmanager
    def hearing(self, headers: Headers) -> Iterator[Callable[[], None]]:
        """While it is heard it is not heard again; nor afterwards, once what is given has been called. Otherwise nothing was
        done, and it may come again."""
        signature = headers[self._signature]
        self._seen[signature] = self._ticks() + SEEN_FOR
        done: list[bool] = []
        try:
            yield lambda: done.append(True)
        finally:
            if not done:
                self._seen.pop(signature, None)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(status_code=405, headers={"Allow": "POST"})
        refusal = self._refused_by_head(request.headers)
        if refusal:
            return Response(status_code=refusal)
        body = await _body(request, self._within)
        if isinstance(body, int):
            return Response(status_code=body)
        given = request.headers[self._signature].encode(errors="replace")
        if not hmac.compare_digest(self.right(request.headers, body).encode(), given):
            return Response(status_code=401)
        return await self.let_in(request.headers, body)

    def _refused_by_head(self, headers: Headers) -> int:
        """What shows before a byte of the body is read: no signature, an old one, too long a body."""
        stamp, length = headers.get(self._stamp, ""), headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return 400
        if len(length) > 9 or int(length) > BODY_LIMIT:
            return 413
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 16 and self._signature in headers):
            return 401
        return 0 if abs(self._seconds() - int(stamp)) <= FRESH else 401


async def _body(request: Request, within: float) -> bytes | int:
    """The body, or the status of why there is none."""
    held = bytearray()
    try:
        async with asyncio.timeout(within):
            async for chunk in request.stream():
                held += chunk
                if len(held) > BODY_LIMIT:
                    return 413
    except TimeoutError:
        return 408
    except ClientDisconnect:
        return 400
    return bytes(held)
