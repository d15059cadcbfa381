"""The Home tab: what waits for me, shown when it is opened and kept current while somebody may be looking at it."""

import asyncio
import secrets
from collections import OrderedDict

import structlog

from adapters.slack import incoming, modals
from adapters.slack.calls import Calls
from adapters.slack.people import People
from bot.cards import Card
from bot.clock import Clock
from bot.errors import Delivery
from bot.messenger import Receive

log = structlog.get_logger()

SOON = 0.5
"""Seconds between something happening and the tab showing it: what comes in a row is shown once."""
VIEWERS = 1_000
"""So many who looked last are kept up to date; the others see the tab anew when they open it."""


class Homes:
    """The Home tabs of one workspace; `receive` is set while somebody listens."""

    def __init__(self, calls: Calls, people: People, clock: Clock) -> None:
        self.receive: Receive | None = None
        self._calls = calls
        self._people = people
        self._clock = clock
        self._shown: OrderedDict[str, str] = OrderedDict()
        self._waiting: set[str] = set()
        self._begun: set[asyncio.Task[None]] = set()

    async def open(self, user: str, id: str, line: str = incoming.HOME) -> None:
        """Shows the tab of somebody, by the command line that says which page."""
        self._shown[user] = line
        self._shown.move_to_end(user)
        while len(self._shown) > VIEWERS:
            self._shown.popitem(last=False)
        await self._publish(user, id, line)

    def touch(self, user: str) -> None:
        """Something happened that somebody's tab may show."""
        if user in self._shown and user not in self._waiting and self.receive is not None:
            self._waiting.add(user)
            task = asyncio.create_task(self._soon(user))
            self._begun.add(task)
            task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Lets be what has not been shown yet."""
        self.receive = None
        for task in self._begun:
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)

    async def _soon(self, user: str) -> None:
        try:
            await asyncio.sleep(SOON)
        finally:
            self._waiting.discard(user)
        line = self._shown.get(user)
        if line is not None:  # many have looked since
            await self._publish(user, f"{user}:{secrets.token_hex(8)}", line)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._begun.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("a Home tab was not shown", exc_info=fault)

    async def _publish(self, user: str, id: str, line: str) -> None:
        if self.receive is None:
            return
        language = await self._people.greet(user)
        answer = await self.receive(incoming.home(user, id, self._clock.now(), line))
        if not isinstance(answer, Card):
            return
        try:
            await self._calls.call("views.publish", user_id=user, view=modals.home(answer, language))
        except Delivery as fault:
            log.warning("a Home tab was not shown", reason=str(fault))
