"""A served workspace of two people, the SDK's own client, and a bolt app that hears everything."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.simulators.slack import Channel, Colleague, Workspace

EVERYTHING = re.compile(".*")
Json = dict[str, Any]


@dataclass
class Office:
    """Who and where, and the client that a bot would use."""

    workspace: Workspace
    ann: Colleague
    bo: Colleague
    product: Channel
    client: AsyncWebClient
    url: str

    async def refused(self, method: str, **args: Any) -> str:
        """The error of a call that must fail."""
        return (await self.refusal(method, **args))["error"]

    async def refusal(self, method: str, **args: Any) -> Json:
        """The whole answer of a call that must fail."""
        with pytest.raises(SlackApiError) as caught:
            await self.client.api_call(method, json=args)
        answer: Json = caught.value.response.data
        return answer


@dataclass
class Bot:
    """A bolt app that keeps what it hears and answers with `answer` (an ack's arguments), or not at all for None."""

    app: AsyncApp
    heard: list[Json] = field(default_factory=list)
    answer: Json | None = field(default_factory=dict)
    headers: list[Json] = field(default_factory=list)

    def names(self) -> list[str]:
        """What it heard, by name."""
        inner = [one.get("event", one) for one in self.heard]
        return [one.get("command") or one["type"] for one in inner]


def bolt(office: Office) -> Bot:
    """The bot of the office: process_before_response, so that an answer is an answer."""
    app = AsyncApp(
        client=office.client, signing_secret=office.workspace.app.signing_secret, process_before_response=True
    )
    bot = Bot(app)

    async def hears(ack: Any, body: Json, request: Any) -> None:
        bot.heard.append(body)
        bot.headers.append(request.headers)
        if bot.answer is not None:
            await ack(**bot.answer)

    async def hears_event(body: Json, request: Any) -> None:
        bot.heard.append(body)
        bot.headers.append(request.headers)

    for listens in (app.command, app.action, app.view, app.view_closed, app.shortcut, app.options):
        listens(EVERYTHING)(hears)
    app.event(EVERYTHING)(hears_event)
    return bot


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    workspace = Workspace()
    ann, bo = workspace.hires("ann", "安娜"), workspace.hires("bo", "薄一")
    product = workspace.channel("product", ann, bo)
    async with workspace.serving() as url, aiohttp.ClientSession() as session:
        client = AsyncWebClient(workspace.token, f"{url}/api/", session=session, retry_handlers=[])
        yield Office(workspace, ann, bo, product, client, url)


@pytest.fixture
async def on_sockets(office: Office) -> AsyncIterator[Bot]:
    """The bot, connected by Socket Mode."""
    bot = bolt(office)
    handler = AsyncSocketModeHandler(bot.app, office.workspace.app.app_token)
    await handler.connect_async()
    await office.workspace.connected()
    yield bot
    await handler.close_async()


@pytest.fixture
async def on_http(office: Office) -> AsyncIterator[Bot]:
    """The bot behind its request URL."""
    office.workspace.app.socket_mode = False
    bot = bolt(office)

    async def answers(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bot.app.async_dispatch(await to_bolt_request(request)))

    served = web.Application()
    served.router.add_post("/slack/events", answers)
    runner = web.AppRunner(served, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    office.workspace.slack.door.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield bot
    await runner.cleanup()


@pytest.fixture(params=["sockets", "http"])
def bot(request: pytest.FixtureRequest) -> Bot:
    """The bot, either way: what holds for people holds on both roads."""
    found: Bot = request.getfixturevalue(f"on_{request.param}")
    return found


async def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Waits for it; a busy machine may take its time."""
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not within {seconds} s")


def button(label: str = "接受", **more: Any) -> Json:
    return {"type": "button", "action_id": "act", "text": {"type": "plain_text", "text": label}, "value": "42"} | more


def section(text: str = "请确认", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}} | more


def question(label: str, element: Json, block_id: str = "", **more: Any) -> Json:
    """An input block, named like its label unless told otherwise."""
    words = {"type": "plain_text", "text": label}
    return {
        "type": "input",
        "block_id": block_id or label,
        "label": words,
        "element": {"action_id": "v"} | element,
    } | more


def modal(*blocks: Json, **more: Any) -> Json:
    words = {"title": {"type": "plain_text", "text": "新增"}, "submit": {"type": "plain_text", "text": "保存"}}
    return {"type": "modal", "callback_id": "f", "blocks": list(blocks)} | words | more
