"""HTTP mode from Slack's side: signed posts to the app's request URL (sheet 1.1, 1.2, 5.3)."""

import hashlib
import hmac
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.simulators.slack.courier import Delivery, Reply

if TYPE_CHECKING:
    from tests.simulators.slack.server import Slack

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class Door:
    """Posts to `url`, the bot's /slack/events. `sent` keeps every body with its headers, for tests that replay them."""

    def __init__(self, slack: "Slack") -> None:
        self.slack = slack
        self.url = ""
        self.sent: list[tuple[bytes, dict[str, str]]] = []
        self._session: aiohttp.ClientSession | None = None

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def carry(self, delivery: Delivery, attempt: int, reason: str, patience: float) -> Reply:
        if not self.url:
            return Reply("connection_failed", 0)
        body, kind = _body(delivery)
        headers = self.signed(body, kind)
        if attempt:
            headers |= {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": _retried(reason)}
        return await self.posts(body, headers, patience)

    def signed(self, body: bytes, kind: str = JSON, at: float | None = None) -> dict[str, str]:
        """Headers with the signature of `body`; `at` is unix time, the machine's when not given: bolt reads that."""
        stamp = str(int(time.time() if at is None else at))
        base = f"v0:{stamp}:".encode() + body
        digest = hmac.new(self.slack.app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {
            "Content-Type": kind,
            "User-Agent": self.slack.unverified.user_agent,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }

    async def posts(self, body: bytes, headers: dict[str, str], patience: float) -> Reply:
        """One request, whatever it holds. Raises nothing: what fails is a reason."""
        self.sent.append((body, headers))
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(
                self.url, data=body, headers=headers, timeout=aiohttp.ClientTimeout(total=patience), max_redirects=2
            ) as response:
                return await _reply(response)
        except TimeoutError:
            return Reply("http_timeout", 0)
        except aiohttp.TooManyRedirects:
            return Reply("too_many_redirects", 0)
        except aiohttp.ClientError:
            return Reply("connection_failed", 0)

    async def verifies(self, url: str) -> bool:
        """Somebody saved this request URL: the challenge must come back, then `url` is used."""
        self.url = url
        challenge = "challenge-of-the-simulator"
        asked = {"token": self.slack.app.verification_token, "challenge": challenge, "type": "url_verification"}
        body = json.dumps(asked).encode()
        reply = await self.posts(body, self.signed(body), 3.0)
        given = reply.body.get("challenge") if isinstance(reply.body, dict) else reply.body
        return reply.acknowledged and given == challenge


def _body(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), JSON
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM


async def _reply(response: aiohttp.ClientResponse) -> Reply:
    text = await response.text()
    body: Any = text
    if response.content_type == JSON and text:
        with suppress(ValueError):
            body = json.loads(text)
    ok = 200 <= response.status < 300
    no_retry = response.headers.get("x-slack-no-retry") == "1"
    return Reply("" if ok else "http_error", response.status, body, no_retry)


def _retried(reason: str) -> str:
    return "http_timeout" if reason == "timeout" else reason
