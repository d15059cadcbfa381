"""The app as its configuration page has it: commands, shortcuts, events, scopes, secrets; from a manifest or by hand."""

from dataclasses import dataclass
from typing import Any

SCOPES = tuple(
    "app_mentions:read channels:history channels:join channels:read chat:write chat:write.public commands files:write "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read mpim:write team:read "
    "usergroups:read users:read users:read.email".split()
)
EVENTS = tuple(
    "app_home_opened app_mention app_uninstalled channel_archive channel_rename channel_unarchive "
    "member_joined_channel member_left_channel message.channels message.groups message.im message.mpim "
    "tokens_revoked user_change".split()
)
COMMANDS = ("/action", "/meeting", "/minutes", "/digest", "/settings", "/help")
NEEDS = {
    "app_mention": ("app_mentions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "user_change": ("users:read",),
}
"""Scopes without which an event is never sent: any of them will do (sheet 5.2)."""


@dataclass
class App:
    """One app. `shortcuts` are (kind, callback_id, name) with kind global or message."""

    id: str = "A0SIM00001"
    name: str = "闭环"
    client_id: str = "1000000001.2000000002"
    client_secret: str = "client-secret-of-the-simulator"
    signing_secret: str = "signing-secret-of-the-simulator"
    verification_token: str = "old-verification-token"
    app_token: str = "xapp-1-A0SIM00001-1-simulator"
    scopes: tuple[str, ...] = SCOPES
    events: tuple[str, ...] = EVENTS
    commands: tuple[str, ...] = COMMANDS
    shortcuts: tuple[tuple[str, str, str], ...] = ()
    should_escape: bool = True
    socket_mode: bool = True
    home_tab: bool = True
    messages_tab: bool = True
    redirect_urls: tuple[str, ...] = ()
    rotates_tokens: bool = False

    def subscribes(self, event: str, scopes: tuple[str, ...]) -> bool:
        """Whether Slack sends this event: subscribed, and one of its scopes granted."""
        needs = NEEDS.get(event, ())
        return event in self.events and (not needs or any(scope in scopes for scope in needs))

    @classmethod
    def of(cls, manifest: dict[str, Any]) -> "App":
        """The app that pasting this manifest would create (sheet 7)."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        oauth, home = manifest.get("oauth_config", {}), features.get("app_home", {})
        commands = features.get("slash_commands", [])
        shortcuts = [(one["type"], one["callback_id"], one["name"]) for one in features.get("shortcuts", [])]
        return cls(
            name=features.get("bot_user", {}).get("display_name", manifest["display_information"]["name"]),
            scopes=tuple(oauth.get("scopes", {}).get("bot", ())),
            events=tuple(settings.get("event_subscriptions", {}).get("bot_events", ())),
            commands=tuple(one["command"] for one in commands),
            shortcuts=tuple(shortcuts),
            should_escape=all(one.get("should_escape", False) for one in commands),
            socket_mode=settings.get("socket_mode_enabled", False),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False) and not home.get("messages_tab_read_only_enabled"),
            redirect_urls=tuple(oauth.get("redirect_urls", ())),
            rotates_tokens=settings.get("token_rotation_enabled", False),
        )
