"""Slack as a messenger: Socket Mode or HTTP in, cards out, by one bot in one workspace.

Incoming: sockets.py or door.py → listeners.py (bolt) → hearing.py → the core → showing.py. Outgoing: posting.py. All of
them call Slack through calls.py, where pace, errors and the one session are.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from starlette.routing import BaseRoute, Route

from adapters.slack import sockets
from adapters.slack.blocks import MESSENGER
from adapters.slack.calls import Calls
from adapters.slack.door import PATH, Door
from adapters.slack.faults import SOON, Revoked, Unclear
from adapters.slack.hearing import Hearing
from adapters.slack.home import Homes
from adapters.slack.identity import Identity, identify
from adapters.slack.listeners import application
from adapters.slack.pace import Pace
from adapters.slack.people import People, is_id
from adapters.slack.posting import Posting
from bot.cards import Card
from bot.clock import Clock
from bot.errors import TryLater, Undeliverable
from bot.messenger import Posted, Receive
from bot.people import Account, Division, Profile, Room

FINISH_WITHIN = 1.0
"""Seconds for what is under way when listening ends."""


@dataclass(frozen=True, slots=True)
class Options:
    """`mode` is "socket" (needs `app_token`) or "http" (needs `signing_secret`); `api_url` is Slack's or a simulator's.
    `ping_interval`: seconds between signs of life on a socket."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    mode: str = "socket"
    api_url: str = "https://slack.com/api"
    ping_interval: float = 10.0


class SlackMessenger:
    """The messenger named "slack". `routes` are the application's to mount; empty in Socket Mode."""

    name = MESSENGER
    pace = (1.0, 5.0)
    """Messages a second, to one conversation and over all: Slack's one per channel, several hundred a minute."""

    def __init__(self, options: Options, clock: Clock, pace: Pace | None = None) -> None:
        self.listening = asyncio.Event()
        """Set while somebody hears."""
        self.news = asyncio.Event()
        """Set when somebody has come to the workspace or gone."""
        self._options = options
        self._clock = clock
        self._calls = Calls(options.bot_token, options.api_url, clock, pace)
        self._people = People(self._calls)
        self._posting = Posting(self._calls, self._people, clock)
        self._homes = Homes(self._calls, self._people, clock)
        self._door = Door(options.signing_secret) if options.mode == "http" else None
        self.routes: list[BaseRoute] = [Route(PATH, self._door)] if self._door else []

    async def listen(self, receive: Receive) -> None:
        """Hears until cancelled. Raises Revoked when Slack no longer accepts the token, Deaf without a connection."""
        self._calls.revoked = ""
        lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        try:
            me = await self._identity()
            hearing = Hearing(
                receive, me, self._calls, self._people, self._posting, self._homes, self._clock, self.news
            )
            await self._hear(hearing, me, receive, lost)
        finally:
            await self._calls.close()
        raise Revoked(lost.result())

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Shows the card; the Home tab of its reader follows."""
        await self._known()
        posted = await self._posting.post(to, card, key, again=again)
        self._homes.touch(to.user_id if isinstance(to, Account) else "")
        return posted

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message, and its reader's Home tab."""
        await self._posting.update(posted, card)
        self._homes.touch(self._posting.person_of(posted.conversation))

    async def person(self, user_id: str) -> Profile:
        """Somebody of the workspace."""
        try:
            return await self._people.profile(user_id)
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear

    async def members(self, room: Room) -> list[Account]:
        """The people in a channel, bots and who has left the workspace left out."""
        if room.messenger != self.name or not is_id(room.id, "CG"):
            raise Undeliverable(f"no room of Slack's: {room}")
        try:
            found = [
                str(user)
                async for user in self._calls.pages("conversations.members", "members", channel=room.id)
                if await self._people.is_person(str(user))
            ]
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear
        return [Account(self.name, user) for user in found]

    async def directory(self) -> AsyncIterator[Profile | Division]:
        """Everybody of the workspace, also who has left; Slack knows no departments."""
        try:
            async for profile in self._people.everybody():
                yield profile
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear

    async def close(self) -> None:
        """Lets the connections go, for who posted without listening."""
        await self._calls.close()

    async def _hear(self, hearing: Hearing, me: Identity, receive: Receive, lost: "asyncio.Future[str]") -> None:
        def told(why: str) -> None:
            self._calls.revoked = why
            if not lost.done():
                lost.set_result(why)

        options = self._options
        secret = options.signing_secret if self._door else ""
        app = application(self._calls, me, hearing, token=options.bot_token, secret=secret, lost=told)
        self._homes.receive = receive
        self.listening.set()
        ears: list[asyncio.Future[Any]] = [lost]
        try:
            if self._door:
                self._door.dispatch = app.async_dispatch
            else:
                ears.append(asyncio.ensure_future(sockets.listen(app, options.app_token, options.ping_interval)))
            done, _ = await asyncio.wait(ears, return_when=asyncio.FIRST_COMPLETED)
            for ear in done:
                ear.result()
        finally:
            await self._deafened(hearing, ears)

    async def _deafened(self, hearing: Hearing, ears: "list[asyncio.Future[Any]]") -> None:
        """The order of stopping: what was begun is finished and acknowledged, then the connections close."""
        self.listening.clear()
        if self._door:
            self._door.dispatch = None
        await hearing.stop(FINISH_WITHIN)
        await self._homes.stop()
        for ear in ears:
            ear.cancel()
        await asyncio.gather(*ears, return_exceptions=True)

    async def _identity(self) -> Identity:
        try:
            me = await identify(self._calls)
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear
        self._posting.me = me
        return me

    async def _known(self) -> None:
        """Before anything is posted: which messages are ours is needed to find one again."""
        if self._posting.me is None:
            await self._identity()
