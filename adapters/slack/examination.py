"""`bihuan check` for Slack: whose token it is, which scopes it lacks, and whether a socket opens and closes; where the app
is installed by OAuth, the same for each workspace."""

from collections.abc import Iterable
from typing import Any

import aiohttp

from adapters import Finding, outward
from adapters.slack.calls import Calls, connected
from adapters.slack.errors import Revoked
from adapters.slack.faults import CAUGHT
from adapters.slack.identity import Identity, identify
from adapters.slack.options import Options
from adapters.slack.standing import INSTALL, NAME, called
from bot.clock import Clock
from bot.errors import Delivery, Undeliverable

NEEDED = frozenset(
    "app_mentions:read channels:history channels:read chat:write commands files:write groups:history groups:read "
    "im:history im:read im:write usergroups:read users:read users:read.email".split()
)
"""Without one of these something that the bot offers does not work (docs/slack.md says what)."""
SCOPES = tuple(sorted(NEEDED | {"chat:write.public", "mpim:history", "mpim:read"}))
"""What an installation by OAuth asks for: the manifest's."""
SOCKET_SECONDS = 10.0


async def examined(options: Options, clock: Clock) -> list[Finding]:
    """Everything that keeps this section from working, and a line of whose it is."""
    async with connected(options.bot_token, options.api_url, clock) as calls:
        found = [*await _token(calls)] if options.bot_token else []
    if options.mode == "socket":
        async with connected(options.app_token, options.api_url, clock) as calls:
            found += await _socket(calls)
    return found


async def visited(options: Options, clock: Clock, engine: Any) -> list[Finding]:
    """What keeps the app from working in each admitted workspace, by the installations that the database of SQLAlchemy's
    `engine` keeps; a line of each that works, and of each where it is not installed."""
    from adapters.slack.installations import Installations  # slack_sdk's stores: not for who has one workspace

    async with connected("", options.api_url, clock) as calls:
        bots = await Installations(options, engine, calls.sdk.client, clock).bots()
    if not (bots or options.bot_token):
        return [Finding("check-messenger-nowhere", {"name": NAME, "page": INSTALL}, fault=False)]
    found: list[Finding] = []
    for team in options.workspaces:
        bot = bots.get(team)
        if bot is None:
            found.append(
                Finding("check-messenger-uninstalled", {"name": called("", team), "page": INSTALL}, fault=False)
            )
            continue
        async with connected(str(bot.bot_token), options.api_url, clock) as calls:
            found += await _installation(calls, called(bot.team_name or "", team))
    return found


async def _installation(calls: Calls, name: str) -> Iterable[Finding]:
    """One workspace, by the name it had when the app was installed there."""
    try:
        me = await identify(calls)
    except Revoked as dead:
        return [Finding("check-messenger-lost", {"name": name, "reason": dead.reason, "page": INSTALL})]
    except Delivery as fault:
        return [Finding("check-messenger-away", {"name": name, "reason": str(fault)})]
    return _met(me, called(me.name, me.team))


async def _token(calls: Calls) -> Iterable[Finding]:
    try:
        me = await identify(calls)
    except Revoked as dead:
        return [Finding("check-messenger-token", {"name": NAME, "key": "bot_token", "reason": str(dead)})]
    except Delivery as fault:
        return [Finding("check-messenger-away", {"name": NAME, "reason": str(fault)})]
    return _met(me, NAME)


def _met(me: Identity, name: str) -> list[Finding]:
    """Whose it is, after what it lacks. A Slack that does not say which scopes there are is not doubted."""
    lacking = sorted(NEEDED - me.scopes) if me.scopes else []
    scopes = [Finding("check-messenger-scopes", {"name": name, "scopes": ", ".join(lacking)})] if lacking else []
    return [*scopes, Finding("check-messenger-met", {"name": NAME, "where": me.name}, fault=False)]


async def _socket(calls: Calls) -> list[Finding]:
    """Opens one and closes it again, as the running workplace would. A Slack that does not let it up just now says nothing of
    the token."""
    try:
        ticket = await calls.call("apps.connections.open")
        timeout = aiohttp.ClientWSTimeout(ws_close=SOCKET_SECONDS)
        async with calls.sdk.session.ws_connect(str(ticket["url"]), timeout=timeout) as socket:
            await socket.receive(timeout=SOCKET_SECONDS)
    except (Revoked, Undeliverable) as refused:
        return [Finding("check-messenger-token", {"name": NAME, "key": "app_token", "reason": str(refused)})]
    except Delivery as fault:
        return [Finding("check-messenger-away", {"name": NAME, "reason": str(fault)})]
    except CAUGHT as fault:
        return [Finding("check-messenger-away", {"name": NAME, "reason": outward.reason(fault)})]
    return []
