"""Who and where: people, their accounts in messengers, departments, rooms and places. Values only."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody in one messenger, by that messenger's own id."""

    messenger: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation of several people in one messenger, by that messenger's own id. `name` is for reading only."""

    messenger: str
    id: str
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: a room, or (room None) the direct conversation with the bot; `thread` within it.

    `name` is for reading only ("#product", "Zhang San")."""

    messenger: str
    room: Room | None = None
    thread: str = ""

    @property
    def direct(self) -> bool:
        return self.room is None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a messenger knows of one account. Empty strings mean: it does not say."""

    account: Account
    name: str
    email: str = ""
    department: str = ""
    timezone: str = ""
    language: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Division:
    """What a messenger knows of one department: its own id, the parent's, and the heads' user ids."""

    messenger: str
    id: str
    name: str
    parent: str = ""
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the workplace; `head` is a person's id."""

    id: int
    name: str
    head: int | None = None
    parent: int | None = None
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the workplace, over all messengers. `id` is the workplace's own number.

    `timezone` is an IANA name, `language` one of zh-Hans, zh-Hant, en; `prefers` names the messenger that gets
    direct messages when there are several accounts."""

    id: int
    name: str
    timezone: str
    language: str
    email: str = ""
    department: int | None = None
    accounts: tuple[Account, ...] = ()
    prefers: str = ""
    active: bool = True
    admin: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def account(self) -> Account | None:
        """Where a direct message goes: the preferred messenger, else the first account; None: nowhere."""
        for account in self.accounts:
            if account.messenger == self.prefers:
                return account
        return self.accounts[0] if self.accounts else None
