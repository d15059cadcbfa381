"""`bihuan check` for Feishu: whose credentials they are, which scopes are missing, and whether a long connection opens.

What an app may read is tried by calls that change nothing (platform sheet 5.1, 7); the rest Feishu lists (grants.py).
"""

from adapters import Finding
from adapters.feishu import grants
from adapters.feishu.calls import Calls, connected
from adapters.feishu.client import ENDPOINT, Options
from adapters.feishu.faults import CAUGHT, Refused, Revoked, Unclear
from adapters.feishu.identity import identify
from adapters.feishu.sockets import Deaf, Lines
from bot.errors import Delivery, Undeliverable

NAME = "Feishu"
TRIED = {
    "im:chat:read": ("im/v1/chats", {"page_size": "1"}),
    "contact:contact.base:readonly": (
        "contact/v3/users/find_by_department", {"department_id": "0", "page_size": "1"},
    ),
}  # fmt: skip
"""What each scope lets one read. The others show only when something is sent or comes."""
SOCKET_SECONDS = 10.0


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
        found = [*await _scopes(calls), *await _names(calls)]
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


async def _names(calls: Calls) -> list[Finding]:
    """Fields whose scope is not granted are missing without a word, and so are people outside the app's range."""
    try:
        page = await calls.call(
            "GET", "contact/v3/users/find_by_department", department_id="0", page_size="50", user_id_type="open_id"
        )
    except Delivery:
        return []
    people = page.get("items") or []
    if not people:
        return [Finding("check-messenger-nobody", {"name": NAME}, fault=False)]
    if not any(one.get("name") for one in people):
        return [Finding("check-messenger-permissions", {"name": NAME, "scopes": "contact:user.base:readonly"})]
    return []


async def _socket(calls: Calls, options: Options) -> list[Finding]:
    """Opens a line and closes it again, as the running workplace would."""
    credentials = {"AppID": options.app_id, "AppSecret": options.app_secret}

    async def hear(_: object) -> None:
        return None

    try:
        await Lines(calls.session, calls.domain + ENDPOINT, credentials, hear).once(SOCKET_SECONDS)
    except (Deaf, Unclear, *CAUGHT) as fault:
        return [Finding("check-messenger-socket", {"name": NAME, "reason": str(fault) or type(fault).__name__})]
    return []
