"""What a command is given: who asks, where, when, the open transaction, and the words of the asker's language."""

from datetime import date, datetime

from msgspec import Struct, field

from bot.directory import Directory
from bot.domain.alarms import Timetable
from bot.domain.facts import Fact
from bot.messenger import Incoming, Pressed, Said, Submitted
from bot.people import Person, Place
from bot.store import Records
from bot.texts import Words
from bot.workplace import Workplace


class Asking(Struct):
    """One question to the core, inside its transaction. Commands add what happened to `facts`; dispatch announces it.

    `now` is the moment it was said (aware, UTC). `where` and `by` are whom the messenger authenticated, never what a
    button carries. `subjects` are the things a replied-to message of the bot's was about."""

    event: Incoming
    now: datetime
    by: Person
    records: Records
    directory: Directory
    workplace: Workplace
    words: Words
    subjects: tuple[str, ...] = ()
    facts: list[Fact] = field(default_factory=list)

    @property
    def where(self) -> Place:
        return self.event.where

    @property
    def today(self) -> date:
        """The asker's local day (T1)."""
        return self.now.astimezone(self.by.zone).date()

    @property
    def timetable(self) -> Timetable:
        return self.workplace.timetable(self.directory)

    @property
    def by_press(self) -> bool:
        """Pressed or submitted rather than typed: a short word is answer enough, the card changes in place."""
        return isinstance(self.event.what, Pressed | Submitted)

    @property
    def version(self) -> int:
        """The version of the thing as the asker saw it; 0 when typed."""
        return self.event.what.version if isinstance(self.event.what, Pressed | Submitted) else 0

    @property
    def values(self) -> dict[str, str]:
        """The values of a submitted form, by field name."""
        return self.event.what.values if isinstance(self.event.what, Submitted) else {}

    @property
    def said(self) -> Said | None:
        """What was typed, with mentions, attachments and the quoted message."""
        return self.event.what if isinstance(self.event.what, Said) else None
