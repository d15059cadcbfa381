"""Feishu (or Lark) as a messenger: long connection or webhook in, cards out, by one app in one company.

Incoming: sockets.py or door.py → hearing.py → the core → showing.py. Outgoing: posting.py. All of them call Feishu through
calls.py, where pace, token, errors and the one session are; lark-oapi is behind sdk.py.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from starlette.routing import BaseRoute, Route

from adapters.feishu import slash
from adapters.feishu.bell import Bell
from adapters.feishu.calls import Calls
from adapters.feishu.door import PATH, Door
from adapters.feishu.faults import SOON, Revoked, TooOld, Unclear
from adapters.feishu.hearing import Hearing
from adapters.feishu.identity import Identity, identify
from adapters.feishu.markup import MESSENGER, is_id
from adapters.feishu.pace import Pace
from adapters.feishu.people import People
from adapters.feishu.posting import Posting
from adapters.feishu.showing import Showing
from adapters.feishu.sockets import Barred, Lines
from adapters.feishu.standing import AppStanding, ends
from adapters.standing import Side
from bot.cards import Card
from bot.clock import Clock
from bot.errors import TryLater, Undeliverable
from bot.messenger import Connection, Posted, Receive
from bot.people import Account, Division, Hidden, Profile, Room

FINISH_WITHIN = 1.0
"""Seconds for what is under way when listening ends."""
ENDPOINT = "/callback/ws/endpoint"


@dataclass(frozen=True, slots=True)
class Options:
    """`mode` is "socket" or "webhook" (needs `encrypt_key`); `domain` is Feishu's, Lark's or a simulator's. `urgent`: what
    may disturb rings (bell.py)."""

    app_id: str
    app_secret: str = field(repr=False)
    mode: str = "socket"
    domain: str = "https://open.feishu.cn"
    encrypt_key: str = field(default="", repr=False)
    verification_token: str = field(default="", repr=False)
    urgent: bool = False


class FeishuMessenger:
    """The messenger named "feishu". `routes` are the application's to mount; empty with a long connection. `seconds` is the
    machine's time, by which Feishu stamps messages."""

    name = MESSENGER
    pace = (5.0, 16.0)
    """Messages a second, to one conversation and over all: Feishu's five, and its thousand a minute."""

    remembers = timedelta(minutes=55)
    """Feishu takes a message's name once in an hour; a doubtful try that is older is nobody's to repeat."""

    spread = timedelta(minutes=3)
    """Feishu is under pressure at full and half hours (11232 and 11233, platform sheet 3.3)."""

    translates = True
    """Each client shows the `i18n_content` of its own language (platform sheet 4.8)."""

    def __init__(
        self, options: Options, clock: Clock, pace: Pace | None = None, seconds: Callable[[], float] = time.time
    ) -> None:
        self.listening = asyncio.Event()
        """Set while somebody hears."""
        self.news = asyncio.Event()
        """Set when somebody has come to the company's directory, changed in it or gone."""
        self._options = options
        self._calls = Calls(options.app_id, options.app_secret, options.domain, pace)
        self._standing = AppStanding(clock, options.domain)
        self._people = People(self._calls)
        self._posting = Posting(self._calls, self._people, seconds)
        self._showing = Showing(self._calls, self._posting)
        self._bell = Bell(self._calls, on=options.urgent)
        self._door = Door(options.encrypt_key, options.verification_token) if options.mode == "webhook" else None
        self.routes: list[BaseRoute] = [Route(PATH, self._door)] if self._door else []

    async def listen(self, receive: Receive) -> None:
        """Hears until cancelled. Raises Revoked when Feishu does not accept the app, Deaf without a connection."""
        lost: asyncio.Future[Revoked] = asyncio.get_running_loop().create_future()
        try:
            me = await self._identity()
            self._calls.lost = partial(_ended, lost)
            await self._hear(Hearing(receive, me, self._calls, self._people, self._showing, self.news), lost)
        except Barred as barred:
            await self._judged(barred)
            raise
        finally:
            await self._calls.close()
        raise lost.result()

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Shows the card. A try that may have arrived is made again under the same name, which Feishu takes once. What is
        urgent to a person rings besides, where that is switched on."""
        rings = card.urgent and isinstance(to, Account)
        if rings:
            self._bell.owes(key, again=again)
        posted = await self._posting.post(to, card, key)
        if rings:
            await self._bell.ring(posted, key)
        return posted

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message in place, within Feishu's fourteen days; after them, whoever has just pressed it is shown the
        card as it is now."""
        try:
            await self._posting.update(posted, card)
        except TooOld:
            await self._showing.anew(posted, card)
            raise

    async def person(self, user_id: str) -> Profile:
        """Somebody of the company."""
        try:
            return await self._people.profile(user_id)
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear

    async def members(self, room: Room) -> list[Account]:
        """The people in a group; Feishu lists no bots among them."""
        if room.messenger != self.name or not is_id(room.id, "oc"):
            raise Undeliverable(f"no group of Feishu's: {room}")
        try:
            return [Account(self.name, user) async for user in self._people.members(room)]
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear

    async def directory(self) -> AsyncIterator[Profile | Division | Hidden]:
        """The departments and everybody of the company, as far as the app's range of data goes."""
        try:
            async for entry in self._people.directory():
                yield entry
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear

    def connections(self) -> list[Connection]:
        """The one app."""
        return [self._standing.connection]

    def reaches(self, account: Account) -> bool:
        """While the app may call."""
        return not self._standing.cut_off

    async def close(self) -> None:
        """Lets the connections go, for who posted without listening."""
        await self._calls.close()

    async def _hear(self, hearing: Hearing, lost: "asyncio.Future[Revoked]") -> None:
        options = self._options
        credentials = {"AppID": options.app_id, "AppSecret": options.app_secret}
        lines = Lines(self._calls.session, self._calls.domain + ENDPOINT, credentials, hearing.hear)
        lines.heard = partial(self._standing.lives, Side.EAR)
        offering = asyncio.create_task(slash.offer(self._calls))
        self.listening.set()
        try:
            if self._door:
                self._door.hear = hearing.hear
                await lost
            else:
                await _until(lost, asyncio.ensure_future(lines.keep()))
        finally:
            self.listening.clear()
            if self._door:
                self._door.hear = None
            offering.cancel()
            await asyncio.gather(offering, return_exceptions=True)
            await hearing.stop(FINISH_WITHIN)

    async def _identity(self) -> Identity:
        try:
            me = await identify(self._calls)
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear
        except Revoked as dead:
            self._standing.refused(dead)
            raise
        self._standing.lives(Side.APP)
        return me

    async def _judged(self, barred: Barred) -> None:
        """A token of before says nothing of the secret of now: with a new one, either the app is refused, which is raised and
        takes more away, or only the connection is."""
        self._calls.renew()
        await self._identity()
        self._standing.barred(barred)


def _ended(lost: "asyncio.Future[Revoked]", fault: Revoked) -> None:
    """A call has found the app refused: whether it is, is asked when listening begins again."""
    if ends(fault) and not lost.done():
        lost.set_result(fault)


async def _until(lost: "asyncio.Future[Revoked]", ear: "asyncio.Future[None]") -> None:
    """Hears until then. Raises as the ear does, and gives it the time that it takes to let go."""
    waited: list[asyncio.Future[Any]] = [ear, lost]
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if ear.done():
            ear.result()
    finally:
        ear.cancel()
        await asyncio.gather(ear, return_exceptions=True)
