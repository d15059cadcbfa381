"""Socket Mode: tickets, hello, envelopes, refreshes, and lines that die, with bolt's own client at the other end."""

import asyncio
import json
from contextlib import asynccontextmanager

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from tests.simulators.slack import faults
from tests.simulators.slack.conftest import bolt, until

pytestmark = pytest.mark.slow

OPEN = "apps.connections.open"


@asynccontextmanager
async def connecting(office, *, ping_interval=0.1):
    """A bot whose client connects beside the test; both gone at the end."""
    bot = bolt(office)
    handler = AsyncSocketModeHandler(bot.app, office.workspace.app.app_token, ping_interval=ping_interval)
    task = asyncio.create_task(handler.connect_async())
    try:
        yield bot, handler
    finally:
        await handler.close_async()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def opened(office, count):
    """Waits until there have been `count` connections."""
    await until(lambda: office.workspace.slack.sockets.opened >= count)


async def address(office):
    """A fresh URL for one connection."""
    client, token = office.client, office.workspace.app.app_token
    return (await client.apps_connections_open(app_token=token))["url"]


async def frame(socket):
    return json.loads((await socket.receive(timeout=2)).data)


async def test_hello_says_how_many_there_are(office):
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(await address(office))
        second = await session.ws_connect(await address(office))
        assert [(await frame(one))["num_connections"] for one in (first, second)] == [1, 2]


async def test_a_ticket_is_good_once_and_not_for_long(office):
    async with aiohttp.ClientSession() as session:
        url = await address(office)
        await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        stale = await address(office)
        await office.workspace.advance(minutes=1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(stale)


async def test_the_eleventh_connection_is_sent_away(office):
    office.workspace.slack.pace.off()
    async with aiohttp.ClientSession() as session:
        lines = [await session.ws_connect(await address(office)) for _ in range(11)]
        frames = [await frame(one) for one in lines]
        assert [one["type"] for one in frames] == ["hello"] * 10 + ["disconnect"]
        assert frames[-1]["reason"] == "too_many_websockets"


async def test_each_payload_goes_down_one_of_the_lines(office):
    async with aiohttp.ClientSession() as session:
        lines = [await session.ws_connect(await address(office)) for _ in range(2)]
        heard = []

        async def listens(line):
            async for message in line:
                envelope = json.loads(message.data)
                if envelope["type"] != "hello":
                    heard.append((lines.index(line), envelope["payload"]["event"]["text"]))
                    await line.send_json({"envelope_id": envelope["envelope_id"]})

        tasks = [asyncio.create_task(listens(line)) for line in lines]
        for number in range(20):
            await office.ann.says(f"{number}")
        for task in tasks:
            task.cancel()
    assert [text for _, text in heard] == [f"{number}" for number in range(20)]
    assert {line for line, _ in heard} == {0, 1}


async def test_an_envelope_has_what_its_kind_has(office):
    office.workspace.app.shortcuts = (("global", "new_action", "新增"),)
    async with aiohttp.ClientSession() as session:
        line = await session.ws_connect(await address(office))
        await frame(line)
        found = {}
        for act in (office.ann.says("早"), office.ann.types("/action"), office.ann.shortcut("new_action")):
            task = asyncio.create_task(act)
            envelope = await frame(line)
            found[envelope["type"]] = envelope
            await line.send_json({"envelope_id": envelope["envelope_id"]})
            await task
    assert {kind: one["accepts_response_payload"] for kind, one in found.items()} == {
        "events_api": False,
        "slash_commands": True,
        "interactive": False,
    }
    assert (found["events_api"]["retry_attempt"], found["events_api"]["retry_reason"]) == (0, "")
    assert "retry_attempt" not in found["slash_commands"]


async def test_a_refresh_brings_bolt_back_by_a_new_ticket(office, on_sockets):
    await office.workspace.slack.sockets.refreshes()
    await office.workspace.connected()
    assert len(office.workspace.calls(OPEN)) == 2
    await office.ann.says("还在吗")
    assert on_sockets.names() == ["message"]


async def test_even_a_warning_makes_bolt_come_again(office, on_sockets):
    await office.workspace.slack.sockets.warns()
    await opened(office, 2)
    await office.ann.says("还在吗")
    assert on_sockets.names() == ["message"]


async def test_a_half_open_line_is_noticed_by_its_pings(office):
    async with connecting(office) as (bot, _):
        await office.workspace.connected()
        office.workspace.slack.sockets.freezes()
        office.workspace.slack.courier.patience = 0.05
        await office.ann.says("没人听")
        assert bot.heard == []
        await opened(office, 2)


async def test_a_line_that_breaks_is_mended(office):
    async with connecting(office) as (bot, _):
        await office.workspace.connected()
        office.workspace.slack.sockets.drops()
        await opened(office, 2)
        await office.ann.says("还在吗")
        assert bot.names() == ["message"]


async def test_the_sdk_keeps_a_ticket_that_failed(office):
    """Sheet 6.4, reproduced: a refused upgrade spends the ticket, and the SDK tries the same one for ever."""
    office.workspace.slack.sockets.refused_upgrades = 1
    async with connecting(office, ping_interval=0.05) as (_, handler):
        await until(lambda: office.workspace.slack.sockets.refused >= 3)
        assert len(office.workspace.calls(OPEN)) == 1
        assert office.workspace.slack.sockets.opened == 0
        handler.client.wss_uri = None
        await office.workspace.connected()


async def test_no_url_for_a_while(office):
    office.workspace.faults.next(OPEN, faults.limits(1), faults.fails(503), "internal_error")
    async with connecting(office, ping_interval=0.05):
        await office.workspace.connected()
        assert len(office.workspace.calls(OPEN)) == 4


async def test_socket_mode_switched_off(office, on_sockets):
    await office.workspace.slack.sockets.disables()
    assert await refused_url(office) == "forbidden_team"
    assert office.workspace.slack.sockets.alive == []
    office.workspace.app.socket_mode = True
    await office.workspace.connected()


async def refused_url(office):
    headers = {"Authorization": f"Bearer {office.workspace.app.app_token}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(f"{office.url}/api/{OPEN}") as answer:
        return (await answer.json())["error"]


async def test_nobody_connected_waits_as_long_as_it_is_told(office):
    await office.ann.says("没人")
    assert office.workspace.deliveries("message")[0].tries[0].reason == "connection_failed"
    office.workspace.slack.sockets.grace = 2.0
    saying = asyncio.create_task(office.ann.says("等一下"))
    async with connecting(office):
        await saying
        assert office.workspace.deliveries("message")[-1].acknowledged
