"""A served web workplace of three people for the tests of its wire; `Workplace` is what they ask of it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from adapters.web import Archive, WebMessenger
from bot.people import Account, Profile, Room
from tests.adapters.web.browserless import WireTab
from tests.adapters.web.serving import serving
from tests.clocks import SetClock
from tests.contracts.harness import Core, listening

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ROOM = Room("web", "product", "产品")


@dataclass
class MovedTime:
    """A time machine over a clock; remembers where it went."""

    clock: SetClock
    moves: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return self.clock.now()

    async def move(self, to: datetime) -> None:
        self.clock.advance_to(to)
        self.moves.append(to)


def person(user: str, name: str, department: str = "产品部") -> Profile:
    return Profile(Account("web", user), name, department=department, language="zh-Hans", timezone="Asia/Shanghai")


PEOPLE = [person("ann", "安娜"), person("bo", "薄一"), person("cy", "陈一", "客服部")]


def messenger_on(archive: Archive, **more: Any) -> WebMessenger:
    """A web messenger of ann, bo and cy; cy is in no room."""
    messenger = WebMessenger(archive, SetClock(NOW), **more)
    messenger.seed(PEOPLE, [(ROOM, ["ann", "bo"])])
    return messenger


class Workplace:
    """A served web workplace and its core."""

    def __init__(
        self, messenger: WebMessenger, core: Core, base: str, session: aiohttp.ClientSession, tabs: AsyncExitStack
    ) -> None:
        self.messenger = messenger
        self.core = core
        self.base = base
        self.session = session
        self._tabs = tabs

    async def tab(self, user: str, seq: int | None = None) -> WireTab:
        """Opens a tab; it is closed at the end of the test."""
        tab = await self._tabs.enter_async_context(WireTab(self.session, self.base, user, seq))
        await tab.until(lambda frame: True)
        return tab


@pytest.fixture
def archive():
    archive = Archive()
    yield archive
    archive.close()


@pytest.fixture
async def workplace(archive: Archive) -> AsyncIterator[Workplace]:
    clock = SetClock(NOW)
    messenger = messenger_on(archive, demo=MovedTime(clock))
    core = Core()
    async with (
        serving(messenger.routes) as base,
        aiohttp.ClientSession() as session,
        AsyncExitStack() as tabs,
        listening(messenger, core.receive),
    ):
        yield Workplace(messenger, core, base, session, tabs)
