"""The web workplace on the server the product uses, and bytes on a bare socket: what no well-behaved client would send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.web import WebMessenger
from bot.app.server import Impatient, listening, server

WITHIN = 5.0


@dataclass(frozen=True)
class Reply:
    """What came back until the server closed, or until it said all it had announced."""

    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """The server's port. `says` sends bytes and reads one answer; status 0: it was cut off without one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.host = f"127.0.0.1:{port}"

    async def says(self, head: str, body: bytes = b"", **headers: str) -> Reply:
        """`head` is the request line without the version. Host, Origin and length are right unless given; None of
        them is sent when given empty."""
        given = {"Host": self.host, "Origin": f"http://{self.host}", "Connection": "close", **spelt(headers)}
        if body or head.startswith("POST"):
            given.setdefault("Content-Length", str(len(body)))
        lines = [f"{head} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items() if value), "", ""]
        return await self.sends("\r\n".join(lines).encode("latin-1", "replace") + body)

    async def sends(self, content: bytes) -> Reply:
        """Exactly these bytes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            async with asyncio.timeout(WITHIN):
                reading = asyncio.create_task(read(reader))
                writer.write(content)
                return reply(await reading)
        finally:
            writer.close()


async def read(reader: asyncio.StreamReader) -> bytes:
    """All that came, also when the connection was then torn down."""
    held = b""
    try:
        while piece := await reader.read(65_536):
            held += piece
    except ConnectionError:
        pass
    return held


def spelt(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-").title(): value for name, value in headers.items()}


def reply(content: bytes) -> Reply:
    head, _, body = content.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not head:
        return Reply(0, {}, b"")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    return Reply(int(lines[0].split()[1]), headers, body)


@asynccontextmanager
async def on_the_wire(messenger: WebMessenger, patience: float = 30.0, most: int = 1_000) -> AsyncIterator[Wire]:
    """Serves as `bihuan run` does; who drips is cut off after `patience` seconds, who comes beyond `most` at once."""
    started = asyncio.Event()
    bound = listening("127.0.0.1", 0, exact=True)
    web = server(messenger.routes, started.set)
    web.config.http = type("Hurried", (Impatient,), {"patience": patience, "most": most})
    running = asyncio.create_task(web.serve(sockets=[bound]))
    await started.wait()
    try:
        yield Wire(bound.getsockname()[1])
    finally:
        web.should_exit = True
        await running
