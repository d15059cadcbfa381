"""One message for one person and morning: which lines of a sweep go to whom, and when it may be heard (A6, A7, M6, T3).

| occasion                       | who hears it                                                                         |
|--------------------------------|--------------------------------------------------------------------------------------|
| before, due, overdue, ask, snoozed, unaccepted | the owner                                                            |
| unanswered                     | whoever assigned it                                                                  |
| resolve, block-past            | who can resolve the block                                                            |
| verify                         | the tracker, or who stands in for one who has left                                   |
| risk                           | the tracker and the department's head, each once; for a head's own item the head above |

A head who may not see a confidential meeting's item hears nothing of it: the tracker does (N8). An owner is not warned about the own item: they are reminded anyway. Somebody who has left is not reminded; whoever
stands in is asked once to hand the item over (A14). Somebody who is away hears on the morning they are back, with all that has
gathered until then in one message, as long as it is true then: what is said once is not lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from bot.announcements import Desk, abandoned, reachable
from bot.calendar import at
from bot.domain.action import Action
from bot.domain.alarms import Alarm, Occasion
from bot.operations.absence import back, is_away
from bot.people import Room
from bot.policy import sees_item, verifiers
from bot.store import Notice

WORST = (
    Occasion.RISK, Occasion.OVERDUE, Occasion.DUE, Occasion.BLOCK_PAST, Occasion.RESOLVE, Occasion.VERIFY,
    Occasion.UNACCEPTED, Occasion.UNANSWERED, Occasion.BEFORE, Occasion.SNOOZED, Occasion.ASK,
)  # fmt: skip
"""Several occasions of one item are one line: the first of these."""

_TAKEN_ALONG = timedelta(minutes=1)
_LONG = 120
"""Characters of a key that still read well; longer ones end in a digest of all of it."""


class Line(Struct, frozen=True):
    """One item with the reason why it is told."""

    action: Action
    why: Occasion
    alarm: Alarm


class Mornings(Struct):
    """One sweep's messages. `away`: until which ISO day somebody is away."""

    desk: Desk
    now: datetime
    away: Mapping[int, str] = field(default_factory=dict)
    _open: dict[str, datetime] = field(default_factory=dict)

    def notices(self, lines: Iterable[Line]) -> list[Notice]:
        """What is to be told, one notice for each person with their lines, and what else follows from them."""
        theirs: dict[int, list[Line]] = {}
        found: list[Notice] = []
        for line in lines:
            for person in self._receivers(line):
                if reachable(person, self.desk.directory):
                    theirs.setdefault(person, []).append(line)
                else:
                    found += abandoned(line.action, person, self.desk, self.now)
        return [*found, *(self._notice(person, mine) for person, mine in theirs.items())]

    def opens(self, person: int) -> datetime:
        """From when on this person's reminders may be sent: now, or the next morning of theirs that is a working day's.
        Reckoned once for a zone."""
        zone = self.desk.directory.zone(person)
        found = self._open.get(zone.key)
        if found is None:
            found = self._open[zone.key] = self._morning(self.now, zone)
        return found

    def hearers(self, lines: Iterable[Line]) -> set[int]:
        """Everybody to whom something is to be told."""
        return {person for line in lines for person in self._receivers(line)}

    def _morning(self, since: datetime, zone: ZoneInfo) -> datetime:
        workplace = self.desk.workplace
        today = since.astimezone(zone).date()
        heard = workplace.audible(max(since, at(today, workplace.rules.morning, zone)), zone)
        day = heard.astimezone(zone).date()
        return heard if day == today else max(heard, at(day, workplace.rules.morning, zone))

    def _receivers(self, line: Line) -> Iterable[int]:
        if line.why is Occasion.VERIFY:
            return verifiers(line.action, self.desk.directory)
        if line.why is not Occasion.RISK:
            return (line.alarm.person,)
        directory, owner = self.desk.directory, line.action.owner
        head = directory.head(line.action.department, owner)
        may = head is not None and sees_item(directory.person(head), line.action)
        heard = (line.action.tracker, head if may else None)
        return dict.fromkeys(one for one in heard if one is not None and one != owner)

    def _back(self, person: int) -> datetime | None:
        """When somebody who is away may hear: just after their first morning, whose own message takes it along; None for who is
        there."""
        day, zone = self.away.get(person), self.desk.directory.zone(person)
        if day is None or not is_away(day, self.now, zone):
            return None
        return self._morning(back(day, time.min, zone), zone) + _TAKEN_ALONG

    def _notice(self, person: int, lines: Sequence[Line]) -> Notice:
        worst, heard = _one_each(lines), self._back(person) or self.opens(person)
        subjects = tuple(line.alarm.subject for line in worst)
        told: list[object] = [{"subject": line.alarm.subject, "why": line.why.value} for line in worst]
        args: dict[str, object] = {"lines": told}
        # What waits for their morning goes along with its own.
        moment = "reminder" if heard > self.now else _moment(worst)
        return Notice(person, moment, subjects, _key(person, lines), heard, args)


def gathered(told: Iterable[Notice], waiting: Iterable[Notice]) -> list[Notice]:
    """Each person's new message with the lines of the older ones that never reached them, so that a morning has one. What
    is told of an item now stands for what was to be told of it before."""
    lines: dict[int | Room, list[object]] = {}
    for old in waiting:
        said = old.args.get("lines")
        lines.setdefault(old.to, []).extend(said if isinstance(said, list | tuple) else ())
    return [_with(notice, lines[notice.to]) if notice.to in lines else notice for notice in told]


def _with(notice: Notice, more: Iterable[object]) -> Notice:
    if notice.moment != "reminder":
        return notice
    mine = notice.args["lines"]
    assert isinstance(mine, list)
    known = set(notice.subjects)
    older = {str(line["subject"]): line for line in more if isinstance(line, Mapping) and line["subject"] not in known}
    args: dict[str, object] = {**notice.args, "lines": [*mine, *older.values()]}
    return replace(notice, subjects=(*notice.subjects, *older), args=args)


def _one_each(lines: Sequence[Line]) -> list[Line]:
    """The worst line of each item, worst first."""
    if len(lines) == 1:
        return list(lines)
    ranked = sorted(lines, key=lambda line: (WORST.index(line.why), line.action.due.at, line.action.number))
    first: dict[int, Line] = {}
    for line in ranked:
        first.setdefault(line.action.number, line)
    return list(first.values())


def _moment(lines: Sequence[Line]) -> str:
    """A warning and an unanswered request have words of their own when there is nothing else that morning."""
    if lines[0].why is Occasion.RISK:  # the worst stands first
        return "risk" if lines[-1].why is Occasion.RISK else "reminder"
    return "unanswered" if lines[0].why is Occasion.UNANSWERED and len(lines) == 1 else "reminder"


def _key(person: int, lines: Sequence[Line]) -> str:
    """Which occasions of which items this person hears; the same ones are never told again."""
    told = ",".join(sorted(f"{line.alarm.subject}:{line.alarm.occasion}" for line in lines))
    if len(told) > _LONG:
        told = f"{told[:40]}…{blake2b(told.encode(), digest_size=16).hexdigest()}"
    return f"remind:P{person}:{told}"
