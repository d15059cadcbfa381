"""What a messenger that is short of calls is spared: niceties are left out, and one person's messages may go as one.

Some messengers count the calls of a month. What remains near its end is kept for what people must not miss: requests,
reminders, digests.
"""

from bot.messenger import Messenger
from bot.people import Room
from bot.store import Dispatched

NICETIES = frozenset({"informed", "approved", "minutes_sent", "rate"})
"""Moments that ask nothing of their reader, and that say nothing which a list or a digest does not say as well: to a supporter
or tracker that an item exists (A10), to its owner that it was approved, to the recorder that the minutes went out; and
the question how a meeting was (R3), which may go unanswered."""


def spares(messenger: object) -> bool:
    """Whether this messenger (None: none is connected) is short of calls: one whose calls are counted by the month says so
    by `spares`. Then what is for one person is handed over without waiting for the message before, so that it can put
    several into one; it knows by the key what it already has.

    Asked twice a message: 0.05 µs, where `isinstance` with a Protocol takes Python 3.11 9.6."""
    return bool(getattr(messenger, "spares", False))


def left_out(row: Dispatched, messenger: Messenger | None) -> bool:
    """A nicety for one person, not posted yet, on a messenger that is short of calls."""
    fresh = row.posted is None and not isinstance(row.notice.to, Room)
    return fresh and row.notice.moment in NICETIES and spares(messenger)


def together(row: Dispatched, messenger: Messenger | None) -> bool:
    """A message that need not wait for the one before it to the same person."""
    return row.posted is None and not isinstance(row.notice.to, Room) and spares(messenger)
