"""A process that rings and delivers, to be killed: `python -m tests.outbox.sender URL PORT MOMENT`.

It writes to an outside world behind a local socket (world.py) that knows nothing of its life and death. MOMENT is the
workplace's time at its start.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import datetime

from bot.calendar import Calendar, Quiet
from bot.cards import Card
from bot.jobs.ring import Ring
from bot.messenger import Posted, Receive
from bot.outbox import Delivery
from bot.people import Account, Division, Profile, Room
from bot.scheduler import Scheduler
from bot.views.notices import MOMENTS
from bot.workplace import Workplace
from storage import open_store
from tests.clocks import RunningClock
from tests.outbox.postroom import saying


class Wire:
    """A messenger that is somewhere else: it can be asked whether a key is there."""

    name = "web"

    def __init__(self, port: int) -> None:
        self.port = port

    async def listen(self, receive: Receive) -> None:
        await asyncio.Event().wait()

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        assert isinstance(to, Account)
        if not (again and await self._ask("has", key, "")):
            await self._ask("post", key, card.title)
        return Posted(self.name, to.user_id, key)

    async def update(self, posted: Posted, card: Card) -> None:
        await self._ask("update", posted.id, card.title)

    async def person(self, user_id: str) -> Profile:
        return Profile(Account(self.name, user_id), user_id)

    async def members(self, room: Room) -> list[Account]:
        return []

    async def directory(self) -> AsyncIterator[Profile | Division]:
        nobody: tuple[Profile, ...] = ()
        for profile in nobody:
            yield profile

    async def _ask(self, what: str, key: str, title: str) -> bool:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(json.dumps([what, key, title]).encode() + b"\n")
        answer = json.loads(await reader.readline())
        writer.close()
        return bool(answer)


async def main(url: str, port: int, moment: datetime) -> None:
    clock = RunningClock(moment)
    workplace = Workplace("Office", "en", "Asia/Shanghai", Calendar.of(), Quiet())
    store = open_store(url)
    moments = {name: saying(name) for name in MOMENTS}
    delivery = Delivery(store, workplace, clock, {"web": Wire(port)}, moments=moments)
    scheduler = Scheduler(store, workplace, clock, delivery, jobs=(Ring,))
    await asyncio.gather(delivery.run(), scheduler.run())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])))
