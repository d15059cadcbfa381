"""A recurring meeting (P2): a rule by which its sessions are made ahead, and what each begins with."""

from datetime import date, datetime

from bot.domain.kept import Kept
from bot.domain.meeting import Meeting


class Series(Kept, frozen=True):
    """`rule` is an RFC 5545 RRULE in the wall clock of `pattern.zone`, from `pattern.start` on; `pattern` is what each
    session is made of. `made_until`: sessions up to this instant have been made or skipped. `asked`: days on a public
    holiday about which the organizer was asked (move or skip). `held`: days of the rule on a holiday that were chosen all the
    same. `ended_at` set: no more sessions. `number` 0: not yet kept."""

    rule: str
    pattern: Meeting
    made_until: datetime
    number: int = 0
    version: int = 1
    asked: tuple[date, ...] = ()
    skipped: tuple[date, ...] = ()
    held: tuple[date, ...] = ()
    ended_at: datetime | None = None

    @property
    def label(self) -> str:
        """S-2."""
        return f"S-{self.number}"
