"""DingTalk as a messenger: the Stream connection in, cards and messages out, by one app of one organisation.

Incoming: stream.py → hearing.py → the core → showing.py. Outgoing: posting.py. All of them call DingTalk through calls.py,
where pace, quota, token and errors are, and keep in memory.py what DingTalk does not tell twice.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import structlog
from starlette.routing import BaseRoute

from adapters.dingtalk.bell import Bell
from adapters.dingtalk.blocks import MESSENGER
from adapters.dingtalk.calls import LAND_WITHIN, Calls, Credentials
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
from adapters.dingtalk.stream import CARD, DELEGATE, ROBOT, Stream, Timing
from bot.cards import Card
from bot.clock import Clock
from bot.errors import Undeliverable
from bot.messenger import Posted, Receive
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
        self.memory = Memory(options.memory)
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
        try:
            await stream.run()
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

    async def close(self) -> None:
        """Lets connections and the file go."""
        await self._calls.close()
        self.memory.close()
