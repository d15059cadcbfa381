"""Calls to Feishu's open API by one shared session; what goes wrong comes as ours, and nothing is repeated blindly.

The one repetition is after a token that was refused: then nothing has happened, and a new one is fetched once for all.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from io import BytesIO

import aiohttp
import structlog

from adapters.feishu.faults import CAUGHT, SOON, BadToken, Json, Refused, Revoked, Unclear, refusal, sorted_fault
from adapters.feishu.limits import written
from adapters.feishu.pace import Pace
from adapters.feishu.tokens import Tokens
from adapters.outward import Outlet
from bot.errors import TryLater

log = structlog.get_logger()

TIMEOUT = 20.0
"""Seconds for a call; shorter than delivery's lease, so that nothing in flight lands after the next try has begun."""
_MOST_PAGES = 10_000


class Calls:
    """One app at one `domain` (Feishu's, Lark's or a simulator's, without the last slash); `timeout` in seconds."""

    def __init__(
        self, app_id: str, app_secret: str, domain: str, pace: Pace | None = None, timeout: float = TIMEOUT
    ) -> None:
        self.app_id = app_id
        self.domain = domain.rstrip("/")
        self.lost: Callable[[Revoked], None] = _unheard
        """Told when a call finds the app refused: a suspicion, until it is asked again."""
        self._secret = app_secret
        self._pace = pace or Pace()
        self._tokens = Tokens(self._token)
        self._outlet = Outlet(timeout)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one session; made anew after `close`."""
        return self._outlet.session

    def renew(self) -> None:
        """The next call asks for a new token, and so whether the credentials are still good."""
        self._tokens.forget()

    async def close(self) -> None:
        """Lets the connections go when what is in flight has landed; a later call opens new ones."""
        await self._outlet.close()

    async def message(self, target: str, method: str, path: str, body: Json, /, **query: str) -> Json:
        """A call that sends or changes a message of `target` (a chat, a person, a card), when its turn has come. Returns
        the answer's `data`. Raises as `call` does."""
        late = await self._pace.turn(target)
        if late:
            raise TryLater(late, "enough has been sent for now")
        return await self.call(method, path, body, **query)

    async def call(self, method: str, path: str, body: Json | None = None, /, **query: str) -> Json:
        """One call below /open-apis/; returns the answer's `data`. Raises TryLater, Undeliverable, or Unclear (it may have
        happened)."""
        data: Json = (await self.whole(method, path, body, **query)).get("data") or {}
        return data

    async def whole(self, method: str, path: str, body: Json | None = None, /, **query: str) -> Json:
        """The same, with the whole answer: a few have no `data`."""
        sent = None if body is None else written(body).encode()
        return await self._authorized(method, path, sent, query)

    async def upload(self, path: str, name: str, file: str, content: bytes, **fields: str) -> Json:
        """A multipart upload of `content` as the field `name`; returns the answer's `data`."""

        def form() -> aiohttp.FormData:
            made = aiohttp.FormData()
            for key, value in fields.items():
                made.add_field(key, value)
            made.add_field(name, BytesIO(content), filename=file, content_type="application/octet-stream")
            return made

        for final in (False, True):
            token = await self._tokens.token()
            try:
                answer = await self._once("POST", path, form(), {}, _bearer(token))
            except BadToken as bad:
                self._refused_token(token, bad, final=final)
                continue
            return answer.get("data") or {}
        raise AssertionError("the second try returns or raises")

    async def pages(self, path: str, **query: str) -> AsyncIterator[Json]:
        """The `items` over all pages; a page may be short or empty, only `has_more` says whether more come."""
        token = ""
        for _ in range(_MOST_PAGES):
            page = await self.call("GET", path, None, **query, **({"page_token": token} if token else {}))
            for item in page.get("items") or ():
                yield item
            token = str(page.get("page_token") or "")
            if not page.get("has_more") or not token:
                return

    async def _authorized(self, method: str, path: str, body: bytes | None, query: Mapping[str, str]) -> Json:
        for final in (False, True):
            token = await self._tokens.token()
            try:
                return await self._once(method, path, body, query, _bearer(token))
            except BadToken as bad:
                self._refused_token(token, bad, final=final)
        raise AssertionError("the second try returns or raises")

    def _refused_token(self, token: str, bad: BadToken, *, final: bool) -> None:
        self._tokens.drop(token)
        if final:
            raise Revoked(str(bad)) from bad

    async def _token(self) -> Json:
        body = written({"app_id": self.app_id, "app_secret": self._secret}).encode()
        try:
            answer = await self._once("POST", "auth/v3/tenant_access_token/internal", body, {}, {})
            if not (answer.get("tenant_access_token") and answer.get("expire")):
                raise Unclear("an answer without one")
            return answer
        except Unclear as unclear:
            raise TryLater(SOON, f"no token: {unclear.reason}") from unclear
        except BadToken as bad:
            raise Revoked(str(bad)) from bad

    async def _once(
        self, method: str, path: str, body: bytes | aiohttp.FormData | None, query: Mapping[str, str], more: Json
    ) -> Json:
        url = f"{self.domain}/open-apis/{path}"
        kind = {"Content-Type": "application/json; charset=utf-8"} if isinstance(body, bytes) else {}
        try:
            with self._outlet.flight() as session:
                async with session.request(
                    method, url, data=body, params=query, headers={**kind, **more}, allow_redirects=False
                ) as answer:
                    found = await _json(answer)
                    fault = refusal(answer.status, found, answer.headers)
        except CAUGHT as broken:
            raise sorted_fault(broken) from broken
        if fault is None and isinstance(found, dict):
            return found
        assert fault is not None
        if isinstance(fault, Refused):
            log.error("Feishu refuses a call", path=path, reason=fault.reason)
        if isinstance(fault, Revoked):
            self.lost(fault)
        raise fault


def _unheard(_fault: Revoked) -> None:
    """Nobody asked."""


def _bearer(token: str) -> Json:
    return {"Authorization": f"Bearer {token}"}


async def _json(answer: aiohttp.ClientResponse) -> object:
    """The answer as JSON; None for a body that is none (a page of the edge's)."""
    try:
        found: object = await answer.json(content_type=None)
    except ValueError:
        return None
    return found


@asynccontextmanager
async def connected(app_id: str, app_secret: str, domain: str) -> AsyncIterator[Calls]:
    """Calls for a while."""
    calls = Calls(app_id, app_secret, domain)
    try:
        yield calls
    finally:
        await calls.close()
