"""`bihuan check` for Feishu: whose credentials they are, which scopes are missing, and whether a long connection opens.

What an app may read is tried by calls that change nothing (platform sheet 5.1, 7); the rest Feishu lists (grants.py).
"""

from collections.abc import AsyncIterator

from adapters import Finding, outward, unseen
from adapters.feishu import grants
from adapters.feishu.calls import Calls, connected
from adapters.feishu.client import ENDPOINT, Options
from adapters.feishu.faults import CAUGHT, SCOPE, Json, Refused, Revoked, Unclear
from adapters.feishu.identity import identify
from adapters.feishu.organisation import Reading
from adapters.feishu.sockets import Deaf, Lines
from adapters.feishu.standing import NAME
from bot.errors import Delivery, Undeliverable
from bot.people import Unseen

TRIED = {
    "im:chat:read": ("im/v1/chats", {"page_size": "1"}),
    "contact:contact.base:readonly": (
        "contact/v3/users/find_by_department", {"department_id": "0", "page_size": "1"},
    ),
}  # fmt: skip
"""What each scope lets one read. The others show only when something is sent or comes."""
SOCKET_SECONDS = 10.0
SAMPLE = 50
"""Departments and people that are looked at."""


async def examined(options: Options) -> list[Finding]:
    """Everything that keeps this section from working, and a line of whose it is."""
    async with connected(options.app_id, options.app_secret, options.domain) as calls:
        try:
            me = await identify(calls)
        except Revoked as dead:
            return [Finding("check-messenger-token", {"name": NAME, "key": "app_secret", "reason": str(dead)})]
        except Undeliverable as fault:  # no bot ability, or a version that was never published
            return [Finding("check-messenger-app", {"name": NAME, "reason": fault.reason})]
        except Delivery as fault:
            return [Finding("check-messenger-away", {"name": NAME, "reason": str(fault)})]
        found = [*await _scopes(calls), *await _sight(calls)]
        found += await grants.judged(calls, NAME, urgent=options.urgent)
        if options.mode == "socket":
            found += await _socket(calls, options)
    met = Finding("check-messenger-met", {"name": NAME, "where": me.name}, fault=False)
    return [*found, met, Finding("check-messenger-unseen", {"name": NAME}, fault=False)]


async def _scopes(calls: Calls) -> list[Finding]:
    lacking = []
    for scope, (path, query) in TRIED.items():
        try:
            await calls.call("GET", path, **query)
        except Refused:
            lacking.append(scope)
        except Delivery:
            continue
    return [Finding("check-messenger-permissions", {"name": NAME, "scopes": ", ".join(lacking)})] if lacking else []


async def _sight(calls: Calls) -> list[Finding]:
    """What the app sees of the company, by its first departments and people: fields whose scope is not granted are missing
    without a word, and so are people outside the app's range."""
    reading = Reading(calls)
    try:
        await _first(reading.departments())
        people = await _first(reading.users())
    except Delivery:
        return []
    hidden = [one for one in reading.hidden() if not (one.what is Unseen.EVERYBODY and one.why.startswith(str(SCOPE)))]
    nameless = [one for one in hidden if one.what is Unseen.NAMES]
    found = unseen(NAME, (one for one in hidden if one not in nameless))
    if nameless:
        found.append(Finding("check-messenger-permissions", {"name": NAME, "scopes": nameless[0].why}))
    return found if people else [*found, Finding("check-messenger-nobody", {"name": NAME}, fault=False)]


async def _first(things: AsyncIterator[Json]) -> list[Json]:
    found: list[Json] = []
    async for one in things:
        found.append(one)
        if len(found) == SAMPLE:
            break
    return found


async def _socket(calls: Calls, options: Options) -> list[Finding]:
    """Opens a line and closes it again, as the running workplace would."""
    credentials = {"AppID": options.app_id, "AppSecret": options.app_secret}

    async def hear(_: object) -> None:
        return None

    try:
        await Lines(calls.session, calls.domain + ENDPOINT, credentials, hear).once(SOCKET_SECONDS)
    except (Deaf, Unclear) as fault:
        return [Finding("check-messenger-socket", {"name": NAME, "reason": str(fault)})]
    except CAUGHT as fault:
        return [Finding("check-messenger-socket", {"name": NAME, "reason": outward.reason(fault)})]
    return []
