"""A served tenant of two people, and a client that knows nothing of ours: plain HTTP and plain frames."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from tests.simulators.feishu import Colleague, Group, Tenant
from tests.simulators.feishu.frames import Frame, read, written

Json = dict[str, Any]


@dataclass
class Office:
    """Who and where, and the calls that a bot would make."""

    tenant: Tenant
    ann: Colleague
    bo: Colleague
    product: Group
    url: str
    session: aiohttp.ClientSession
    token: str = ""

    async def calls(self, method: str, path: str, body: Json | None = None, **query: str) -> tuple[int, Json]:
        """One call with a token; status and answer."""
        if not self.token:
            self.token = (await self.authorizes())["tenant_access_token"]
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.request(
            method, f"{self.url}/open-apis/{path}", json=body, params=query, headers=headers
        ) as answer:
            return answer.status, await answer.json()

    async def does(self, method: str, path: str, body: Json | None = None, **query: str) -> Json:
        """One call that must succeed; its data."""
        status, answer = await self.calls(method, path, body, **query)
        assert (status, answer["code"]) == (200, 0), answer
        data: Json = answer.get("data", answer)
        return data

    async def refused(self, method: str, path: str, body: Json | None = None, **query: str) -> int:
        """The code of a call that must fail."""
        _, answer = await self.calls(method, path, body, **query)
        assert answer["code"] != 0, answer
        code: int = answer["code"]
        return code

    async def authorizes(self, **more: str) -> Json:
        given = {"app_id": self.tenant.app.id, "app_secret": self.tenant.app.secret} | more
        async with self.session.post(
            f"{self.url}/open-apis/auth/v3/tenant_access_token/internal", json=given
        ) as answer:
            found: Json = await answer.json()
            return found

    async def sends(self, card: Json | None = None, to: Colleague | Group | None = None, **more: Any) -> Json:
        """A message to somebody; a card, or a text."""
        kind = "open_id" if to is None or isinstance(to, Colleague) else "chat_id"
        content = {"text": "hi"} if card is None else card
        body = {"receive_id": (to or self.ann).id, "msg_type": "interactive" if card else "text"}
        return await self.does(
            "POST", "im/v1/messages", body | {"content": json.dumps(content)} | more, receive_id_type=kind
        )

    async def rejected(self, card: Json) -> str:
        """Why a card is not taken."""
        body = {"receive_id": self.ann.id, "msg_type": "interactive", "content": json.dumps(card)}
        _, answer = await self.calls("POST", "im/v1/messages", body, receive_id_type="open_id")
        self.tenant.complaints.clear()
        return f"{answer['code']} {answer['msg']}"


@dataclass
class Bot:
    """Something at the other end of a line: keeps what it hears; `answer` is what an acknowledgement carries, `code` its
    code, None for none at all."""

    office: Office
    heard: list[Json] = field(default_factory=list)
    answer: Json | None = None
    code: int | None = 200
    delay: float = 0.0
    pongs: list[Json] = field(default_factory=list)
    socket: aiohttp.ClientWebSocketResponse | None = None

    async def endpoint(self, **more: str) -> Json:
        given = {"AppID": self.office.tenant.app.id, "AppSecret": self.office.tenant.app.secret} | more
        async with self.office.session.post(f"{self.office.url}/callback/ws/endpoint", json=given) as answer:
            found: Json = await answer.json(content_type=None)
            return found

    async def connects(self) -> None:
        url = (await self.endpoint())["data"]["URL"]
        self.socket = await self.office.session.ws_connect(url)
        await self.pings()
        await self.office.tenant.connected(1)

    async def pings(self, service: int = 33554678) -> None:
        assert self.socket is not None
        await self.socket.send_bytes(written(Frame(0, service, headers=[("type", "ping")])))

    async def listens(self) -> None:
        assert self.socket is not None
        parts: dict[int, bytes] = {}
        async for message in self.socket:
            frame = read(message.data)
            if frame.method == 0:
                self.pongs.append(json.loads(frame.payload or b"{}"))
                continue
            parts[int(frame.header("seq"))] = frame.payload or b""
            if len(parts) == int(frame.header("sum")):
                self.heard.append(json.loads(b"".join(parts[one] for one in sorted(parts))))
                parts.clear()
                await self._acknowledges(frame)

    async def _acknowledges(self, frame: Frame) -> None:
        assert self.socket is not None
        await asyncio.sleep(self.delay)
        if self.code is None:
            return
        payload: Json = {"code": self.code}
        if self.answer is not None:
            payload["data"] = base64.b64encode(json.dumps(self.answer).encode()).decode()
        frame.headers.append(("biz_rt", "1"))
        frame.payload = json.dumps(payload).encode()
        await self.socket.send_bytes(written(frame))


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    tenant = Tenant()
    ann, bo = tenant.hires("安娜"), tenant.hires("薄一", language="en_us")
    product = tenant.group("产品", ann, bo)
    async with tenant.serving() as url, aiohttp.ClientSession() as session:
        yield Office(tenant, ann, bo, product, url, session)


@pytest.fixture
async def bot(office: Office) -> AsyncIterator[Bot]:
    """The bot, connected."""
    bot = Bot(office)
    await bot.connects()
    listening = asyncio.create_task(bot.listens())
    yield bot
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


def card(*elements: Any, **more: Any) -> Json:
    return {"schema": "2.0", "body": {"elements": list(elements)}} | more


def plain(text: str) -> Json:
    return {"tag": "plain_text", "content": text}


def div(text: str = "请确认") -> Json:
    return {"tag": "div", "text": plain(text)}


def button(label: str = "接受", **more: Any) -> Json:
    behaviors = [{"type": "callback", "value": {"c": label}}]
    return {"tag": "button", "text": plain(label), "behaviors": behaviors} | more


def form(*fields: Json, name: str = "f") -> Json:
    submit = button("保存", name="ok", form_action_type="submit")
    return {"tag": "form", "name": name, "elements": [*fields, submit]}
