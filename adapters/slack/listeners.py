"""bolt's part: one listener for each kind of payload, acknowledged after it, behind an authorisation that asks nobody.

Each listener costs every request 9 µs, a look-up of the token a whole round trip (RELIABILITY B1); so there are as few as
there are kinds, and whose token it is was asked once at the start.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.answering import Ack
from adapters.slack.blocks import Json
from adapters.slack.calls import Calls
from adapters.slack.hearing import Hearing
from adapters.slack.identity import Identity
from adapters.slack.quiet import quiet
from adapters.slack.words import word

_ANY = re.compile(".*", re.DOTALL)
_REVOKED = "app_uninstalled", "tokens_revoked"


class Ear(Struct, frozen=True):
    """Who hears a workspace: us there, as bolt wants to know us, and whom to tell when the token has died."""

    me: Identity
    hearing: Hearing
    authorised: AuthorizeResult
    lost: Callable[[str], None]


Find = Callable[[str | None], Ear | None]
"""The ear for a workspace's id; None where the app may not listen."""

_STRANGER = AuthorizeResult(enterprise_id=None, team_id=None)


def ear(me: Identity, token: str, hearing: Hearing, lost: Callable[[str], None]) -> Ear:
    """The ear of a workspace whose token this is. `lost` is told when it has died, with Slack's word for it."""
    known = AuthorizeResult(
        enterprise_id=None, team_id=me.team, bot_user_id=me.bot_user, bot_id=me.bot_id, bot_token=token, url=me.url
    )
    return Ear(me, hearing, known, lost)


def application(calls: Calls, find: Find, *, secret: str) -> AsyncApp:
    """bolt's application for all workspaces that have an ear. From others nothing is taken."""
    app = AsyncApp(
        name="bihuan", logger=quiet(), client=calls.sdk.client(), signing_secret=secret, authorize=_authorize(find),
        process_before_response=True, request_verification_enabled=bool(secret), ssl_check_enabled=False,
        attaching_function_token_enabled=False,
    )  # fmt: skip
    app.command(_ANY)(_acknowledging(find, Hearing.command, text=_foreign()))
    app.action(_ANY)(_acknowledging(find, Hearing.press))
    app.view(_ANY)(_acknowledging(find, Hearing.submit))
    app.shortcut(_ANY)(_acknowledging(find, Hearing.shortcut))
    app.event(_ANY)(_event(find))
    app.view_closed(_ANY)(_only_acknowledged)
    app.options(_ANY)(_no_options)
    return app


def _acknowledging(
    find: Find, hear: Callable[[Hearing, Json, Ack], Awaitable[None]], **stranger: str
) -> Callable[..., Awaitable[None]]:
    """`stranger` is the acknowledgement for a workspace that has no ear."""

    async def listener(body: Json, context: AsyncBoltContext, ack: Any) -> None:
        here = find(context.team_id)
        if here is None:
            await ack(**stranger)
            return
        with here.hearing.under_way():
            await hear(here.hearing, body, ack)

    return listener


def _event(find: Find) -> Callable[..., Awaitable[None]]:
    async def listener(body: Json, context: AsyncBoltContext, request: AsyncBoltRequest) -> None:
        here, kind = find(context.team_id), body["event"]["type"]
        if here is None:
            return
        if kind in _REVOKED and _is_ours(body["event"], here.me):
            here.lost(kind)
            return
        with here.hearing.under_way():
            await here.hearing.event(body, _retried(request))

    return listener


def _retried(request: AsyncBoltRequest) -> bool:
    """Whether Slack has brought it before. Socket Mode numbers the first try too, with 0; HTTP says nothing then."""
    return request.headers.get("x-slack-retry-num", ["0"])[0] != "0"


def _is_ours(event: Json, me: Identity) -> bool:
    """An uninstalled app is always this one; of revoked tokens only the bot's own matters."""
    revoked = (event.get("tokens") or {}).get("bot") or ()
    return event["type"] == "app_uninstalled" or me.bot_user in revoked


def _foreign() -> str:
    """For somebody whose language we may not ask for."""
    return "\n".join(word(language, "foreign") for language in ("zh-Hans", "en"))


async def _only_acknowledged(ack: Any) -> None:
    await ack()


async def _no_options(ack: Any) -> None:
    await ack(options=[])


def _authorize(find: Find) -> Callable[..., Awaitable[AuthorizeResult]]:
    async def authorize(team_id: str | None) -> AuthorizeResult:
        here = find(team_id)
        return here.authorised if here else _STRANGER

    return authorize
