"""`bihuan check` for Slack: whose token it is, which scopes it lacks, and whether a socket opens and closes."""

import aiohttp

from adapters import Finding
from adapters.slack.calls import Calls, connected
from adapters.slack.faults import CAUGHT, Revoked
from adapters.slack.identity import Identity, identify
from adapters.slack.options import Options
from bot.clock import Clock
from bot.errors import Delivery

NAME = "Slack"
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
        found = await _token(calls) if options.bot_token else []
    if options.mode == "socket":
        async with connected(options.app_token, options.api_url, clock) as calls:
            found += await _socket(calls)
    return found


async def _token(calls: Calls) -> list[Finding]:
    try:
        me = await identify(calls)
    except Revoked as dead:
        return [Finding("check-messenger-token", {"name": NAME, "key": "bot_token", "reason": str(dead)})]
    except Delivery as fault:
        return [Finding("check-messenger-away", {"name": NAME, "reason": str(fault)})]
    return [*_scopes(me), Finding("check-messenger-met", {"name": NAME, "where": me.name}, fault=False)]


def _scopes(me: Identity) -> list[Finding]:
    """A Slack that does not say which scopes there are is not doubted."""
    lacking = sorted(NEEDED - me.scopes) if me.scopes else []
    return [Finding("check-messenger-scopes", {"name": NAME, "scopes": ", ".join(lacking)})] if lacking else []


async def _socket(calls: Calls) -> list[Finding]:
    """Opens one and closes it again, as the running workplace would."""
    try:
        ticket = await calls.call("apps.connections.open")
        timeout = aiohttp.ClientWSTimeout(ws_close=SOCKET_SECONDS)
        async with calls.session.ws_connect(str(ticket["url"]), timeout=timeout) as socket:
            await socket.receive(timeout=SOCKET_SECONDS)
    except (Delivery, *CAUGHT) as fault:
        return [Finding("check-messenger-token", {"name": NAME, "key": "app_token", "reason": str(fault)})]
    return []
