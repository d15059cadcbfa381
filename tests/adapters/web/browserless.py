"""A tab without a browser: the web workplace's wire spoken over a real socket, as the page speaks it."""

import asyncio
import json
import secrets
from typing import Any, Self

import aiohttp

Json = dict[str, Any]
PATIENCE = 5.0


class WireTab:
    """One open tab of `user` at the server `base`; collects every frame in `frames`."""

    def __init__(self, session: aiohttp.ClientSession, base: str, user: str, seq: int | None = None) -> None:
        self.session = session
        self.base = base
        self.user = user
        self.frames: list[Json] = []
        self.closed_with: int | None = None
        self._seq = seq
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        query = f"user={self.user}" + ("" if self._seq is None else f"&seq={self._seq}")
        self._socket = await self.session.ws_connect(f"{self.base}/ws?{query}", headers={"Origin": self.base})
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()
        await self._reading

    async def act(self, type_: str, **frame: Any) -> str:
        """Does something a person does and waits until the server is done with it; the act's id."""
        act = frame.pop("id", None) or secrets.token_hex(8)
        before = len(self.frames)
        await self.send({"type": type_, "id": act, **frame})
        await self.until(lambda one: one["type"] == "done" and one["id"] == act, before)
        return act

    async def send(self, frame: Json | str) -> None:
        """Sends a frame and waits for nothing."""
        await self._socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def until(self, fits: Any, start: int = 0) -> Json:
        """The first frame from `start` on that fits; fails after PATIENCE."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for frame in self.frames[start:]:
                    if fits(frame):
                        return frame
                self._changed.clear()
                await self._changed.wait()

    async def ended(self) -> None:
        """Waits until the server has closed the socket."""
        async with asyncio.timeout(PATIENCE):
            await self._reading

    async def hello(self) -> Json:
        """The greeting."""
        return await self.until(lambda frame: frame["type"] == "hello")

    async def history(self, conversation: str, **query: Any) -> list[Json]:
        """The newest page of a conversation."""
        return (await self.get("/api/history", conversation=conversation, **query))["messages"]

    async def get(self, path: str, **query: Any) -> Json:
        """The answer of a GET in the name of the user."""
        async with self.session.get(self.base + path, params={"as": self.user, **query}) as response:
            return {"status": response.status, **await response.json()}

    async def post(self, path: str, body: Any, **query: Any) -> Json:
        """The answer of a POST in the name of the user."""
        headers = {"Origin": self.base}
        async with self.session.post(
            self.base + path, params={"as": self.user, **query}, json=body, headers=headers
        ) as response:
            return {"status": response.status, **await response.json()}

    async def _read(self) -> None:
        async for message in self._socket:
            self.frames.append(json.loads(message.data))
            self._changed.set()
        self.closed_with = self._socket.close_code
        self._changed.set()


def leaves(value: Any) -> list[str]:
    """Every piece of text in a frame."""
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(each)]
    return [str(value)]
