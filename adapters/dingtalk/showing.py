"""Answers to whoever asked, alone where DingTalk can.

| asked | template, public | links, text |
|---|---|---|
| one to one | a card or message there | a message there |
| in a group | a card there that only the asker sees | one to one |
| by a press | a word: on the card, for the clicker alone; anything else as above | – |

A file always comes one to one.
"""

from functools import partial

import structlog
from msgspec import Struct

from adapters.dingtalk.incoming import account
from adapters.dingtalk.outgoing import asked
from adapters.dingtalk.posting import Posting, track_of
from adapters.shown import Shown
from bot.cards import Answer, File
from bot.errors import Undeliverable
from bot.people import Room

log = structlog.get_logger()


class Way(Struct, frozen=True):
    """Where an answer can go: to `user`, who asked in `room` (None: one to one). `once` names the event, so that its
    answer is shown once."""

    user: str
    once: str
    room: Room | None = None


class Showing:
    """Shows answers in one organisation."""

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._shown = Shown()

    async def show(self, answer: Answer, way: Way) -> None:
        """Shows it by the best way there is, once for each event. What DingTalk refuses is logged: the answer stands in
        the database, and asking again shows it."""
        await self._shown.once(way.once, partial(self._show, answer, way))

    async def _show(self, answer: Answer, way: Way) -> None:
        key = f"answer:{way.once}"
        if isinstance(answer, File):
            await self._posting.send_file(way.user, True, answer, track_of(key))
        elif way.room is not None and self._posting.rung in ("template", "public"):
            await self._in_group(answer, way, way.room, key)
        else:
            await self._posting.post(account(way.user), asked(answer), key)

    async def _in_group(self, answer: Answer, way: Way, room: Room, key: str) -> None:
        """A message would be everybody's: what does not fit a card goes to the asker."""
        try:
            await self._posting.post(room, asked(answer), key, only_for=way.user)
        except Undeliverable as fault:
            log.info("not shown where it was asked", reason=str(fault))
            await self._posting.post(account(way.user), asked(answer), f"{key}:alone")
