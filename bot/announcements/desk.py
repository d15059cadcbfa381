"""What announcing depends on besides the fact: who is who, and when they may be disturbed."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bot.calendar import at
from bot.directory import Directory
from bot.people import Room
from bot.store import Notice
from bot.workplace import Workplace

Heard = tuple[int | Room | None, str]
"""Somebody (None: nobody is known) or a room, and the moment they hear."""


class Desk(Struct, frozen=True):
    """The directory and the workplace; T3 and A6 in a person's own zone."""

    directory: Directory
    workplace: Workplace

    def audible(self, moment: datetime, person: int) -> datetime:
        """T3: the first moment from then on at which this person may be written to."""
        return self.workplace.audible(moment, self.directory.zone(person))

    def morning(self, moment: datetime, person: int) -> datetime:
        """A6: the hour of that day's reminders, in this person's zone."""
        zone = self.directory.zone(person)
        return at(moment.astimezone(zone).date(), self.workplace.rules.morning, zone)


def addressed(
    desk: Desk, subject: str, version: int, heard: Iterable[Heard], by: int, at: datetime, args: dict[str, object]
) -> list[Notice]:
    """One notice for each who heard of it, the first moment of each; never who did it. A room hears at once, a person when
    they may be disturbed (T3)."""
    moments: dict[int | Room, str] = {}
    for one, moment in heard:
        if one is not None and one != by:
            moments.setdefault(one, moment)
    return [
        Notice(
            to, moment, (subject,), f"{subject}:v{version}:{moment}:{_address(to)}",
            at if isinstance(to, Room) else desk.audible(at, to), args,
        )
        for to, moment in moments.items()
    ]  # fmt: skip


def _address(to: int | Room) -> str:
    return f"{to.messenger}:{to.id}" if isinstance(to, Room) else f"P{to}"
