"""The web workplace passes the messenger contract whole, over real sockets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import aiohttp
import pytest

from adapters.web import Archive, WebMessenger
from bot.cards import Button, Form
from bot.clock import SystemClock
from bot.messenger import Posted
from bot.people import Account, Profile, Room
from tests.adapters.web.browserless import WireTab, leaves
from tests.adapters.web.serving import serving
from tests.contracts.harness import Harness
from tests.contracts.messenger import MessengerContract

pytestmark = pytest.mark.slow


class WebHarness(Harness):
    """Two people of the web workplace at a real server."""

    has_buttons = True
    slash_calls = True
    redelivers = True
    ann = Profile(Account("web", "ann"), "安娜", language="zh-Hans", timezone="Asia/Shanghai")
    bo = Profile(Account("web", "bo"), "薄一", language="zh-Hans", timezone="Asia/Shanghai")
    room = Room("web", "product", "产品")

    def __init__(
        self, archive: Archive, messenger: WebMessenger, session: aiohttp.ClientSession, base: str, started: datetime
    ) -> None:  # fmt: skip
        self.messenger = messenger
        self._archive = archive
        self.started = started
        self._session = session
        self._base = base
        self._shown: dict[str, list[str]] = {"ann": [], "bo": []}
        self._asked_in = ""

    async def says(
        self,
        who: Profile,
        text: str,
        where: Room | None = None,
        mentions: tuple[Profile, ...] = (),
        reply: Posted | None = None,
    ) -> None:
        picked = [one.account.user_id for one in mentions]
        quoted = int(reply.id) if reply else 0
        await self._act(
            who, "say", conversation=self._conversation(who, where), text=text, mentions=picked, quoted=quoted
        )

    async def says_twice(self, who: Profile, text: str) -> None:
        for _ in range(2):
            await self._act(who, "say", id="the-same-event", conversation=self._conversation(who, None), text=text)

    async def presses(self, who: Profile, posted: Posted, button: Button) -> None:
        await self._act(who, "press", message=int(posted.id), command=button.command, version=button.version)

    async def submits(self, who: Profile, form: Form, values: dict[str, str]) -> None:
        conversation = self._conversation(who, None)
        await self._act(
            who, "submit", conversation=conversation, command=form.command, values=values, version=form.version
        )

    async def sees(self, who: Profile, where: Room | None = None) -> str:
        tab = WireTab(self._session, self._base, who.account.user_id)
        messages = await tab.history(self._conversation(who, where))
        return "\n".join([*leaves(messages), *self._shown[who.account.user_id]])

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[WebMessenger]:
        yield WebMessenger(self._archive, SystemClock())

    async def _act(self, who: Profile, kind: str, **frame: object) -> None:
        async with WireTab(self._session, self._base, who.account.user_id) as tab:
            await tab.hello()
            await tab.act(kind, **frame)
            for shown in tab.frames:
                if shown["type"] in ("toast", "form"):
                    self._shown[tab.user] += leaves(shown)

    def _conversation(self, who: Profile, where: Room | None) -> str:
        return where.id if where else "d:" + ":".join(sorted(["bihuan", who.account.user_id]))


class TestWeb(MessengerContract):
    @pytest.fixture
    async def harness(self) -> AsyncIterator[WebHarness]:
        archive = Archive()
        messenger = WebMessenger(archive, SystemClock())
        people = [WebHarness.ann, WebHarness.bo]
        messenger.seed(people, [(WebHarness.room, [one.account.user_id for one in people])])
        async with serving(messenger.routes) as base, aiohttp.ClientSession() as session:
            yield WebHarness(archive, messenger, session, base, SystemClock().now())
        archive.close()
