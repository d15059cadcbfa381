"""A terminal beside the process that serves the workplace: it speaks by itself and hears through the web's archive."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from adapters.web import Archive, history
from adapters.web.people import BOT, direct
from bot.app.running import Running
from bot.app.timemachine import KeptClock
from bot.cards import Answer
from bot.messenger import Incoming
from bot.people import Account

_LOOK_SECONDS = 0.2
_LOOKS = 25
_MOVE_SECONDS = 120.0


class Beside:
    """`receive` is the door for what is typed; `follow` prints what the bot tells whoever has spoken here."""

    def __init__(self, running: Running, archive: Archive, write: Callable[[str], None]) -> None:
        self._running = running
        self._archive = archive
        self._write = write
        self._speakers: dict[Account, str] = {}
        self._seen = 0
        self._looking = asyncio.Lock()

    async def begin(self) -> None:
        """What was said before is not told again."""
        self._seen = await self._archive.do(history.last_id)

    async def receive(self, incoming: Incoming) -> Answer | None:
        """As Running.receive; the other process delivers what came of it."""
        answer = await self._running.receive(incoming)
        if incoming.by not in self._speakers:
            self._speakers[incoming.by] = await self._conversation(incoming.by)
        return answer

    async def follow(self) -> None:
        """Looks again and again, until cancelled."""
        while True:
            await self._look()
            await asyncio.sleep(_LOOK_SECONDS)

    async def settled(self) -> None:
        """Waits until nothing is due for delivery any more, at most a few seconds, then looks."""
        for _ in range(_LOOKS):
            if not await self._due():
                break
            await asyncio.sleep(_LOOK_SECONDS)
        await self._look()

    async def _due(self) -> bool:
        at = await self._running.store.read(lambda records: records.outbox.next_at())
        return at is not None and at <= self._running.clock.now()

    async def _look(self) -> None:
        async with self._looking:
            for message in await self._archive.do(history.told, self._seen, self._speakers.values()):
                self._seen = message.id
                self._write(f"── {message.words}\n")

    async def _conversation(self, account: Account) -> str:
        """The speaker's direct conversation with the bot in the web workplace; empty where they have none."""
        directory = await self._running.store.read(lambda records: records.people.directory())
        person = directory.by_account(account)
        web = [one.user_id for one in person.accounts if one.messenger == "web"] if person else []
        return direct(BOT, web[0]) if web else ""


class RemoteTime:
    """The time machine of the demo that is served by another process, at `address`."""

    def __init__(self, address: str, clock: KeptClock) -> None:
        self._address = address
        self._clock = clock

    def now(self) -> datetime:
        """The workplace's present moment, aware, UTC."""
        return self._clock.now()

    async def move(self, to: datetime) -> None:
        """Asks the other process to move; returns when it has delivered what was due. Raises ValueError for the past."""
        from aiohttp import ClientError, ClientSession, ClientTimeout

        headers = {"Origin": self._address}
        timeout = ClientTimeout(total=_MOVE_SECONDS)
        try:
            async with (
                ClientSession(timeout=timeout, headers=headers) as session,
                session.post(f"{self._address}/api/time", json={"to": to.isoformat()}) as answer,
            ):
                refused = "" if answer.ok else await answer.text()
        except ClientError as fault:
            raise ValueError(str(fault)) from fault
        if refused:
            raise ValueError(refused)
