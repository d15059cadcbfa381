"""A connection was cut off, or works again: the admins hear each once, wherever they can still be reached (A4 rows 20, 24).

Which of their accounts that is, is seen when it is delivered (bot/outbox/making.py). What was mended before they heard of it
is not told: the night is no time for it (T3), and the figures and /readyz say it at once.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.announcements.desk import Desk
from bot.announcements.trouble import admins
from bot.operations.connections import Turn
from bot.store import Notice, Records

CUT_OFF, CONNECTED = "cut_off", "connected"


def announce_turns(records: Records, turns: Iterable[Turn], desk: Desk, now: datetime) -> int:
    """Keeps what the admins must hear of these turns; returns how many notices are new."""
    return sum(_told(records, turn, desk, now) for turn in turns)


def _told(records: Records, turn: Turn, desk: Desk, now: datetime) -> int:
    moment, opposite = (CUT_OFF, CONNECTED) if turn.connection.fault else (CONNECTED, CUT_OFF)
    to = admins(desk.directory)
    unheard = {one.to for one in records.outbox.withdraw(to, opposite, now, about=_subject(turn)) if not _again(one)}
    before = {one.to for one in records.outbox.withdraw(to, moment, now, about=_subject(turn))} if turn.worse else set()
    return records.outbox.add([
        _notice(turn, moment, admin, desk, now, again=turn.worse and admin not in before)
        for admin in to if admin not in unheard
    ])  # fmt: skip


def _again(notice: Notice) -> bool:
    """Whether its reader knows already that something is wrong, and so must hear when nothing is any more."""
    return bool(notice.args.get("again"))


def _notice(turn: Turn, moment: str, admin: int, desk: Desk, now: datetime, *, again: bool) -> Notice:
    one, subject = turn.connection, _subject(turn)
    args: dict[str, object] = {"name": one.name, "reason": one.fault, "mend": one.mend, "about": one.about}
    args |= {"deaf": one.deaf, "again": again}
    key = f"{moment}:{subject}:{one.at}:P{admin}"
    return Notice(admin, moment, (subject,), key, desk.audible(now, admin), args)


def _subject(turn: Turn) -> str:
    return f"{turn.messenger}:{turn.connection.key}"
