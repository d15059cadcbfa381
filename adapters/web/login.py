"""The login of a web workplace that has an access token: one try at a time, and a wrong one costs half a second."""

import asyncio
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from adapters.web import guard

_WRONG_SECONDS = 0.5
_QUEUE = 20
_LONGEST = 10_000
_YEAR_SECONDS = 365 * 86_400


class Login:
    """Tries wait for each other, whoever makes them: a token is guessed at two tries a second, however many ask at
    once. Who finds more than _QUEUE waiting is sent away with 429."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def attempt(self, request: Request) -> Response:
        """POST /login: to the workplace with the cookie, or back to the question."""
        body = (await guard.body_of(request))[:_LONGEST]
        given = parse_qs(body.decode(errors="replace")).get("token", [""])[0]
        if self._waiting >= _QUEUE:
            return PlainTextResponse("too many tries", 429, {"Retry-After": str(int(_QUEUE * _WRONG_SECONDS))})
        self._waiting += 1
        try:
            right = await self._tried(given)
        finally:
            self._waiting -= 1
        return self._let_in(request) if right else RedirectResponse("/login#wrong", 303)

    async def _tried(self, given: str) -> bool:
        async with self._turn:
            right = bool(self._token) and guard.same_token(given, self._token)
            if not right:
                await asyncio.sleep(_WRONG_SECONDS)
            return right

    def _let_in(self, request: Request) -> Response:
        response = RedirectResponse("/", 303)
        response.set_cookie(
            guard.COOKIE, guard.pass_for(self._token), max_age=_YEAR_SECONDS,
            httponly=True, samesite="strict", secure=request.url.scheme == "https",
        )  # fmt: skip
        return response
