"""Feishu: a sealed event through the door to its answer, and cards to Feishu's API beside plain posts of the same JSON.

Everything is in one process and without sockets on the way in, so what is compared is the work, not the network. `raw`
checks the signature and opens the seal; the SDK's own sync calls on twenty threads reach 794/s (RELIABILITY B5).
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.feishu import FeishuMessenger, Options, sdk
from adapters.feishu.pace import Pace
from bot.cards import Answer, Button, Buttons, Card, Plain, Strong, Text, Toast
from bot.clock import SystemClock
from bot.messenger import Incoming
from bot.people import Account
from tests.benchmarks.figures import Load, Table, callers, met, middle, ms, ratio
from tests.simulators.feishu import App, Tenant

NUMBERS = count(1)
CARD = Card(
    "🟡 A-42 后天到期（11月27日 周五）",
    (
        Text((Plain("输出《客户投诉处理流程V2.0》"), Strong("包含一级响应机制"))),
        Buttons((Button("完成", "/action submit A-42"),)),
    ),
)
READER = "ou_reader000000000000000000000001"

Call = Callable[[int, int], Awaitable[object]]


def run(folder: Path, *, quick: bool) -> list[Table]:
    """Both ways."""
    del folder
    return asyncio.run(_inward(quick)) + asyncio.run(_outward(quick))


async def _inward(quick: bool) -> list[Table]:
    table = Table(
        "A press in Feishu: sealed and signed request → toast",
        ("callers", "by", "/s", "p50 ms", "p99 ms", "CPU ms", "to raw"),
        note="`adapter`: door, seal, reading, and a core that answers a word at once. `raw`: signature and seal alone.",
    )
    async with _Feishu() as api:
        messenger = api.messenger("webhook")
        listening = asyncio.create_task(messenger.listen(_word))
        await messenger.listening.wait()
        ways: dict[str, ASGIApp] = {"raw": _raw(api.tenant), "adapter": Starlette(routes=messenger.routes)}
        for many, total in ({1: 20, 32: 160} if quick else {1: 400, 32: 3_200}).items():
            found = {
                name: [await _load(api, app, many, total) for _ in range(1 if quick else 3)]
                for name, app in ways.items()
            }
            for name, loads in found.items():
                _add(table, many, name, loads, found["raw"])
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    return [table]


async def _outward(quick: bool) -> list[Table]:
    table = Table(
        "A card to Feishu's API, limits off (server and client share the process)",
        ("at once", "by", "/s", "CPU ms", "to plain", "target", "met"),
        note="`plain`: the same JSON by a shared aiohttp session. Half of the processor's time is the server's.",
    )
    async with _Feishu() as api, AsyncExitStack() as stack:
        messenger = api.messenger()
        stack.push_async_callback(messenger.close)
        shared = await stack.enter_async_context(aiohttp.ClientSession())

        async def post(_: int, __: int) -> object:
            return await messenger.post(Account("feishu", READER), CARD, key=f"k{next(NUMBERS)}", again=False)

        async def plain(_: int, __: int) -> object:
            async with shared.post(f"{api.url}/open-apis/im/v1/messages", json=api.last) as answer:
                return await answer.json()

        await post(0, 0)
        for many, total in ((1, 20), (20, 100)) if quick else ((1, 500), (20, 4_000)):
            found = {"plain": await callers(many, total, plain), "adapter": await callers(many, total, post)}
            for name, load in found.items():
                judged = ("≥ 500/s", met(load.rate >= 500)) if (name, many) == ("adapter", 20) else ()
                table.add(
                    str(many), name, f"{load.rate:,.0f}", ms(load.cpu), ratio(load.cpu, found["plain"].cpu), *judged
                )
    return [table]


def _add(table: Table, many: int, name: str, loads: list[Load], floor: list[Load]) -> None:
    rate, p50, p99, cpu = (
        middle(loads, figure)
        for figure in (lambda one: one.rate, lambda one: one.ms(50), lambda one: one.ms(99), lambda one: one.cpu)
    )
    of_raw = ratio(cpu, middle(floor, lambda one: one.cpu))
    table.add(str(many), name, f"{rate:,.0f}", f"{p50:.2f}", f"{p99:.2f}", ms(cpu), of_raw)


async def _load(api: "_Feishu", app: ASGIApp, many: int, total: int) -> Load:
    """Sealed beforehand: the pen is Feishu's, not ours."""
    sealed = [api.sealed(caller % many) for caller in range(total + 5)]
    for one in sealed[total:]:
        await _request(app, *one)

    async def call(_: int, number: int) -> None:
        await _request(app, *sealed[number])

    return await callers(many, total, call)


async def _request(app: ASGIApp, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    scope: Scope = {
        "type": "http", "method": "POST", "path": "/feishu/events", "raw_path": b"/feishu/events", "query_string": b"",
        "headers": headers, "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
        "root_path": "",
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert sent[0]["status"] == 200, sent


def _raw(tenant: Tenant) -> ASGIApp:
    key = tenant.app.encrypt_key

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body, headers = await request.body(), request.headers
        base = (headers["x-lark-request-timestamp"] + headers["x-lark-request-nonce"] + key).encode() + body
        signed = hashlib.sha256(base).hexdigest() == headers["x-lark-signature"]
        json.loads(sdk.unsealed(key, json.loads(body)["encrypt"]))
        await JSONResponse({}, 200 if signed else 401)(scope, receive, send)

    return app


async def _word(incoming: Incoming) -> Answer | None:
    return Toast("好")


class _Feishu:
    """An API that answers at once and checks nothing; the simulator's pen seals what comes in."""

    url = ""

    def __init__(self) -> None:
        self.tenant = Tenant(app=App(socket=False))
        self.last: Any = {}

    async def __aenter__(self) -> "_Feishu":
        app = web.Application()
        app.router.add_route("*", "/open-apis/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def messenger(self, mode: str = "socket") -> FeishuMessenger:
        app = self.tenant.app
        options = Options(app.id, app.secret, mode, self.url, app.encrypt_key)
        return FeishuMessenger(options, SystemClock(), Pace(on=False))

    def sealed(self, caller: int) -> tuple[bytes, list[tuple[bytes, bytes]]]:
        action = {"tag": "button", "value": {"c": "/action accept A-1", "v": 1}}
        operator = {"open_id": f"ou_caller{caller:03}", "tenant_key": "tk"}
        header = {
            "event_id": f"e{next(NUMBERS)}",
            "event_type": "card.action.trigger",
            "create_time": "1780000000000000",
        }
        context = {"open_message_id": "om_1", "open_chat_id": "oc_1"}
        event = {"operator": operator, "token": "c-1", "action": action, "context": context}
        body = self.tenant.door.sealed({"schema": "2.0", "header": header, "event": event})
        headers = self.tenant.door.signed(body) | {"content-length": str(len(body))}
        return body, [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.text()
        path = request.match_info["path"]
        if path == "im/v1/messages":
            self.last = json.loads(body)
        known: dict[str, Any] = {
            "auth/v3/tenant_access_token/internal": {"tenant_access_token": "t-1", "expire": 7200},
            "bot/v3/info": {"bot": {"open_id": "ou_bot", "app_name": "闭环"}},
            "im/v1/messages": {"data": {"message_id": f"om_{next(NUMBERS)}", "chat_id": "oc_1"}},
        }
        return web.json_response({"code": 0, "msg": "ok", **known.get(path, {"data": {}})})
