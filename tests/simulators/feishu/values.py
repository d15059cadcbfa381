"""What Feishu keeps: people, departments, chats, messages, uploads. Values only."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass
class User:
    """Somebody. `language` is their client's: zh_cn, en_us …; `available`: within what the app may be used by."""

    open_id: str
    union_id: str
    user_id: str
    name: str
    email: str = ""
    language: str = "zh_cn"
    zone: str = "+0800"
    departments: list[str] = field(default_factory=list)
    primary: str = ""
    """The department that counts among several; empty: Feishu names none."""
    leader: str = ""
    available: bool = True
    resigned: bool = False
    blocks_bot: bool = False
    rung: list[str] = field(default_factory=list)
    """The messages that rang at them, as often as they did."""


@dataclass
class Department:
    """A department; `leaders` are open ids, the first is the main one."""

    id: str
    name: str
    parent: str = "0"
    leaders: list[str] = field(default_factory=list)


@dataclass
class Message:
    """One message. `sender` is an open id, or the app's id; `only_for` names the reader of an ephemeral card."""

    id: str
    chat: str
    sender: str
    kind: str
    content: str
    at: datetime
    uuid: str = ""
    parent: str = ""
    root: str = ""
    only_for: str = ""
    recalled: bool = False
    edits: int = 0
    bubbles: list[Json] = field(default_factory=list)
    """Below it, until something newer comes or one is tapped."""
    versions: list[Json] = field(default_factory=list)
    """Every card it was, the newest last."""
    toasts: list[tuple[str, Json]] = field(default_factory=list)
    """What popped up for whom after a press on it."""
    values: dict[str, Json] = field(default_factory=dict)
    """What each reader has put into its form fields."""

    @property
    def card(self) -> Json | None:
        return self.versions[-1] if self.versions else None


@dataclass
class Chat:
    """A group, or (`p2p`) somebody's conversation with the bot. `members` are open ids; `bot`: it is inside."""

    id: str
    name: str
    p2p: bool = False
    members: list[str] = field(default_factory=list)
    bot: bool = True
    dissolved: bool = False
    messages: list[Message] = field(default_factory=list)


@dataclass
class Upload:
    """An image or file of the app's."""

    key: str
    name: str
    content: bytes
