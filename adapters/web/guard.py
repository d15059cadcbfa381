"""The door of the web workplace: which hosts and pages may speak with it, the access token, and the headers it sends.

Anybody on the machine who can open the page may choose who they are; so another web site in the same browser must not
(Origin), a foreign name that resolves to this machine must not (Host), and with a token nobody without it."""

import hmac
import logging
from collections.abc import Collection
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import TryLater

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "bihuan-web"
BODY_LIMIT = 1_000_000
_SAFE_METHODS = {"GET", "HEAD"}
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware of every route. `open_door` lets a route be reached without the token (the login page)."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], token: str, open_door: bool = False) -> None:
        self.app = app
        self.hosts = hosts
        self.token = "" if open_door else token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        elif refusal:
            await refusal(scope, receive, _dressed(send))
        else:
            await self._let_in(scope, receive, _dressed(send))

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except TryLater as fault:
            logging.getLogger(__name__).warning("%s", fault)
            if scope["type"] == "http":  # nothing was answered yet: an answer is made whole before it is sent
                await PlainTextResponse("try again", 503, {"Retry-After": "1"})(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if host_name(headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("unknown host", 421)
        reads = scope["type"] == "http" and scope["method"] in _SAFE_METHODS
        if not reads and page_of(headers.get("origin", "")) != headers.get("host"):
            return PlainTextResponse("foreign origin", 403)
        if self.token and not knows(headers, self.token):
            return RedirectResponse("/login", 303) if scope["path"] == "/" else PlainTextResponse("token needed", 401)
        return None


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def page_of(origin: str) -> str:
    """The host and port in an Origin header; empty for "null" and for nonsense."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def knows(headers: Headers, token: str) -> bool:
    """Whether the browser was let in before. Cookies of other servers on this host come along and may be anything."""
    cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    return same_token(cookie, pass_for(token))


def same_token(given: str, token: str) -> bool:
    """Compared without telling by its time how much was right."""
    return hmac.compare_digest(given.encode(errors="replace"), token.encode())


def pass_for(token: str) -> str:
    """What the cookie holds: proof of the token, not the token."""
    return hmac.new(token.encode(), b"bihuan web session", sha256).hexdigest()


async def body_of(request: Request) -> bytes:
    """The body; no more than BODY_LIMIT of it is ever held. Raises HTTPException (413; 400 when the rest never came)."""
    held = bytearray()
    try:
        async for chunk in request.stream():
            held += chunk
            if len(held) > BODY_LIMIT:
                raise HTTPException(413, "too large")
    except ClientDisconnect:
        raise HTTPException(400, "cut off") from None
    return bytes(held)


def _dressed(send: Send) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return dressed
