"""The long connection: where to connect, refusals, frames, fragments, kicks, half-open lines (sheet 1.7, 1.8)."""

import asyncio

import aiohttp
import pytest

from adapters.feishu import sdk
from tests.simulators.feishu.conftest import Bot
from tests.simulators.feishu.frames import Frame, read, written


async def test_an_endpoint_and_how_to_behave(office):
    found = await Bot(office).endpoint()
    assert found["code"] == 0
    assert found["data"]["URL"].startswith("ws://127.0.0.1")
    assert "service_id=33554678" in found["data"]["URL"]
    assert set(found["data"]["ClientConfig"]) == {
        "ReconnectCount",
        "ReconnectInterval",
        "ReconnectNonce",
        "PingInterval",
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [({"AppSecret": "no"}, 514), ({"AppID": "cli_other"}, 1000040346), ({"AppID": ""}, 1000040344)],
)
async def test_an_endpoint_is_refused(office, given, code):
    assert (await Bot(office).endpoint(**given))["code"] == code


async def test_refusals_that_were_asked_for_come_once_each(office):
    office.tenant.sockets.refusals = [(1, "busy"), (1000040351, "wrong domain")]
    codes = [(await Bot(office).endpoint())["code"] for _ in range(3)]
    assert codes == [1, 1000040351, 0]


async def test_an_app_with_a_request_url_has_no_long_connection(office):
    office.tenant.app.socket = False
    assert (await Bot(office).endpoint())["code"] == 1000040344


@pytest.mark.parametrize(("handshake", "code"), [((403, "0"), "0"), ((514, "1000040350"), "1000040350")])
async def test_a_handshake_is_refused_and_says_why(office, handshake, code):
    office.tenant.sockets.handshakes = [handshake]
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await Bot(office).connects()
    assert caught.value.headers is not None
    assert caught.value.headers["handshake-autherrcode"] == code


async def test_a_ticket_is_good_for_one_line(office, bot):
    url = (await bot.endpoint())["data"]["URL"]
    async with office.session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await office.session.ws_connect(url)


async def test_a_ping_is_answered_with_how_to_behave(office, bot):
    office.tenant.sockets.config.ping = 7
    await bot.pings()
    await eventually(lambda: bot.pongs and bot.pongs[-1]["PingInterval"] == 7)
    await bot.pings(service=1)
    await eventually(lambda: office.tenant.complaints == ["a ping of service 1"])
    office.tenant.sockets.pongs = False
    before = len(bot.pongs)
    await bot.pings()
    await asyncio.sleep(0.05)
    assert len(bot.pongs) == before


@pytest.mark.parametrize(("count", "reverse"), [(1, False), (3, False), (3, True)])
async def test_an_event_in_fragments(office, bot, count, reverse):
    office.tenant.sockets.fragments, office.tenant.sockets.reversed = count, reverse
    await office.ann.says("大家早", office.product)
    assert bot.heard[0]["event"]["message"]["content"] == '{"text": "大家早"}'
    assert office.tenant.deliveries()[0].acknowledged


async def test_what_is_not_acknowledged_comes_again_four_times(office, bot):
    bot.code = 500
    await office.ann.says("大家早")
    for _ in range(6):
        await office.tenant.advance(hours=7)
    delivery = office.tenant.deliveries()[0]
    assert [one.reason for one in delivery.tries] == ["answered 500"] * 5
    assert len({one["header"]["event_id"] for one in bot.heard}) == 1


async def test_nothing_in_three_seconds_is_nothing(office, bot):
    office.tenant.courier.patience = 0.1
    bot.code = None
    await office.ann.says("大家早")
    assert office.tenant.deliveries()[0].tries[0].reason == "no answer in time"


async def test_a_kick_ends_a_line_and_a_frozen_one_stands(office, bot):
    await office.tenant.sockets.kicks()
    await eventually(lambda: not office.tenant.sockets.lines)
    await bot.connects()
    office.tenant.sockets.freezes()
    office.tenant.courier.patience = 0.1
    before = len(bot.heard)
    await office.ann.says("hört mich wer")
    assert len(bot.heard) == before
    assert not bot.socket.closed


async def test_nobody_is_connected(office):
    await office.ann.says("大家早")
    assert office.tenant.deliveries()[0].tries[0].reason == "nobody is connected"


FRAMES = [
    Frame(0, 33554678, headers=[("type", "ping")]),
    Frame(1, 1, 2**40, 7, [("type", "event"), ("message_id", "字"), ("sum", "1"), ("seq", "0")], b'{"a":1}' * 300),
    Frame(1, 5, 1, 2, [], b"", "gzip", "json", "log"),
]


@pytest.mark.parametrize("frame", FRAMES, ids=range(3))
def test_frames_by_hand_are_the_sdks_frames(frame):
    """Two opinions of one format: ours by hand, and the protobuf that lark-oapi brings."""
    assert read(written(frame)) == frame
    theirs = sdk.read_frame(written(frame))
    assert theirs.headers == dict(frame.headers)
    assert theirs.payload == (frame.payload or b"")
    echoed = read(sdk.acknowledgement(theirs, b'{"code":200}', 12))
    assert (echoed.seq_id, echoed.log_id, echoed.service, echoed.method) == (
        frame.seq_id,
        frame.log_id,
        frame.service,
        frame.method,
    )
    assert echoed.headers == [*frame.headers, ("biz_rt", "12")]
    assert echoed.payload == b'{"code":200}'
    assert read(sdk.ping(9)) == Frame(0, 9, headers=[("type", "ping")])


@pytest.mark.parametrize("data", [b"\xff", b"\x0a\xff\x01", b"\x7a\x01x"])
def test_what_is_no_frame(data):
    with pytest.raises((ValueError, IndexError)):
        read(data)


async def eventually(holds) -> None:
    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")
