"""A whole workplace on the simulated Feishu.

async with company(tmp_path) as office:
    ann, bo = office.hires("安娜"), office.hires("薄一")
    office.room = office.group("产品", ann, bo)
    await ann.says("@闭环 新增 输出流程 @薄一 周五", office.room)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.feishu import FeishuMessenger
from bot.messenger import Messenger
from tests.adapters.feishu.office import app, connected, messenger_of
from tests.adapters.workplace import Staffed, parts
from tests.conversation import START, SetClock
from tests.simulators.feishu import Colleague, Group, Tenant
from tests.simulators.feishu.values import Department


@dataclass(kw_only=True)
class Company(Staffed):
    tenant: Tenant
    zhang: Colleague = field(init=False)
    li: Colleague = field(init=False)
    wang: Colleague = field(init=False)
    chen: Colleague = field(init=False)
    room: Group = field(init=False)
    tech: Department = field(init=False)
    """Whoever a test has hired by these names, where they meet and belong."""

    @property
    def messenger(self) -> FeishuMessenger:
        found = self.messengers["feishu"]
        assert isinstance(found, FeishuMessenger)
        return found

    async def settled(self) -> None:
        await self.tenant.settled()

    def hires(self, name: str, *departments: Department, **more: Any) -> Colleague:
        return self.tenant.hires(name, *departments, **more)

    def group(self, name: str, *members: Colleague, **more: Any) -> Group:
        return self.tenant.group(name, *members, **more)

    async def restarts(self) -> None:
        """The bot goes and comes again, with a long connection and nothing in its head."""
        self.listening.cancel()
        await asyncio.gather(self.listening, return_exceptions=True)
        await self.messenger.close()
        self.messengers["feishu"] = messenger_of(self.tenant, self.tenant.url)
        self.listening = asyncio.create_task(self.messenger.listen(self.receive))
        await self.tenant.connected(2)


@asynccontextmanager
async def company(
    folder: Path, mode: str = "socket", language: str = "zh-Hans", *others: Messenger, urgent: bool = False
) -> AsyncIterator[Company]:
    """A company whose bot listens; nobody is hired yet, and the directory not read. `others`: its other messengers;
    `urgent`: what may disturb rings."""
    clock = SetClock(START)
    tenant = Tenant(clock, app=app(mode))
    async with connected(tenant, mode, urgent=urgent) as messenger:
        messengers: dict[str, Messenger] = {"feishu": messenger, **{one.name: one for one in others}}
        office = Company(tenant=tenant, **parts(folder, clock, messengers, language, translating={"feishu"}))
        office.listening = asyncio.create_task(messenger.listen(office.receive))
        await messenger.listening.wait()
        if mode == "socket":
            await tenant.connected(2)
        try:
            yield office
        finally:
            await office.goes_home()
            await office.messenger.close()
    assert tenant.complaints == []
