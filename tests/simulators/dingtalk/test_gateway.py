"""The Stream gateway against a bare client: tickets, acknowledgements, redelivery, disconnects, faults (sheet 2)."""

import asyncio

import aiohttp
import pytest

from tests.simulators.dingtalk.conftest import acks

pytestmark = pytest.mark.slow


async def test_opening_judges_credentials_publication_and_subscriptions(bare, organisation):
    assert (await bare.opens())[0] == 200
    assert (await bare.opens(clientSecret="wrong"))[1]["code"] == "invalidClientIdOrSecret"
    assert (await bare.opens([]))[0] == 400
    organisation.app.published = False
    assert (await bare.opens())[0] == 400


async def test_a_ticket_is_good_for_one_connection_and_ninety_seconds(bare, organisation):
    _, opened = await bare.opens()
    url = f"{opened['endpoint']}?ticket={opened['ticket']}"
    async with bare.http.ws_connect(url):
        pass
    _, late = await bare.opens()
    await organisation.advance(seconds=91)
    for spent in (url, f"{late['endpoint']}?ticket={late['ticket']}"):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await bare.http.ws_connect(spent)


async def test_who_does_not_accept_json_gets_xml(bare, organisation):
    url = f"{organisation.url}/api/v1.0/gateway/connections/open"
    app = organisation.app
    body = {
        "clientId": app.client_id,
        "clientSecret": app.client_secret,
        "subscriptions": [{"type": "EVENT", "topic": "*"}],
    }
    async with bare.http.post(url, json=body, headers={"Accept": "text/plain"}) as answer:
        assert answer.content_type == "application/xml"


async def test_what_is_not_acknowledged_comes_again_with_the_same_msg_id(hearing, organisation, ann):
    hearing.ack = lambda frame: acks(frame) if frame["type"] == "SYSTEM" else None
    await ann.says("你好")
    await until(lambda: hearing.pushed())
    await organisation.advance(seconds=50)
    assert len(hearing.pushed()) == 1
    hearing.ack = acks
    await organisation.advance(seconds=11)
    await until(lambda: len(hearing.pushed()) == 2)
    first, second = hearing.pushed()
    assert first["data"] == second["data"]
    assert first["headers"]["messageId"] == second["headers"]["messageId"]
    await organisation.advance(minutes=10)
    assert len(hearing.pushed()) == 2, "it was acknowledged"


async def test_a_redelivery_may_have_another_frame_id_or_never_come(hearing, organisation, ann):
    hearing.ack = lambda frame: None
    organisation.unverified.new_message_id = True
    await ann.says("一")
    await organisation.advance(seconds=61)
    await until(lambda: len(hearing.pushed()) == 2)
    assert len({frame["headers"]["messageId"] for frame in hearing.pushed()}) == 2
    organisation.unverified.redeliver_after = None
    await ann.says("二")
    await organisation.advance(minutes=5)
    assert sum("二" in frame["data"] for frame in hearing.pushed()) == 1


async def test_a_push_may_come_twice_although_it_was_acknowledged(hearing, organisation, ann):
    organisation.gateway.duplicates = 1
    await ann.says("你好")
    await until(lambda: len(hearing.pushed()) == 2)


async def test_a_refused_event_comes_again_twice_and_then_no_more(hearing, organisation):
    hearing.ack = lambda frame: {**acks(frame), "data": '{"status": "LATER", "message": "busy"}'}
    await organisation.gateway.pushes("EVENT", "*", {"userId": ["0456ann"]}, {"eventType": "user_modify_org"})
    for seconds in (11, 31, 100):
        await organisation.advance(seconds=seconds)
    await until(lambda: len(hearing.pushed()) == 3)


async def test_a_ping_must_be_answered_with_its_opaque(hearing, organisation):
    await organisation.gateway.pings()
    await until(lambda: any(frame["headers"]["topic"] == "ping" for frame in hearing.frames))
    await until(lambda: not organisation.gateway.lines[0].pinged)
    assert organisation.complaints == []
    hearing.ack = lambda frame: {**acks(frame), "data": "{}"}
    await organisation.gateway.pings()
    await until(lambda: organisation.complaints)


async def test_the_whole_headers_as_node_echoes_them_are_taken_and_nonsense_is_complained_of(
    hearing, organisation, ann
):
    hearing.ack = lambda frame: {**acks(frame), "headers": frame["headers"]}
    await ann.says("你好")
    await until(lambda: organisation.gateway.log[0].acknowledged)
    hearing.ack = lambda frame: {"code": "200"}
    await ann.says("再来")
    await until(lambda: organisation.complaints)


async def test_after_a_disconnect_nothing_is_delivered_there_and_the_line_is_cut(hearing, organisation, ann):
    organisation.gateway.grace_after_disconnect = 0.1
    await organisation.gateway.disconnects()
    await ann.says("谁听到")
    assert hearing.pushed() == [], "lost: a robot message cannot be fetched later"
    await asyncio.wait_for(hearing.closed.wait(), 5)
    await organisation.advance(minutes=5)
    assert hearing.pushed() == []


async def test_each_push_goes_to_one_connection_by_lot(hearing, organisation, ann):
    second = type(hearing)(organisation, hearing.http)
    task = asyncio.create_task(second.listens())
    await organisation.gateway.connected(2)
    for number in range(12):
        await ann.says(f"第 {number} 句")
    await until(lambda: len(hearing.pushed()) + len(second.pushed()) == 12)
    assert hearing.pushed()
    assert second.pushed(), "a forgotten second process eats messages"
    task.cancel()


async def until(true, within=5.0):
    for _ in range(int(within / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")
