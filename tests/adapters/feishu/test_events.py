"""What comes twice, late, in the wrong order or half is done once (RELIABILITY A4, rows 1–4, 25, 28, 36, 37)."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.action import State
from tests.adapters.feishu.company import company
from tests.adapters.feishu.office import MODES
from tests.simulators.feishu import faults

pytestmark = pytest.mark.slow

RECEIVED = "im.message.receive_v1"


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        office.zhang, office.li = office.hires("张三"), office.hires("李四")
        office.room = office.group("产品", office.zhang, office.li)
        await office.meets()
        yield office


async def test_one_event_brought_four_times_at_once_is_done_and_answered_once(office):
    await office.zhang.says("新增 评估 @李四 周五")
    delivery = office.tenant.deliveries(RECEIVED)[0]
    await asyncio.gather(*(office.tenant.courier.repeats(delivery) for _ in range(3)))
    await office.delivers()
    assert len(await office.actions()) == 1
    assert office.zhang.sees().count("已记录 A-1") == 1
    assert office.li.sees().count("请确认：A-1") == 1


async def test_one_message_under_two_event_ids_is_one_event(office):
    """Sheet 2.1: Feishu itself asks to know messages by message_id."""
    await office.zhang.says("新增 评估 @李四 周五")
    payload = office.tenant.deliveries(RECEIVED)[0].payload
    await office.tenant.courier.brings({**payload, "header": {**payload["header"], "event_id": "another"}})
    assert len(await office.actions()) == 1


async def test_what_comes_again_seven_hours_later_is_done_once(office):
    """Row 3: an acknowledgement was lost, and lost again."""
    await office.zhang.says("新增 评估 @李四 周五")
    await office.until((office.clock.now().astimezone() + timedelta(hours=7, minutes=6)).strftime("%Y-%m-%d %H:%M"))
    await office.tenant.courier.repeats(office.tenant.deliveries(RECEIVED)[0])
    assert len(await office.actions()) == 1


async def test_out_of_order_is_each_at_its_own_moment(office):
    await office.zhang.says("新增 第一件 @李四 周五")
    await office.zhang.says("新增 第二件 @李四 周五")
    for delivery in reversed(office.tenant.deliveries(RECEIVED)):
        await office.tenant.courier.repeats(delivery)
    assert sorted(one.text for one in await office.actions()) == ["第一件", "第二件"]


async def test_the_same_words_typed_again_are_asked_about(office):
    """Row 4: another message is another command, and a twin is not recorded unasked."""
    for _ in range(2):
        await office.zhang.says("@闭环 新增 评估 @李四 周五", office.room)
    assert len(await office.actions()) == 1
    await office.zhang.presses("再记一项", office.room)
    assert len(await office.actions()) == 2


async def test_twenty_impatient_clicks_are_one_acceptance(office):
    await office.zhang.says("新增 评估 @李四 周五")
    await office.delivers()
    message = office.li.messages()[-1]
    await asyncio.gather(*(office.li.presses("接受", message) for _ in range(20)))
    assert (await office.action(1)).state is State.IN_PROGRESS
    history = await office.store.read(lambda records: records.history.of("A-1"))
    assert [entry.verb for entry in history if not entry.refused] == ["add", "accept"]


async def test_a_stale_press_is_told_how_it_stands_now(office):
    await office.zhang.says("新增 评估 @李四 周五")
    await office.delivers()
    old = office.li.messages()[-1]
    before = old.versions[-1]
    await office.zhang.says("取消 A-1 不做了")
    await office.delivers()
    old.versions.append(before)
    await office.li.presses("接受", old)
    assert (await office.action(1)).state is State.CANCELLED
    assert "取消" in office.li.sees()


async def test_words_for_everybody_in_a_title_call_nobody(office):
    for number, words in enumerate(
        ("<at id=all></at>", '<at user_id="all">所有人</at>', "![x](https://x.example/a.png)")
    ):
        await office.zhang.says(f"新增 评估{number} {words} @李四 周五")
    await office.delivers()
    cards = [str(one.card) for one in office.tenant.said() if one.card]
    assert len(await office.actions()) == 3
    assert not any("<at id=all>" in one and "&#60;" not in one and "plain_text" not in one for one in cards)
    for words in ("<at id=all></at>", "![x](https://x.example/a.png)"):
        assert words in office.li.sees()


async def test_a_message_of_forty_thousand_characters_is_refused_with_a_reason(office):
    await office.zhang.says("新增 " + "长" * 40_000 + " @李四 周五")
    assert await office.actions() == []
    assert "500" in office.zhang.sees()


async def test_a_group_that_the_bot_was_put_out_of_answers_in_the_conversation(office):
    await office.zhang.says("@闭环 新增 评估 @李四 周五", office.room)
    await office.delivers()
    office.room.chat.bot = False
    ephemeral = office.zhang.messages(office.room)[-1]
    await office.zhang.presses(office.zhang.buttons(ephemeral)[0], ephemeral)
    assert office.zhang.messages(), "what could not be shown there stands in the conversation"


@pytest.mark.parametrize(
    "fault", [faults.refuses(230020), faults.limits("0.2"), faults.records_then_closes(), faults.fails()], ids=range(4)
)
async def test_an_answer_that_met_a_fault_is_shown_once(office, fault):
    office.tenant.faults.next("POST im/v1/messages", fault)
    await office.zhang.says("新增 评估 @李四 周五")
    await office.zhang.will_see("已记录 A-1")
    await asyncio.sleep(0.1)
    assert office.zhang.sees().count("已记录 A-1") == 1


async def test_an_answer_that_feishu_never_takes_is_let_be_and_the_item_stands(office):
    office.tenant.faults.always("POST im/v1/messages", faults.refuses(230053))
    await office.zhang.says("新增 评估 @李四 周五")
    assert office.tenant.deliveries(RECEIVED)[0].acknowledged
    assert len(await office.actions()) == 1


@pytest.mark.parametrize("sent", [True, False])
async def test_a_form_whose_optional_fields_were_emptied(office, sent):
    office.tenant.unverified.emptied_fields_are_sent = sent
    await office.zhang.says("新增")
    await office.zhang.fills({"text": "评估", "owner~pick": office.li, "due": "周五"})
    assert (await office.action(1)).text == "评估"


async def test_a_form_that_is_filled_in_again_after_the_card_changed_is_refused_by_nobody(office):
    """A press on a form that another answer has replaced: the same values are the same event."""
    await office.zhang.says("新增")
    sent = await office.zhang.fills({"text": "评估", "owner~pick": office.li, "due": "周五"})
    await asyncio.gather(*(office.zhang.sends_again(sent) for _ in range(5)))
    assert len(await office.actions()) == 1
    assert office.zhang.sees().count("已记录 A-1") >= 1


async def test_a_press_whose_value_is_nobodys(office):
    payload = {
        "operator": {"open_id": office.zhang.id, "tenant_key": office.tenant.key}, "token": "c-1", "host": "im_message",
        "action": {"tag": "button", "value": {"key": "of another card"}},
        "context": {"open_message_id": "om_1", "open_chat_id": "oc_1"},
    }  # fmt: skip
    header = {"event_id": "x", "event_type": "card.action.trigger", "create_time": "1780000000000000",
              "token": office.tenant.app.verification_token, "app_id": office.tenant.app.id}  # fmt: skip
    delivery = await office.tenant.courier.brings({"schema": "2.0", "header": header, "event": payload})
    assert delivery.tries[0].body["toast"]["type"] == "error"
    assert "什么也没有记录" in delivery.tries[0].body["toast"]["content"]
