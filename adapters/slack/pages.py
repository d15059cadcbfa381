"""The two pages by which the app is installed into an admitted workspace: bolt's own OAuth flow, in our words.

`/slack/install` leads to Slack, which sends the browser back to `/slack/oauth_redirect` with a code; the state in between
is kept in the database and in a cookie of that browser.
"""

from collections.abc import Awaitable, Callable
from html import escape

import structlog
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapters.slack.door import responded
from adapters.slack.examination import SCOPES
from adapters.slack.faults import CAUGHT
from adapters.slack.installations import STATE_SECONDS, Installations, NotAdmitted, States
from adapters.slack.options import Options
from adapters.slack.pace import Pace
from adapters.slack.quiet import quiet
from adapters.slack.standing import INSTALL
from adapters.slack.words import spoken, word
from bot.errors import TryLater

log = structlog.get_logger()

BACK = "/slack/oauth_redirect"
A_MINUTE = 60
"""Visits that are let in: each writes a state down, and anybody can knock."""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}  # fmt: skip
_PAGE = (
    '<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>body{{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem}}"
    "a{{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;background:#20343d;color:#fff}}</style>"
    "<h1>{title}</h1><p>{what}</p>{more}</html>"
)


class Flow(AsyncOAuthFlow):
    """bolt's flow, whose first page is ours."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """The page that leads to Slack."""
        press = f'<p><a href="{escape(url)}">{escape(word(language_of(request), "install-press"))}</a>'
        return page(request, "install", "install-what", more=press)


class Pages:
    """`installed` is told of each installation before the page says that it is done. `client` has no token."""

    def __init__(
        self, options: Options, kept: Installations, states: States, client: Callable[[], AsyncWebClient],
        installed: Callable[[], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._client = client
        self._installed = installed
        self._pace = Pace(per_minute=dict.fromkeys((INSTALL, BACK), A_MINUTE))
        self._settings = AsyncOAuthSettings(
            client_id=options.client_id, client_secret=options.client_secret, scopes=SCOPES, user_scopes=[],
            authorization_url=f"{options.api_url.rstrip('/').removesuffix('/api')}/oauth/v2/authorize",
            install_path=INSTALL, redirect_uri_path=BACK, installation_store=kept, state_store=states,
            state_expiration_seconds=STATE_SECONDS, logger=quiet(),
            callback_options=AsyncCallbackOptions(success=self._welcomed, failure=refused),
        )  # fmt: skip
        self.routes: list[BaseRoute] = [Route(INSTALL, self._asked), Route(BACK, self._came_back)]

    async def _asked(self, request: Request) -> Response:
        return await self._answer(request, INSTALL, lambda flow, asked: flow.handle_installation(asked))

    async def _came_back(self, request: Request) -> Response:
        return await self._answer(request, BACK, lambda flow, asked: flow.handle_callback(asked))

    async def _answer(
        self, request: Request, path: str, handle: Callable[[Flow, AsyncBoltRequest], Awaitable[BoltResponse]]
    ) -> Response:
        asked = AsyncBoltRequest(body="", query=request.url.query, headers=dict(request.headers))
        if self._pace.wait(path):
            self._pace.give_back(path)
            return _response(BoltResponse(status=429, body=page(asked, "not-installed", "too-often")))
        flow = Flow(client=self._client(), settings=self._settings, logger=quiet())
        try:
            answer = await handle(flow, asked)
        except (TryLater, *CAUGHT) as fault:
            log.warning("an installation failed", reason=type(fault).__name__)
            answer = unconfirmed(asked, type(fault).__name__, 502)
        return _response(answer)

    async def _welcomed(self, done: AsyncSuccessArgs) -> BoltResponse:
        await self._installed()
        name = done.installation.team_name or ""
        return BoltResponse(status=200, body=page(done.request, "installed", "installed-what", name=name))


def _response(answer: BoltResponse) -> Response:
    response = responded(answer)
    response.headers.update(_HEADERS)
    return response


async def refused(failed: AsyncFailureArgs) -> BoltResponse:
    """Says why nothing was installed."""
    if isinstance(failed.error, NotAdmitted):
        log.warning("an installation into a workspace that is not admitted", workspace=failed.error.workspace)
        body = page(failed.request, "not-installed", "not-admitted", name=failed.error.workspace)
        return BoltResponse(status=403, body=body)
    return unconfirmed(failed.request, failed.reason, failed.suggested_status_code)


def unconfirmed(request: AsyncBoltRequest, reason: str, status: int) -> BoltResponse:
    """Something between the browser, Slack and us did not fit; the way is to begin again."""
    return BoltResponse(status=status, body=page(request, "not-installed", "install-again", reason=reason))


def page(request: AsyncBoltRequest, title: str, what: str, more: str = "", **args: str) -> str:
    """One of ours; `args` are anybody's words, `more` is HTML."""
    language = language_of(request)
    said = [escape(word(language, sentence, **args)) for sentence in (title, what)]
    return _PAGE.format(language=language, title=said[0], what=said[1], more=more)


def language_of(request: AsyncBoltRequest) -> str:
    """What the browser asks for first."""
    asked = request.headers.get("accept-language") or [""]
    return spoken(asked[0].partition(",")[0].partition(";")[0].strip())
