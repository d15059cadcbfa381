"""Slack beside bolt itself: a signed command through the door, bolt and the adapter; a card to Slack's API.

Everything is in one process and without sockets on the way in, so what is compared is the work, not the network. `raw`
checks the signature and answers; `bolt echo` is slack-bolt as RELIABILITY B1 has it at its best, with one listener.
"""

import asyncio
import hashlib
import hmac
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from msgspec.structs import replace
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.slack import Options, SlackMessenger
from adapters.slack.pace import Pace
from bot.cards import Answer, Card, Plain, Text, Toast
from bot.clock import SystemClock
from bot.messenger import Incoming
from bot.people import Account, Place
from tests.benchmarks.figures import Load, Table, callers, met, middle, ms, ratio
from tests.benchmarks.firm import Firm, item

SECRET, TEAM, BOT = "benchmark-signing-secret", "T0BENCH0001", "U0BOT00001"
NUMBERS = count(1)
ITEMS = 500
TARGETS = {1: "p50 ≤ 1 ms", 32: "≥ 3,000/s, p50 ≤ 10, p99 ≤ 60 ms"}

Call = Callable[[int, int], Awaitable[object]]


def run(folder: Path, *, quick: bool) -> list[Table]:
    """Both ways."""
    return asyncio.run(_inward(folder, quick)) + asyncio.run(_outward(quick))


async def _inward(folder: Path, quick: bool) -> list[Table]:
    table = Table(
        "A Slack command: signed request → answer",
        ("callers", "by", "/s", "p50 ms", "p99 ms", "CPU ms", "to bolt echo", "target", "met"),
        note="`adapter`: door, bolt, reading and drawing, and a core that answers a word at once. `whole`: with the core, "
        "a note on an item committed to SQLite (synchronous=FULL). `raw`: the signature alone.",
    )
    firm = await asyncio.to_thread(_firm, folder)
    async with _Slack() as api:
        ways = {"raw": _raw(), "bolt echo": _echo(api.url)}
        word, whole = api.messenger(), api.messenger()
        listening = [
            asyncio.create_task(word.listen(_word)), asyncio.create_task(whole.listen(_core(firm)))
        ]  # fmt: skip
        await asyncio.gather(word.listening.wait(), whole.listening.wait())
        ways |= {"adapter": _routed(word), "whole": _routed(whole)}
        for many, total in ({1: 20, 32: 160} if quick else {1: 400, 32: 3_200}).items():
            found = {
                name: [await _load(app, many, total) for _ in range(1 if quick else 3)] for name, app in ways.items()
            }
            for name, loads in found.items():
                _add(table, many, name, loads, found["bolt echo"])
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    await asyncio.to_thread(firm.close)
    return [table]


async def _outward(quick: bool) -> list[Table]:
    table = Table(
        "A card to Slack's API, limits off (server and client share the process)",
        ("at once", "by", "/s", "CPU ms", "to plain", "target", "met"),
        note="`plain`: the same JSON by the shared aiohttp session. Half of the processor's time is the server's.",
    )
    async with _Slack() as api, AsyncExitStack() as stack:
        messenger = api.messenger()
        card = Card("🟡 A-42 后天到期（11月27日 周五）", (Text((Plain("输出《客户投诉处理流程V2.0》"),)),))
        to = Account("slack", "U0READER001")

        async def post(_: int, __: int) -> object:
            return await messenger.post(to, card, key=f"k{next(NUMBERS)}", again=False)

        shared = await stack.enter_async_context(aiohttp.ClientSession())

        async def plain(_: int, __: int) -> object:
            body = {"channel": "D0READER001", "text": card.title, "blocks": []}
            async with shared.post(f"{api.url}/chat.postMessage", json=body) as answer:
                return await answer.json()

        await post(0, 0)
        for many, total in ((1, 20), (20, 100)) if quick else ((1, 500), (20, 4_000)):
            found = {"plain": await callers(many, total, plain), "adapter": await callers(many, total, post)}
            for name, load in found.items():
                judged = ("≥ 4,000/s", met(load.rate >= 4_000)) if (name, many) == ("adapter", 20) else ()
                table.add(
                    str(many), name, f"{load.rate:,.0f}", ms(load.cpu), ratio(load.cpu, found["plain"].cpu), *judged
                )
        await messenger.close()
    return [table]


def _add(table: Table, many: int, name: str, loads: list[Load], floor: list[Load]) -> None:
    rate, p50, p99, cpu = (
        middle(loads, figure)
        for figure in (lambda one: one.rate, lambda one: one.ms(50), lambda one: one.ms(99), lambda one: one.cpu)
    )
    within = met(p50 <= 1) if many == 1 else met(rate >= 3_000, p50 <= 10, p99 <= 60)
    figures = (f"{rate:,.0f}", f"{p50:.2f}", f"{p99:.2f}", ms(cpu), ratio(cpu, middle(floor, lambda one: one.cpu)))
    table.add(str(many), name, *figures, *((TARGETS[many], within) if name == "whole" else ()))


async def _load(app: ASGIApp, many: int, total: int) -> Load:
    """Signed beforehand: the pen is Slack's, not ours."""
    signed = [_signed(caller % many) for caller in range(total)]
    for _ in range(5):
        await _request(app, *_signed(0))

    async def call(_: int, number: int) -> None:
        await _request(app, *signed[number])

    return await callers(many, total, call)


def _signed(caller: int) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    number = next(NUMBERS)
    body = urlencode(
        {
            "token": "tok", "team_id": TEAM, "team_domain": "bench", "channel_id": "D0READER001", "channel_name": "directmessage",
            "user_id": f"U0CALLER{caller:03}", "user_name": "x", "command": "/action", "api_app_id": "A0BENCH0001",
            "text": f"note A-{1 + number % ITEMS} 第{number}版已发给客户", "response_url": "http://127.0.0.1:9/commands/x",
            "trigger_id": f"1.{number}.x", "is_enterprise_install": "false",
        }
    ).encode()  # fmt: skip
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded", "content-length": str(len(body)),
        "x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}",
    }  # fmt: skip
    return body, [(name.encode(), value.encode()) for name, value in headers.items()]


async def _request(app: ASGIApp, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    scope: Scope = {
        "type": "http", "method": "POST", "path": "/slack/events", "raw_path": b"/slack/events", "query_string": b"",
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


def _raw() -> ASGIApp:
    verifier = SignatureVerifier(SECRET)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        signed = verifier.is_valid_request(body, dict(request.headers))
        await PlainTextResponse("好" if signed else "", 200 if signed else 401)(scope, receive, send)

    return app


def _echo(url: str) -> ASGIApp:
    """bolt at its best: before the response, an authorisation of its own, one listener."""
    known = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id=BOT, bot_id="B0BENCH0001", bot_token="xoxb-x")

    async def authorize() -> AuthorizeResult:
        return known

    bolt = AsyncApp(
        client=AsyncWebClient(base_url=url), signing_secret=SECRET, authorize=authorize, process_before_response=True
    )

    @bolt.command("/action")
    async def echo(ack: Any, command: dict[str, Any]) -> None:
        await ack(command["text"])

    handler = AsyncSlackRequestHandler(bolt)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (await handler.handle(Request(scope, receive)))(scope, receive, send)

    return app


def _routed(messenger: SlackMessenger) -> ASGIApp:
    return Starlette(routes=messenger.routes)


async def _word(incoming: Incoming) -> Answer | None:
    return Toast("好")


def _core(firm: Firm) -> Callable[[Incoming], Awaitable[Answer | None]]:
    """The core of the other benchmarks; its people have accounts on paper."""

    async def receive(incoming: Incoming) -> Answer | None:
        account = firm.people[int(incoming.by.user_id[-3:])].accounts[0]
        return await firm.dispatch.receive(replace(incoming, by=account, where=Place("paper"), at=firm.clock.now()))

    return receive


def _firm(folder: Path) -> Firm:
    firm = Firm(folder, name="slack")
    firm.record(item(n, 1 + n % 32, 1, 9) for n in range(ITEMS))
    return firm


@contextmanager
def answering() -> Iterator[str]:
    """The same API beside a benchmark that does not wait; gives its address."""
    loop, ready, api = asyncio.new_event_loop(), threading.Event(), _Slack()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(api.__aenter__())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(api.__aexit__())
        loop.close()

    thread = threading.Thread(target=serve)
    thread.start()
    ready.wait()
    try:
        yield api.url
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


class _Slack:
    """An API that answers at once and checks nothing."""

    url = ""

    async def __aenter__(self) -> "_Slack":
        app = web.Application()
        app.router.add_route("*", "/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def messenger(self) -> SlackMessenger:
        options = Options("xoxb-benchmark", signing_secret=SECRET, mode="http", api_url=self.url)
        return SlackMessenger(options, SystemClock(), Pace(per_minute={}))

    async def _answer(self, request: web.Request) -> web.Response:
        await request.read()
        user = request.query.get("user", "U0CALLER000")
        known: dict[str, Any] = {
            "auth.test": {"team_id": TEAM, "user_id": BOT, "bot_id": "B0BENCH0001", "url": "https://bench.slack.com/"},
            "users.info": {"user": {"id": user, "name": user, "real_name": user, "locale": "zh-CN", "profile": {}}},
            "users.list": {"members": []},
            "conversations.open": {"channel": {"id": "D0READER001"}},
            "chat.postMessage": {"channel": "D0READER001", "ts": f"1700000000.{next(NUMBERS):06}"},
        }
        return web.json_response({"ok": True, **known[request.match_info["method"]]})
