"""Who and where: people, their accounts in messengers, departments, rooms and places. Values only."""

from collections.abc import Collection
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct


class Account(Struct, frozen=True):
    """Somebody in one messenger, by that messenger's own id."""

    messenger: str
    user_id: str


class Room(Struct, frozen=True, eq=False):
    """A conversation of several people in one messenger, by that messenger's own id. `name` is for reading only, and two
    that differ in nothing else are equal."""

    messenger: str
    id: str
    name: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Room) and other.id == self.id and other.messenger == self.messenger

    def __ne__(self, other: object) -> bool:
        return not self == other  # a Struct's own would ask whether they are one and the same object

    def __hash__(self) -> int:
        return hash((self.messenger, self.id))


class Place(Struct, frozen=True):
    """Where something was said: a room, or (room None) the direct conversation with the bot; `thread` within it.

    `name` is for reading only ("#product", "Zhang San")."""

    messenger: str
    room: Room | None = None
    thread: str = ""

    @property
    def direct(self) -> bool:
        return self.room is None


class Profile(Struct, frozen=True):
    """What a messenger knows of one account. Empty strings mean: it does not say. `division` is its own id of their
    department, "" when they are in none, None when it does not say."""

    account: Account
    name: str
    email: str = ""
    department: str = ""
    timezone: str = ""
    language: str = ""
    active: bool = True
    division: str | None = None


class Division(Struct, frozen=True):
    """What a messenger knows of one department: its own id, the parent's ("" at the top), and the heads' user ids, the main
    one first. None: it does not say, which is not the same as nobody; so is an empty name."""

    messenger: str
    id: str
    name: str
    parent: str | None = ""
    heads: tuple[str, ...] | None = ()


class Unseen(StrEnum):
    """What a messenger may keep from the app."""

    EVERYBODY = "everybody"
    """All of the organisation, or what lies outside the range that the app may see."""
    DEPARTMENTS = "departments"
    """Which departments there are, or their names."""
    HEADS = "heads"
    """Who heads a department, and which is below which."""
    PLACES = "places"
    """Who is in which department."""
    PEOPLE = "people"
    """The people of one department."""
    NAMES = "names"
    """What people are called."""
    EMAILS = "emails"
    """People's addresses, by which those who were imported are recognised."""
    LEAVERS = "leavers"
    """Who has left."""


class Hidden(Struct, frozen=True):
    """A part of the organisation that a messenger does not show: `where`, a department's name (empty: anywhere), and `why`,
    the scope that is missing or the messenger's own words."""

    messenger: str
    what: Unseen
    why: str
    where: str = ""


class Department(Struct, frozen=True):
    """A department of the workplace; `head` is a person's id."""

    id: int
    name: str
    head: int | None = None
    parent: int | None = None
    room: Room | None = None


class Person(Struct, frozen=True):
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

    def is_among(self, names: Collection[str]) -> bool:
        """Whether a list of the configuration means them: e-mail addresses in whatever case, or `messenger:user id`."""
        if any(f"{account.messenger}:{account.user_id}" in names for account in self.accounts):
            return True
        return bool(self.email) and self.email.casefold() in map(str.casefold, names)

    @property
    def account(self) -> Account | None:
        """Where a direct message goes: the preferred messenger, else the first account; None: nowhere."""
        for account in self.accounts:
            if account.messenger == self.prefers:
                return account
        return self.accounts[0] if self.accounts else None
