"""A whole workplace on the simulated Feishu: core, database, delivery and scheduler are real, and the clock stands still
until somebody moves it.

    async with company(tmp_path) as office:
        ann, bo = office.hires("安娜"), office.hires("薄一")
        office.room = office.group("产品", ann, bo)
        await ann.says("@闭环 新增 输出流程 @薄一 周五", office.room)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.feishu import FeishuMessenger
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
from tests.adapters.feishu.office import app, connected, messenger_of
from tests.conversation import START, SetClock
from tests.empty import empty
from tests.simulators.feishu import Colleague, Group, Tenant
from tests.simulators.feishu.values import Department

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Company:
    """The parts. `slow` seconds pass before the core begins with what it is given."""

    tenant: Tenant
    messengers: dict[str, Messenger]
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
    wang: Colleague = field(init=False)
    chen: Colleague = field(init=False)
    room: Group = field(init=False)
    tech: Department = field(init=False)
    """Whoever a test has hired by these names, where they meet and belong."""
    heard: list[Incoming] = field(default_factory=list)

    @property
    def messenger(self) -> FeishuMessenger:
        found = self.messengers["feishu"]
        assert isinstance(found, FeishuMessenger)
        return found

    async def receive(self, incoming: Incoming) -> Answer | None:
        self.heard.append(incoming)
        await asyncio.sleep(self.slow)
        return await self.dispatch.receive(incoming)

    def hires(self, name: str, *departments: Department, **more: Any) -> Colleague:
        return self.tenant.hires(name, *departments, **more)

    def group(self, name: str, *members: Colleague, **more: Any) -> Group:
        return self.tenant.group(name, *members, **more)

    async def meets(self) -> None:
        """The directory is read, as `bihuan run` does at its start."""
        await acquaint(self.store, self.dispatch.workplace, self.messenger, self.clock.now())

    async def restarts(self) -> None:
        """The bot goes and comes again, with a long connection and nothing in its head."""
        self.listening.cancel()
        await asyncio.gather(self.listening, return_exceptions=True)
        await self.messenger.close()
        self.messengers["feishu"] = messenger_of(self.tenant, self.tenant.url)
        self.listening = asyncio.create_task(self.messenger.listen(self.receive))
        await self.tenant.connected(2)

    async def hears_again(self) -> None:
        """As the watch does it: listening that has ended is begun anew."""
        await asyncio.wait({self.listening}, timeout=10)
        assert self.listening.done()
        assert self.listening.exception(), "an ear that ends without a reason"
        self.listening = asyncio.create_task(self.messenger.listen(self.receive))
        hears = asyncio.create_task(self.messenger.listening.wait())
        await asyncio.wait({self.listening, hears}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        hears.cancel()

    async def looks(self) -> None:
        """Whether Feishu still takes the app is looked at, and what is said of it arrives."""
        await self.connections.look()
        await self.delivery.drain(self.clock.now())

    async def delivers(self) -> None:
        """What was said to others arrives."""
        await self.tenant.settled()
        await self.delivery.drain(self.clock.now())
        await self.tenant.settled()

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
    folder: Path, mode: str = "socket", language: str = "zh-Hans", *others: Messenger, urgent: bool = False
) -> AsyncIterator[Company]:
    """A company whose bot listens; nobody is hired yet, and the directory not read. `others`: its other messengers;
    `urgent`: what may disturb rings."""
    clock = SetClock(START)
    tenant = Tenant(clock, app=app(mode))
    workplace = Workplace("Office", language, "Asia/Shanghai", Calendar.of("CN"), Quiet())
    store = open_store(empty(folder / "office.db"))
    async with connected(tenant, mode, urgent=urgent) as messenger:
        messengers: dict[str, Messenger] = {"feishu": messenger, **{one.name: one for one in others}}
        delivery = Delivery(store, workplace, clock, messengers, translating={"feishu"})
        dispatch = Dispatch(store, workplace, clock, messengers, delivery.wake)
        connections = Connections(store, workplace, clock, messengers, delivery.wake)
        office = Company(
            tenant,
            messengers,
            store,
            dispatch,
            delivery,
            Scheduler(store, workplace, clock, delivery),
            clock,
            connections,
        )
        office.listening = asyncio.create_task(messenger.listen(office.receive))
        await messenger.listening.wait()
        if mode == "socket":
            await tenant.connected(2)
        try:
            yield office
        finally:
            office.listening.cancel()
            await asyncio.gather(office.listening, return_exceptions=True)
            await office.messenger.close()
            await store.close()
    assert tenant.complaints == []
