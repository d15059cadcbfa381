"""What messengers of somebody else's are called with: aiohttp's sessions, on one TLS context for all of them.

aiohttp makes two contexts when it is imported and reads the machine's 140 certificates into each, 45 ms of the processor
a time, in a row: a tenth of a start. The second, for who does not want to know whom he talks to, is never used here. So
aiohttp is loaded as if the machine trusted nobody, and the certificates are read once, into a context of our own, beside
the rest of the start: OpenSSL holds no lock of Python's meanwhile. Sessions are therefore made here and nowhere else; one
that were made elsewhere would trust nobody.
"""

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


_FIVE_MINUTES = aiohttp.ClientTimeout(300)


def session(timeout: aiohttp.ClientTimeout = _FIVE_MINUTES) -> aiohttp.ClientSession:
    """A session on the shared context. Must be made in a running loop."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusted()), timeout=timeout)


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
