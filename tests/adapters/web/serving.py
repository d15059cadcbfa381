"""A real server for the web workplace in tests: uvicorn on a free port, in the test's own loop."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute


@asynccontextmanager
async def serving(routes: Iterable[BaseRoute], port: int = 0) -> AsyncIterator[str]:
    """Serves the routes on loopback; gives the address, e.g. http://127.0.0.1:40213. Ends the server on leaving."""
    config = uvicorn.Config(
        Starlette(routes=list(routes)), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
