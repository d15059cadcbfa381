"""Answers to whoever asked, alone where Feishu can: as what pops up after a press, as a card only they see, as a message.

| asked by | a word | a card | a form | a file |
|---|---|---|---|---|
| a message to the bot, its menu | a message | a message | a message with the form in it | a message |
| a message in a group | a card only they see, there | the same | the same, with the form | their conversation with the bot |
| a press | pops up | pops up, and as above | as above | as above |
| a form that was an answer | takes its place | takes its place | takes its place, problems at the fields | as above |

Who presses a card that Feishu changes no more (ages.py) is shown the card as it is now, as a new one.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

import structlog
from msgspec import Struct

from adapters.feishu import bubbles, outgoing
from adapters.feishu.calls import Calls
from adapters.feishu.faults import Unclear
from adapters.feishu.incoming import account
from adapters.feishu.posting import Posting
from adapters.shown import Shown
from bot.cards import Answer, Card, File, Form
from bot.errors import Delivery, TryLater
from bot.messenger import Posted

log = structlog.get_logger()

REMEMBERED = 5_000
WAITED_FOR = 1_800.0
"""Seconds that somebody who has pressed an old card waits for what it led to: a form may have been filled in between."""
TRIES, LONGEST, SOON = 4, 3.0, 0.5
"""An answer is tried so often, when Feishu asks to wait not longer than so many seconds; soon, when it may have come."""


class Way(Struct, frozen=True):
    """Where an answer goes: to `user`, who asked in `room` (its id, empty for the direct conversation). `once` names the
    event, so that its answer is shown once."""

    user: str
    once: str
    room: str = ""


class Showing:
    """Shows answers of one app. `ticks` is the monotonic clock."""

    def __init__(self, calls: Calls, posting: Posting, ticks: Callable[[], float] = time.monotonic) -> None:
        self.posting = posting
        self._calls = calls
        self._ticks = ticks
        self._shown = Shown()
        self._pressed: OrderedDict[str, tuple[Way, float]] = OrderedDict()

    async def show(self, answer: Answer, way: Way) -> None:
        """Shows it by the best way there is, once for each event. What Feishu refuses is logged: the answer stands in the
        database, and asking again shows it."""
        await self._shown.once(way.once, partial(self._patiently, answer, way))

    def pressed(self, message: str, way: Way) -> None:
        """Somebody has pressed something on this message."""
        self._pressed[message] = (way, self._ticks() + WAITED_FOR)
        while len(self._pressed) > REMEMBERED:
            self._pressed.popitem(last=False)

    async def anew(self, posted: Posted, card: Card) -> None:
        """What a message cannot become any more, to whoever has pressed it last: alone, once."""
        way, until = self._pressed.pop(posted.id, (None, 0.0))
        if way is not None and self._ticks() < until:
            await self.show(card, Way(way.user, f"{way.once}:now", way.room))

    async def follow(self, posted: Posted, card: Card) -> None:
        """Bubbles under what was said directly, where they save typing."""
        if bubbles.suits(card):
            await bubbles.offer(self._calls, posted.id)

    async def vanish(self, message: str) -> None:
        """Takes away a card that one person saw and that is answered."""
        try:
            await self.posting.vanish(message)
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
            await self.posting.upload(way.user, "open_id", answer, f"answer:{way.once}")
        if way.room:
            await self._alone(answer, way)
        elif not isinstance(answer, File):
            await self._in_conversation(answer, way)

    async def _alone(self, answer: Answer, way: Way) -> None:
        """Seen by the asker only, where they asked; in their conversation with the bot where Feishu does not let us."""
        try:
            await self.posting.alone(way.room, way.user, outgoing.asked(answer))
        except TryLater:
            raise
        except Unclear as unclear:  # shown or not: nobody is told twice
            log.info("not sure that it is seen", reason=unclear.reason)
        except Delivery as fault:
            log.info("not shown where it was asked", reason=str(fault))
            await self._in_conversation(answer, way)

    async def _in_conversation(self, answer: Answer, way: Way) -> None:
        card = outgoing.asked(answer)
        posted = await self.posting.post(account(way.user), card, f"answer:{way.once}", own=isinstance(answer, Form))
        await self.follow(posted, card)


def pops_up(answer: Answer) -> bool:
    """Whether its first line is all of it."""
    return not isinstance(answer, Form | File) and not (isinstance(answer, Card) and answer.blocks)
