"""The Stream connection when things go wrong (sheet 2): it begins again with backoff, loses nothing twice, and stops."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from adapters.dingtalk.faults import Revoked
from adapters.dingtalk.stream import Deaf
from bot.cards import Button, Buttons, Card, File, Plain, Text, Toast
from bot.people import Account, Room
from tests.adapters.dingtalk.office import connected, messenger_of
from tests.contracts.harness import Core, listening
from tests.simulators.dingtalk import Organisation, faults
from tests.simulators.dingtalk.gateway import CARD_TOPIC, ROBOT_TOPIC

pytestmark = pytest.mark.slow

OPEN = "/v1.0/gateway/connections/open"


@pytest.fixture
def organisation():
    return Organisation()


@pytest.fixture
def ann(organisation):
    return organisation.hires("0456ann", "安娜")


@pytest.fixture
async def messenger(organisation, ann):
    async with connected(organisation) as messenger:
        yield messenger


@pytest.fixture
async def core(organisation, messenger):
    core = Core()
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        yield core


async def test_every_frame_is_acknowledged_and_pings_are_echoed(organisation, core, ann):
    await organisation.gateway.pings()
    await ann.says("你好")
    event = await organisation.gateway.pushes("EVENT", "*", {"userId": ["x"]}, {"eventType": "user_add_org"})
    await core.next()
    await organisation.gateway.settled()
    assert event.acknowledged
    assert '"SUCCESS"' in event.acked["data"]
    assert all(one.acknowledged for one in organisation.gateway.log)
    assert not organisation.gateway.lines[0].pinged
    assert organisation.complaints == []


@pytest.mark.parametrize("trouble", ["closes", "drops", "disconnects"])
async def test_after_each_kind_of_end_it_hears_again(organisation, core, ann, trouble):
    await asyncio.sleep(0.1)  # one that is asked to go at once is a failed try
    ending = getattr(organisation.gateway, trouble)()
    if ending is not None:
        await ending
    for _ in range(300):
        if organisation.gateway.connections >= 2:
            break
        await asyncio.sleep(0.01)
    await organisation.gateway.connected()
    await ann.says("还在吗")
    assert (await core.next()).what.text == "还在吗"


async def test_a_frame_that_is_none_does_not_end_the_connection(organisation, core, ann):
    for nonsense in ("{bad json", "[]", '{"type": "CALLBACK"}', "[" * 50_000):
        await organisation.gateway.says_nonsense(nonsense)
    await ann.says("还在吗")
    await core.next()
    assert organisation.gateway.connections == 1


async def test_a_server_that_closes_at_once_is_not_stormed(organisation, messenger):
    messenger.timing.first = 0.2
    async with listening(messenger, Core().receive):
        ends = time.monotonic() + 2
        while time.monotonic() < ends:
            await organisation.gateway.closes()
            await asyncio.sleep(0.02)
    assert 2 <= organisation.gateway.opens <= 6


async def test_a_gateway_that_fails_is_tried_again_later_and_wrong_credentials_are_said(organisation, messenger, ann):
    organisation.faults.next(OPEN, faults.fails(), faults.closes(), faults.refuses("invalid.stream.mode"))
    core = Core()
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        await ann.says("到了")
        await core.next()
    organisation.app.client_secret = "changed"
    with pytest.raises(Revoked):
        await asyncio.wait_for(messenger.listen(core.receive), 10)


async def test_without_any_connection_for_a_while_whoever_watches_is_told(organisation, messenger):
    organisation.faults.always(OPEN, faults.fails())
    messenger.timing.alone = 0.3
    with pytest.raises(Deaf, match=r"no stream for 0.3 s: service.unavailable"):
        await asyncio.wait_for(messenger.listen(Core().receive), 10)


@pytest.mark.parametrize("lacks", [{}, {"endpoint": "ws://127.0.0.1:9"}, {"ticket": "t"}])
async def test_a_gateway_that_gives_half_a_ticket_is_asked_again(organisation, messenger, lacks):
    organisation.faults.next("/v1.0/gateway/connections/open", faults.answers(**lacks))
    async with listening(messenger, Core().receive):
        await organisation.gateway.connected()


async def test_a_half_dead_connection_is_given_up(organisation, messenger, ann):
    messenger.timing.deaf = 0.3
    core = Core()
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        organisation.gateway.freezes()
        for _ in range(300):
            if organisation.gateway.connections >= 2:
                break
            await asyncio.sleep(0.01)
        assert organisation.gateway.connections >= 2


async def test_stopping_takes_a_moment_and_finishes_what_is_under_way(organisation, messenger, ann):
    began, done = asyncio.Event(), []

    async def slow(event):
        began.set()
        await asyncio.sleep(0.3)
        done.append(event)

    task = asyncio.create_task(messenger.listen(slow))
    await organisation.gateway.connected()
    await ann.says("慢慢来")
    await began.wait()
    task.cancel()
    started = time.monotonic()
    await asyncio.wait([task], timeout=5)
    assert time.monotonic() - started < 2
    assert len(done) == 1
    assert organisation.gateway.log[0].acknowledged


async def test_what_the_core_could_not_commit_is_not_acknowledged_and_comes_again(organisation, messenger, ann):
    organisation.unverified.redeliver_after = 0.2
    tries = []

    async def fails_once(event):
        tries.append(event)
        if len(tries) == 1:
            raise OSError("the disk is full")

    async with listening(messenger, fails_once):
        await organisation.gateway.connected()
        await ann.says("记下来")
        for _ in range(300):
            if len(tries) == 2:
                break
            await asyncio.sleep(0.01)
    assert len(tries) == 2
    assert tries[0].id == tries[1].id


async def test_a_click_is_answered_in_time_a_word_on_the_card_for_the_clicker_alone(organisation, messenger, core, ann):
    bo = organisation.hires("0123bo", "薄一")
    group = organisation.group("产品", ann, bo)
    shown = Card("请确认", (Buttons((Button("催办", "/action nudge A-1", version=3),)),))
    await messenger.post(Room("dingtalk", group.id), shown, key="k", again=False)
    core.answer = Toast("已提醒王五")
    await bo.presses("催办", group=group)
    event = await core.next()
    assert (event.what.command, event.what.version, event.where.room.id) == ("/action nudge A-1", 3, group.id)
    assert "已提醒王五" in bo.sees(group)
    assert "已提醒王五" not in ann.sees(group)
    assert bo.failures == 0


async def test_a_commit_that_takes_too_long_is_a_failure_to_the_clicker_not_a_success(organisation, messenger, ann):
    async def slow(event):
        await asyncio.sleep(0.4)

    organisation.card_patience = 0.1
    async with listening(messenger, slow):
        await organisation.gateway.connected()
        shown = Card("请确认", (Buttons((Button("接受", "/action accept A-1"),)),))
        await messenger.post(Account("dingtalk", ann.id), shown, key="k", again=False)
        await ann.presses("接受")
    assert ann.failures == 1


async def test_a_dangerous_press_is_asked_about_first(organisation, messenger, core, ann):
    cancel = Button("取消", "/action cancel A-1", "danger", "真的要取消 A-1 吗？", version=2)
    await messenger.post(Account("dingtalk", ann.id), Card("A-1", (Buttons((cancel,)),)), key="k", again=False)
    await ann.presses("取消")
    await ann.will_see("真的要取消 A-1 吗？")
    assert core.heard == []
    await ann.presses("确定：取消")
    assert (await core.next()).what.command == "/action cancel A-1"


async def test_a_button_of_a_stranger_or_a_lost_memory_changes_nothing(organisation, messenger, core, ann):
    for content in ('{"cardPrivateData": {"actionIds": ["/action cancel A-1"], "params": {}}}', "{bad", None, 7):
        data = {"outTrackId": "x", "userId": ann.id, "content": content, "type": "actionCallback"}
        delivery = await organisation.gateway.pushes("CALLBACK", CARD_TOPIC, data)
        await asyncio.wait_for(delivery.answered.wait(), 5)
    await ann.will_see("这个按钮是以前的")
    assert core.heard == []


async def test_a_second_process_with_this_client_id_is_noticed(organisation, messenger, core, ann):
    async with connected_beside(organisation) as another:
        shown = Card("请确认", (Buttons((Button("接受", "/action accept A-1"),)),))
        await another.post(Account("dingtalk", ann.id), shown, key="k", again=False)
        with capture_logs() as logs:
            await ann.says("完成", quotes=ann.messages()[0])
            await core.next()
        assert noticed(logs)
    with capture_logs() as logs:
        await ann.presses("接受")
    assert noticed(logs)
    await messenger.post(
        Account("dingtalk", ann.id), Card("导出", (File("a.pdf", "application/pdf", b"1"),)), key="own", again=False
    )
    with capture_logs() as logs:
        for own in ann.messages()[-2:]:
            await ann.says("好", quotes=own)
            await core.next()
    assert not noticed(logs), "what is our own, a file too, is no sign of another"


def noticed(logs):
    return any("is there a second one with this client id?" in line["event"] for line in logs)


@asynccontextmanager
async def connected_beside(organisation):
    """Somebody else's process for the same app, with a memory of its own."""
    another = messenger_of(organisation, organisation.url)
    try:
        yield another
    finally:
        await another.close()


async def test_a_press_that_is_delivered_twice_is_one_event(organisation, messenger, core, ann):
    shown = Card("请确认", (Buttons((Button("接受", "/action accept A-1"),)),))
    await messenger.post(Account("dingtalk", ann.id), shown, key="k", again=False)
    core.answer = Card("A-1 进行中", (Text((Plain("好"),)),))
    organisation.gateway.duplicates = 1
    await ann.presses("接受")
    assert (await core.next()).id == (await core.next()).id
    await ann.will_see("A-1 进行中")
    await asyncio.sleep(0.1)
    assert ann.sees().count("A-1 进行中") == 1


async def test_words_that_the_months_pushes_no_longer_bring_are_not_answered(organisation, core, ann):
    organisation.quota.limit_pushes = 0
    await ann.says("听得到吗")
    await organisation.gateway.settled()
    assert core.heard == []
    assert organisation.gateway.log[-1].acknowledged


async def test_a_webhook_that_is_not_dingtalks_is_not_called(organisation, messenger, core, ann):
    data = {
        "msgId": "forged", "conversationType": "1", "msgtype": "text", "text": {"content": "x"},
        "sessionWebhook": f"{organisation.url}/api/v1.0/robot/oToMessages/batchSend",
    }  # fmt: skip
    before = len(organisation.calls())
    delivery = await organisation.gateway.pushes("CALLBACK", ROBOT_TOPIC, data)
    await asyncio.wait_for(delivery.answered.wait(), 5)
    assert len(organisation.calls()) == before
