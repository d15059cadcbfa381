"""A real server for the web workplace in tests: uvicorn on a free port, in the test's own loop."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from socket import socket

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute


class _Server(uvicorn.Server):
    """Says when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.ended = asyncio.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Ends when told to, not at the next look ten times a second: two hundred tests wait for it."""
        await self.on_tick(0)
        await self.ended.wait()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """As uvicorn does, without its pause for stragglers."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(list(self.server_state.tasks), timeout=2)
        await self.lifespan.shutdown()


@asynccontextmanager
async def serving(routes: Iterable[BaseRoute], port: int = 0) -> AsyncIterator[str]:
    """Serves the routes on loopback; gives the address, e.g. http://127.0.0.1:40213. Ends the server on leaving."""
    config = uvicorn.Config(
        Starlette(routes=list(routes)), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=2
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve())
    await server.ready.wait()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.ended.set()
        await running
