"""A person's page against a process that may die: every command is sent until it was acknowledged, under one id."""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp

AGAIN = 0.05
ANSWERED_WITHIN = 5.0


@dataclass
class Persistent:
    """`said` holds the titles whose commands were acknowledged; `address` is asked anew before each connection."""

    user: str
    owner: str
    address: Callable[[], str]
    said: list[str] = field(default_factory=list)
    resent: int = 0

    async def work(self, stop: asyncio.Event) -> None:
        """One new item after the other until `stop`; the last one is seen through."""
        act, title = self._next()
        async with aiohttp.ClientSession() as session:
            while not (stop.is_set() and act == ""):
                with suppress(aiohttp.ClientError, ConnectionError, TimeoutError, EOFError):
                    async with session.ws_connect(
                        f"{self.address()}/ws?user={self.user}",
                        headers={"Origin": self.address()},
                        timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
                    ) as socket:
                        while act:
                            await self._tell(socket, act, title)
                            self.said.append(title)
                            act, title = ("", "") if stop.is_set() else self._next()
                self.resent += bool(act)
                await asyncio.sleep(AGAIN)

    async def _tell(self, socket: aiohttp.ClientWebSocketResponse, act: str, title: str) -> None:
        line = f"/action add {title} @{self.owner} by 2030-11-29 std: seen"
        await socket.send_json(
            {
                "type": "say",
                "id": act,
                "conversation": f"d:{min('bihuan', self.user)}:{max('bihuan', self.user)}",
                "text": line,
            }
        )
        async with asyncio.timeout(ANSWERED_WITHIN):
            while True:
                message = await socket.receive()
                if message.type is not aiohttp.WSMsgType.TEXT:
                    raise EOFError
                frame = json.loads(message.data)
                if frame["type"] == "done" and frame["id"] == act:
                    return

    def _next(self) -> tuple[str, str]:
        act = secrets.token_hex(12)
        return act, f"item {act}"
