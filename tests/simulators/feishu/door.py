"""Webhook mode from Feishu's side: encrypted, signed posts to the app's request URL (sheet 2.4)."""

import base64
import hashlib
import json
import secrets
import time
from typing import TYPE_CHECKING

import aiohttp
from Crypto.Cipher import AES

from tests.simulators.feishu.courier import Delivery, Reply
from tests.simulators.feishu.values import Json

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant


class Door:
    """Posts to `url`. `sent` keeps every body with its headers, for tests that replay them."""

    def __init__(self, tenant: "Tenant") -> None:
        self.tenant = tenant
        self.url = ""
        self.sent: list[tuple[bytes, dict[str, str]]] = []
        self._session: aiohttp.ClientSession | None = None

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def saves_url(self) -> str:
        """What the console does when somebody saves the URL; empty when the app answers as it must within a second."""
        challenge = secrets.token_hex(8)
        asked = {"challenge": challenge, "token": self.tenant.app.verification_token, "type": "url_verification"}
        body = self.sealed(asked)
        reply = await self.posts(body, self.signed(body), 1.0)
        return "" if reply.body == {"challenge": challenge} else reply.reason or f"answered {reply.body}"

    async def carry(self, delivery: Delivery, patience: float) -> Reply:
        if not self.url:
            return Reply("there is no URL")
        body = self.sealed(delivery.payload)
        return await self.posts(body, self.signed(body), patience)

    def sealed(self, payload: Json) -> bytes:
        """The body: AES-256-CBC under the SHA-256 of the encrypt key, the IV in front."""
        key, iv = hashlib.sha256(self.tenant.app.encrypt_key.encode()).digest(), secrets.token_bytes(16)
        text = json.dumps(payload, ensure_ascii=False).encode()
        fill = 16 - len(text) % 16
        sealed = iv + AES.new(key, AES.MODE_CBC, iv).encrypt(text + bytes([fill]) * fill)
        return json.dumps({"encrypt": base64.b64encode(sealed).decode()}).encode()

    def signed(self, body: bytes, at: float | None = None, nonce: str = "") -> dict[str, str]:
        """Headers with the signature of `body`; `at` is unix time, the machine's when not given."""
        stamp, nonce = str(int(time.time() if at is None else at)), nonce or secrets.token_hex(5)
        base = f"{stamp}{nonce}{self.tenant.app.encrypt_key}".encode() + body
        return {
            "Content-Type": "application/json; charset=utf-8", "X-Lark-Request-Timestamp": stamp,
            "X-Lark-Request-Nonce": nonce, "X-Lark-Signature": hashlib.sha256(base).hexdigest(),
        }  # fmt: skip

    async def posts(self, body: bytes, headers: dict[str, str], patience: float) -> Reply:
        """One request, whatever it holds. Raises nothing: what fails is a reason."""
        self.sent.append((body, headers))
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(patience)
        try:
            async with self._session.post(
                self.url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                text = await answer.text()
                if answer.status != 200:
                    return Reply(f"HTTP {answer.status}", code=200671)
                return Reply(body=json.loads(text) if text else None)
        except (aiohttp.ClientError, TimeoutError) as fault:
            return Reply(f"{type(fault).__name__}")
        except ValueError:
            return Reply("no JSON", code=200672)
