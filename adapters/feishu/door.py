"""The door of the webhook mode, `/feishu/events`: size, signature and freshness are judged on the raw bytes, before anything
reads them; what was seen before is answered and let be (RELIABILITY C5, A4 rows 32–34; platform sheet 2.4).

Encryption is required: without an encrypt key Feishu signs nothing, and anybody could send events.
"""

import asyncio
import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import sha256

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from adapters.feishu import sdk
from adapters.feishu.faults import Json

log = structlog.get_logger()

PATH = "/feishu/events"
BODY_LIMIT = 1_000_000
BODY_SECONDS = 2.0
FRESH = 300
"""Seconds that a signature's time may be away from ours; a redelivery is signed anew."""
SEEN_FOR = 600.0
SEEN_MOST = 100_000

Hear = Callable[[Json], Awaitable[Json | None]]


class Door:
    """An ASGI application. `seconds` is the machine's time, which Feishu signs by, whatever the workplace's clock shows;
    `ticks` the monotonic one. `hear` is set while somebody listens; otherwise Feishu is told to come again."""

    def __init__(
        self,
        encrypt_key: str,
        verification_token: str = "",
        seconds: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        if not encrypt_key:
            raise ValueError("without the encrypt key anybody could send events")
        self.hear: Hear | None = None
        self._key = encrypt_key
        self._token = verification_token
        self._seconds = seconds
        self._ticks = ticks
        self._seen: OrderedDict[str, float] = OrderedDict()

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
        return await self._opened(request.headers["x-lark-signature"], body)

    def _refused_by_head(self, headers: Headers) -> int:
        """What shows before a byte of the body is read: no signature, an old one, too long a body."""
        stamp, length = headers.get("x-lark-request-timestamp", ""), headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return 400
        if len(length) > 9 or int(length) > BODY_LIMIT:
            return 413
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 16 and "x-lark-signature" in headers):
            return 401
        return 0 if abs(self._seconds() - int(stamp)) <= FRESH else 401

    def _signed(self, headers: Headers, body: bytes) -> bool:
        stamp, nonce = headers["x-lark-request-timestamp"], headers.get("x-lark-request-nonce", "")
        right = sha256((stamp + nonce + self._key).encode() + body).hexdigest()
        return hmac.compare_digest(right.encode(), headers["x-lark-signature"].encode(errors="replace"))

    async def _opened(self, signature: str, body: bytes) -> Response:
        """What the seal holds: a challenge is answered, an event heard."""
        try:
            payload = self._unsealed(body)
        except (ValueError, TypeError, RecursionError) as fault:
            log.warning("a signed request that cannot be read", reason=type(fault).__name__)
            return Response(status_code=400)
        if payload.get("type") == "url_verification":
            known = self._known(payload.get("token"))
            return (
                JSONResponse({"challenge": str(payload.get("challenge") or "")}) if known else Response(status_code=401)
            )
        header = payload.get("header")
        if not isinstance(header, dict) or not self._known(header.get("token")):
            return Response(status_code=401)
        return await self._let_in(signature, payload)

    async def _let_in(self, signature: str, payload: Json) -> Response:
        if self._was_seen(signature):
            return JSONResponse({})
        if self.hear is None:
            return Response(status_code=503)
        until = self._seen[signature] = self._ticks() + SEEN_FOR
        heard = False
        try:
            answer = JSONResponse(await self.hear(payload) or {})
            heard = True
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            log.error("an event that cannot be read", reason=f"{type(fault).__name__}: {fault}")
            return Response(status_code=400)
        finally:
            if not heard and self._seen.get(signature) == until:  # it may come again
                del self._seen[signature]
        return answer

    def _unsealed(self, body: bytes) -> Json:
        found = json.loads(body)
        if not isinstance(found, dict) or not isinstance(found.get("encrypt"), str):
            raise TypeError("not sealed")
        payload = json.loads(sdk.unsealed(self._key, found["encrypt"]))
        if not isinstance(payload, dict):
            raise TypeError("no payload")
        return payload

    def _known(self, token: object) -> bool:
        return not self._token or hmac.compare_digest(self._token.encode(), str(token).encode(errors="replace"))

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
