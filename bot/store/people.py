"""The port of people, their settings, and the questions that are open to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.cards import Form
from bot.directory import Directory
from bot.people import Department, Person, Place, Room


class People(Protocol):
    """People, departments and rooms."""

    def directory(self) -> Directory:
        """Everybody, as of this transaction; cheap to ask often."""
        ...

    def save(self, person: Person) -> Person:
        """Keeps a person, whole, with their accounts; id 0 gets a number. An account belongs to one person: it moves."""
        ...

    def save_department(self, department: Department) -> Department:
        """Keeps a department; id 0 gets a number."""
        ...

    def save_room(self, room: Room) -> None:
        """Remembers a room, or its new name."""
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


@dataclass(frozen=True, slots=True)
class Question:
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
