"""Slack as a messenger: Socket Mode or HTTP in, cards out, by one bot in one workspace.

Incoming: sockets.py or door.py → listeners.py (bolt) → hearing.py → the core → showing.py. Outgoing: posting.py. All of
them call Slack through calls.py, where pace, errors and the one session are. several.py is the same for more workspaces.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

from adapters import loaded
from adapters.slack.blocks import MESSENGER
from adapters.slack.calls import Calls
from adapters.slack.ears import Ears
from adapters.slack.errors import Revoked
from adapters.slack.hearing import Hearing
from adapters.slack.identity import Identity
from adapters.slack.options import Options
from adapters.slack.pace import Pace
from adapters.slack.standing import Standing
from adapters.slack.workspace import Workspace
from bot.cards import Card
from bot.clock import Clock
from bot.messenger import Connection, Posted, Receive
from bot.people import Account, Division, Profile, Room

FINISH_WITHIN = 1.0
"""Seconds for what is under way when listening ends."""
_BOLT = "adapters.slack.listeners"
"""Loaded while Slack is asked who we are: before its answer nobody can be heard, and bolt takes 60 ms."""
PACE = (1.0, 5.0)
"""Messages a second, to one conversation and over all: Slack's one per channel, several hundred a minute."""


class SlackMessenger:
    """The messenger named "slack". `routes` are the application's to mount; empty in Socket Mode."""

    name = MESSENGER
    pace = PACE

    remembers = None
    """A doubtful message is looked for in the conversation, however long ago it was."""

    translates = False
    spread = timedelta(0)

    def __init__(self, options: Options, clock: Clock, pace: Pace | None = None) -> None:
        self.listening = asyncio.Event()
        """Set while somebody hears."""
        self.news = asyncio.Event()
        """Set when somebody has come to the workspace or gone."""
        self._token = options.bot_token
        self._calls = Calls(options.bot_token, options.api_url, clock, pace)
        self._workspace = Workspace(self._calls, clock)
        self._standing = Standing(clock)
        self._ears = Ears(options, clock)
        self.routes = self._ears.routes

    async def listen(self, receive: Receive) -> None:
        """Hears until cancelled. Raises Revoked when Slack no longer accepts the token, Deaf without a connection."""
        self._calls.revoked = ""
        lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        try:
            me, _ = await asyncio.gather(self._identity(), loaded(_BOLT))
            await self._hear(self._workspace.hearing(receive, me, self.news), me, lost)
        finally:
            await self._calls.close()
        raise Revoked(lost.result())

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Shows the card; the Home tab of its reader follows."""
        return await self._workspace.post(to, card, key=key, again=again)

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message, and its reader's Home tab."""
        await self._workspace.update(posted, card)

    async def person(self, user_id: str) -> Profile:
        """Somebody of the workspace."""
        return await self._workspace.person(user_id)

    async def members(self, room: Room) -> list[Account]:
        """The people in a channel, bots and who has left the workspace left out."""
        return await self._workspace.members(room)

    async def directory(self) -> AsyncIterator[Profile | Division]:
        """Everybody of the workspace, also who has left; Slack knows no departments."""
        async for profile in self._workspace.directory():
            yield profile

    def connections(self) -> list[Connection]:
        """The one workspace, and the way in."""
        return [self._standing.connection, *self._ears.connections()]

    def reaches(self, account: Account) -> bool:
        """While the token lives."""
        return not (self._calls.revoked or self._standing.cut_off)

    async def close(self) -> None:
        """Lets the connections go, for who posted without listening."""
        await self._calls.close()

    async def _identity(self) -> Identity:
        try:
            me = await self._workspace.identity()
        except Revoked as dead:
            self._standing.died(dead)
            raise
        self._standing.lives(me)
        return me

    async def _hear(self, hearing: Hearing, me: Identity, lost: "asyncio.Future[str]") -> None:
        def ended(why: str) -> None:
            """A call has found the token dead: whether it is, is asked when listening begins again."""
            if not lost.done():
                lost.set_result(why)

        def told(why: str) -> None:
            self._calls.revoked = why
            self._standing.died(Revoked(why))
            ended(why)

        async def finish() -> None:
            self.listening.clear()
            await self._workspace.deafened(hearing, FINISH_WITHIN)

        from adapters.slack.listeners import application, ear

        only = ear(me, self._token, hearing, told)
        app = application(self._calls, lambda _: only, secret=self._ears.secret)
        self._calls.lost = ended
        self.listening.set()
        await self._ears.hear(app, [lost], finish)
