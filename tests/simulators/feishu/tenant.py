"""A company on a local Feishu: its people and chats, what is said in them, and the one app that is installed.

tenant = Tenant()
ann, bo = tenant.hires("安娜"), tenant.hires("薄一")
product = tenant.group("产品", ann, bo)
async with tenant.serving() as url:       # domain=url, tenant.app.id, tenant.app.secret
    await ann.says("@闭环 新增 输出流程 @薄一 周五", product)
    await bo.presses("接受")
    await tenant.advance(minutes=5)
    assert "已接受" in ann.sees(product)
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import Clock
from tests.clocks import RunningClock
from tests.simulators.feishu import payloads
from tests.simulators.feishu.api import OPERATIONS
from tests.simulators.feishu.app import App
from tests.simulators.feishu.courier import Courier, Delivery
from tests.simulators.feishu.door import Door
from tests.simulators.feishu.faults import Faults
from tests.simulators.feishu.ids import Ids
from tests.simulators.feishu.pace import Pace
from tests.simulators.feishu.people import Colleague, Group
from tests.simulators.feishu.sockets import Sockets
from tests.simulators.feishu.tokens import Tokens
from tests.simulators.feishu.unverified import Unverified
from tests.simulators.feishu.values import Chat, Department, Json, Message, Upload, User
from tests.simulators.feishu.wire import Call, Wire
from tests.simulators.slack.agenda import Agenda, Movable

MOST_BYTES = 64 * 1024 * 1024


class Tenant:
    """One company. Without a clock, one that runs with the machine's and can be pushed forward."""

    def __init__(self, clock: Clock | None = None, *, app: App | None = None, name: str = "Acme") -> None:
        self.app = app or App()
        self.clock: Clock = clock or RunningClock()
        self.name = name
        self.ids = Ids()
        self.key = f"tk{self.ids.hex(14)}"
        self.bot_id, self.bot_union = self.ids.next("ou"), self.ids.next("on")
        self.users: dict[str, User] = {}
        self.departments: dict[str, Department] = {}
        self.chats: dict[str, Chat] = {}
        self.images: dict[str, Upload] = {}
        self.files: dict[str, Upload] = {}
        self.slash: dict[str, Json] = {}
        self.page_size = 0
        self.range: set[str] | None = None
        """Departments (with all below them) and people in the app's contact range; None: the whole company."""
        self.url = ""
        self.complaints: list[str] = []
        """What Feishu could do nothing with: answers that it does not understand, cards that it refuses in them. A test
        ends with none."""
        self.agenda = Agenda(self.clock)
        self.faults, self.pace, self.unverified = Faults(), Pace(), Unverified()
        self.tokens = Tokens(self.app, self.ids)
        self.wire = Wire(self, OPERATIONS)
        self.sockets, self.door, self.courier = Sockets(self), Door(self), Courier(self)

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[str]:
        """Serves until left; gives the address, http://127.0.0.1:<port>."""
        served = web.Application(client_max_size=MOST_BYTES)
        served.add_routes([
            web.route("*", "/open-apis/{path:.*}", self.wire.answer),
            web.post("/callback/ws/endpoint", self.sockets.endpoint),
            web.get("/ws/v2", self.sockets.serve),
        ])  # fmt: skip
        runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        watch = asyncio.create_task(self.agenda.watch())
        try:
            yield self.url
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
            await self.courier.stop()
            self.sockets.drops()
            await self.door.stop()
            await runner.cleanup()

    # --- what happened ---

    def calls(self, operation: str = "") -> list[Call]:
        """What the bot called, oldest first."""
        return [call for call in self.wire.calls if operation in ("", call.operation)]

    def deliveries(self, kind: str = "") -> list[Delivery]:
        """What was brought to the bot, by the event's type."""
        return [one for one in self.courier.log if kind in ("", one.kind)]

    def said(self) -> list[Message]:
        """Every message of every chat, oldest first."""
        return sorted(self._said(), key=lambda one: (one.at, self._order(one)))

    def _said(self) -> Iterator[Message]:
        return (one for chat in self.chats.values() for one in chat.messages)

    def _order(self, message: Message) -> int:
        return self.ids.order(message.id)

    def message(self, id: str) -> Message | None:
        return next((one for one in self._said() if one.id == id), None)

    async def tells(self, payload: Json) -> Delivery | None:
        """Brings an event to the bot, if it is subscribed to such."""
        if payload["header"]["event_type"] not in self.app.events:
            return None
        return await self.courier.brings(payload)

    def hears_message(self, chat: Chat, mentions: list[Json]) -> bool:
        """Which messages an app hears is settled by its scopes (sheet 2.2)."""
        called = any(one["id"]["open_id"] == self.bot_id for one in mentions)
        if chat.p2p:
            return "im:message.p2p_msg:readonly" in self.app.scopes
        every = "im:message.group_msg" in self.app.scopes
        return chat.bot and (every or (called and "im:message.group_at_msg:readonly" in self.app.scopes))

    # --- time ---

    async def settled(self) -> None:
        """Waits until nothing is on its way to the bot."""
        await self.courier.settled()

    async def advance(self, **lapse: float) -> None:
        """The clock goes on (days=, minutes=, seconds=), and what falls due happens."""
        await self.until(self.clock.now() + timedelta(**lapse))

    async def until(self, moment: datetime) -> None:
        assert isinstance(self.clock, Movable), "this tenant has a clock that nobody can move"
        self.clock.advance_to(moment)
        await self.agenda.rings()
        await self.settled()

    async def connected(self, count: int = 1, within: float = 10.0) -> None:
        """Waits for the bot's connections."""
        await self.sockets.connected(count, within)

    # --- what the app may see ---

    def shows(self, user: User) -> bool:
        """Whether somebody is in the app's contact range."""
        everybody = self.range is None
        inside = everybody or user.open_id in (self.range or ()) or any(map(self.shows_department, user.departments))
        return user.available and inside

    def shows_department(self, id: str) -> bool:
        """Whether a department is; the company itself only where everybody is."""
        if self.range is None or id in self.range:
            return True
        return (
            id in self.departments
            and self.departments[id].parent != "0"
            and self.shows_department(self.departments[id].parent)
        )

    # --- who is here, and where ---

    def hires(self, name: str, *departments: Department, **more: Any) -> Colleague:
        """Somebody new. `more`: email, language (zh_cn), zone (+0800), leader."""
        ids = self.ids
        user = User(ids.next("ou"), ids.next("on"), ids.hex(8), name, **more)
        user.departments = [one.id for one in departments]
        self.users[user.open_id] = user
        return Colleague(self, user)

    def department(self, name: str, parent: Department | None = None) -> Department:
        made = Department(self.ids.next("od-"), name, parent.id if parent else "0")
        self.departments[made.id] = made
        return made

    def group(self, name: str, *members: Colleague, bot: bool = True) -> Group:
        """A group with these people, and the bot unless told otherwise. Nobody is told of their coming."""
        chat = Chat(self.ids.next("oc"), name, members=[one.id for one in members], bot=bot)
        self.chats[chat.id] = chat
        return Group(self, chat)

    def direct(self, user: User) -> Chat:
        """Somebody's conversation with the bot."""
        for chat in self.chats.values():
            if chat.p2p and chat.members == [user.open_id]:
                return chat
        chat = Chat(self.ids.next("oc"), "", True, [user.open_id])
        self.chats[chat.id] = chat
        return chat

    async def reorganises(self, department: Department) -> None:
        """Something of a department has changed."""
        await self.tells(payloads.reorganised(self, department.id))

    async def resigns(self, who: Colleague) -> None:
        """Somebody leaves the company."""
        who.user.resigned = True
        await self.tells(payloads.changed(self, who.user, gone=True))
