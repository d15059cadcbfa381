"""One Slack on 127.0.0.1: an app, the workspaces it may be installed in, and everything that is served for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from bot.clock import Clock
from tests.clocks import RunningClock
from tests.simulators.slack import oauth
from tests.simulators.slack.agenda import Agenda
from tests.simulators.slack.app import App
from tests.simulators.slack.courier import Courier
from tests.simulators.slack.door import Door
from tests.simulators.slack.faults import Faults
from tests.simulators.slack.ids import Ids
from tests.simulators.slack.pace import Pace
from tests.simulators.slack.sockets import Sockets
from tests.simulators.slack.unverified import Unverified
from tests.simulators.slack.values import File
from tests.simulators.slack.wire import Wire

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

MOST_BYTES = 64 * 1024 * 1024


class Slack:
    """What all workspaces share. Without a clock, one that runs with the machine's and can be pushed forward."""

    def __init__(self, app: App | None = None, clock: Clock | None = None) -> None:
        self.app = app or App()
        self.clock: Clock = clock or RunningClock()
        self.agenda = Agenda(self.clock)
        self.ids = Ids()
        self.faults = Faults()
        self.pace = Pace()
        self.unverified = Unverified()
        self.workspaces: dict[str, Workspace] = {}
        self.codes: dict[str, tuple[str, str, str, tuple[str, ...]]] = {}
        self.used_codes: set[str] = set()
        self.url = ""
        self.wire = Wire(self)
        self.sockets = Sockets(self)
        self.door = Door(self)
        self.courier = Courier(self)

    @asynccontextmanager
    async def serving(self, port: int = 0, *more: web.RouteDef) -> AsyncIterator[str]:
        """Serves until left; gives the address, http://127.0.0.1:<port>. The Web API is below it at /api/."""
        runner = web.AppRunner(self._routes(more), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
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

    def _routes(self, more: tuple[web.RouteDef, ...]) -> web.Application:
        served = web.Application(client_max_size=MOST_BYTES)
        served.add_routes(
            [
                web.route("*", "/api/{method}", self.wire.answer),
                web.get("/link/", self.sockets.serve),
                web.get("/oauth/v2/authorize", self._authorize),
                web.post("/upload/v1/{secret}", self._upload),
                *(web.post(f"/{kind}/{{team}}/{{number}}/{{secret}}", self.wire.hook) for kind in _HOOKS),
                *more,
            ]
        )
        return served

    async def _authorize(self, request: web.Request) -> web.StreamResponse:
        return await oauth.page(self, request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """The second step of an upload: no token, the URL is the secret."""
        content = await _uploaded(request)
        for workspace in self.workspaces.values():
            for file in workspace.files.values():
                if file.secret == request.match_info["secret"] and file.content is None:
                    return _kept(file, content)
        return web.Response(status=404, text="not_found")


_HOOKS = ("commands", "actions", "app")


def _kept(file: File, content: bytes) -> web.Response:
    if len(content) != file.length:
        return web.Response(status=400, text="length_mismatch")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


async def _uploaded(request: web.Request) -> bytes:
    if request.content_type == "multipart/form-data":
        for value in (await request.post()).values():
            if isinstance(value, web.FileField):
                return value.file.read()
    return await request.read()
