"""The long connection: two lines, so that one stays while the other is renewed, each with its own watch.

Feishu's protocol by aiohttp and the SDK's own frames (platform sheet 1.7, 1.8), with what its client lacks: a limit of time
on everything, another try after every error, a pong that is waited for, and an end in less than a second.
"""

import asyncio
import base64
import json
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import structlog
from msgspec import Struct, field

from adapters.feishu import sdk
from adapters.feishu.faults import CAUGHT, Json
from adapters.feishu.limits import written

log = structlog.get_logger()

Hear = Callable[[Json], Awaitable[Json | None]]

LINES = 2
CONNECT_WITHIN = 10.0
SILENT_PINGS = 2.5
"""A line that brings nothing for so many ping intervals is dead, whatever the operating system thinks of it."""
DEAF_FOR = 90.0
"""Seconds without any line after which listening is given up and started anew, and is said to be in trouble."""
DOUBLINGS = 10
"""Of the pause between two tries, in seconds; after a thousand, which is a day of them, a float would hold no more."""
CLOSE_WITHIN = 0.5
FINISH_WITHIN = 1.0
FRAGMENTS_FOR = 30.0
MOST_FRAGMENTS = 256
_MOST_FRAME = 8 * 1024 * 1024
_FULL = 1000040350
"""Fifty lines are up, none of them ours."""
_BARRED = frozenset({403, 514, 1000040344, 1000040346, 1000040351})


class Deaf(Exception):
    """No line could be had for a while, or Feishu says that there will be none."""


class Barred(Deaf):
    """Feishu says by `code` that there will be none until somebody mends something; `word` as it puts it."""

    def __init__(self, what: str, code: int, msg: object = "") -> None:
        self.code = code
        self.word = f"{code} {msg or ''}".strip()
        super().__init__(f"{what}: {self.word}")


class Manner(Struct):
    """What Feishu tells its clients, in seconds: how often to ping, how long to wait before the first and the next try."""

    ping: float = 120.0
    nonce: float = 30.0
    interval: float = 120.0

    def learn(self, told: object) -> None:
        """Takes over what stands in a ClientConfig; anything else is let be."""
        found = told if isinstance(told, dict) else {}
        for name, key in (("ping", "PingInterval"), ("nonce", "ReconnectNonce"), ("interval", "ReconnectInterval")):
            value = found.get(key)
            if isinstance(value, int | float) and value > 0:
                setattr(self, name, float(value))


class Fragments(Struct):
    """Frames of one event until all are there."""

    parts: dict[int, bytes] = field(default_factory=dict)
    since: float = 0.0


class Lines:
    """The lines of one app. `endpoint` is where to ask for one; `credentials` what is sent there;
    `jitter` a number 0 … 1."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        endpoint: str,
        credentials: Json,
        hear: Hear,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.manner = Manner()
        self.open = 0
        """Lines that are up now."""
        self.heard: Callable[[], None] = _unheard
        """Told of each line that Feishu lets up."""
        self._session = session
        self._endpoint = endpoint
        self._credentials = credentials
        self._hear = hear
        self._jitter = jitter
        self._last = 0.0
        self._closing = False
        self._fragments: dict[str, Fragments] = {}
        self._answering: set[asyncio.Task[None]] = set()

    async def keep(self, count: int = LINES, deaf_for: float = DEAF_FOR) -> None:
        """Until cancelled. Raises Deaf after so many seconds without a line, or when Feishu says that there will be none."""
        self._last = _ticks()
        lines = [asyncio.create_task(self._kept()) for _ in range(count)]
        watch = asyncio.create_task(self._watched(deaf_for))
        try:
            done, _ = await asyncio.wait({*lines, watch}, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            await self._finish()
            for task in (*lines, watch, *self._answering):
                task.cancel()
            await asyncio.gather(*lines, watch, *self._answering, return_exceptions=True)

    async def _finish(self) -> None:
        """What was begun is acknowledged while its line is there; nothing new is begun, so that it comes again."""
        self._closing = True
        if self._answering:
            await asyncio.wait(set(self._answering), timeout=FINISH_WITHIN)

    async def once(self, seconds: float) -> None:
        """One line, until it has answered a ping: whether it can work at all. Raises Deaf, or what `CAUGHT` holds."""
        async with asyncio.timeout(seconds):
            url, service = await self._asked()
            socket = await self._connected(url)
            try:
                await socket.send_bytes(sdk.ping(service))
                await socket.receive()
            finally:
                await _close(socket)

    async def _watched(self, deaf_for: float) -> None:
        while True:
            await asyncio.sleep(min(1.0, self.manner.ping, deaf_for / 4))
            self._last = _ticks() if self.open else self._last
            if _ticks() - self._last > deaf_for:
                raise Deaf(f"no long connection for {deaf_for:g} s")

    async def _kept(self) -> None:
        """One line for ever: whatever ends it, the next one is tried, later each time."""
        failed = 0
        while True:
            began = _ticks()
            try:
                url, service = await self._asked()
                await self._line(url, service)
            except CAUGHT as fault:
                log.info("a long connection ended", reason=type(fault).__name__)
            except Deaf:
                if not self.open:  # the other line hears
                    raise
            failed = 0 if _ticks() - began > self.manner.ping else failed + 1
            most = self.manner.nonce if failed <= 1 else self.manner.interval
            await asyncio.sleep(self._jitter() * min(most, 2.0 ** min(failed, DOUBLINGS)))

    async def _asked(self) -> tuple[str, int]:
        """Where to connect, and the service id. Raises Deaf when Feishu says that it is no use."""
        timeout = aiohttp.ClientTimeout(CONNECT_WITHIN)
        async with self._session.post(
            self._endpoint, json=self._credentials, headers={"locale": "zh"}, timeout=timeout
        ) as answer:
            if answer.status != 200:
                raise aiohttp.ClientPayloadError(f"HTTP {answer.status}")
            found = await _json(answer)
        code, data = found.get("code"), found.get("data") or {}
        _judged("Feishu gives no long connection", code, found.get("msg"))
        url = str(data.get("URL") or "")
        if code != 0 or not url:
            raise aiohttp.ClientPayloadError(f"no address: {code}")
        self.manner.learn(data.get("ClientConfig"))
        return url, _number(parse_qs(urlsplit(url).query).get("service_id", [""])[0])

    async def _connected(self, url: str) -> aiohttp.ClientWebSocketResponse:
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                return await self._session.ws_connect(
                    url, max_msg_size=_MOST_FRAME, timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_WITHIN)
                )
        except aiohttp.WSServerHandshakeError as refused:
            headers: Mapping[str, str] = refused.headers or {}
            code = _number(headers.get("handshake-autherrcode", ""))
            log.warning("a long connection is refused", status=headers.get("handshake-status"), code=code)
            _judged("Feishu refuses the long connection", code)
            raise

    async def _line(self, url: str, service: int) -> None:
        """One line, until it ends or falls silent."""
        socket = await self._connected(url)
        self.open += 1
        self.heard()
        pinging = asyncio.create_task(self._pinging(socket, service))
        try:
            while True:
                message = await socket.receive(timeout=self.manner.ping * SILENT_PINGS)
                if message.type is aiohttp.WSMsgType.BINARY:
                    self._read(socket, message.data)
                elif message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED):
                    return
                elif message.type is aiohttp.WSMsgType.ERROR:
                    raise aiohttp.ClientPayloadError("a broken line")
        finally:
            self.open -= 1
            pinging.cancel()
            await asyncio.gather(pinging, return_exceptions=True)
            await _close(socket)

    async def _pinging(self, socket: aiohttp.ClientWebSocketResponse, service: int) -> None:
        while True:
            await socket.send_bytes(sdk.ping(service))
            await asyncio.sleep(self.manner.ping)

    def _read(self, socket: aiohttp.ClientWebSocketResponse, data: bytes) -> None:
        try:
            frame = sdk.read_frame(data)
            if frame.method == sdk.CONTROL:
                self.manner.learn(json.loads(frame.payload) if frame.payload else None)
                return
            payload = self._whole(frame)
        except ValueError as fault:
            log.warning("a frame that cannot be read", reason=str(fault))
            return
        if payload is not None and not self._closing and frame.headers.get("type") in ("event", "card"):
            self._begin(self._answered(socket, frame, payload))

    def _whole(self, frame: sdk.Frame) -> bytes | None:
        """An event's payload, when its last fragment has come; None before."""
        count, place = int(frame.headers.get("sum", "1")), int(frame.headers.get("seq", "0"))
        if count <= 1:
            return frame.payload
        if count > MOST_FRAGMENTS or not 0 <= place < count:
            raise ValueError(f"fragment {place} of {count}")
        now = _ticks()
        for old in [id for id, kept in self._fragments.items() if now - kept.since > FRAGMENTS_FOR]:
            del self._fragments[old]
        id = frame.headers.get("message_id", "")
        kept = self._fragments.setdefault(id, Fragments(since=now))
        kept.parts[place] = frame.payload
        if len(kept.parts) < count:
            return None
        del self._fragments[id]
        return b"".join(kept.parts[one] for one in range(count))

    async def _answered(self, socket: aiohttp.ClientWebSocketResponse, frame: sdk.Frame, payload: bytes) -> None:
        """Heard, then acknowledged on the line it came by; what fails comes again, where Feishu does that."""
        began = _ticks()
        answer: Json = {"code": 200}
        try:
            said = await self._hear(json.loads(payload))
            if said is not None:
                answer["data"] = base64.b64encode(written(said).encode()).decode()
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            log.error("an event that cannot be read", reason=f"{type(fault).__name__}: {fault}")
            answer = {"code": 500}
        took = round((_ticks() - began) * 1_000)
        try:
            await socket.send_bytes(sdk.acknowledgement(frame, written(answer).encode(), took))
        except CAUGHT as fault:
            log.info("an acknowledgement was lost", reason=type(fault).__name__)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """What broke on our side is not acknowledged, so that it comes again."""
        self._answering.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("an event was not heard", exc_info=fault)


def _judged(what: str, code: object, msg: object = "") -> None:
    """Raises Deaf for a code that it is no use to try again after (platform sheet 1.7)."""
    if isinstance(code, int) and code in _BARRED:
        raise Barred(what, code, msg)
    if code == _FULL:
        raise Deaf(f"{what}: {code} {msg or ''}".rstrip())


def _number(text: str) -> int:
    """0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _unheard() -> None:
    """Nobody asked."""


async def _json(answer: aiohttp.ClientResponse) -> Json:
    """Raises ClientPayloadError for anything but an object."""
    try:
        found = await answer.json(content_type=None)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise aiohttp.ClientPayloadError("no JSON")
    return found


async def _close(socket: aiohttp.ClientWebSocketResponse) -> None:
    try:
        async with asyncio.timeout(CLOSE_WITHIN):
            await socket.close()
    except CAUGHT as fault:
        log.info("a long connection did not close", reason=type(fault).__name__)


def _ticks() -> float:
    return asyncio.get_running_loop().time()
