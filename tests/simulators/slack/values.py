"""What Slack keeps: people, conversations, messages, views, files, the app and where it is installed. Values only."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
SLACKBOT = "USLACKBOT"
"""Slack's own voice, with an account in every workspace."""
Kind = Literal["public", "private", "im", "mpim"]


@dataclass
class User:
    """Somebody's account, a bot's too. `tz` is an IANA name, `locale` as Slack writes it: zh-CN, en-US."""

    id: str
    team: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Asia/Shanghai"
    locale: str = "zh-CN"
    is_bot: bool = False
    deleted: bool = False
    admin: bool = False
    guest: bool = False

    @property
    def automatic(self) -> bool:
        """Nobody is behind it."""
        return self.is_bot or self.id == SLACKBOT


@dataclass
class Message:
    """One message. `only_for` names its reader when it is ephemeral; `replies` count under a thread's parent."""

    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    bot: str = ""
    metadata: Json | None = None
    thread_ts: str = ""
    subtype: str = ""
    only_for: str = ""
    files: list["File"] = field(default_factory=list)
    edited: str = ""
    broadcast: bool = False
    values: dict[str, Json] = field(default_factory=dict)
    """What was chosen in its menus and fields, as a view keeps it."""


@dataclass
class Conversation:
    """A channel, group or direct conversation with everything that was said, oldest first."""

    id: str
    team: str
    name: str
    kind: Kind
    members: list[str] = field(default_factory=list)
    archived: bool = False
    messages: list[Message] = field(default_factory=list)
    last_ts: float = 0.0

    @property
    def direct(self) -> bool:
        return self.kind in ("im", "mpim")

    def message(self, ts: str) -> Message | None:
        """The message of that ts that the Web API knows: ephemeral ones it does not."""
        return next((one for one in reversed(self.messages) if one.ts == ts and not one.only_for), None)


@dataclass
class File:
    """A file on its way (`done` false) or shared."""

    id: str
    team: str
    name: str
    length: int
    secret: str
    title: str = ""
    content: bytes | None = None
    done: bool = False
    shared_in: list[str] = field(default_factory=list)


@dataclass
class View:
    """A modal or a Home tab as Slack keeps it: what the app sent, and what the user has put in meanwhile."""

    id: str
    team: str
    user: str
    sent: Json
    hash: str
    root: str = ""
    previous: str | None = None
    values: dict[str, Json] = field(default_factory=dict)
    """block_id → {action_id: {"type": …, value key: …}}"""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.sent["blocks"]
        return blocks

    @property
    def home(self) -> bool:
        return bool(self.sent["type"] == "home")


@dataclass
class Trigger:
    """Lets the app open one modal. `at` is the workspace's clock, `started` the machine's monotonic one."""

    id: str
    user: str
    at: datetime
    started: float
    view: str = ""
    used: bool = False


@dataclass
class Hook:
    """A response_url: what it may still do, and the message it belongs to."""

    path: str
    user: str
    conversation: str
    at: datetime
    source: Message | None = None
    uses: int = 0


@dataclass
class Usergroup:
    """A group that can be mentioned by its handle."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)


@dataclass
class Installation:
    """The app in one workspace: its bot, its token and what that token may do."""

    token: str
    bot_user: str
    bot: str
    scopes: tuple[str, ...]
    dead: str = ""
    """The error its token gets: token_revoked, account_inactive, token_expired; empty while it lives."""
    refresh: str = ""
    expires: datetime | None = None
