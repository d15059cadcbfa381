"""Typed lines, read: the terminal's own commands apart, everything else becomes `Said`."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.errors import Undeliverable
from bot.messenger import Quoted, Said
from bot.pattern import pattern
from bot.people import Account, Profile

Users = Callable[[str], Awaitable[Profile]]
_OWN = pattern(r"[/／](as|in|re|time)(?:\s+(.*))?", re.DOTALL)
_AHEAD = pattern(r"\+(\d{1,4})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_BOT = pattern(r"[@＠](?:闭环|閉環|bihuan)(?![A-Za-z0-9])[\s,，:：]*", re.IGNORECASE)
_NAMED = pattern(r"[@＠]([^\s@＠，。；、,;:：]+)(?:\s+([^\s@＠，。；、,;:：]+))?")


class Own(Struct, frozen=True):
    """A line for the terminal itself: `verb` is as, in, re or time."""

    verb: str
    rest: str


def own(line: str) -> Own | None:
    """The terminal's own command in a line, if it is one."""
    found = _OWN.fullmatch(line.strip())
    return Own(found[1], (found[2] or "").strip()) if found else None


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """`+1d`, `+2h`, `2026-11-30 09:00` (in the speaker's zone) → that moment. Raises ValueError for anything else."""
    ahead = _AHEAD.fullmatch(text)
    if ahead:
        return now + timedelta(**{_UNITS[ahead[2]]: int(ahead[1])})
    to = datetime.fromisoformat(text)
    return to if to.tzinfo else to.replace(tzinfo=zone)


async def said(line: str, users: Users, quoted: Quoted | None) -> Said:
    """A typed line: mentioned people looked up by name, the bot's own mention taken out."""
    text, times = _BOT.subn("", line)
    named = [await _found(match[1], match[2], users) for match in _NAMED.finditer(text)]
    mentions = dict.fromkeys(account for account in named if account)
    called = times > 0 or text.lstrip().startswith(("/", "／"))  # whatever command it is, it wants an answer
    return Said(text.strip(), tuple(mentions), (), quoted, called=called)


async def _found(first: str, second: str | None, users: Users) -> Account | None:
    """A name of two words before one of one; a name nobody bears stays words, and the core asks."""
    for name in ([f"{first} {second}"] if second else []) + [first]:
        try:
            return (await users(name)).account
        except Undeliverable:
            continue
    return None
