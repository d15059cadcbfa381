"""The port of people, their settings, and the questions that are open to them."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.cards import Form
from bot.directory import Directory
from bot.people import Account, Department, Person, Place, Room


class Link(Struct, frozen=True):
    """A division of a messenger's and the department that it is here. `name`, `parent` and `head` are what the messenger's
    directory itself has filled in there ("" and None: nothing): only that is its own to change."""

    messenger: str
    division: str
    department: int
    name: str = ""
    parent: int | None = None
    head: int | None = None


class Listing(Struct, frozen=True):
    """An account as its messenger's directory showed it last: the department that the directory put its owner in (None: in
    none, or somebody else settled it), and whether it was still shown (`here`)."""

    account: Account
    department: int | None = None
    here: bool = True


class People(Protocol):
    """People, departments and rooms, and what directories of messengers have said of them."""

    def directory(self) -> Directory:
        """Everybody, as of this transaction; cheap to ask often."""
        ...

    def save(self, person: Person) -> Person:
        """Keeps a person, whole, with their accounts; id 0 gets a number. An account belongs to one person: it moves."""
        ...

    def save_department(self, department: Department) -> Department:
        """Keeps a department; id 0 gets a number."""
        ...

    def alone(self) -> None:
        """From here to the end of this transaction nobody else changes people or departments: what is read now is the
        newest, so that two processes do not make one department twice."""
        ...

    def save_room(self, room: Room) -> None:
        """Remembers a room, or its new name."""
        ...

    def links(self, messenger: str = "") -> list[Link]:
        """Which department each division is, of one messenger or of all, by messenger and division."""
        ...

    def save_link(self, link: Link) -> None:
        """Keeps a link; messenger and division are its key."""
        ...

    def listings(self, messenger: str) -> dict[str, Listing]:
        """What a messenger's directory has shown, by the messenger's own user id."""
        ...

    def save_listing(self, listing: Listing) -> None:
        """Keeps a listing; the account is its key."""
        ...


class Settings(Protocol):
    """What was chosen by `/settings`, as words under a scope: `workplace`, `person:7`, `room:web:product` …"""

    def of(self, scope: str) -> dict[str, str]: ...

    def put(self, scope: str, key: str, value: str) -> None:
        """Sets one; an empty value removes it."""
        ...

    def all(self, prefix: str) -> dict[str, dict[str, str]]:
        """Every scope that begins so, with its values."""
        ...


class Question(Struct, frozen=True):
    """A form that was shown and not yet answered."""

    person: int
    where: Place
    form: Form
    asked_at: datetime


class Questions(Protocol):
    """Open questions: one per person and place, the newest."""

    def ask(self, question: Question) -> None: ...

    def open(self, person: int, where: Place, since: datetime) -> Question | None:
        """The question that is open there, unless it is older than `since`."""
        ...

    def close(self, person: int, where: Place) -> None: ...
