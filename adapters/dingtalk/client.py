"""DingTalk as a messenger: the Stream connection in, cards and messages out, by one app of one organisation.

Incoming: stream.py → hearing.py → the core → showing.py. Outgoing: posting.py. All of them call DingTalk through calls.py,
where pace, quota, token and errors are, and keep in memory.py what DingTalk does not tell twice.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from starlette.routing import BaseRoute

from adapters.dingtalk.bell import Bell
from adapters.dingtalk.blocks import MESSENGER
from adapters.dingtalk.calls import Calls, Credentials
from adapters.dingtalk.faults import Revoked
from adapters.dingtalk.hearing import Hearing
from adapters.dingtalk.limits import RECEIVERS
from adapters.dingtalk.memory import Memory
from adapters.dingtalk.outgoing import Rung
from adapters.dingtalk.pace import PER_SECOND, Pace
from adapters.dingtalk.people import People
from adapters.dingtalk.posting import Posting
from adapters.dingtalk.quota import Quota
from adapters.dingtalk.saving import Saving
from adapters.dingtalk.showing import Showing
from adapters.dingtalk.standing import AppStanding, bars
from adapters.dingtalk.stream import CARD, DELEGATE, ROBOT, Stream, Timing
from adapters.outward import LAND_WITHIN
from adapters.standing import Side
from bot.cards import Card
from bot.clock import Clock
from bot.errors import Delivery, Undeliverable
from bot.messenger import Connection, Posted, Receive
from bot.people import Account, Division, Hidden, Profile, Room

log = structlog.get_logger()

FINISH_WITHIN = 1.0
"""Seconds for what is under way when listening ends."""


@dataclass(frozen=True, slots=True)
class Options:
    """`rung` is where the ladder of cards begins; `template` the workplace's own card template (for the first rung).
    `memory` the adapter's file (None: of this run only); `calls` and `pushes` the month's budget, 0 for none; `urgent`: what
    may disturb rings (bell.py)."""

    client_id: str
    client_secret: str = field(repr=False)
    robot_code: str
    template: str = ""
    rung: Rung = "public"
    api_url: str = "https://api.dingtalk.com"
    oapi_url: str = "https://oapi.dingtalk.com"
    memory: Path | None = None
    calls: int = 5_000
    pushes: int = 3_000
    urgent: bool = False


class DingtalkMessenger:
    """The messenger named "dingtalk". It needs no routes: the connection is ours."""

    name = MESSENGER
    pace = (5.0, PER_SECOND * RECEIVERS)
    """Messages a second, to one conversation and over all. Calls are paced in pace.py: one may bring twenty messages."""
    remembers = None
    translates = False
    spread = timedelta(0)

    def __init__(self, options: Options, clock: Clock, pace: Pace | None = None) -> None:
        self.routes: list[BaseRoute] = []
        self.listening = asyncio.Event()
        """Set while the stream is connected."""
        self.news = asyncio.Event()
        self.memory = Memory(options.memory, lambda: clock.now().timestamp())
        self.timing = Timing()
        self._options = options
        self._clock = clock
        credentials = Credentials(options.client_id, options.client_secret, options.api_url, options.oapi_url)
        self.quota = Quota(self.memory, clock, options.calls, options.pushes)
        self._calls = Calls(credentials, clock, self.quota, pace)
        self._people = People(self._calls, self.memory)
        self._posting = Posting(
            self._calls, self.memory, clock, options.robot_code, options.template, options.rung
        )  # fmt: skip
        self._standing = AppStanding(clock)
        self._posting.sending.stopped, self._posting.sending.taken = self._standing.stopped, self._standing.writes
        self._saving = Saving(self._posting, clock)
        self._bell = Bell(self._calls, self.memory, options.robot_code, on=options.urgent)

    @property
    def spares(self) -> bool:
        """Whether few of the month's calls are left (bot/outbox/sparing.py)."""
        return self.quota.spares

    @property
    def rung(self) -> Rung:
        """Where on the ladder of cards it stands now."""
        return self._posting.rung

    async def listen(self, receive: Receive) -> None:
        """Hears until cancelled. Raises Revoked when DingTalk does not accept the credentials, Deaf without a connection."""
        self._calls.revoked = ""
        log.info("DingTalk shows cards on this rung", rung=self.rung)
        showing = Showing(self._posting)
        hearing = Hearing(
            receive, self._calls, self._people, self.memory, showing, self._clock, self._options.robot_code, self.news
        )
        answers = {ROBOT: hearing.message, DELEGATE: hearing.message, CARD: hearing.click, "*": hearing.event}
        stream = Stream(self._calls, answers, self.listening, self.timing)
        stream.opened, stream.refused = partial(self._standing.lives, Side.EAR), self._judged
        try:
            if self._standing.refuses(Side.APP):
                await self._asked()
            await _first(stream.run(), self._doubting())
        finally:
            await hearing.stop(FINISH_WITHIN)
            await self._saving.finish(LAND_WITHIN)
            await self._posting.finish(LAND_WITHIN)
            await self._calls.close()

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Shows the card once. Whether an earlier try arrived stands in our memory, or is DingTalk's to know (cards); such a
        try is made again as it was. What is urgent to a person rings besides, where that is switched on."""
        if self.spares and not again:
            return await self._saving.post(to, card, key)
        posted = await self._posting.post(to, card, key, gathers=True)
        if card.urgent and isinstance(to, Account):
            await self._bell.ring(to.user_id, card.title, key)
        return posted

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message: a card in place, an ordinary message by sending it anew and taking the old one back."""
        await self._posting.update(posted, card)

    async def person(self, user_id: str) -> Profile:
        """Somebody of the organisation."""
        return await self._people.profile(user_id)

    async def members(self, room: Room) -> list[Account]:
        """Everybody who was seen in the group: DingTalk tells nobody who is in an ordinary one (platform sheet 6)."""
        seen = self.memory.seen(room.id) if room.messenger == self.name else []
        if not seen:
            raise Undeliverable(f"nobody was ever seen in {room}")
        return [Account(self.name, user) for user in seen]

    async def directory(self) -> AsyncIterator[Profile | Division | Hidden]:
        """Departments with their heads, and everybody within the app's contact scope."""
        async for entry in self._people.everything():
            yield entry

    def connections(self) -> list[Connection]:
        """The one app."""
        return [self._standing.connection]

    def reaches(self, account: Account) -> bool:
        """While the app may call, and its robot write."""
        return not self._standing.cut_off

    async def close(self) -> None:
        """Lets connections and the file go."""
        await self._calls.close()
        self.memory.close()

    async def _asked(self) -> None:
        """Whether the credentials are good, by a new token. Raises Revoked when they are not, another Delivery error when
        DingTalk does not say."""
        try:
            await self._calls.renew()
        except Revoked as dead:
            self._standing.refused(dead)
            raise
        self._standing.lives(Side.APP)

    async def _doubting(self) -> None:
        """What a call has found the credentials to be is asked again; only then is it so, which is raised."""
        while True:
            await self._calls.doubted.wait()
            self._calls.doubted.clear()
            await self._known()

    async def _known(self) -> bool:
        """Whether DingTalk says now that the credentials are good. Raises Revoked when it says that they are not."""
        try:
            await self._asked()
        except Revoked:
            raise
        except Delivery as fault:
            log.info("whether the credentials are good is not known", reason=str(fault))
            return False
        return True

    async def _judged(self, fault: Delivery) -> None:
        """The gateway gives no connection."""
        if bars(fault) and not self._standing.refuses(Side.EAR) and await self._known():
            self._standing.barred(fault)


async def _first(*parts: Coroutine[Any, Any, None]) -> None:
    """Until one of them ends, whose fault it raises; each is given the time that it takes to let go."""
    tasks = [asyncio.create_task(one) for one in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for one in done:
            one.result()
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
