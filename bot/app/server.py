"""The HTTP side: a listening socket on the port that was asked for or the next free one, and uvicorn on it.

Signals are the application's business, not uvicorn's: it stops when it is told to.
"""

import asyncio
import contextlib
import errno
import resource
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from starlette.applications import Starlette
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.types import ASGIApp

from bot.later import postponed

with postponed("uvicorn", Config="uvicorn.config"):  # its own modules ask for this name
    from uvicorn.config import Config
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    from uvicorn.server import Server

_TRIES = 50
_GRACE_SECONDS = 3
_WAITING = 64
"""Connections that the system keeps for us until we take them; asyncio takes them all at once, before any is judged."""
MOST_OPEN = 5_000
"""Connections at once: two tabs for each of 2,500 people. One that is held open with nothing said costs 10 kB."""
_OWN_FILES = 400
"""Of the files that a process may have open, so many are for the database, what goes out to messengers, and connections that
were taken and are not judged yet."""
REQUEST_SECONDS = 30.0
"""A request that has not arrived whole by then is cut off: nobody holds a connection by dripping."""


class PortTaken(Exception):
    """Nothing can listen there; `reason` as the system words it."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason


class Impatient(HttpToolsProtocol):
    """uvicorn's protocol, which itself waits for ever for the rest of a head or a body."""

    patience = REQUEST_SECONDS
    most = MOST_OPEN
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there and has said nothing yet. One too many is let go at once: with no file left to open, messengers
        could not be called, and asyncio logs two thousand lines a second."""
        super().connection_made(cast(asyncio.Transport, transport))
        self._wait()
        if len(self.connections) > self.most:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._came()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._wait()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """It is here."""
        self._came()
        super().on_message_complete()

    def _wait(self) -> None:
        self._came()
        self._late = self.loop.call_later(self.patience, self.transport.abort)

    def _came(self) -> None:
        if self._late is not None:
            self._late.cancel()


class QuietServer(Server):
    """uvicorn without its own signal handlers, which calls `ready` when the first request would be answered."""

    def __init__(self, config: Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to listen, then says so."""
        await super().startup(sockets)
        self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to the application."""
        yield


def listening(host: str, port: int, *, exact: bool) -> socket.socket:
    """A listening socket on `port`, or (unless `exact`) the next free one after it. Raises PortTaken."""
    for candidate in range(port, port + 1 if exact else min(port + _TRIES, 65536)):
        try:
            return _bound(host, candidate)
        except OSError as fault:
            if exact or fault.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise PortTaken(host, candidate, fault.strerror or str(fault)) from None
    raise PortTaken(host, port, f"{_TRIES} ports in a row are taken")


def room_for_connections() -> int:
    """How many may be open at once. Asks the system for as many open files as that takes; it may allow fewer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = soft if soft == resource.RLIM_INFINITY else max(soft, wanted_of(hard))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return room_in(files)


def wanted_of(hard: int) -> int:
    """Of as many open files as the system allows, those that are of use."""
    wanted = MOST_OPEN + _OWN_FILES
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def room_in(files: int) -> int:
    """How many connections leave enough of so many files for everything else."""
    return MOST_OPEN if files == resource.RLIM_INFINITY else min(MOST_OPEN, max(files - _OWN_FILES, files // 2))


def application(routes: Sequence[BaseRoute]) -> ASGIApp:
    """The routes and nothing else: a path that is not quite theirs is not found, rather than sent on to a guess."""
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    return app


def server(routes: Sequence[BaseRoute], ready: Callable[[], None]) -> QuietServer:
    """A server for the routes; `serve(sockets=[…])` runs it until `should_exit`. Without a route for web sockets it does not
    know them: 10 ms of a start."""
    sockets = any(isinstance(route, WebSocketRoute) for route in routes)
    http = type("Impatient", (Impatient,), {"most": room_for_connections()})
    config = Config(
        application(routes), http=http, backlog=_WAITING, ws="auto" if sockets else "none", ws_max_size=1_000_000,
        log_config=None, access_log=False, lifespan="off", server_header=False, date_header=True,
        timeout_graceful_shutdown=_GRACE_SECONDS, h11_max_incomplete_event_size=65_536,
    )  # fmt: skip
    return QuietServer(config, ready)


def addresses(bound: socket.socket) -> str:
    """http://127.0.0.1:8080"""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _bound(host: str, port: int) -> socket.socket:
    family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
        0
    ]
    made = socket.socket(family, kind, proto)
    try:
        # So that a restart does not wait for the old connections' TIME_WAIT; a port in use is still refused on Linux.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_WAITING)
    except OSError:
        made.close()
        raise
    return made
