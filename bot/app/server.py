"""The HTTP side: a listening socket on the port that was asked for or the next free one, and uvicorn on it.

Signals are the application's business, not uvicorn's: it stops when it is told to.
"""

import contextlib
import errno
import socket
from collections.abc import Callable, Iterator

from starlette.types import ASGIApp
from uvicorn import Config, Server

_TRIES = 50
_GRACE_SECONDS = 3


class PortTaken(Exception):
    """Nothing can listen there; `reason` as the system words it."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason


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


def server(app: ASGIApp, ready: Callable[[], None]) -> QuietServer:
    """A server for the application; `serve(sockets=[…])` runs it until `should_exit`."""
    config = Config(
        app, log_config=None, access_log=False, lifespan="off", server_header=False, date_header=True,
        timeout_graceful_shutdown=_GRACE_SECONDS, ws_max_size=1_000_000, h11_max_incomplete_event_size=65_536,
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
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made
