"""Calls to both hosts by one shared session, without blind retries; what goes wrong comes as ours.

The token is asked for once and by one caller at a time, renewed five minutes early and once more when DingTalk no longer
takes it. The new host says what is wrong by HTTP status, the old one by `errcode` in a 200.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog

from adapters import outward
from adapters.dingtalk.blocks import Json
from adapters.dingtalk.faults import CAUGHT, SOON, Refused, Revoked, Stale, Unclear, broken, refusal
from adapters.dingtalk.pace import Pace
from adapters.dingtalk.quota import Quota
from bot.clock import Clock
from bot.errors import TryLater

log = structlog.get_logger()

TIMEOUT = 30.0
"""Seconds for a call; shorter than delivery's lease, so that nothing in flight lands after the next try has begun."""
EARLY = 300.0
ACCESS = "/v1.0/oauth2/accessToken"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The app; `api` and `oapi` are the addresses of the two hosts, without the last slash."""

    client_id: str
    client_secret: str = field(repr=False)
    api: str
    oapi: str


class Calls:
    """One app's two hosts."""

    def __init__(self, credentials: Credentials, clock: Clock, quota: Quota, pace: Pace | None = None) -> None:
        self.credentials = credentials
        self.revoked = ""
        """Why the credentials are not accepted; empty while they are."""
        self.doubted = asyncio.Event()
        """Set when the credentials were not accepted: a suspicion, until `renew` has asked again."""
        self.quota = quota
        self._clock = clock
        self._pace = pace or Pace()
        self._outlet = outward.Outlet(TIMEOUT)
        self._token = ""
        self._good_until = 0.0
        self._asking = asyncio.Lock()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one session; made anew after `close`."""
        return self._outlet.session

    async def renew(self) -> None:
        """Asks for a token anew, whatever was answered before. Raises Revoked when the credentials are not accepted, TryLater
        or Undeliverable when that is not said."""
        self.revoked, self._good_until = "", 0.0
        await self._fresh_token()
        self.doubted.clear()

    async def close(self) -> None:
        """Lets the connections go when what is in flight has landed; a later call opens new ones."""
        await self._outlet.close()

    async def call(
        self, path: str, body: Json, verb: str = "POST", leaving: Callable[[], None] = lambda: None
    ) -> Json:  # fmt: skip
        """A call of the new host; `leaving` is called right before it leaves, when turn and token are there. Raises
        TryLater, Undeliverable, or Unclear (it may have happened)."""
        return await self._authorised(verb, path, body, leaving)

    async def old(self, path: str, body: Json) -> Any:
        """A call of the old host; gives its `result`. Raises as `call` does."""
        return (await self._authorised("POST", path, body)).get("result")

    async def read(self, path: str, body: Json) -> Any:
        """The same for what only reads: without an answer it may simply be asked again. Raises TryLater, Undeliverable."""
        try:
            return await self.old(path, body)
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear

    async def upload(self, name: str, content: bytes, kind: str) -> str:
        """A file's mediaId. Raises TryLater or Undeliverable."""

        def form() -> aiohttp.FormData:
            parts = aiohttp.FormData()
            parts.add_field("type", kind)
            parts.add_field("media", content, filename=name, content_type="application/octet-stream")
            return parts

        try:
            return held(await self._authorised("POST", "/media/upload", form), "media_id")
        except Unclear as unclear:  # nobody sees what was only uploaded
            raise TryLater(SOON, unclear.reason) from unclear

    async def open(self, body: Json) -> Json:
        """A ticket for the Stream gateway; brings credentials of its own. Raises TryLater, Undeliverable or Unclear."""
        return await self._once("POST", "/v1.0/gateway/connections/open", body, "")

    async def webhook(self, url: str, body: Json) -> bool:
        """Answers by the address that came with a message; whether it was taken. Only DingTalk's own host is called."""
        if not url.startswith((f"{self.credentials.oapi}/", "https://oapi.dingtalk.com/")):
            log.warning("a session webhook that is none of DingTalk's")
            return False
        self.quota.call("/robot/sendBySession")
        try:
            with self._outlet.flight() as session:
                async with session.post(url, json=body) as answer:
                    return refusal(answer.status, await _json(answer), self._clock.now()) is None
        except CAUGHT as fault:
            log.info("a reply was not taken", reason=type(fault).__name__)
            return False

    async def _authorised(
        self, verb: str, path: str, body: Any, leaving: Callable[[], None] = lambda: None
    ) -> Json:  # fmt: skip
        if self.revoked:
            raise Revoked(self.revoked)
        late = await self._pace.turn(path)
        if late:
            raise TryLater(late, f"{path} has been called often enough", well=True)
        self.quota.call(path)
        for last in (False, True):
            token = await self._fresh_token()
            leaving()
            try:
                return await self._once(verb, path, body() if callable(body) else body, token)
            except Stale as stale:
                self._drop(token)
                if last:
                    raise TryLater(SOON, f"DingTalk takes no token: {stale}") from stale
        raise AssertionError("the second try returns or raises")

    async def _fresh_token(self) -> str:
        async with self._asking:
            if time.monotonic() >= self._good_until:
                await self._ask_token()
            return self._token

    async def _ask_token(self) -> None:
        asked = {"appKey": self.credentials.client_id, "appSecret": self.credentials.client_secret}
        try:
            answer = await self._once("POST", ACCESS, asked, "")
            self._token = held(answer, "accessToken")
        except Revoked as revoked:
            self.revoked = revoked.word
            self.doubted.set()
            raise
        except (Unclear, Stale) as fault:
            raise TryLater(SOON, f"no token: {fault}") from fault
        self._good_until = time.monotonic() + max(60.0, float(answer.get("expireIn") or 7200) - EARLY)

    def _drop(self, token: str) -> None:
        """Somebody else may have renewed it meanwhile."""
        if token == self._token:
            self._good_until = 0.0

    async def _once(self, verb: str, path: str, body: Any, token: str) -> Json:
        old = path.startswith(("/topapi/", "/media/", "/auth/"))
        url = f"{self.credentials.oapi if old else self.credentials.api}{path}"
        headers = {
            "Accept": "application/json",
            **({"x-acs-dingtalk-access-token": token} if token and not old else {}),
        }
        content = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body if verb != "GET" else None}
        try:
            with self._outlet.flight() as session:
                async with session.request(
                    verb, url, headers=headers, params={"access_token": token} if old else None, **content
                ) as answer:
                    found = await _json(answer)
                    fault = refusal(answer.status, found, self._clock.now())
        except CAUGHT as broke:
            raise broken(broke) from broke
        if fault is not None:
            raise self._told(path, fault)
        return found or {}

    def _told(self, path: str, fault: Exception) -> Exception:
        if isinstance(fault, Refused) and fault.scopes:
            log.error(
                "DingTalk refuses a call", path=path, scopes=fault.scopes, apply=apply_url(self.credentials, fault)
            )
        return fault


def apply_url(credentials: Credentials, fault: Refused) -> str:
    """Where the missing permission can be applied for."""
    scopes = "%2C".join(fault.scopes)
    return f"https://open-dev.dingtalk.com/appscope/apply?content={credentials.client_id}%23{scopes}"


async def _json(answer: aiohttp.ClientResponse) -> Json | None:
    """The body, None where it is no JSON object (a gate's page, an edge's error). Raises ClientPayloadError for half of one,
    under the name of a success: what was asked for may have happened."""
    if "json" not in answer.content_type:
        await answer.read()
        return None
    try:
        found = await answer.json(content_type=None)
    except ValueError:
        found = None
    if not isinstance(found, dict) and answer.status == 200:
        raise aiohttp.ClientPayloadError("half an answer")
    return found if isinstance(found, dict) else None


def held(answer: Json, name: str) -> str:
    """What an answer must hold. Raises Unclear where DingTalk leaves it out."""
    if not answer.get(name):
        raise Unclear(f"an answer without {name}")
    return str(answer[name])
