"""Deliveries: three seconds, four tries of an event over six minutes, one of everything else; on both roads."""

import asyncio

import pytest

from tests.simulators.slack.conftest import until

pytestmark = pytest.mark.slow


def deaf(office, bot):
    """Nobody acknowledges, and Slack does not wait long for it."""
    office.workspace.slack.courier.patience = 0.1

    @bot.app.middleware
    async def sleeps(body):
        bot.heard.append(body)
        await asyncio.sleep(0.3)


async def test_an_event_comes_four_times_over_six_minutes(office, bot):
    deaf(office, bot)
    await office.ann.says("早")
    delivery = office.workspace.deliveries("message")[0]
    await until(lambda: len(delivery.tries) == 2)  # the first repetition comes almost at once
    await office.workspace.advance(seconds=50)
    assert len(delivery.tries) == 2
    await office.workspace.advance(seconds=11)
    assert len(delivery.tries) == 3
    await office.workspace.advance(minutes=4, seconds=45)
    assert len(delivery.tries) == 3
    await office.workspace.advance(seconds=16)
    assert len(delivery.tries) == 4
    await office.workspace.advance(hours=8)
    assert len(delivery.tries) == 4
    assert len({body["event_id"] for body in bot.heard}) == 1


async def test_a_repetition_says_that_it_is_one_and_why(office, bot):
    office.workspace.slack.courier.patience = 1.0
    headers, first = [], True

    @bot.app.middleware
    async def late_once(req, next_):
        nonlocal first
        headers.append(req.headers)
        if first:
            first = False
            await asyncio.sleep(1.1)
        await next_()

    await office.ann.says("早")
    await until(lambda: len(office.workspace.deliveries("message")[0].tries) == 2)
    assert headers[0].get("x-slack-retry-num", ["0"]) == ["0"]
    assert headers[1]["x-slack-retry-num"] == ["1"]
    assert headers[1]["x-slack-retry-reason"][0] in ("timeout", "http_timeout")


async def test_an_acknowledged_event_does_not_come_again(office, bot):
    await office.ann.says("早")
    await office.workspace.advance(hours=1)
    assert len(office.workspace.deliveries("message")[0].tries) == 1
    assert bot.names() == ["message"]


async def test_a_command_has_one_try_and_its_failure_is_seen(office, bot):
    deaf(office, bot)
    await office.ann.types("/action add 一", office.product)
    await office.workspace.advance(hours=1)
    assert len(office.workspace.deliveries("/action")[0].tries) == 1
    assert office.ann.sees(office.product) == '/action failed with the error "operation_timeout"'
    assert office.bo.sees(office.product) == ""


async def test_a_command_that_nobody_takes_is_a_failed_dispatch(office):
    await office.ann.types("/action add 一", office.product)
    assert office.ann.sees(office.product) == '/action failed with the error "dispatch_failed"'


async def test_a_command_that_is_not_acknowledged_fails(office, on_http):
    on_http.answer = None
    await office.ann.types("/action add 一", office.product)
    assert '/action failed with the error "dispatch_failed"' in office.ann.sees(office.product)


async def test_an_event_can_be_brought_again(office, bot):
    await office.ann.says("早")
    delivery = office.workspace.deliveries("message")[0]
    await office.workspace.redelivers(delivery, times=2)
    assert [body["event_id"] for body in bot.heard] == [delivery.payload["event_id"]] * 3
    assert bot.headers[-1]["x-slack-retry-num"] == ["2"]


async def test_events_may_come_in_the_wrong_order(office, bot):
    courier = office.workspace.slack.courier
    courier.holds()
    await office.ann.says("一")
    await office.ann.says("二")
    assert bot.heard == []
    await courier.releases(backwards=True)
    assert [body["event"]["text"] for body in bot.heard] == ["二", "一"]


async def test_no_retry_means_none(office):
    from aiohttp import web

    asked = []

    async def refuses(request):
        asked.append(request)
        return web.Response(status=500, headers={"x-slack-no-retry": "1"})

    served = web.Application()
    served.router.add_post("/", refuses)
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    office.workspace.app.socket_mode = False
    office.workspace.slack.door.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await office.ann.says("早")
    await office.workspace.advance(hours=1)
    await runner.cleanup()
    assert len(asked) == 1
