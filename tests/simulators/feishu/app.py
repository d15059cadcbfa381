"""The app as the developer console has it: credentials, scopes, subscribed events and callbacks, whether it is published."""

import secrets
from dataclasses import dataclass, field

SCOPES = frozenset(
    "im:message:send_as_bot im:message:readonly im:message.p2p_msg:readonly im:message.group_at_msg:readonly "
    "im:message.group_msg im:chat:read im:chat.members:read im:chat.members:bot_access im:resource "
    "contact:contact.base:readonly contact:user.base:readonly contact:user.email:readonly "
    "contact:user.employee:readonly contact:user.department:readonly contact:department.base:readonly "
    "contact:department.organize:readonly im:message.urgent application:app_slash_command:write".split()
)
EVENTS = frozenset(
    "im.message.receive_v1 im.chat.member.bot.added_v1 im.chat.member.bot.deleted_v1 "
    "im.chat.access_event.bot_p2p_chat_entered_v1 im.chat.disbanded_v1 application.bot.menu_v6 "
    "contact.user.created_v3 contact.user.updated_v3 contact.user.deleted_v3 contact.department.created_v3 "
    "contact.department.updated_v3 contact.department.deleted_v3 contact.scope.updated_v3".split()
)
CARD_ACTION = "card.action.trigger"


@dataclass
class App:
    """`socket` True: events by long connection; else they are posted to a URL, encrypted with `encrypt_key`."""

    id: str = field(default_factory=lambda: f"cli_{secrets.token_hex(8)}")
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    encrypt_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    verification_token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    name: str = "闭环"
    scopes: frozenset[str] = SCOPES
    unapproved: frozenset[str] = frozenset()
    """Asked for, and not granted."""
    events: frozenset[str] = EVENTS
    callbacks: frozenset[str] = frozenset({CARD_ACTION})
    socket: bool = True
    bot: bool = True
    enabled: bool = True
    menu: tuple[str, ...] = ()
    """The event keys of the bot's menu."""
