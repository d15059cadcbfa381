"""Two people, a group, and clients that connect to the simulator: a bare one, and DingTalk's own."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.simulators.dingtalk import Colleague, Group, Organisation
from tests.simulators.dingtalk.gateway import CARD_TOPIC, ROBOT_TOPIC
from tests.simulators.dingtalk.values import PUBLIC_TEMPLATE

OFFICIAL = [sys.executable, "-m", "tests.simulators.dingtalk.official"]
TOPICS = [("EVENT", "*"), ("CALLBACK", ROBOT_TOPIC), ("CALLBACK", CARD_TOPIC)]

Ack = Callable[[dict[str, Any]], dict[str, Any] | None]


def acks(frame: dict[str, Any]) -> dict[str, Any]:
    """The acknowledgement that the sheet documents."""
    data = frame["data"] if frame["type"] == "SYSTEM" else '{"response": null}'
    headers = {"messageId": frame["headers"]["messageId"], "contentType": "application/json"}
    return {"code": 200, "message": "OK", "headers": headers, "data": data}


class Bare:
    """The documented protocol and nothing else. `ack` answers each frame (None: not at all); `frames` came."""

    def __init__(self, organisation: Organisation, http: aiohttp.ClientSession) -> None:
        self.organisation = organisation
        self.http = http
        self.ack: Ack = acks
        self.frames: list[dict[str, Any]] = []
        self.closed = asyncio.Event()

    async def opens(self, topics: list[tuple[str, str]] | None = None, **more: Any) -> tuple[int, Any]:
        app = self.organisation.app
        topics = TOPICS if topics is None else topics
        body = {
            "clientId": app.client_id, "clientSecret": app.client_secret,
            "subscriptions": [{"type": kind, "topic": topic} for kind, topic in topics], **more,
        }  # fmt: skip
        url = f"{self.organisation.url}/api/v1.0/gateway/connections/open"
        async with self.http.post(url, json=body, headers={"Accept": "application/json"}) as answer:
            return answer.status, await answer.json()

    async def listens(self) -> None:
        """Until the connection ends."""
        _, opened = await self.opens()
        async with self.http.ws_connect(f"{opened['endpoint']}?ticket={opened['ticket']}") as socket:
            async for message in socket:
                frame = json.loads(message.data)
                self.frames.append(frame)
                ack = None if frame["headers"]["topic"] == "disconnect" else self.ack(frame)
                if ack is not None:
                    await socket.send_json(ack)
        self.closed.set()

    def pushed(self) -> list[dict[str, Any]]:
        """What was pushed, system frames left out."""
        return [frame for frame in self.frames if frame["type"] != "SYSTEM"]

    async def call(self, verb: str, path: str, body: Any = None, **query: str) -> tuple[int, Any]:
        """An endpoint with the living token, of whichever host has it."""
        old = path.startswith(("/topapi", "/media", "/robot", "/gettoken", "/auth"))
        token = self.organisation.token()
        headers = {} if old else {"x-acs-dingtalk-access-token": token}
        url = f"{self.organisation.url}/{'oapi' if old else 'api'}{path}"
        params = {**query, **({"access_token": token} if old else {})}
        async with self.http.request(verb, url, json=body, headers=headers, params=params) as answer:
            return answer.status, await answer.json()


@pytest.fixture
def organisation() -> Organisation:
    return Organisation()


@pytest.fixture
def ann(organisation: Organisation) -> Colleague:
    return organisation.hires("0456ann", "安娜")


@pytest.fixture
def bo(organisation: Organisation) -> Colleague:
    return organisation.hires("0123bo", "薄一")


@pytest.fixture
def weekly(organisation: Organisation, ann: Colleague, bo: Colleague) -> Group:
    return organisation.group("项目周会", ann, bo)


@pytest.fixture
async def bare(organisation: Organisation) -> AsyncIterator[Bare]:
    """Served and able to call; it does not listen yet."""
    async with organisation.serving(), aiohttp.ClientSession() as http:
        yield Bare(organisation, http)


@pytest.fixture
async def hearing(bare: Bare) -> AsyncIterator[Bare]:
    """The same, listening."""
    task = asyncio.create_task(bare.listens())
    await bare.organisation.gateway.connected()
    yield bare
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def official(organisation: Organisation) -> AsyncIterator[asyncio.subprocess.Process]:
    """DingTalk's own Python client, connected."""
    app = organisation.app
    process = await asyncio.create_subprocess_exec(
        *OFFICIAL, app.client_id, app.client_secret, PUBLIC_TEMPLATE,
        env={**os.environ, "DINGTALK_OPENAPI_ENDPOINT": f"{organisation.url}/api"},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await organisation.gateway.connected()
        yield process
    finally:
        process.kill()
        await process.wait()
