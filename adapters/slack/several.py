"""Slack as a messenger of several workspaces of one organisation: one app, one way in, one workplace.

The workspace of `bot_token` is there from the start, if there is one; the others are installed by OAuth (pages.py). Whom a
message is for says which workspace it goes to (naming.py); which there are is known in branches.py.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from starlette.routing import BaseRoute

from adapters.slack.blocks import MESSENGER
from adapters.slack.branches import Branches
from adapters.slack.calls import Calls
from adapters.slack.client import PACE
from adapters.slack.ears import Ears
from adapters.slack.errors import REVOKED_FOR, Revoked
from adapters.slack.installations import Installations, States
from adapters.slack.listeners import application
from adapters.slack.naming import inner, parted, team_of
from adapters.slack.options import Options
from adapters.slack.pace import Pace
from adapters.slack.pages import Pages
from bot.cards import Card
from bot.clock import Clock
from bot.errors import Delivery, TryLater
from bot.messenger import Connection, Posted, Receive
from bot.people import Account, Division, Profile, Room

log = structlog.get_logger()

LOOK_EVERY = 10.0
"""Seconds after which an installation through another process is known here."""


class SlackWorkspaces:
    """The messenger named "slack", once `keep_in` has given it the workplace's database."""

    name = MESSENGER
    pace = PACE
    remembers = None
    translates = False
    spread = timedelta(0)

    def __init__(self, options: Options, clock: Clock, pace: Callable[[], Pace] = Pace) -> None:
        self.listening = asyncio.Event()
        """Set while somebody hears."""
        self.news = asyncio.Event()
        """Set when somebody has come to a workspace or gone, or a workspace has."""
        self._options = options
        self._clock = clock
        self._pace = pace
        self._calls = Calls("", options.api_url, clock)
        self._ears = Ears(options, clock)
        self.routes: list[BaseRoute] = list(self._ears.routes)

    def keep_in(self, engine: Any) -> None:
        """`engine` is SQLAlchemy's for the workplace's database; called once, before anything else."""
        kept = Installations(self._options, engine, self._calls.sdk.client, self._clock)
        self._branches = Branches(self._options, kept, self._clock, self.news, self._pace)
        self.routes += Pages(self._options, kept, States(engine, self._clock), self._calls.sdk.client, self.look).routes

    async def listen(self, receive: Receive) -> None:
        """Hears until cancelled. Raises Deaf without a connection."""
        self._branches.receive = receive
        looking = asyncio.ensure_future(self._look())
        app = application(self._calls, self._branches.ear, secret=self._ears.secret)
        try:
            await self._looked()
            self.listening.set()
            await self._ears.hear(app, [looking], self._finish)
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
            await self.close()

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Shows the card in the workspace of whom it is for."""
        workspace = await self._branches.of(team_of(to))
        with _alone():
            posted = await workspace.post(inner(to), workspace.naming.card(card), key=key, again=again)
        return workspace.naming.posted(posted)

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message, and its reader's Home tab."""
        team, conversation = parted(posted.conversation)
        workspace = await self._branches.of(team)
        with _alone():
            await workspace.update(Posted(posted.messenger, conversation, posted.id), workspace.naming.card(card))

    async def person(self, user_id: str) -> Profile:
        """Somebody of one of them."""
        team, user = parted(user_id)
        workspace = await self._branches.of(team)
        return workspace.naming.profile(await workspace.person(user))

    async def members(self, room: Room) -> list[Account]:
        """The people in a channel, bots and who has left the workspace left out."""
        team, channel = parted(room.id)
        workspace = await self._branches.of(team)
        found = await workspace.members(Room(room.messenger, channel, room.name))
        return [workspace.naming.account(one) for one in found]

    async def directory(self) -> AsyncIterator[Profile | Division]:
        """Everybody of all workspaces, also who has left. One that does not tell now is read the next time. Raises TryLater
        when none tells."""
        await self._branches.look(since=LOOK_EVERY)
        told, away = 0, ""
        for workspace in self._branches.everywhere():
            try:
                async for profile in workspace.directory():
                    yield workspace.naming.profile(profile)
                told += 1
            except Delivery as fault:
                log.warning("people could not be read", workspace=workspace.naming.team, reason=str(fault))
                away = str(fault)
        if away and not told:
            raise TryLater(LOOK_EVERY, away)

    def connections(self) -> list[Connection]:
        """The workspaces that the configuration allows, and the way in for all of them."""
        return [*(standing.connection for standing in self._branches.standings()), *self._ears.connections()]

    def reaches(self, account: Account) -> bool:
        """While the app is installed in their workspace, and its token lives."""
        return self._branches.reaches(team_of(account))

    async def look(self) -> None:
        """Reads now which workspaces there are."""
        await self._branches.look()

    async def close(self) -> None:
        """Lets the connections go, for who posted without listening."""
        await self._branches.close()
        await self._calls.close()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self._looked(since=LOOK_EVERY / 2)

    async def _looked(self, since: float = 0.0) -> None:
        """A database that does not tell now which workspaces there are makes nobody deaf: they stay those that were there."""
        try:
            await self._branches.look(since)
        except TryLater as fault:
            log.warning("which workspaces there are is not known now", reason=str(fault))

    async def _finish(self) -> None:
        self.listening.clear()
        await self._branches.close()


@contextmanager
def _alone() -> Iterator[None]:
    """A dead token is the trouble of its workspace, not of the others (A4 row 24)."""
    try:
        yield
    except Revoked as dead:
        raise TryLater(REVOKED_FOR, str(dead), well=True) from dead
