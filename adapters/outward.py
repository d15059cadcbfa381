"""What messengers of somebody else's are called with: aiohttp's sessions, on one TLS context for all of them.

aiohttp makes two contexts when it is imported and reads the machine's 140 certificates into each, 45 ms of the processor
a time, in a row: a tenth of a start. The second, for who does not want to know whom he talks to, is never used here. So
aiohttp is loaded as if the machine trusted nobody, and the certificates are read once, into a context of our own, beside
the rest of the start: OpenSSL holds no lock of Python's meanwhile. Sessions are therefore made here and nowhere else; one
that were made elsewhere would trust nobody.
"""

import asyncio
import os
import ssl
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

_AUTHORITIES = {"SSL_CERT_FILE": os.devnull, "SSL_CERT_DIR": os.devnull}
"""Where OpenSSL looks for whom the machine trusts, wherever that is on this machine."""


@contextmanager
def _nobody_trusted() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _AUTHORITIES}
    os.environ.update(_AUTHORITIES)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})


with _nobody_trusted():
    import aiohttp


LAND_WITHIN = 5.0
"""Seconds that a call in flight has when its session is closed: one that is cut off may have arrived, and nobody would know."""


class Outlet:
    """The one session of an app's calls, each with a limit of time; made anew after `close`, which is also how an ear ends
    that is to be begun again, while messages are on their way."""

    def __init__(self, timeout: float) -> None:
        self._timeout = aiohttp.ClientTimeout(timeout)
        self._session: aiohttp.ClientSession | None = None
        self._flying: set[asyncio.Future[None]] = set()

    @property
    def session(self) -> aiohttp.ClientSession:
        """Must be asked for in a running loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusted()), timeout=self._timeout)
        return self._session

    @contextmanager
    def flight(self) -> Iterator[aiohttp.ClientSession]:
        """Around a call that `close` is to wait for: the session to make it with."""
        flying, landed = self._flying, asyncio.get_running_loop().create_future()
        flying.add(landed)
        try:
            yield self.session
        finally:
            flying.discard(landed)
            landed.set_result(None)

    async def close(self) -> None:
        """Lets the connections go when what is in flight has landed; who calls meanwhile opens others."""
        session, self._session = self._session, None
        flying, self._flying = self._flying, set()
        if flying:
            await asyncio.wait(flying.copy(), timeout=LAND_WITHIN)
        if session is not None:
            await session.close()


def trusted() -> ssl.SSLContext:
    """The context that trusts whom this machine trusts. Waits for the certificates, which have nearly always been read."""
    return _context.result()


def reason(fault: Exception) -> str:
    """What was wrong with a call or a connection, for logs, operators and what is kept: without the address, which may hold
    a token or a ticket."""
    if isinstance(fault, aiohttp.ClientResponseError):
        return f"{type(fault).__name__}: {fault.status} {fault.message}".rstrip()
    return str(fault) if isinstance(fault, aiohttp.ClientConnectorError) else type(fault).__name__


def _read() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])  # as aiohttp's own
    return context


def _reading() -> Future[ssl.SSLContext]:
    aside = ThreadPoolExecutor(1, thread_name_prefix="certificates")
    made = aside.submit(_read)
    aside.shutdown(wait=False)
    return made


_context = _reading()
