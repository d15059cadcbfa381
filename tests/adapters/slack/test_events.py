"""What Slack brings twice, late, in the wrong order or half (RELIABILITY A4, rows 1–6, 35–37), on the whole workplace."""

import asyncio

import pytest

from bot.domain.action import State
from tests.adapters.slack.company import company
from tests.adapters.slack.office import MODES

pytestmark = pytest.mark.slow


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        office.zhang, office.li = office.hires("zhang", "张三"), office.hires("li", "李四")
        office.room = office.channel("产品", office.zhang, office.li)
        await office.meets()
        yield office


async def test_one_event_brought_four_times_at_once_is_done_and_answered_once(office):
    await office.zhang.says("新增 评估 @李四 周五")
    delivery = office.workspace.deliveries("message")[0]
    await asyncio.gather(*(office.workspace.redelivers(delivery) for _ in range(3)))
    await office.delivers()
    assert len(await office.actions()) == 1
    assert office.zhang.sees().count("已记录 A-1") == 1
    assert office.li.sees().count("请确认：A-1") == 1


async def test_what_comes_for_the_first_time_is_no_repetition(office):
    """Socket Mode numbers the first try too, with 0: nothing is waited for, nor looked for in the conversation."""
    await office.zhang.says("列表")
    assert "行动项" in office.zhang.sees()
    assert office.workspace.calls("conversations.history") == []
    office.workspace.slack.courier.holds()
    await office.zhang.says("列表")
    await office.workspace.redelivers(office.workspace.deliveries("message")[-1])
    assert office.workspace.calls("conversations.history") != [], "a repetition looks for its answer"


async def test_only_the_retry_arrives_and_is_done(office):
    """Row 2: a retry header alone drops nothing."""
    office.workspace.slack.courier.holds()
    await office.zhang.says("新增 评估 @李四 周五")
    held, office.workspace.slack.courier.held = office.workspace.slack.courier.held, None
    await office.workspace.redelivers(held[0])
    assert len(await office.actions()) == 1
    assert "已记录 A-1" in office.zhang.sees()


async def test_what_one_person_said_while_nobody_listened_is_taken_in_one_go(office):
    """Each has three seconds from Slack, and all of them come again at once: none waits so long for the ones before."""
    office.workspace.slack.courier.holds()
    for number in range(8):
        await office.zhang.says(f"新增 第{number}件 @李四 周五")
    held, office.workspace.slack.courier.held = office.workspace.slack.courier.held, None
    replies = await asyncio.gather(*(office.workspace.slack.courier.repeats(one) for one in held))
    assert [one.acknowledged for one in replies] == [True] * 8
    assert len(await office.actions()) == 8
    assert all(office.zhang.sees().count(f"第{number}件") >= 1 for number in range(8))


async def test_out_of_order_is_each_at_its_own_moment(office):
    office.workspace.slack.courier.holds()
    await office.zhang.says("新增 第一件 @李四 周五")
    await office.zhang.says("新增 第二件 @李四 周五")
    await office.workspace.slack.courier.releases(backwards=True)
    assert sorted(one.text for one in await office.actions()) == ["第一件", "第二件"]


async def test_a_mention_and_its_message_in_either_order_are_one(office):
    for backwards in (False, True):
        office.workspace.slack.courier.holds()
        await office.zhang.mentions_bot(f"新增 提到{backwards:d} @李四 周五", office.room)
        await office.workspace.slack.courier.releases(backwards=backwards)
    assert len(await office.actions()) == 2
    assert office.zhang.sees(office.room).count("已记录") == 2


async def test_the_same_words_typed_again_are_asked_about(office):
    """Row 4: another trigger is another command, and a twin is not recorded unasked."""
    for _ in range(2):
        await office.zhang.types("/action add 评估 @李四 周五", office.room)
    assert len(await office.actions()) == 1
    await office.zhang.presses("再记一项", office.room)
    assert len(await office.actions()) == 2


async def test_twenty_impatient_clicks_are_one_acceptance(office):
    await office.zhang.types("/action add 评估 @李四 周五")
    await office.delivers()
    message = office.li.messages()[-1]
    await asyncio.gather(*(office.li.presses("接受", message) for _ in range(20)))
    assert (await office.action(1)).state is State.IN_PROGRESS
    history = await office.store.read(lambda records: records.history.of("A-1"))
    assert [entry.verb for entry in history if not entry.refused] == ["add", "accept"]


async def test_a_stale_press_is_told_how_it_stands_now(office):
    await office.zhang.types("/action add 评估 @李四 周五", office.room)
    await office.delivers()
    old = office.li.messages()[-1]
    old_blocks = [*old.blocks]
    await office.zhang.types("/action cancel A-1 不做了", office.room)
    await office.delivers()
    old.blocks = old_blocks
    await office.li.presses("接受", old)
    assert (await office.action(1)).state is State.CANCELLED
    assert "取消" in office.li.sees()


async def test_an_edited_message_changes_nothing_and_a_deleted_one_neither(office):
    said = await office.zhang.says("新增 评估 @李四 周五")
    await office.zhang.edits(said, "新增 别的 @李四 周五")
    office.workspace.takes_back(office.zhang.bot_chat, said)
    await office.workspace.settled()
    assert [one.text for one in await office.actions()] == ["评估"]


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("smart", [True, False])
async def test_quotes_of_a_phone_and_entities_as_slack_may_send_them(office, escaped, smart):
    """Row 28 and the sheet's unverified list: both ways are read alike, and no mention comes alive."""
    office.workspace.unverified.escaped_slash_text = escaped
    office.workspace.unverified.smart_quotes = smart
    await office.zhang.types('/action add text: "a < b & c，见 @channel" @李四 周五', office.room)
    item = await office.action(1)
    assert item.text == "a < b & c，见 @channel"
    await office.delivers()
    assert all("<!channel>" not in one.text for one in office.li.messages())


async def test_words_for_everybody_in_a_title_call_nobody(office):
    await office.zhang.types('/action add text: "通知 <!here> <@U0123456789> *大家*" @李四 周五', office.room)
    await office.delivers()
    shown = office.li.messages()[-1]
    assert "<" not in shown.text
    assert "通知 <!here> <@U0123456789> *大家*" in office.li.sees(), "it is said as it was written"
    assert '"broadcast"' not in str(shown.blocks)


async def test_a_message_of_forty_thousand_characters_is_refused_with_a_reason(office):
    await office.zhang.says("新增 " + "长" * 39_000 + " @李四 周五")
    assert await office.actions() == []
    assert "500" in office.zhang.sees()


async def test_a_fallback_for_a_room_that_the_bot_was_put_out_of(office):
    """Row 22: what cannot be said there is not repeated there; it is told to whom it concerns."""
    await office.zhang.types("/action add 评估 @李四 周五", office.room)
    await office.delivers()
    office.room.removes_bot()
    await office.zhang.types("/action list", office.room)
    assert "A-1" in office.zhang.sees(office.room), "commands need no membership"


async def test_an_answer_that_slack_never_takes_is_let_be_and_the_item_stands(office):
    office.workspace.faults.always("chat.postMessage", "restricted_action")
    await office.zhang.says("新增 评估 @李四 周五")
    assert len(await office.actions()) == 1
    assert office.workspace.deliveries("message")[0].acknowledged


async def test_whose_token_it_is_is_asked_once(office):
    """A look-up for each request would cost a round trip of Slack's three seconds (bolt-python#122)."""
    for number in range(5):
        await office.zhang.types(f"/action add 第{number}件 @李四 周五", office.room)
        await office.zhang.says("list")
    await office.delivers()
    await office.li.presses("接受")
    assert len(office.workspace.calls("auth.test")) == 1
