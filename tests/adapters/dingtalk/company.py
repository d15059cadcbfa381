"""A whole workplace on the simulated DingTalk.

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
from pathlib import Path
from typing import Any

from adapters.dingtalk import DingtalkMessenger
from bot.messenger import Messenger
from tests.adapters.dingtalk.office import Rung, connected
from tests.adapters.workplace import Staffed, parts
from tests.conversation import START, SetClock
from tests.simulators.dingtalk import Colleague, Group, Organisation


@dataclass(kw_only=True)
class Company(Staffed):
    organisation: Organisation
    zhang: Colleague = field(init=False)
    li: Colleague = field(init=False)
    wang: Colleague = field(init=False)
    room: Group = field(init=False)
    """Whoever a test has hired by these names, and where they meet."""

    @property
    def messenger(self) -> DingtalkMessenger:
        found = self.messengers["dingtalk"]
        assert isinstance(found, DingtalkMessenger)
        return found

    async def settled(self) -> None:
        await self.organisation.gateway.settled()

    def hires(self, userid: str, name: str, *departments: int, **more: Any) -> Colleague:
        return self.organisation.hires(userid, name, *departments, **more)

    def group(self, title: str, *people: Colleague) -> Group:
        return self.organisation.group(title, *people)


@asynccontextmanager
async def company(folder: Path, rung: Rung = "template", *others: Messenger, **more: Any) -> AsyncIterator[Company]:
    """A company whose bot listens; nobody is hired yet, and the directory not read. `others`: its other messengers."""
    clock = SetClock(START)
    organisation = Organisation(clock)
    async with connected(organisation, rung, folder / "dingtalk.db", **more) as messenger:
        messengers: dict[str, Messenger] = {"dingtalk": messenger, **{one.name: one for one in others}}
        office = Company(organisation=organisation, **parts(folder, clock, messengers))
        office.listening = asyncio.create_task(messenger.listen(office.receive))
        await organisation.gateway.connected()
        try:
            yield office
        finally:
            await office.goes_home()
    assert organisation.complaints == []
