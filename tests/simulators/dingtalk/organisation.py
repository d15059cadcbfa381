"""An organisation in DingTalk: its people, departments and groups, what is said there, and the app.

organisation = Organisation(clock)
ann, bo = organisation.hires("0456ann", "安娜"), organisation.hires("0123bo", "薄一")
weekly = organisation.group("项目周会", ann, bo)
async with organisation.serving() as url:        # api_url=f"{url}/api", oapi_url=f"{url}/oapi"
    await organisation.gateway.connected()
    await ann.says("@闭环 /action add 输出流程 @薄一 周五", weekly)
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from aiohttp import web

from bot.clock import Clock
from tests.clocks import RunningClock
from tests.simulators.dingtalk.api import endpoints
from tests.simulators.dingtalk.faults import Faults
from tests.simulators.dingtalk.gateway import Gateway
from tests.simulators.dingtalk.people import Colleague
from tests.simulators.dingtalk.quota import Quota
from tests.simulators.dingtalk.unverified import Unverified
from tests.simulators.dingtalk.values import App, Card, Department, Group, Member, Message
from tests.simulators.dingtalk.wire import Call, Wire
from tests.simulators.slack.agenda import Agenda, Movable

TOKEN_LASTS = timedelta(seconds=7_200)
MOST_BYTES = 32 * 1024 * 1024


class Organisation:
    """One organisation on 127.0.0.1. Without a clock, one that runs with the machine's and can be pushed on."""

    def __init__(self, clock: Clock | None = None, app: App | None = None) -> None:
        self.clock: Clock = clock or RunningClock()
        self.app = app or App()
        self.url = ""
        self.agenda = Agenda(self.clock)
        self.faults = Faults()
        self.quota = Quota()
        self.unverified = Unverified()
        self.gateway = Gateway(self)
        self.wire = Wire(self, endpoints(self.gateway))
        self.departments = {1: Department(1, "公司", 0)}
        self.members: dict[str, Member] = {}
        self.groups: dict[str, Group] = {}
        self.messages: list[Message] = []
        self.cards: dict[str, Card] = {}
        self.media: dict[str, bytes] = {}
        self.sessions: dict[str, tuple[str, datetime]] = {}
        self.called: list[str] = []
        """User ids of those whom a message of the robot's called by a visible mention."""
        self.rung: list[tuple[str, str]] = []
        """Whom a DING rang at, and what it said."""
        self.scope: set[int] | None = None
        """Departments in the app's contact scope; None: all."""
        self.scope_people: set[str] = set()
        """User ids that are in the scope by themselves."""
        self.complaints: list[str] = []
        """What DingTalk could do nothing with. A test ends with none."""
        self.card_patience = 2.0
        """Real seconds that a click waits for its answer."""
        self._numbers: Counter[str] = Counter()
        self._token = ""
        self._token_until = self.clock.now()

    # --- serving ---

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[str]:
        """Serves until left; gives the address. The new host is below it at /api, the old one at /oapi."""
        served = web.Application(client_max_size=MOST_BYTES)
        served.add_routes(
            [
                web.route("*", "/{host:api|oapi}/{path:.*}", self.wire.answer),
                web.get("/connect", self.gateway.serve),
            ]
        )
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
            await self.gateway.stop()
            await runner.cleanup()

    def calls(self, path: str = "") -> list[Call]:
        """What the bot called, oldest first."""
        return [call for call in self.wire.calls if path in ("", call.path)]

    async def advance(self, **lapse: float) -> None:
        """The clock goes on, and what falls due happens."""
        assert isinstance(self.clock, Movable), "this organisation has a clock that nobody can move"
        self.clock.advance_to(self.clock.now() + timedelta(**lapse))
        await self.agenda.rings()
        await self.gateway.settled()

    # --- people and groups ---

    def hires(self, userid: str, name: str, *departments: int, **more: bool) -> Colleague:
        """Somebody new. `more`: admin, outside (another organisation's), refuses_robot."""
        member = Member(userid, f"u{userid}", name, list(departments) or [1], **more)
        self.members[userid] = member
        return Colleague(self, member)

    def department(self, id: int, name: str, parent: int = 1, *heads: Colleague) -> Department:
        self.departments[id] = Department(id, name, parent, [one.member.userid for one in heads])
        return self.departments[id]

    def group(self, title: str, *people: Colleague, robot: bool = True) -> Group:
        """A group of these people, with the robot unless told otherwise."""
        made = Group(f"cid{self.ids('GRP')}", title, [one.member.userid for one in people], robot)
        self.groups[made.id] = made
        return made

    def in_scope(self, member: Member) -> bool:
        by_themselves = member.userid in self.scope_people
        return self.scope is None or by_themselves or bool(self.scope & set(member.departments))

    # --- what is said ---

    def says(self, message: Message) -> Message:
        self.messages.append(message)
        return message

    def ids(self, kind: str) -> str:
        """A new id; keys end in = as DingTalk's do."""
        self._numbers[kind] += 1
        return f"{kind}{self._numbers[kind]:04d}=="

    def session(self, place: str) -> str:
        """The secret of a session webhook of this conversation."""
        secret = self.ids("5f0e").rstrip("=")
        self.sessions[secret] = place, self.clock.now()
        return secret

    # --- tokens ---

    def token(self) -> str:
        """The same within its validity, which asking extends."""
        if not self.token_lives(self._token):
            self._token = f"tok-{self.ids('a1b2').rstrip('=')}"
        self._token_until = self.clock.now() + TOKEN_LASTS
        return self._token

    def token_lives(self, token: str) -> bool:
        return bool(token) and token == self._token and self.clock.now() < self._token_until

    def revokes_token(self) -> None:
        """The token dies before its time."""
        self._token_until = self.clock.now()
