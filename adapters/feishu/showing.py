"""Answers to whoever asked, alone where Feishu can: as what pops up after a press, as a card only they see, as a message.

| asked by | a word | a card | a form | a file |
|---|---|---|---|---|
| a message to the bot, its menu | a message | a message | a message with the form in it | a message |
| a message in a group | a card only they see, there | the same | the same, with the form | their conversation with the bot |
| a press | pops up | pops up, and as above | as above | as above |
| a form that was an answer | takes its place | takes its place | takes its place, problems at the fields | as above |
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

import structlog

from adapters.feishu import outgoing
from adapters.feishu.faults import Unclear
from adapters.feishu.incoming import account
from adapters.feishu.posting import Posting
from bot.cards import Answer, Card, File, Form
from bot.errors import Delivery, TryLater

log = structlog.get_logger()

REMEMBERED = 5_000
TRIES, LONGEST, SOON = 4, 3.0, 0.5
"""An answer is tried so often, when Feishu asks to wait not longer than so many seconds; soon, when it may have come."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where an answer goes: to `user`, who asked in `room` (its id, empty for the direct conversation). `once` names the
    event, so that its answer is shown once."""

    user: str
    once: str
    room: str = ""


class Showing:
    """Shows answers of one app."""

    def __init__(self, posting: Posting) -> None:
        self._posting = posting
        self._shown: OrderedDict[str, None] = OrderedDict()

    async def show(self, answer: Answer, way: Way) -> None:
        """Shows it by the best way there is, once for each event. What Feishu refuses is logged: the answer stands in the
        database, and asking again shows it."""
        if way.once in self._shown:
            return
        self._shown[way.once] = None
        while len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)
        try:
            await self._patiently(answer, way)
        except Delivery as fault:
            self._shown.pop(way.once, None)
            log.warning("an answer could not be shown", reason=str(fault), asked=way.once)

    async def vanish(self, message: str) -> None:
        """Takes away a card that one person saw and that is answered."""
        try:
            await self._posting.vanish(message)
        except Delivery as fault:
            log.info("a card that is answered still stands", reason=str(fault))

    async def _patiently(self, answer: Answer, way: Way) -> None:
        for left in reversed(range(TRIES)):
            try:
                await self._show(answer, way)
            except TryLater as later:
                wait = SOON if later.unclear else later.seconds  # made again under the same name, which is taken once
                if not left or wait > LONGEST:
                    raise
                await asyncio.sleep(wait)
            else:
                return

    async def _show(self, answer: Answer, way: Way) -> None:
        if isinstance(answer, File):
            await self._posting.upload(way.user, "open_id", answer, f"answer:{way.once}")
        if way.room:
            await self._alone(answer, way)
        elif not isinstance(answer, File):
            await self._in_conversation(answer, way)

    async def _alone(self, answer: Answer, way: Way) -> None:
        """Seen by the asker only, where they asked; in their conversation with the bot where Feishu does not let us."""
        try:
            await self._posting.alone(way.room, way.user, outgoing.asked(answer))
        except TryLater:
            raise
        except Unclear as unclear:  # shown or not: nobody is told twice
            log.info("not sure that it is seen", reason=unclear.reason)
        except Delivery as fault:
            log.info("not shown where it was asked", reason=str(fault))
            await self._in_conversation(answer, way)

    async def _in_conversation(self, answer: Answer, way: Way) -> None:
        card = outgoing.asked(answer)
        await self._posting.post(account(way.user), card, f"answer:{way.once}", own=isinstance(answer, Form))


def pops_up(answer: Answer) -> bool:
    """Whether its first line is all of it."""
    return not isinstance(answer, Form | File) and not (isinstance(answer, Card) and answer.blocks)
