"""A whole workplace behind a simulated messenger: core, database, delivery and scheduler are real, and the clock stands still
until somebody moves it. What is a messenger's own stands in its company.py, which adds who is hired and where they meet."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.app.acquaintance import acquaint
from bot.app.connections import Connections
from bot.calendar import Calendar, Quiet
from bot.cards import Answer
from bot.dispatch import Dispatch
from bot.domain.action import Action
from bot.messenger import Incoming, Messenger
from bot.outbox import Delivery
from bot.people import Person
from bot.scheduler import Scheduler
from bot.store import Query, Store
from bot.workplace import Workplace
from storage import open_store
from tests.conversation import SetClock
from tests.empty import empty

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Listening(Messenger, Protocol):
    """A messenger that says when it hears."""

    listening: asyncio.Event


@dataclass(kw_only=True)
class Staffed:
    """The parts. `slow` seconds pass before the core begins with what it is given."""

    messengers: dict[str, Messenger]
    store: Store
    dispatch: Dispatch
    delivery: Delivery
    scheduler: Scheduler
    clock: SetClock
    connections: Connections
    slow: float = 0.0
    listening: "asyncio.Task[None]" = field(init=False)
    heard: list[Incoming] = field(default_factory=list)

    @property
    def messenger(self) -> Listening:
        """The one whose company this is."""
        raise NotImplementedError

    async def settled(self) -> None:
        """Waits until nothing is on its way between the messenger and the bot."""
        raise NotImplementedError

    async def receive(self, incoming: Incoming) -> Answer | None:
        self.heard.append(incoming)
        await asyncio.sleep(self.slow)
        return await self.dispatch.receive(incoming)

    async def meets(self) -> None:
        """The directory is read, as `bihuan run` does at its start."""
        await acquaint(self.store, self.dispatch.workplace, self.messenger, self.clock.now())

    async def delivers(self) -> None:
        """What was said to others arrives."""
        await self.settled()
        await self.delivery.drain(self.clock.now())
        await self.settled()

    async def looks(self) -> None:
        """Whether the messenger's other side still takes us is looked at, and what is said of it arrives."""
        await self.connections.look()
        await self.delivery.drain(self.clock.now())

    async def hears_again(self) -> None:
        """As the watch does it: listening that has ended is begun anew."""
        await asyncio.wait({self.listening}, timeout=10)
        assert self.listening.done()
        assert self.listening.exception(), "an ear that ends without a reason"
        self.listening = asyncio.create_task(self.messenger.listen(self.receive))
        hears = asyncio.create_task(self.messenger.listening.wait())
        await asyncio.wait({self.listening, hears}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        hears.cancel()

    async def until(self, moment: str) -> None:
        """Shanghai's wall clock goes on to "2026-11-25 09:00"; what falls due on the way is said."""
        await self.scheduler.run_until(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))
        await self.delivers()

    async def action(self, number: int) -> Action:
        found = await self.store.read(lambda records: records.actions.get(number))
        assert found is not None, f"there is no A-{number}"
        return found

    async def actions(self) -> list[Action]:
        return await self.store.read(lambda records: records.actions.find(Query()))

    async def person(self, name: str) -> Person:
        directory = await self.store.read(lambda records: records.people.directory())
        return next(one for one in directory.people.values() if one.name == name)

    async def goes_home(self) -> None:
        """Nobody listens any more, and the database is closed."""
        self.listening.cancel()
        await asyncio.gather(self.listening, return_exceptions=True)
        await self.store.close()


def parts(
    folder: Path, clock: SetClock, messengers: dict[str, Messenger], language: str = "zh-Hans", **delivered: Any
) -> dict[str, Any]:
    """What every company has, by name; `delivered`: what delivery is told of its messengers besides."""
    workplace = Workplace("Office", language, "Asia/Shanghai", Calendar.of("CN"), Quiet())
    store = open_store(empty(folder / "office.db"))
    delivery = Delivery(store, workplace, clock, messengers, **delivered)
    return {
        "messengers": messengers, "store": store, "clock": clock, "delivery": delivery,
        "dispatch": Dispatch(store, workplace, clock, messengers, delivery.wake),
        "scheduler": Scheduler(store, workplace, clock, delivery),
        "connections": Connections(store, workplace, clock, messengers, delivery.wake),
    }  # fmt: skip
