"""A whole workplace on the simulated Slack: core, database, delivery and scheduler are real, and the clock stands still
until somebody moves it.

    async with company(tmp_path) as office:
        ann, bo = office.hires("ann", "安娜"), office.hires("bo", "薄一")
        await office.opens(office.channel("product", ann, bo))
        await ann.types("/action add 输出流程 @薄一 周五", office.room)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.slack import SlackMessenger
from bot.app.acquaintance import acquaint
from bot.app.connections import Connections
from bot.calendar import Calendar, Quiet
from bot.cards import Answer
from bot.dispatch import Dispatch
from bot.domain.action import Action
from bot.messenger import Incoming, Messenger
from bot.outbox import Delivery
from bot.scheduler import Scheduler
from bot.store import Query, Store
from bot.workplace import Workplace
from storage import open_store
from tests.adapters.slack.office import app, connected
from tests.conversation import START, SetClock
from tests.empty import empty
from tests.simulators.slack import Channel, Colleague, Workspace

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Company:
    """The parts. `slow` seconds pass before the core begins with what it is given."""

    workspace: Workspace
    messenger: SlackMessenger
    store: Store
    dispatch: Dispatch
    delivery: Delivery
    scheduler: Scheduler
    clock: SetClock
    connections: Connections
    slow: float = 0.0
    listening: "asyncio.Task[None]" = field(init=False)
    zhang: Colleague = field(init=False)
    li: Colleague = field(init=False)
    room: Channel = field(init=False)
    """Whoever a test has hired by these names, and where they meet."""
    heard: list[Incoming] = field(default_factory=list)

    async def receive(self, incoming: Incoming) -> Answer | None:
        self.heard.append(incoming)
        await asyncio.sleep(self.slow)
        return await self.dispatch.receive(incoming)

    def hires(self, name: str, real_name: str, locale: str = "zh-CN", **more: Any) -> Colleague:
        return self.workspace.hires(name, real_name, locale=locale, tz="Asia/Shanghai", **more)

    def channel(self, name: str, *members: Colleague, **more: Any) -> Channel:
        return self.workspace.channel(name, *members, **more)

    async def meets(self) -> None:
        """The directory is read, as `bihuan run` does at its start."""
        await acquaint(self.store, self.dispatch.workplace, self.messenger, self.clock.now())

    async def delivers(self) -> None:
        """What was said to others arrives."""
        await self.workspace.settled()
        await self.delivery.drain(self.clock.now())
        await self.workspace.settled()

    async def looks(self) -> None:
        """Whether Slack still knows us is looked at, and what is said of it arrives."""
        await self.connections.look()
        await self.delivery.drain(self.clock.now())

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


@asynccontextmanager
async def company(
    folder: Path, mode: str = "socket", language: str = "zh-Hans", *others: Messenger
) -> AsyncIterator[Company]:
    """A company whose bot listens; nobody is hired yet, and the directory not read. `others`: its other messengers."""
    clock = SetClock(START)
    workspace = Workspace(clock, app=app(mode))
    workplace = Workplace("Office", language, "Asia/Shanghai", Calendar.of("CN"), Quiet())
    store = open_store(empty(folder / "office.db"))
    async with connected(workspace, mode) as messenger:
        messengers: dict[str, Messenger] = {"slack": messenger, **{one.name: one for one in others}}
        delivery = Delivery(store, workplace, clock, messengers)
        dispatch = Dispatch(store, workplace, clock, messengers, delivery.wake)
        connections = Connections(store, workplace, clock, messengers, delivery.wake)
        office = Company(
            workspace, messenger, store, dispatch, delivery, Scheduler(store, workplace, clock, delivery), clock,
            connections,
        )  # fmt: skip
        office.listening = asyncio.create_task(messenger.listen(office.receive))
        await messenger.listening.wait()
        if mode == "socket":
            await workspace.connected(2)
        try:
            yield office
        finally:
            office.listening.cancel()
            await asyncio.gather(office.listening, return_exceptions=True)
            await store.close()
    assert workspace.complaints == []
