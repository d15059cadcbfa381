"""Who hears what: from the fact that something changed to the notices that are kept with it, in the same transaction.

`items`, `meetings` and `minutes` know who hears of each, `unheard` whom it need not be told, `trouble` what cannot be
delivered, `connections` what is cut off; the tables stand in them.
"""

from collections.abc import Iterable

from bot.announcements import items, meetings, minutes
from bot.announcements.connections import announce_turns
from bot.announcements.desk import Desk, Heard
from bot.announcements.trouble import (
    abandoned,
    admins,
    ownerless,
    reachable,
    stand_ins,
    undelivered,
    unresolved,
    unsure,
    unverified,
)
from bot.announcements.unheard import said_again, undone_unsaid, unheard
from bot.directory import Directory
from bot.domain.facts import Changed, Fact, Met, Minuted
from bot.store import Notice, Records
from bot.workplace import Workplace

__all__ = [
    "Desk", "Heard", "abandoned", "admins", "announce", "announce_turns", "notices", "ownerless", "reachable", "stand_ins", "undelivered", "unresolved", "unsure", "unverified",
]  # fmt: skip


def announce(records: Records, facts: Iterable[Fact], directory: Directory, workplace: Workplace) -> int:
    """Keeps what others must hear of these facts; returns how many notices are new."""
    desk = Desk(directory, workplace)
    told = [(fact, notice) for fact in facts for notice in notices(fact, desk)]
    heard = [one for fact, one in told if not (unheard(records, one, fact.at) or undone_unsaid(records, fact, one))]
    fresh = items.together(heard)
    for notice in fresh:
        said_again(records, notice, told[-1][0].at)
    return records.outbox.add(fresh)


def notices(fact: Fact, desk: Desk) -> list[Notice]:
    """One notice for each person who must hear of the fact, and for each room."""
    match fact:
        case Changed():
            return items.notices(fact, desk)
        case Met():
            return meetings.notices(fact, desk)
        case Minuted():
            return minutes.notices(fact, desk)
