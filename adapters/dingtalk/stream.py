"""The Stream connection: opened by a ticket, kept alive, renewed when DingTalk asks, begun again with backoff when it breaks.

Our own loop on the documented protocol, because the SDK's blocks the event loop, storms after a clean close, swallows a
cancellation and cannot be stopped (platform sheet 2.6). A frame is acknowledged on the connection it came by, after its
commit; a frame that cannot be read is let be, the connection stays.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from urllib.parse import quote

import aiohttp
import structlog
from msgspec import Struct

from adapters.busy import ended
from adapters.dingtalk.blocks import Json
from adapters.dingtalk.calls import Calls, Credentials, held
from adapters.dingtalk.faults import CAUGHT, Revoked
from bot.errors import Delivery

log = structlog.get_logger()

ROBOT, DELEGATE, CARD = "/v1.0/im/bot/messages/get", "/v1.0/im/bot/messages/delegate", "/v1.0/card/instances/callback"
_TOPICS = (("EVENT", "*"), ("CALLBACK", ROBOT), ("CALLBACK", CARD))
HEARTBEAT = 20.0
LONGEST, HEALTHY = 60.0, 30.0
"""Seconds: the longest wait between tries, and how long a connection lives that begins the count anew."""
DRAIN = 8.0
"""Seconds that what is under way has to be acknowledged on a connection that DingTalk is about to cut (10 s)."""
CONNECT_WITHIN = 10.0
MOST_BYTES = 4 * 1024 * 1024

Answer = Callable[[Json, Json], Awaitable[str]]
"""(headers, data) → the acknowledgement's data. What it raises leaves the push unacknowledged, and it may come again."""


class Timing(Struct):
    """Seconds: `first` wait before the stream begins again (and the life below which a connection is a failed try);
    `deaf`: without any frame for so long, it is taken to be half dead (DingTalk pings every half minute or so); `alone`:
    without any connection for so long, whoever watches is told."""

    first: float = 1.0
    deaf: float = 170.0
    alone: float = 60.0


class Deaf(Exception):
    """No connection could be made for a while."""


class Line:
    """One connection: reads frames, has each answered in a task of its own, and acknowledges on itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, answers: Mapping[str, Answer], deaf: float) -> None:
        self._socket = socket
        self._deaf = deaf
        self._answers = answers
        self._begun: set[asyncio.Task[None]] = set()

    async def listen(self) -> str:
        """Until the connection ends; why it did. "renew" when DingTalk asked for another."""
        while True:
            try:
                message = await self._socket.receive(self._deaf)
            except TimeoutError:
                return "deaf"
            if message.type is not aiohttp.WSMsgType.TEXT:
                return f"closed ({self._socket.close_code})"
            frame = _read(message.data)
            if frame is not None and await self._took(frame):
                return "renew"

    async def finish(self, seconds: float) -> None:
        """What is under way is finished and acknowledged; then the connection closes."""
        if self._begun:
            await asyncio.wait(self._begun, timeout=seconds)
        for task in list(self._begun):
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)
        await self._socket.close()

    async def _took(self, frame: Json) -> bool:
        """Whether this frame asks for another connection."""
        headers, topic = frame["headers"], frame["headers"].get("topic")
        if frame.get("type") == "SYSTEM":
            if topic == "disconnect":
                return True
            await self._acknowledge(headers, str(frame.get("data") or "{}"))
        elif answer := self._answers.get(str(topic) if frame.get("type") == "CALLBACK" else "*"):
            task = asyncio.create_task(self._answered(frame, answer))
            self._begun.add(task)
            task.add_done_callback(self._begun.discard)
            task.add_done_callback(partial(ended, "a push was not taken, and may come again"))
        return False

    async def _answered(self, frame: Json, answer: Answer) -> None:
        data = _read_data(frame.get("data"))
        if data is None:
            log.warning("a push that cannot be read", topic=frame["headers"].get("topic"))
            await self._acknowledge(frame["headers"], "{}", 400)
            return
        await self._acknowledge(frame["headers"], await answer(frame["headers"], data))

    async def _acknowledge(self, headers: Json, data: str, code: int = 200) -> None:
        ack = {
            "code": code, "message": "OK" if code == 200 else "bad request", "data": data,
            "headers": {"messageId": headers.get("messageId"), "contentType": "application/json"},
        }  # fmt: skip
        try:
            await self._socket.send_json(ack)
        except CAUGHT as fault:  # it comes again, and is known by its id
            log.info("an acknowledgement did not go out", reason=type(fault).__name__)


class Stream:
    """Keeps one connection for `answers` by topic ("*": events). `connected` is set while there is one."""

    def __init__(self, calls: Calls, answers: Mapping[str, Answer], connected: asyncio.Event, timing: Timing) -> None:
        self._calls = calls
        self._answers = answers
        self._connected = connected
        self._draining: set[asyncio.Task[None]] = set()
        self._timing = timing
        self._heard = 0.0
        self.opened: Callable[[], None] = _unheard
        self.refused: Callable[[Delivery], Awaitable[None]] = _unheeded
        """Told of each connection that DingTalk lets up, and why it gives none."""

    async def run(self) -> None:
        """Until cancelled. Raises Revoked when DingTalk does not accept the credentials, Deaf without a connection."""
        delay, self._heard = self._timing.first, time.monotonic()
        try:
            while True:
                born = time.monotonic()
                reason = await self._connection()
                lived = time.monotonic() - born
                delay = self._timing.first if lived > HEALTHY else delay
                if reason == "renew" and lived > self._timing.first:
                    continue
                if time.monotonic() - self._heard > self._timing.alone:
                    raise Deaf(f"no stream for {self._timing.alone:g} s: {reason}")
                log.info("the stream begins again", reason=reason, wait=round(delay, 1))
                await asyncio.sleep(delay * random.uniform(0.7, 1.3))  # noqa: S311 (jitter)
                delay = min(delay * 2, LONGEST)
        finally:
            for task in list(self._draining):
                task.cancel()
            await asyncio.gather(*self._draining, return_exceptions=True)

    async def _connection(self) -> str:
        """One, from its opening to its end; why it ended."""
        try:
            socket = await self._opened()
        except Delivery as fault:
            await self.refused(fault)
            if isinstance(fault, Revoked):
                raise
            return str(fault)
        except CAUGHT as fault:
            return type(fault).__name__
        line = Line(socket, self._answers, self._timing.deaf)
        self._connected.set()
        self.opened()
        reason = "cancelled"
        try:
            reason = await line.listen()
            return reason
        finally:
            self._connected.clear()
            self._heard = time.monotonic()
            if reason == "renew":
                self._drains(line)
            else:
                await line.finish(1.0)

    async def _opened(self) -> aiohttp.ClientWebSocketResponse:
        ticket = await self._calls.open(subscriptions(self._calls.credentials))
        url = f"{held(ticket, 'endpoint')}?ticket={quote(held(ticket, 'ticket'), safe='')}"
        async with asyncio.timeout(CONNECT_WITHIN):
            return await self._calls.session.ws_connect(url, heartbeat=HEARTBEAT, max_msg_size=MOST_BYTES)

    def _drains(self, line: Line) -> None:
        """The old connection finishes while the new one is opened."""
        task = asyncio.create_task(line.finish(DRAIN))
        self._draining.add(task)
        task.add_done_callback(self._draining.discard)


def _unheard() -> None:
    """Nobody asked."""


async def _unheeded(_fault: Delivery) -> None:
    """Nobody asked."""


def subscriptions(credentials: Credentials) -> Json:
    """What a ticket is asked for with."""
    return {
        "clientId": credentials.client_id, "clientSecret": credentials.client_secret, "ua": "bihuan",
        "subscriptions": [{"type": kind, "topic": topic} for kind, topic in _TOPICS],
    }  # fmt: skip


def _read(text: str) -> Json | None:
    """A frame; None for what is none."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        log.warning("a frame that cannot be read")
        return None
    return frame if isinstance(frame, dict) and isinstance(frame.get("headers"), dict) else None


def _read_data(text: object) -> Json | None:
    try:
        data = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
