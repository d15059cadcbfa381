"""Near the end of a month's calls (quota.py): what is for one person within some minutes goes as one message.

The first message for somebody is told to come later, and so is each that follows within PATIENCE; they come back together
and leave as one. Nothing is said to have been posted before it was: `post` returns for each when the one message stands.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct, field

from adapters.dingtalk.merging import fits, merges
from adapters.dingtalk.posting import Posting
from bot.cards import Card
from bot.clock import Clock
from bot.errors import TryLater
from bot.messenger import Posted
from bot.people import Account, Room

PATIENCE = timedelta(minutes=3)
TOGETHER = 1.0
"""Seconds (real ones) within which what came back is handed over by delivery."""


class Waiting(Struct, frozen=True):
    """One message that will stand in a bundle; `stands` becomes where."""

    key: str
    card: Card
    stands: "asyncio.Future[Posted]"


class Bundle(Struct, frozen=True):
    """What is for one person, as it comes; `leaves` now."""

    to: Account
    waiting: dict[str, Waiting] = field(default_factory=dict)
    leaves: asyncio.Event = field(default_factory=asyncio.Event)


class Saving:
    """Posts for one organisation while calls are saved."""

    def __init__(self, posting: Posting, clock: Clock) -> None:
        self._posting = posting
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._bundles: dict[str, Bundle] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    async def post(self, to: Account | Room, card: Card, key: str) -> Posted:
        """Shows the card, with whatever else is for that person now. Raises as Posting.post does; TryLater also where it has
        to wait for that."""
        if isinstance(to, Room) or not merges(card) or self._posting.was_tried(key):
            return await self._posting.post(to, card, key, gathers=True)
        self._waits(to.user_id)
        waiting = Waiting(key, card, asyncio.get_running_loop().create_future())
        return await asyncio.shield(self._bundle(to).waiting.setdefault(key, waiting).stands)

    async def finish(self, seconds: float) -> None:
        """What is being gathered leaves now, and has so long to land."""
        for bundle in self._bundles.values():
            bundle.leaves.set()
        if self._leaving:
            await asyncio.wait(list(self._leaving), timeout=seconds)

    def _waits(self, user: str) -> None:
        """Raises TryLater for as long as more may come."""
        now = self._clock.now()
        until = self._until.setdefault(user, now + PATIENCE)
        if now < until:
            raise TryLater((until - now).total_seconds(), "what else is for them goes along", well=True)

    def _bundle(self, to: Account) -> Bundle:
        """The one that is about to leave, or a new one that leaves in a moment."""
        bundle = self._bundles.get(to.user_id)
        if bundle is None:
            bundle = self._bundles[to.user_id] = Bundle(to)
            task = asyncio.create_task(self._leaves(bundle))
            self._leaving.add(task)
            task.add_done_callback(partial(self._left, bundle))
        return bundle

    async def _leaves(self, bundle: Bundle) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(TOGETHER):
                await bundle.leaves.wait()
        del self._bundles[bundle.to.user_id]
        self._until.pop(bundle.to.user_id, None)
        for part in self._parts(bundle):
            await self._goes(bundle.to, part)

    def _parts(self, bundle: Bundle) -> Iterator[list[Waiting]]:
        """As few messages as hold all of it, in the order in which it came."""
        part: list[Waiting] = []
        for one in bundle.waiting.values():
            if part and not fits([*(other.card for other in part), one.card], self._posting.rung):
                yield part
                part = []
            part.append(one)
        if part:
            yield part

    async def _goes(self, to: Account, part: list[Waiting]) -> None:
        """Each of them hears how the one message fared."""
        posting = asyncio.create_task(self._posting.post_together(to, {one.key: one.card for one in part}))
        await asyncio.wait({posting})
        fault = posting.exception()
        for one in part:
            if fault is not None:
                one.stands.set_exception(fault)
            else:
                one.stands.set_result(posting.result()[one.key])

    def _left(self, bundle: Bundle, task: "asyncio.Task[None]") -> None:
        """Nobody waits for ever for a bundle that ended by a fault of ours."""
        self._leaving.discard(task)
        fault = None if task.cancelled() else task.exception()
        for one in bundle.waiting.values():
            if fault is not None and not one.stands.done():
                one.stands.set_exception(fault)
