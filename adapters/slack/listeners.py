"""bolt's part: one listener for each kind of payload, acknowledged after it, behind an authorisation that asks nobody.

Each listener costs every request 9 µs, a look-up of the token a whole round trip (RELIABILITY B1); so there are as few as
there are kinds, and whose token it is was asked once at the start.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.blocks import Json
from adapters.slack.calls import Calls
from adapters.slack.hearing import Ack, Hearing
from adapters.slack.identity import Identity
from adapters.slack.quiet import quiet

log = structlog.get_logger()

_ANY = re.compile(".*", re.DOTALL)
_REVOKED = "app_uninstalled", "tokens_revoked"


def application(
    calls: Calls, me: Identity, hearing: Hearing, *, token: str, secret: str, lost: Callable[[str], None]
) -> AsyncApp:
    """bolt's application for one workspace. `lost` is told when the token has died, with Slack's word for it."""
    app = AsyncApp(
        name="bihuan", logger=quiet(), client=calls.client(), signing_secret=secret, authorize=_authorize(me, token),
        process_before_response=True, request_verification_enabled=bool(secret), ssl_check_enabled=False,
        attaching_function_token_enabled=False,
    )  # fmt: skip
    app.command(_ANY)(_acknowledging(hearing, hearing.command))
    app.action(_ANY)(_acknowledging(hearing, hearing.press))
    app.view(_ANY)(_acknowledging(hearing, hearing.submit))
    app.shortcut(_ANY)(_acknowledging(hearing, hearing.shortcut))
    app.event(_ANY)(_event(hearing, me, lost))
    app.view_closed(_ANY)(_only_acknowledged)
    app.options(_ANY)(_no_options)
    return app


def _acknowledging(hearing: Hearing, hear: Callable[[Json, Ack], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def listener(body: Json, ack: Any) -> None:
        with hearing.under_way():
            await hear(body, ack)

    return listener


def _event(hearing: Hearing, me: Identity, lost: Callable[[str], None]) -> Callable[..., Awaitable[None]]:
    async def listener(body: Json, request: AsyncBoltRequest) -> None:
        kind = body["event"]["type"]
        if kind in _REVOKED and _is_ours(body["event"], me):
            lost(kind)
            return
        with hearing.under_way():
            await hearing.event(body, "x-slack-retry-num" in request.headers)

    return listener


def _is_ours(event: Json, me: Identity) -> bool:
    """An uninstalled app is always this one; of revoked tokens only the bot's own matters."""
    revoked = (event.get("tokens") or {}).get("bot") or ()
    return event["type"] == "app_uninstalled" or me.bot_user in revoked


async def _only_acknowledged(ack: Any) -> None:
    await ack()


async def _no_options(ack: Any) -> None:
    await ack(options=[])


def _authorize(me: Identity, token: str) -> Callable[..., Awaitable[AuthorizeResult]]:
    known = AuthorizeResult(
        enterprise_id=None, team_id=me.team, bot_user_id=me.bot_user, bot_id=me.bot_id, bot_token=token, url=me.url
    )

    async def authorize(team_id: str | None) -> AuthorizeResult:
        del team_id
        return known

    return authorize
