"""The door of the webhook mode, `/feishu/events` (adapters/door.py), signed and sealed by Feishu's manner (platform sheet 2.4).

Encryption is required: without an encrypt key Feishu signs nothing, and anybody could send events.
"""

import hmac
import json
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256

import structlog
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response

from adapters import door
from adapters.feishu import sdk
from adapters.feishu.faults import Json

log = structlog.get_logger()

PATH = "/feishu/events"
STAMP, SIGNATURE = "x-lark-request-timestamp", "x-lark-signature"
BODY_SECONDS = 2.0

Hear = Callable[[Json], Awaitable[Json | None]]


class Door(door.Door):
    """`hear` is set while somebody listens; otherwise Feishu is told to come again."""

    def __init__(
        self, encrypt_key: str, verification_token: str = "", seconds: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        if not encrypt_key:
            raise ValueError("without the encrypt key anybody could send events")
        super().__init__(STAMP, SIGNATURE, BODY_SECONDS, seconds, ticks)
        self.hear: Hear | None = None
        self._key = encrypt_key
        self._token = verification_token

    def right(self, headers: Headers, body: bytes) -> str:
        """By the encrypt key."""
        stamp, nonce = headers[STAMP], headers.get("x-lark-request-nonce", "")
        return sha256((stamp + nonce + self._key).encode() + body).hexdigest()

    async def let_in(self, headers: Headers, body: bytes) -> Response:
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
        return await self._heard(headers, payload)

    async def _heard(self, headers: Headers, payload: Json) -> Response:
        """Once; a redelivery is signed anew, or it is heard again only where the first time broke."""
        if self.seen(headers):
            return JSONResponse({})
        if self.hear is None:
            return Response(status_code=503)
        with self.hearing(headers) as heard:
            try:
                answer = JSONResponse(await self.hear(payload) or {})
            except (KeyError, TypeError, ValueError, AttributeError) as fault:
                log.error("an event that cannot be read", reason=f"{type(fault).__name__}: {fault}")
                return Response(status_code=400)
            heard()
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
