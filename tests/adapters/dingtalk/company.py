"""A whole workplace on the simulated DingTalk: core, database, delivery and scheduler are real, and the clock stands still
until somebody moves it.

    async with company(tmp_path, "links") as office:
        zhang, li = office.hires("0001zhang", "张三"), office.hires("0002li", "李四")
        office.room = office.group("产品", zhang, li)
        await office.meets()
        await zhang.says("@闭环 新增 输出流程 @李四 周五", office.room)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.dingtalk import DingtalkMessenger
from bot.app.acquaintance import acquaint
from bot.app.connections import Connections
from bot.calendar import Calendar, Quiet
from bot.cards import Answer
from bot.dispatch import Dispatch
from bot.domain.action import Action
from bot.messenger import Incoming, Messenger
from bot.outbox import Delivery
from bot.scheduler import Scheduler
from bot.store import Store
from bot.workplace import Workplace
from storage import open_store
from tests.adapters.dingtalk.office import Rung, connected
from tests.conversation import START, SetClock
from tests.empty import empty
from tests.simulators.dingtalk import Colleague, Group, Organisation

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Company:
    """The parts. `slow` seconds pass before the core begins with what it is given."""

    organisation: Organisation
    messenger: DingtalkMessenger
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
    room: Group = field(init=False)
    """Whoever a test has hired by these names, and where they meet."""
    heard: list[Incoming] = field(default_factory=list)

    async def receive(self, incoming: Incoming) -> Answer | None:
        self.heard.append(incoming)
        await asyncio.sleep(self.slow)
        return await self.dispatch.receive(incoming)

    def hires(self, userid: str, name: str, *departments: int, **more: Any) -> Colleague:
        return self.organisation.hires(userid, name, *departments, **more)

    def group(self, title: str, *people: Colleague) -> Group:
        return self.organisation.group(title, *people)

    async def meets(self) -> None:
        """The directory is read, as `bihuan run` does at its start."""
        await acquaint(self.store, self.dispatch.workplace, self.messenger, self.clock.now())

    async def delivers(self) -> None:
        """What was said to others arrives."""
        await self.organisation.gateway.settled()
        await self.delivery.drain(self.clock.now())
        await self.organisation.gateway.settled()

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
        """Whether DingTalk still takes the app is looked at, and what is said of it arrives."""
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


@asynccontextmanager
async def company(folder: Path, rung: Rung = "template", *others: Messenger, **more: Any) -> AsyncIterator[Company]:
    """A company whose bot listens; nobody is hired yet, and the directory not read. `others`: its other messengers."""
    clock = SetClock(START)
    organisation = Organisation(clock)
    workplace = Workplace("Office", "zh-Hans", "Asia/Shanghai", Calendar.of("CN"), Quiet())
    store = open_store(empty(folder / "office.db"))
    async with connected(organisation, rung, folder / "dingtalk.db", **more) as messenger:
        messengers: dict[str, Messenger] = {"dingtalk": messenger, **{one.name: one for one in others}}
        delivery = Delivery(store, workplace, clock, messengers)
        dispatch = Dispatch(store, workplace, clock, messengers, delivery.wake)
        scheduler = Scheduler(store, workplace, clock, delivery)
        connections = Connections(store, workplace, clock, messengers, delivery.wake)
        office = Company(organisation, messenger, store, dispatch, delivery, scheduler, clock, connections)
        office.listening = asyncio.create_task(messenger.listen(office.receive))
        await organisation.gateway.connected()
        try:
            yield office
        finally:
            office.listening.cancel()
            await asyncio.gather(office.listening, return_exceptions=True)
            await store.close()
    assert organisation.complaints == []
