"""One workspace of Slack's: its calls, people, messages and Home tabs, and what is heard in it."""

import asyncio
from collections.abc import AsyncIterator

from adapters.slack.blocks import MESSENGER
from adapters.slack.calls import Calls
from adapters.slack.errors import SOON, Unclear
from adapters.slack.hearing import Hearing
from adapters.slack.home import Homes
from adapters.slack.identity import Identity, identify
from adapters.slack.naming import Naming
from adapters.slack.people import People, is_id
from adapters.slack.posting import Posting
from bot.cards import Answer, Card
from bot.clock import Clock
from bot.errors import TryLater, Undeliverable
from bot.messenger import Incoming, Posted, Receive
from bot.people import Account, Profile, Room


class Workspace:
    """The parts. Ids go in and come out as Slack has them; only what is heard goes on under the workplace's `naming`."""

    def __init__(self, calls: Calls, clock: Clock, naming: Naming | None = None) -> None:
        self.calls = calls
        self.naming = naming or Naming()
        self._clock = clock
        self._people = People(calls)
        self._posting = Posting(calls, self._people, clock)
        self._homes = Homes(calls, self._people, clock)

    async def identity(self) -> Identity:
        """Whose token it is, asked anew. Raises TryLater or Undeliverable."""
        try:
            me = await identify(self.calls)
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear
        self._posting.me = me
        return me

    def hearing(self, receive: Receive, me: Identity, news: asyncio.Event) -> Hearing:
        """Ears for it; from now on its Home tabs are kept current."""
        receive = self._named(receive)
        self._homes.receive = receive
        return Hearing(
            receive, me, self.calls, self._people, self._posting, self._homes, self._clock, news, self.naming
        )

    async def deafened(self, hearing: Hearing, seconds: float) -> None:
        """The order of stopping: what was begun is finished and acknowledged, then the Home tabs are let be."""
        await hearing.stop(seconds)
        await self._homes.stop()

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Shows the card; the Home tab of its reader follows."""
        if self._posting.me is None:  # which messages are ours is needed to find one again
            await self.identity()
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
        if room.messenger != MESSENGER or not is_id(room.id, "CG"):
            raise Undeliverable(f"no room of Slack's: {room}")
        try:
            found = [
                str(user)
                async for user in self.calls.pages("conversations.members", "members", channel=room.id)
                if await self._people.is_person(str(user))
            ]
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear
        return [Account(MESSENGER, user) for user in found]

    async def directory(self) -> AsyncIterator[Profile]:
        """Everybody of the workspace, also who has left."""
        try:
            async for profile in self._people.everybody():
                yield profile
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason) from unclear

    def _named(self, receive: Receive) -> Receive:
        """The workplace's ear, and its answer as it is shown here."""
        if not self.naming.team:
            return receive

        async def named(incoming: Incoming) -> Answer | None:
            answer = await receive(self.naming.heard(incoming))
            return answer and self.naming.shown(answer)

        return named
