"""How Slack reaches us: by the sockets that we open, or through the door it knocks at. One way for all workspaces."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute, Route

from adapters.slack.door import PATH, Door
from adapters.slack.options import Options
from adapters.slack.standing import SocketStanding
from bot.clock import Clock
from bot.messenger import Connection

if TYPE_CHECKING:
    from slack_bolt.app.async_app import AsyncApp


class Ears:
    """`secret` is what bolt checks signatures by, empty in Socket Mode, where nothing is signed."""

    def __init__(self, options: Options, clock: Clock) -> None:
        self._options = options
        self._socket = SocketStanding(clock) if options.mode == "socket" else None
        self._door = Door(options.signing_secret) if options.mode == "http" else None
        self.secret = options.signing_secret if self._door else ""
        self.routes: list[BaseRoute] = [Route(PATH, self._door)] if self._door else []

    def connections(self) -> list[Connection]:
        """The way in, where it can be cut off by itself: at the door it is Slack who knocks."""
        return [self._socket.connection] if self._socket else []

    async def hear(
        self, app: "AsyncApp", others: "Iterable[asyncio.Future[Any]]", finish: Callable[[], Awaitable[None]]
    ) -> None:
        """Hands everything to the app until one of `others` ends, whose fault it raises, or no way in is left. The order of
        stopping: nothing new comes in, `finish` ends and acknowledges what was begun, then the connections close."""
        waited = list(others)
        if self._door:
            self._door.open(app.async_dispatch)
        if self._socket:
            waited.append(asyncio.ensure_future(self._listen(app, self._socket)))
        try:
            done, _ = await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            for ear in done:
                ear.result()
        finally:
            if self._door:
                self._door.close()
            await finish()
            for ear in waited:
                ear.cancel()
            await asyncio.gather(*waited, return_exceptions=True)

    async def _listen(self, app: "AsyncApp", standing: SocketStanding) -> None:
        from adapters.slack.sockets import listen  # where Slack knocks at the door, nobody needs its client

        await listen(app, self._options.app_token, self._options.ping_interval, standing)
