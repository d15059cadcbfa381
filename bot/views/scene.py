"""What a view is given besides the thing it shows: the reader's words, zone and rights, and who is who."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.directory import Directory
from bot.domain.action import Action, Light, light
from bot.people import Person
from bot.texts import Words
from bot.workplace import Workplace


class Scene(Struct, frozen=True):
    """`reader` None: a room, which reads the workplace's language and zone."""

    words: Words
    now: datetime
    directory: Directory
    workplace: Workplace
    reader: Person | None = None

    @property
    def zone(self) -> ZoneInfo:
        """T1: the reader's zone."""
        return self.reader.zone if self.reader else self.workplace.zone

    @property
    def today(self) -> date:
        """The reader's day."""
        return self.now.astimezone(self.zone).date()

    def name(self, person: int) -> str:
        """Somebody's name as it is written."""
        return self.directory.person(person).name

    def light(self, action: Action) -> Light | None:
        """A11, by the owner's day."""
        rules = self.workplace.rules
        return light(
            action,
            self.now,
            self.now.astimezone(self.directory.zone(action.owner)).date(),
            yellow_days=rules.yellow_days,
            unaccepted_after=rules.unaccepted_report.total_seconds(),
        )
