"""Socket Mode from Slack's side: tickets, hello, envelopes and their acks, refreshes, dead lines (sheet 6.1)."""

import asyncio
import json
import random
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.simulators.slack.agenda import seconds
from tests.simulators.slack.courier import Delivery, Reply

if TYPE_CHECKING:
    from tests.simulators.slack.server import Slack

MOST = 10
LOOK_EVERY = 0.01


class Line:
    """One connection of the app. Not `alive` is half open: nothing is read, no ping answered."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.request = request
        self.alive = asyncio.Event()
        self.alive.set()
        self.leaving = False

    async def sends(self, frame: dict[str, Any]) -> bool:
        """False when the line is known to be gone; into a half open one everything vanishes."""
        if self.socket.closed:
            return False
        if not self.alive.is_set():
            return True
        try:
            await self.socket.send_str(json.dumps(frame))
        except (ConnectionError, RuntimeError):
            return False
        return True

    def cuts(self) -> None:
        """Ends the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


class Sockets:
    """Every line of the app. `grace`: seconds a payload waits for a first line before the try has failed."""

    def __init__(self, slack: "Slack") -> None:
        self.slack = slack
        self.lines: list[Line] = []
        self.grace = 0.0
        self.lots = random.Random(1)
        self.refused_upgrades = 0
        """How many of the next upgrades are answered with HTTP 503; each spends its ticket all the same."""
        self.opened = 0
        self.refused = 0
        """How many connections there have been, and how many upgrades were answered with an error."""
        self._tickets: dict[str, float] = {}
        self._waiting: dict[str, asyncio.Future[Reply]] = {}

    def ticket(self) -> str:
        """A URL for one connection."""
        secret = secrets.token_urlsafe(16)
        self._tickets[secret] = seconds(self.slack.clock.now())
        return f"{self.slack.url.replace('http', 'ws', 1)}/link/?ticket={secret}&app_id={self.slack.app.id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The upgrade, and the connection until it ends."""
        status = self._refusal(request)
        if status:
            self.refused += 1
            return web.Response(status=status)
        socket = web.WebSocketResponse(autoping=False, max_msg_size=4 * 1024 * 1024)
        await socket.prepare(request)
        line = Line(socket, request)
        if len(self.lines) >= MOST:
            await line.sends({"type": "disconnect", "reason": "too_many_websockets", "debug_info": _HOST})
            await socket.close()
            return socket
        self.lines.append(line)
        self.opened += 1
        try:
            await line.sends(self._hello())
            with suppress(ConnectionError):
                await self._listen(line)
        finally:
            self.lines.remove(line)
        return socket

    def _refusal(self, request: web.Request) -> int:
        issued = self._tickets.pop(request.query.get("ticket", ""), None)
        if self.refused_upgrades > 0:
            self.refused_upgrades -= 1
            return 503
        late = issued is not None and seconds(self.slack.clock.now()) - issued > self.slack.unverified.ticket_seconds
        return 403 if issued is None or late else 0

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.lines),
            "debug_info": {
                **_HOST,
                "started": "2026-01-01 00:00:00.000",
                "build_number": 1,
                "approximate_connection_time": 3600,
            },
            "connection_info": {"app_id": self.slack.app.id},
        }

    async def _listen(self, line: Line) -> None:
        while True:
            frame = await line.socket.receive()
            await line.alive.wait()
            if frame.type == WSMsgType.PING:
                await line.socket.pong(frame.data)
            elif frame.type == WSMsgType.TEXT:
                self._heard(frame.data)
            elif frame.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
                return

    def _heard(self, text: str) -> None:
        """An acknowledgement; late ones and those of nothing are nothing."""
        frame = json.loads(text)
        waiting = self._waiting.pop(frame.get("envelope_id", ""), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(Reply(body=frame.get("payload")))

    # --- carrying ---

    async def carry(self, delivery: Delivery, attempt: int, reason: str, patience: float) -> Reply:
        """By one of the lines, whichever; nobody may count on the same one again."""
        line = await self._line()
        if line is None:
            return Reply("connection_failed", 0)
        waiting = self._waiting[delivery.envelope] = asyncio.get_running_loop().create_future()
        if not await line.sends(_envelope(delivery, attempt, reason)):
            self._waiting.pop(delivery.envelope, None)
            return Reply("connection_failed", 0)
        try:
            return await asyncio.wait_for(waiting, patience)
        except TimeoutError:
            self._waiting.pop(delivery.envelope, None)
            return Reply("timeout", 0)

    async def _line(self) -> Line | None:
        for _ in range(1 + int(self.grace / LOOK_EVERY)):
            if self.alive:
                return self.lots.choice(self.alive)
            await asyncio.sleep(LOOK_EVERY)
        return None

    # --- what Slack does to lines ---

    async def connected(self, count: int = 1, within: float = 20.0) -> None:
        """Waits until the app holds `count` lines. Raises AssertionError when it does not come to that."""
        for _ in range(int(within / LOOK_EVERY)):
            if len(self.alive) >= count:
                return
            await asyncio.sleep(LOOK_EVERY)
        raise AssertionError(f"{len(self.alive)} connections after {within} s, not {count}")

    @property
    def alive(self) -> list[Line]:
        """The lines that were not asked to go."""
        return [line for line in self.lines if not line.leaving]

    async def warns(self) -> None:
        """Ten seconds before a refresh."""
        await self._tells("warning")

    async def refreshes(self) -> None:
        """Asks every line to come again, and ends it."""
        await self._tells("refresh_requested", close=True)

    async def disables(self) -> None:
        """Somebody switched Socket Mode off: no line is left, none is given, and events go to the request URL."""
        self.slack.app.socket_mode = False
        await self._tells("link_disabled", close=True)

    async def _tells(self, why: str, *, close: bool = False) -> None:
        for line in self.alive:
            line.leaving = close
            await line.sends({"type": "disconnect", "reason": why, "debug_info": _HOST})
            if close:
                await self._ends(line)

    async def _ends(self, line: Line) -> None:
        """The app has a second to go by itself."""
        for _ in range(int(1 / LOOK_EVERY)):
            if line not in self.lines:
                return
            await asyncio.sleep(LOOK_EVERY)
        await line.socket.close(code=WSCloseCode.OK)

    def freezes(self) -> None:
        """Every line there is goes half open."""
        for line in self.lines:
            line.alive.clear()

    def drops(self) -> None:
        """Every line breaks."""
        for line in list(self.lines):
            line.alive.set()
            line.cuts()


def _envelope(delivery: Delivery, attempt: int, reason: str) -> dict[str, Any]:
    silent = delivery.kind == "events_api" or delivery.payload.get("type") == "shortcut"
    frame = {
        "envelope_id": delivery.envelope,
        "type": delivery.kind,
        "accepts_response_payload": not silent,
        "payload": delivery.payload,
    }
    return frame | ({"retry_attempt": attempt, "retry_reason": reason} if delivery.kind == "events_api" else {})


_HOST = {"host": "applink-1"}
