"""Days that were reckoned through a year whose holidays were not published, read again once they are (T2).

Nobody's day is moved behind their back: the mark goes, as a change of the bot's own in the history, and what came out
is for the job to tell. The version rises with it, so what somebody did before cannot be undone after.
"""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.action import OPEN, Action, Reckoned, Verb
from bot.domain.facts import ITSELF
from bot.due import Due, DueRefused, read
from bot.store import Entry, Query, Records
from bot.workplace import Workplace


class Checked(Struct, frozen=True):
    """The item without its mark, what had been said, and the day that means by now (None: what was said is none any more)."""

    action: Action
    reckoned: Reckoned
    day: date | None

    @property
    def holds(self) -> bool:
        """The day stays as it was reckoned."""
        return self.day in (None, self.action.due.day)


def check_days(records: Records, workplace: Workplace, now: datetime) -> list[Checked]:
    """Reads every open day that waits and can be known by now again, as said then, and takes its mark away."""
    waiting = records.actions.find(Query(states=OPEN, reckoned=True))
    return [_unmarked(records, *one, now) for one in _known(waiting, workplace)]


def _known(waiting: list[Action], workplace: Workplace) -> Iterator[tuple[Action, Reckoned, date | None]]:
    for action in waiting:
        reckoned = action.due.reckoned
        if reckoned is not None:
            due = _read(reckoned, workplace)
            if due is None or due.confirmed:
                yield action, reckoned, due.day if due else None


def _read(reckoned: Reckoned, workplace: Workplace) -> Due | None:
    """The day by the calendar as it is now; None where the phrase gives none by it: then what was recorded stands."""
    try:
        return read(reckoned.phrase, reckoned.at.astimezone(ZoneInfo(reckoned.zone)), workplace.calendar)
    except DueRefused:
        return None


def _unmarked(records: Records, action: Action, reckoned: Reckoned, day: date | None, now: datetime) -> Checked:
    due = replace(action.due, reckoned=None)
    after = replace(action, due=due, version=action.version + 1, changed_at=now)
    records.actions.save(after)
    records.history.add(Entry(action.label, now, ITSELF, Verb.EDIT, before=action, after=after))
    return Checked(after, reckoned, day)
