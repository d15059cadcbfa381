"""A core that takes its time: Slack's three seconds pass, the trigger would die, and nobody is told what is not so."""

import asyncio

import pytest
from structlog.testing import capture_logs

from adapters.slack import answering
from tests.adapters.slack.company import company
from tests.adapters.slack.office import MODES
from tests.simulators.slack import faults

pytestmark = pytest.mark.slow

A_WHILE = answering.HOLD_PLACE + 0.3
TOO_LONG = answering.LATEST + 0.8


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        office.zhang, office.li = office.hires("zhang", "张三"), office.hires("li", "李四")
        office.room = office.channel("产品", office.zhang, office.li)
        await office.meets()
        yield office


@pytest.mark.parametrize("slow", [A_WHILE, TOO_LONG])
async def test_a_form_finds_its_place_held(office, slow):
    office.slow = slow
    typing = asyncio.create_task(office.zhang.types("/action add", office.room))
    await office.zhang.will_see("正在打开", office.room)
    await typing
    await office.zhang.will_see("新增行动项", office.room)
    assert "failed" not in office.zhang.sees(office.room)
    office.slow = 0
    await office.zhang.fills({"text": "评估", "owner": office.li, "due": "周五"})
    assert (await office.action(1)).text == "评估"


async def test_what_is_not_recorded_yet_is_not_said_to_be(office):
    office.slow = TOO_LONG
    command = await office.zhang.types("/action add 评估 @李四 周五", office.room)
    assert "还没有记录好" in str(command.body)
    assert await office.actions() == []
    await office.zhang.will_see("已记录 A-1", office.room)
    assert len(await office.actions()) == 1


async def test_a_press_that_takes_long_shows_no_fault(office):
    await office.zhang.types("/action add 评估 @李四 周五")
    await office.delivers()
    office.slow = TOO_LONG
    press = await office.li.presses("接受")
    assert press.acknowledged
    await office.li.will_see("已接受")


async def test_a_form_that_takes_long_waits_in_its_modal(office):
    await office.zhang.types("/action add", office.room)
    office.slow = TOO_LONG
    await office.zhang.fills({"text": "评估", "owner": office.li, "due": "周五"})
    assert "请稍候" in office.zhang.sees(office.room)
    await office.zhang.will_see("已记录 A-1", office.room)


async def test_an_event_that_takes_long_comes_again_and_is_done_once(office):
    office.slow = TOO_LONG
    office.workspace.unverified.resend_after = (0.0,)
    said = asyncio.create_task(office.zhang.says("新增 评估 @李四 周五"))
    await office.zhang.will_see("已记录 A-1")
    await said
    office.slow = 0
    await office.workspace.settled()
    await asyncio.sleep(0.2)
    assert len(await office.actions()) == 1
    assert office.zhang.sees().count("已记录 A-1") == 1


@pytest.mark.parametrize("core", [0.0, TOO_LONG])
async def test_names_that_cannot_be_had_are_not_waited_for(office, core):
    """All look-ups of one command share a moment, and what the core needs is counted from when it was typed."""
    office.workspace.usergroup("all", office.zhang, office.li)
    office.slow = core
    for method in ("users.info", "conversations.info", "usergroups.users.list"):
        office.workspace.faults.always(method, faults.answers_after(30))
    await office.zhang.types("/action add 评估 @all 周五", office.room)
    await office.zhang.will_see("“all”不是一个人", office.room)
    assert "failed" not in office.zhang.sees(office.room)


async def test_a_modal_that_slack_takes_long_to_open_keeps_nobody_waiting(office):
    office.workspace.faults.next("views.open", faults.answers_after(4))
    await office.zhang.types("/action add", office.room)
    assert "failed" not in office.zhang.sees(office.room)
    await office.zhang.fills({"text": "评估", "owner": office.li, "due": "周五"})
    assert (await office.action(1)).text == "评估"


async def test_a_place_that_slack_takes_long_to_hold_is_filled_all_the_same(office):
    """Nobody is left before a modal that goes on opening."""
    office.slow = A_WHILE
    office.workspace.faults.next("views.open", faults.answers_after(4))
    command = await office.zhang.types("/action add 评估 @李四 2030-11-29", office.room)
    assert "请稍候" in str(command.body), "it is recorded, and so nothing else is said"
    await office.zhang.will_see("已记录 A-1", office.room)
    assert "正在打开" not in office.zhang.sees(office.room)


async def test_what_broke_after_it_was_acknowledged_stands_in_the_log(office):
    """Nobody waits for it any more."""

    class Broken:
        async def receive(self, _incoming):
            raise RuntimeError("the database is away")

    office.dispatch, office.slow = Broken(), TOO_LONG
    with capture_logs() as logs:
        command = await office.zhang.types("/action add 评估 @李四 周五", office.room)
        await asyncio.sleep(TOO_LONG - answering.LATEST + 0.3)
    assert "还没有记录好" in str(command.body)
    assert [line["event"] for line in logs if line["log_level"] == "error"] == [answering.UNSHOWN]


async def test_a_modal_that_slack_refuses_late_is_asked_in_words(office):
    office.workspace.faults.next("views.open", faults.refuses_after(3, "expired_trigger_id"))
    await office.zhang.types("/action add 评估 @李四", office.room)
    assert "failed" not in office.zhang.sees(office.room)
    await office.zhang.will_see("截止日", office.room)


@pytest.mark.parametrize("where", ["there", "directly"])
async def test_an_answer_that_slack_takes_long_to_show_holds_no_acknowledgement_up(office, where):
    """It is recorded, and so whoever pressed sees no fault."""
    await office.zhang.types("/action add 评估 @李四 周五", office.room)
    await office.delivers()
    for method in ("response_url", "chat.postMessage", "chat.postEphemeral"):
        office.workspace.faults.always(method, faults.answers_after(4))
    press = await office.li.presses("接受")
    assert press.acknowledged
    room = office.room if where == "there" else None
    await (office.li.mentions_bot("列表", room) if room else office.li.says("列表"))
    assert all(len(one.tries) == 1 for one in office.workspace.deliveries())
    await office.li.will_see("已接受")


async def test_a_form_whose_answer_slack_takes_long_to_show_is_sent(office):
    await office.zhang.types("/action add", office.room)
    office.workspace.faults.always("response_url", faults.answers_after(4))
    await office.zhang.fills({"text": "评估", "owner": office.li, "due": "周五"})
    assert office.zhang.modal is None
    await office.zhang.will_see("已记录 A-1", office.room)


@pytest.mark.parametrize("fault", ["expired_trigger_id", "exchanged_trigger_id", faults.fails(503)])
async def test_without_a_modal_the_form_is_asked_in_words_and_a_press_opens_it(office, fault):
    office.workspace.faults.next("views.open", fault)
    await office.zhang.types("/action add 评估 @李四", office.room)
    assert office.zhang.modal is None
    assert "截止日" in office.zhang.sees(office.room)
    await office.zhang.presses("记录", office.room)
    await office.zhang.fills({"due": "周五"})
    assert (await office.action(1)).text == "评估"


async def test_a_reply_that_slack_no_longer_takes_goes_to_the_direct_messages(office):
    await office.zhang.types("/action add 评估 @李四 周五", office.room)
    await office.delivers()
    office.workspace.unverified.expired_url = (404, "expired_url")
    await office.zhang.types("/action add", office.room)
    office.workspace.hooks.known.clear()
    office.workspace.faults.next("chat.postEphemeral", "user_not_in_channel")
    await office.zhang.fills({"text": "第二件", "owner": office.li, "due": "周五"})
    assert "已记录 A-2" in office.zhang.sees()


async def test_a_broken_press_is_answered_and_nothing_happens(office):
    await office.zhang.types("/action add 评估 @李四 周五")
    await office.delivers()
    message = office.li.messages()[-1]
    for block in message.blocks:
        for element in block.get("elements", ()):
            if element.get("type") == "button":
                element["value"] = "rubbish"
    heard = len(office.heard)
    await office.li.presses("接受", message)
    assert "没有读懂" in office.li.sees()
    assert len(office.heard) == heard


async def test_what_was_begun_is_finished_when_listening_ends(office):
    office.slow = 0.4
    typing = asyncio.create_task(office.zhang.types("/action add 评估 @李四 周五", office.room))
    await asyncio.sleep(0.2)
    office.listening.cancel()
    await asyncio.wait({office.listening})
    command = await typing
    assert command.acknowledged
    assert "已记录 A-1" in office.zhang.sees(office.room), "and the answer has left"
    assert len(await office.actions()) == 1
