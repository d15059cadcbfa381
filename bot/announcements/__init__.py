"""Who hears what: from the fact that something changed to the notices that are kept with it, in the same transaction.

`items`, `meetings` and `minutes` know who hears of each, `trouble` what cannot be delivered, `connections` what is
cut off; the tables stand in them.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.announcements import items, meetings, minutes
from bot.announcements.connections import announce_turns
from bot.announcements.desk import Desk, Heard
from bot.announcements.trouble import abandoned, admins, ownerless, reachable, stand_ins, undelivered, unsure
from bot.directory import Directory
from bot.domain.facts import Changed, Fact, Met, Minuted
from bot.store import Notice, Records
from bot.workplace import Workplace

__all__ = [
    "Desk", "Heard", "abandoned", "admins", "announce", "announce_turns", "notices", "ownerless", "reachable", "stand_ins", "undelivered", "unsure",
]  # fmt: skip

TAKES_BACK = {"cancelled": ("request", "informed"), "handed_over": ("request",)}
"""What makes an unsent first word about an item pointless."""


def announce(records: Records, facts: Iterable[Fact], directory: Directory, workplace: Workplace) -> int:
    """Keeps what others must hear of these facts; returns how many notices are new."""
    desk = Desk(directory, workplace)
    told = ((fact, notice) for fact in facts for notice in notices(fact, desk))
    return records.outbox.add(items.together([one for fact, one in told if not _unheard(records, one, fact.at)]))


def notices(fact: Fact, desk: Desk) -> list[Notice]:
    """One notice for each person who must hear of the fact, and for each room."""
    match fact:
        case Changed():
            return items.notices(fact, desk)
        case Met():
            return meetings.notices(fact, desk)
        case Minuted():
            return minutes.notices(fact, desk)


def _unheard(records: Records, notice: Notice, now: datetime) -> bool:
    """Whether the first word about a new item still waits for the person (overnight): then neither it is sent nor what
    takes it back."""
    if not isinstance(notice.to, int):
        return False
    waiting = [
        one
        for moment in TAKES_BACK.get(notice.moment, ())
        for one in records.outbox.withdraw([notice.to], moment, now, about=notice.subjects[0])
    ]
    return any(one.args.get("version") == 1 for one in waiting)
