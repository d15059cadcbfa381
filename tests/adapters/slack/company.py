"""A whole workplace on the simulated Slack.

async with company(tmp_path) as office:
    ann, bo = office.hires("ann", "安娜"), office.hires("bo", "薄一")
    office.room = office.channel("product", ann, bo)
    await ann.types("/action add 输出流程 @薄一 周五", office.room)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.slack import SlackMessenger
from bot.messenger import Messenger
from tests.adapters.slack.office import app, connected
from tests.adapters.workplace import Staffed, parts
from tests.conversation import START, SetClock
from tests.simulators.slack import Channel, Colleague, Workspace


@dataclass(kw_only=True)
class Company(Staffed):
    workspace: Workspace
    zhang: Colleague = field(init=False)
    li: Colleague = field(init=False)
    wang: Colleague = field(init=False)
    room: Channel = field(init=False)
    """Whoever a test has hired by these names, and where they meet."""

    @property
    def messenger(self) -> SlackMessenger:
        found = self.messengers["slack"]
        assert isinstance(found, SlackMessenger)
        return found

    async def settled(self) -> None:
        await self.workspace.settled()

    def hires(self, name: str, real_name: str, locale: str = "zh-CN", **more: Any) -> Colleague:
        return self.workspace.hires(name, real_name, locale=locale, tz="Asia/Shanghai", **more)

    def channel(self, name: str, *members: Colleague, **more: Any) -> Channel:
        return self.workspace.channel(name, *members, **more)


@asynccontextmanager
async def company(
    folder: Path, mode: str = "socket", language: str = "zh-Hans", *others: Messenger
) -> AsyncIterator[Company]:
    """A company whose bot listens; nobody is hired yet, and the directory not read. `others`: its other messengers."""
    clock = SetClock(START)
    workspace = Workspace(clock, app=app(mode))
    async with connected(workspace, mode) as messenger:
        messengers: dict[str, Messenger] = {"slack": messenger, **{one.name: one for one in others}}
        office = Company(workspace=workspace, **parts(folder, clock, messengers, language))
        office.listening = asyncio.create_task(messenger.listen(office.receive))
        await messenger.listening.wait()
        if mode == "socket":
            await workspace.connected(2)
        try:
            yield office
        finally:
            await office.goes_home()
    assert workspace.complaints == []
