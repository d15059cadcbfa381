"""DingTalk's own Python client connects to the simulator and is served: an independent reading of the same protocol."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.simulators.dingtalk.conftest import official

pytest.importorskip("dingtalk_stream")
pytestmark = pytest.mark.slow


@pytest.fixture
async def served(organisation) -> AsyncIterator[None]:
    async with organisation.serving(), official(organisation):
        yield


async def test_words_one_to_one_and_in_a_group_are_answered_by_the_webhook(organisation, ann, weekly, served):
    await ann.says("你好")
    await ann.will_see("收到 你好")
    await ann.says("@闭环 大家好 @薄一", weekly)
    await ann.will_see("收到 大家好", weekly)
    await organisation.gateway.settled()
    assert all(one.acknowledged for one in organisation.gateway.log)
    assert organisation.complaints == []


async def test_a_card_is_drawn_pressed_and_changes_for_the_clicker(organisation, ann, bo, weekly, served):
    await ann.says("@闭环 card", weekly)
    await bo.will_see("[确认]", weekly)
    await bo.presses("确认", group=weekly)
    assert "0123bo 已确认" in bo.sees(weekly)
    assert "已确认" not in ann.sees(weekly), "an answer's data reaches the clicker alone"
    assert (bo.failures, organisation.complaints) == (0, [])


async def test_a_handler_that_fails_acknowledges_nothing_and_gets_it_again(organisation, ann, served):
    organisation.unverified.redeliver_after = 0.2
    await ann.says("fail")
    for _ in range(200):
        if organisation.gateway.log[-1].tries >= 2:
            break
        await asyncio.sleep(0.02)
    assert organisation.gateway.log[-1].tries >= 2
    assert not organisation.gateway.log[-1].acknowledged


async def test_pings_events_and_a_reconnect(organisation, ann, served):
    await organisation.gateway.pings()
    event = await organisation.gateway.pushes("EVENT", "*", {"userId": ["0456ann"]}, {"eventType": "user_add_org"})
    await asyncio.wait_for(event.answered.wait(), 10)
    assert event.acknowledged, "its ack echoes the event's data, without a status"
    await organisation.gateway.closes()
    await organisation.gateway.connected()
    await ann.says("还在吗")
    await ann.will_see("收到 还在吗")
    assert organisation.complaints == []
