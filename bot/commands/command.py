"""What the grammar makes of a typed line, and what a command is: a noun, a verb, their names, and who carries it out."""

from collections.abc import Callable
from enum import Enum

from msgspec import Struct

from bot.cards import Answer
from bot.commands.asking import Asking
from bot.commands.later import Later

LETTERS = {"action": "A", "meeting": "M", "minutes": "M", "vote": "V", "series": "S"}
"""The letter of the numbers that each noun's verbs take: A-42, M-7."""


class Line(Struct, frozen=True):
    """A line that was understood: `/action submit A-42 https://…` → action, submit, (42,), the rest as written.

    `again`: said with an exclamation mark (`add!`), which repeats what was just recorded."""

    noun: str
    verb: str = ""
    rest: str = ""
    numbers: tuple[int, ...] = ()
    again: bool = False

    @property
    def subjects(self) -> tuple[str, ...]:
        """A-42 …: what the line names."""
        return tuple(f"{LETTERS.get(self.noun, 'A')}-{number}" for number in self.numbers)

    def with_rest(self, rest: str) -> str:
        """The same line with other words, ready to be sent again."""
        return " ".join(part for part in (self.head, *self.subjects, rest) if part)

    @property
    def head(self) -> str:
        """`/action submit`."""
        return f"/{self.noun} {self.verb}{'!' if self.again else ''}".rstrip()

    def __str__(self) -> str:
        return self.with_rest(self.rest)


class Takes(Enum):
    """How many item numbers stand behind a verb."""

    NONE = 0
    ONE = 1
    SEVERAL = 2


class Command(Struct, frozen=True, eq=False):
    """One row of the list in bot/commands/__init__.py, the same only as itself. `names` are the verb's (the noun's where it has no verbs) in both
    languages, its own first. `short` are the forms that need no command in a meeting's room (M2), with their #."""

    noun: str
    verb: str
    names: tuple[str, ...]
    run: Callable[[Asking, Line], Answer | Later | None]
    takes: Takes = Takes.NONE
    short: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Names that are also its words: `/minutes pdf M-7` is `/minutes file M-7 pdf`."""

    @property
    def key(self) -> str:
        """Its name in the catalogues: `add` of an action, `meeting-new` of another noun's."""
        return "-".join(filter(None, (self.noun, self.verb))) if self.noun not in ("action", self.verb) else self.verb
