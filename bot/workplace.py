"""The workplace the core works for: its name, language, zone, calendar and the handbook's numbers, as one value."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, Quiet, audible
from bot.domain.alarms import Timetable, Zones
from bot.domain.kinds import KINDS, Kind
from bot.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Workplace:
    """Settings that every rule may need. `admins` are e-mails or `messenger:user id` of those who may everything;
    `approvers` likewise of those who say yes to unplanned meetings (P2; none: the admins). `kinds` of meetings (P1).
    `font`: the file of the Chinese face that PDFs are set in; empty: the machine's (N6)."""

    name: str
    language: str
    timezone: str
    calendar: Calendar
    quiet: Quiet
    rules: Rules = field(default_factory=Rules)
    admins: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = KINDS
    font: str = ""
    _tables: list[Timetable] = field(default_factory=list, init=False, repr=False, compare=False)

    def timetable(self, zones: Zones) -> Timetable:
        """Moments by these zones; the same table while people are the same, because it keeps what hangs on days alone."""
        table = next(iter(self._tables), None)
        if table is None or table.zones is not zones:
            table = Timetable(zones, self.calendar, self.rules)
            self._tables[:] = [table]  # another thread's may win: then the next one reckons a few mornings again
        return table

    def audible(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """T3: the first moment from then on at which somebody in that zone may be written to."""
        return audible(moment, zone, self.quiet, self.calendar)

    def kind(self, name: str) -> Kind:
        """The kind of this name; for one that the configuration no longer has, the plainest."""
        return next((kind for kind in self.kinds if kind.name == name), self.kinds[0])

    @property
    def zone(self) -> ZoneInfo:
        """The workplace's zone: rooms' digests, people who never said theirs."""
        return ZoneInfo(self.timezone)
