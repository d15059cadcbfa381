"""Open tabs: one socket each, written by one task, slowed down when it asks too much, dropped when it cannot keep up."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

GOING_AWAY = 1012
TRY_LATER = 1013
_TOO_BIG = 1009
_FRAME_LIMIT = 1_000_000
_QUEUE = 1_000
_BURST = 40
_PER_SECOND = 10.0


class Tab:
    """One open socket of `user`; `base` is the address it was reached by."""

    def __init__(self, socket: WebSocket, user: str) -> None:
        self.user = user
        self.base = f"{'https' if socket.url.scheme == 'wss' else 'http'}://{socket.headers['host']}"
        self._socket = socket
        self._queue: asyncio.Queue[str | int] = asyncio.Queue(_QUEUE)
        self._allowance = float(_BURST)
        self._asked = 0.0

    def show(self, frame: dict[str, Any]) -> None:
        """Queues a frame. A tab that does not read loses its socket and catches up when it is back."""
        self._put(json.dumps(frame))

    def close(self, code: int) -> None:
        """Ends the socket after what is queued; the page comes back by itself."""
        self._put(code)

    async def write(self) -> None:
        """Sends what is queued until the socket ends."""
        with suppress(WebSocketDisconnect, RuntimeError):  # RuntimeError: starlette's word for "already closed"
            while isinstance(frame := await self._queue.get(), str):
                await self._socket.send_text(frame)
            await self._socket.close(frame)

    async def frames(self) -> AsyncIterator[str]:
        """What the page sends, until it goes; a page in a hurry is answered at the pace of a quick person."""
        while (message := await self._socket.receive())["type"] == "websocket.receive":
            text = message.get("text") or ""
            if len(text) > _FRAME_LIMIT:
                self.close(_TOO_BIG)
                return
            await asyncio.sleep(self._wait(asyncio.get_running_loop().time()))
            yield text

    def _put(self, what: str | int) -> None:
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            what = TRY_LATER
        self._queue.put_nowait(what)

    def _wait(self, now: float) -> float:
        self._allowance = min(_BURST, self._allowance + (now - self._asked) * _PER_SECOND) - 1
        self._asked = now
        return max(0.0, -self._allowance / _PER_SECOND)


class Tabs:
    """All open tabs, by person."""

    def __init__(self) -> None:
        self._open: dict[str, set[Tab]] = {}

    def add(self, tab: Tab) -> None:
        """Lets a tab hear; everybody learns that its person is there."""
        self._open.setdefault(tab.user, set()).add(tab)
        self.show_all({"type": "presence", "online": self.online()})

    def remove(self, tab: Tab) -> None:
        """Forgets a tab."""
        tabs = self._open.get(tab.user, set())
        tabs.discard(tab)
        if not tabs:
            self._open.pop(tab.user, None)
            self.show_all({"type": "presence", "online": self.online()})

    def online(self) -> list[str]:
        """Who has a tab open."""
        return sorted(self._open)

    def show(self, users: Iterable[str], frame: dict[str, Any]) -> None:
        """Shows a frame in every tab of these people."""
        for user in users:
            for tab in tuple(self._open.get(user, ())):
                tab.show(frame)

    def show_all(self, frame: dict[str, Any]) -> None:
        """Shows a frame in every tab."""
        self.show(tuple(self._open), frame)

    def close_all(self) -> None:
        """Sends everybody off; their pages come back by themselves."""
        for tabs in tuple(self._open.values()):
            for tab in tuple(tabs):
                tab.close(GOING_AWAY)
