"""The long connection from Feishu's side: where to connect, frames, pings, fragments, kicks, half-open lines (sheet 1.7, 1.8)."""

import asyncio
import base64
import json
import random
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.simulators.feishu.courier import Delivery, Reply
from tests.simulators.feishu.frames import Frame, read, written
from tests.simulators.feishu.values import Json

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

MOST = 50
PATIENCE = 10.0
LOOK_EVERY = 0.01
_MOST_FRAME = 1024 * 1024


@dataclass
class Config:
    """What clients are told: seconds, but `count` (-1: for ever)."""

    count: int = -1
    interval: float = 0.2
    nonce: float = 0.1
    ping: float = 1.0

    def written(self) -> Json:
        named = {"ReconnectCount": self.count, "ReconnectInterval": self.interval}
        return named | {"ReconnectNonce": self.nonce, "PingInterval": self.ping}


@dataclass
class Line:
    """One connection. `dead`: nothing goes through any more, and nobody is told."""

    socket: web.WebSocketResponse
    service: int
    transport: asyncio.Transport | None = None
    dead: bool = False
    pings: int = 0


class Sockets:
    """All connections. `refusals` are (code, msg) for the next askers of an endpoint; `handshakes` HTTP statuses, with an
    autherrcode, for the next upgrades; `fragments`: into how many frames an event is cut; `pongs`: pings are answered."""

    def __init__(self, tenant: "Tenant") -> None:
        self.tenant = tenant
        self.config = Config()
        self.lines: list[Line] = []
        self.refusals: list[tuple[int, str]] = []
        self.endpoint_status: list[int] = []
        self.endpoint_delay = 0.0
        self.handshakes: list[tuple[int, str]] = []
        self.fragments = 1
        self.reversed = False
        self.pongs = True
        self.opened = 0
        self.acks: list[Frame] = []
        self.complaints = tenant.complaints
        self._lots = random.Random(5)
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Reply]] = {}

    async def endpoint(self, request: web.Request) -> web.Response:
        """POST /callback/ws/endpoint."""
        await asyncio.sleep(self.endpoint_delay)
        if self.endpoint_status:
            return web.Response(status=self.endpoint_status.pop(0), text="<html>busy</html>")
        given = await request.json()
        code, msg = self._refusal(given)
        if code:
            return web.json_response({"code": code, "msg": msg, "data": None})
        ticket = self.tenant.ids.hex(24)
        self._tickets.add(ticket)
        query = f"fpid=493&aid=552564&device_id={self._lots.randrange(10**18, 10**19)}&access_key={ticket[:8]}"
        url = f"{self.tenant.url.replace('http', 'ws', 1)}/ws/v2?{query}&service_id=33554678&ticket={ticket}"
        return web.json_response({"code": 0, "msg": "", "data": {"URL": url, "ClientConfig": self.config.written()}})

    def _refusal(self, given: Json) -> tuple[int, str]:
        if self.refusals:
            return self.refusals.pop(0)
        if not given.get("AppID") or not given.get("AppSecret"):
            return 1000040344, "no credential"
        if given["AppID"] != self.tenant.app.id:
            return 1000040346, "app_id invalid"
        if given["AppSecret"] != self.tenant.app.secret:
            return 514, "auth failed"
        return (0, "") if self.tenant.app.socket else (1000040344, "long connection is not enabled")

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """/ws/v2, until it ends."""
        refused = self._handshake(request)
        if refused is not None:
            return refused
        socket = web.WebSocketResponse(autoping=False, max_msg_size=4 * _MOST_FRAME)
        await socket.prepare(request)
        line = Line(socket, int(request.query["service_id"]), request.transport)
        self.lines.append(line)
        self.opened += 1
        try:
            with suppress(ConnectionError):
                await self._listen(line)
        finally:
            self.lines.remove(line)
        return socket

    def _handshake(self, request: web.Request) -> web.Response | None:
        ticket = request.query.get("ticket", "")
        if self.handshakes:
            status, code = self.handshakes.pop(0)
        elif ticket not in self._tickets:
            status, code = 403, "0"
        elif len(self.lines) >= MOST:
            status, code = 514, "1000040350"
        else:
            self._tickets.discard(ticket)
            return None
        headers = {"handshake-status": str(status), "handshake-msg": "refused", "handshake-autherrcode": code}
        return web.Response(status=403 if status == 514 else status, headers=headers)

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            if line.dead:
                continue
            if message.type == WSMsgType.PING:
                await line.socket.pong(message.data)
            elif message.type == WSMsgType.BINARY:
                await self._heard(line, read(message.data))
            elif message.type == WSMsgType.TEXT:
                self.complaints.append(f"a text frame: {message.data[:80]}")

    async def _heard(self, line: Line, frame: Frame) -> None:
        if frame.method == 0 and frame.header("type") == "ping":
            line.pings += 1
            if frame.service != line.service:
                self.complaints.append(f"a ping of service {frame.service}")
            if self.pongs:
                payload = json.dumps(self.config.written()).encode()
                await line.socket.send_bytes(
                    written(Frame(0, line.service, headers=[("type", "pong")], payload=payload))
                )
            return
        self.acks.append(frame)
        waiting = self._waiting.pop(frame.header("message_id"), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(_reply(frame))

    async def carry(self, delivery: Delivery, patience: float) -> Reply:
        """One event to one connection, chosen by lot; what came back within `patience` seconds."""
        if not self.lines:
            return Reply("nobody is connected")
        line = self._lots.choice(self.lines)
        id = self.tenant.ids.hex(32)
        waiting: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[id] = waiting
        with suppress(ConnectionError):
            for frame in self._frames(line, delivery, id):
                if not line.dead:
                    await line.socket.send_bytes(written(frame))
        try:
            async with asyncio.timeout(patience):
                return await waiting
        except TimeoutError:
            return Reply("no answer in time")
        finally:
            self._waiting.pop(id, None)

    def _frames(self, line: Line, delivery: Delivery, id: str) -> list[Frame]:
        payload = json.dumps(delivery.payload, ensure_ascii=False).encode()
        kind = "card" if delivery.callback and self.tenant.unverified.card_frames else "event"
        size = -(-len(payload) // self.fragments)
        pieces = [payload[start : start + size] for start in range(0, len(payload), size)]
        numbered = list(enumerate(pieces))
        if self.reversed:
            numbered.reverse()
        return [
            Frame(
                1, line.service, self.opened, 7, payload=piece,
                headers=[("type", kind), ("message_id", id), ("sum", str(len(pieces))), ("seq", str(place)),
                         ("trace_id", id[:16])],
            )
            for place, piece in numbered
        ]  # fmt: skip

    async def kicks(self, line: Line | None = None) -> None:
        """Closes one connection, or all of them."""
        for one in [line] if line else list(self.lines):
            await one.socket.close(code=1001)

    def freezes(self) -> None:
        """Every line stays open, and nothing goes through: half-open."""
        for line in self.lines:
            line.dead = True

    def drops(self) -> None:
        """The connections end without a word, as when the other side's host dies."""
        for line in self.lines:
            if line.transport is not None:
                line.transport.abort()

    async def connected(self, count: int = 1, within: float = PATIENCE) -> None:
        """Waits until so many live connections are there, each with a first ping."""
        for _ in range(int(within / LOOK_EVERY)):
            if sum(not line.dead and line.pings > 0 for line in self.lines) >= count:
                return
            await asyncio.sleep(LOOK_EVERY)
        raise AssertionError(f"{len(self.lines)} connections, not {count}")


def _reply(frame: Frame) -> Reply:
    try:
        answer = json.loads(frame.payload or b"")
        code, data = int(answer["code"]), str(answer.get("data") or "")
        body = json.loads(base64.b64decode(data)) if data else None
    except (ValueError, KeyError, TypeError) as fault:
        return Reply(f"an answer that cannot be read: {fault}", code=200672)
    if not frame.header("biz_rt"):
        return Reply("an acknowledgement without biz_rt")
    return Reply(body=body) if code == 200 else Reply(f"answered {code}", code=200671)
