"""The Stream gateway: tickets, connections, frames of every type, acknowledgements of every client, redelivery (sheet 2).

A push goes to one connection, by lot. What nobody acknowledges comes again when `unverified` says so; what is pushed while
nobody is connected is lost (robot, card) or tried again (events, after 10 and 30 s).
"""

import asyncio
import json
import random
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.simulators.dingtalk.errors import Refused
from tests.simulators.dingtalk.values import Json

if TYPE_CHECKING:
    from tests.simulators.dingtalk.organisation import Organisation
    from tests.simulators.dingtalk.wire import Asked

ROBOT_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"
PING_EVERY = 25.0
LOOK_EVERY = 0.01
MOST_TRIES = 10
EVENT_AGAIN = (10.0, 30.0)


@dataclass
class Delivery:
    """One push: what was brought how often, and the acknowledgement of the bot's (None: none yet)."""

    type: str
    topic: str
    data: Json
    message_id: str
    event: dict[str, str] = field(default_factory=dict)
    tries: int = 0
    acked: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acknowledged(self) -> bool:
        """Whether the bot has said 200 to it; of an event, whether it did not ask for later."""
        if self.acked is None or self.acked["code"] != 200:
            return False
        return self.type != "EVENT" or '"LATER"' not in str(self.acked.get("data"))


class Line:
    """One connection; `topics` it subscribed to as (type, topic). Not `alive` is half open: nothing passes."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, topics: set[tuple[str, str]]) -> None:
        self.socket = socket
        self.request = request
        self.topics = topics
        self.id = uuid.uuid4().hex[:8]
        self.alive = True
        self.leaving = False
        self.pinged: dict[str, str] = {}

    def wants(self, delivery: Delivery) -> bool:
        wanted = {(delivery.type, delivery.topic), (delivery.type, "*")}
        return not self.leaving and not self.socket.closed and bool(wanted & self.topics)

    async def sends(self, frame: Json | str) -> None:
        if self.alive and not self.socket.closed:
            with suppress(ConnectionError, RuntimeError):
                await self.socket.send_str(frame if isinstance(frame, str) else json.dumps(frame, ensure_ascii=False))

    def cuts(self) -> None:
        """Ends the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


class Gateway:
    """Every connection of the app. `opens` counts successful and refused openings."""

    def __init__(self, organisation: "Organisation") -> None:
        self.organisation = organisation
        self.lines: list[Line] = []
        self.log: list[Delivery] = []
        self.opens = 0
        self.refused = 0
        self.connections = 0
        self.duplicates = 0
        """So many of the next pushes come again although they were acknowledged."""
        self.grace_after_disconnect = 10.0
        self.lots = random.Random(3)
        self._tickets: dict[str, tuple[float, set[tuple[str, str]]]] = {}
        self._waiting: dict[str, Delivery] = {}
        self._begun: set[asyncio.Task[None]] = set()

    # --- opening ---

    def open(self, asked: "Asked") -> Json:
        """POST /v1.0/gateway/connections/open."""
        app, body = self.organisation.app, asked.body
        self.refused += 1
        if body.get("clientId") != app.client_id or body.get("clientSecret") != app.client_secret:
            raise Refused(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret")
        if not app.published or not app.stream:
            raise Refused(400, "invalid.stream.mode", "应用未发布或未选择 Stream 模式")
        topics = _topics(body.get("subscriptions"))
        self.refused -= 1
        self.opens += 1
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = self.organisation.clock.now().timestamp(), topics
        return {"endpoint": f"{self.organisation.url.replace('http', 'ws', 1)}/connect", "ticket": ticket}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """GET /connect?ticket=…"""
        issued = self._tickets.pop(request.query.get("ticket", ""), None)
        late = self.organisation.unverified.ticket_seconds
        if issued is None or self.organisation.clock.now().timestamp() - issued[0] > late:
            return web.Response(status=401)
        socket = web.WebSocketResponse(max_msg_size=4 * 1024 * 1024)
        await socket.prepare(request)
        line = Line(socket, request, issued[1])
        self.lines.append(line)
        self.connections += 1
        await line.sends(_system("CONNECTED", "{}", line))
        pings = asyncio.create_task(self._pings(line))
        try:
            with suppress(ConnectionError):
                await self._listens(line)
        finally:
            pings.cancel()
            self.lines.remove(line)
        return socket

    async def _pings(self, line: Line) -> None:
        while True:
            await asyncio.sleep(PING_EVERY)
            await self.pings(line)

    async def pings(self, line: Line | None = None) -> None:
        """SYSTEM ping, to one or to all; the answer must echo the opaque."""
        for one in [line] if line else list(self.lines):
            opaque = uuid.uuid4().hex
            frame = _system("ping", json.dumps({"opaque": opaque}), one)
            one.pinged[frame["headers"]["messageId"]] = opaque
            await one.sends(frame)

    async def _listens(self, line: Line) -> None:
        async for frame in line.socket:
            if frame.type == WSMsgType.TEXT and line.alive:
                self._hears(line, frame.data)

    def _hears(self, line: Line, text: str) -> None:
        """An acknowledgement, by whichever client: code and the frame's id are all that every one of them sends."""
        try:
            ack = json.loads(text)
            code, message_id = ack["code"], ack["headers"]["messageId"]
        except (ValueError, KeyError, TypeError):
            self.organisation.complaints.append(f"no acknowledgement: {text[:200]}")
            return
        if not isinstance(code, int) or not isinstance(ack.get("data", ""), str):
            self.organisation.complaints.append(f"code is a number and data a text: {text[:200]}")
        if message_id in line.pinged:
            self._ponged(line, message_id, ack)
        delivery = self._waiting.pop(message_id, None)
        if delivery is not None:
            delivery.acked = ack
            delivery.answered.set()

    def _ponged(self, line: Line, message_id: str, ack: Json) -> None:
        opaque = line.pinged.pop(message_id)
        if json.loads(ack.get("data") or "{}").get("opaque") != opaque:
            self.organisation.complaints.append("a ping was answered without its opaque")

    # --- pushing ---

    async def pushes(self, kind: str, topic: str, data: Json, event: dict[str, str] | None = None) -> Delivery:
        """One push; returns when it is on its way, or lost."""
        id = f"{uuid.uuid4().hex[:8]}_165f_19bfa1a500a_{uuid.uuid4().hex[:7]}"
        delivery = Delivery(kind, topic, data, id, event or {})
        self.log.append(delivery)
        await self.carries(delivery)
        if self.duplicates:
            self.duplicates -= 1
            await self.carries(delivery)
        return delivery

    async def carries(self, delivery: Delivery) -> bool:
        """Brings it to one of the lines. False: there is none."""
        delivery.tries += 1
        self._later(delivery)
        lines = [line for line in self.lines if line.wants(delivery)]
        if not lines:
            return False
        if delivery.tries > 1 and self.organisation.unverified.new_message_id:
            delivery.message_id = uuid.uuid4().hex
        self._waiting[delivery.message_id] = delivery
        line = self.lots.choice(lines)
        await line.sends(_frame(delivery, line))
        return True

    def _later(self, delivery: Delivery) -> None:
        """Sees to the next try."""
        if delivery.type == "EVENT":
            after = EVENT_AGAIN[delivery.tries - 1] if delivery.tries <= len(EVENT_AGAIN) else None
        else:
            robot = delivery.topic == ROBOT_TOPIC and delivery.tries < MOST_TRIES
            after = self.organisation.unverified.redeliver_after if robot and self._is_connected(delivery) else None
        if after is None:
            return

        async def again() -> None:
            if not delivery.acknowledged:
                await self.carries(delivery)

        self.organisation.agenda.after(after, again)

    def _is_connected(self, delivery: Delivery) -> bool:
        """A robot message that met nobody is lost; it is only brought again when it was brought."""
        return delivery.tries > 1 or any(line.wants(delivery) for line in self.lines)

    async def settled(self, within: float = 1.0) -> None:
        """Waits until everything that was brought to a living line is acknowledged."""
        for _ in range(int(within / LOOK_EVERY)):
            if not self.lines or not any(one.acked is None for one in self._waiting.values()):
                return
            await asyncio.sleep(LOOK_EVERY)

    # --- what DingTalk does to connections ---

    async def connected(self, count: int = 1, within: float = 20.0) -> None:
        """Waits until the app holds `count` lines. Raises AssertionError when it does not come to that."""
        for _ in range(int(within / LOOK_EVERY)):
            if len([line for line in self.lines if not line.leaving]) >= count:
                return
            await asyncio.sleep(LOOK_EVERY)
        raise AssertionError(f"{len(self.lines)} connections after {within} s, not {count}")

    async def disconnects(self, reason: str = "connection is expired") -> None:
        """SYSTEM disconnect to every line: nothing more is delivered there, ten seconds later it is cut."""
        for line in [one for one in self.lines if not one.leaving]:
            line.leaving = True
            await line.sends(_system("disconnect", json.dumps({"reason": reason}), line))
            task = asyncio.create_task(self._cuts_later(line))
            self._begun.add(task)
            task.add_done_callback(self._begun.discard)

    async def _cuts_later(self, line: Line) -> None:
        await asyncio.sleep(self.grace_after_disconnect)
        line.cuts()

    async def closes(self) -> None:
        """A clean close of every line."""
        for line in list(self.lines):
            await line.socket.close()

    async def says_nonsense(self, text: str = "{bad json") -> None:
        """A frame that is none, to every line."""
        for line in list(self.lines):
            await line.sends(text)

    def freezes(self) -> None:
        """Every line there is goes half open."""
        for line in self.lines:
            line.alive = False

    def drops(self) -> None:
        """Every line breaks."""
        for line in list(self.lines):
            line.cuts()

    async def stop(self) -> None:
        for task in list(self._begun):
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)
        self.drops()


def _topics(given: Any) -> set[tuple[str, str]]:
    if not isinstance(given, list) or not given:
        raise Refused(400, "invalid.subscriptions")
    try:
        return {(str(one["type"]), str(one["topic"])) for one in given}
    except (KeyError, TypeError):
        raise Refused(400, "invalid.subscriptions") from None


def _system(topic: str, data: str, line: Line) -> Json:
    headers = _headers(line, topic, uuid.uuid4().hex)
    return {"specVersion": "1.0", "type": "SYSTEM", "headers": headers, "data": data}


def _frame(delivery: Delivery, line: Line) -> Json:
    headers = _headers(line, delivery.topic, delivery.message_id) | delivery.event
    data = json.dumps(delivery.data, ensure_ascii=False)
    return {"specVersion": "1.0", "type": delivery.type, "headers": headers, "data": data}


def _headers(line: Line, topic: str, message_id: str) -> dict[str, str]:
    return {
        "appId": "ecf0aaaa-1111", "connectionId": line.id, "contentType": "application/json", "messageId": message_id,
        "time": "1733300000123", "topic": topic,
    }  # fmt: skip
