"""The scopes that the company has granted the app, as Feishu lists them for `bihuan check`; nobody needs a scope to ask.

What lets one read is tried besides (examination.py); what lets one hear, send and ring shows in nothing but this list.
"""

from adapters import Finding
from adapters.feishu.calls import Calls
from bot.errors import Delivery

PATH = "application/v6/scopes"
GRANTED = 1
URGENT = "im:message.urgent"
EVERY_MESSAGE = "im:message.group_msg"
"""With it a group's messages are heard that do not mention the bot."""
NEEDED: tuple[tuple[str, ...], ...] = (
    ("im:message:send_as_bot", "im:message"), ("im:message:readonly", "im:message"), ("im:message.p2p_msg:readonly",),
    ("im:message.group_at_msg:readonly", EVERY_MESSAGE), ("im:chat.members:read", "im:chat", "im:chat:readonly"),
    ("im:chat.members:bot_access",), ("im:resource",),
)  # fmt: skip
"""Any of each; the first is the one that docs/feishu.md asks for."""


async def judged(calls: Calls, name: str, *, urgent: bool) -> list[Finding]:
    """What is missing, and which messages of groups are heard; nothing where Feishu does not say."""
    held = await granted(calls)
    if not held:
        return []
    needed = (*NEEDED, (URGENT,)) if urgent else NEEDED
    lacking = [scopes[0] for scopes in needed if held.isdisjoint(scopes)]
    heard = "all" if EVERY_MESSAGE in held else "mentions"
    found = [Finding("check-messenger-groups", {"name": name, "heard": heard}, fault=False)]
    if lacking:
        found.append(Finding("check-messenger-permissions", {"name": name, "scopes": ", ".join(lacking)}))
    return found


async def granted(calls: Calls) -> frozenset[str]:
    """Their names; none where Feishu does not say."""
    try:
        listed = (await calls.call("GET", PATH)).get("scopes") or ()
    except Delivery:
        return frozenset()
    return frozenset(
        str(one.get("scope_name")) for one in listed if isinstance(one, dict) and one.get("grant_status") == GRANTED
    )
