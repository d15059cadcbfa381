"""The stories of action items as Feishu people live them: mentions, direct words, cards with forms in them, the menu."""

import asyncio

import pytest
from msgspec.structs import replace

from bot.domain.action import State
from bot.people import Account
from tests.adapters.feishu.company import company
from tests.adapters.feishu.office import MODES

pytestmark = pytest.mark.slow


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        yield office


@pytest.fixture
async def cast(office):
    """张三 assigns and tracks, 李四 owns, 王五 helps; all in 产品."""
    cast = [office.hires("张三"), office.hires("李四"), office.hires("王五")]
    office.room = office.group("产品", *cast)
    await office.meets()
    return cast


async def test_from_chat_to_done(office, cast):
    zhang, li, wang = cast
    await zhang.says(
        "@闭环 /action add 输出《客户投诉处理流程V2.0》 @李四 下周五前 标准：包含一级响应机制", office.room
    )
    assert "已记录 A-1" in zhang.sees(office.room)
    assert "已记录 A-1" not in wang.sees(office.room), "the answer is the asker's alone"
    await office.delivers()
    assert "请确认：A-1 由你负责，11月27日（周五" in li.sees()
    assert "请确认：A-1 由你负责" in li.notified()[-1], "a phone shows what and by when"
    await li.presses("接受")
    assert (await office.action(1)).state is State.IN_PROGRESS
    await office.delivers()
    assert "[接受]" not in li.sees(), "the card has changed in place"

    await office.until("2026-11-25 08:59")
    assert "后天到期" not in li.sees()
    await office.until("2026-11-25 09:00")
    assert "🟡 A-1 后天到期（11月27日" in li.sees()

    await li.presses("延期", li.messages()[-1])
    await li.fills({"due": "11月30日", "why": "等法务审核"})
    assert (await office.action(1)).due.day.isoformat() == "2026-11-30"
    await office.delivers()
    assert "等法务审核" in zhang.sees()

    await li.says("完成 A-1 https://example.com/v2")
    await office.delivers()
    assert "A-1 已提交，请验收" in zhang.sees()
    await zhang.presses("退回", zhang.messages()[-1])
    await zhang.fills({"why": "缺少流程节点图"})
    await office.delivers()
    assert "缺少流程节点图" in li.sees()
    await li.says("/action submit A-1 https://example.com/v3")
    await office.delivers()
    await zhang.presses("通过", zhang.messages()[-1])
    assert (await office.action(1)).state is State.DONE


async def test_the_loop_in_english(tmp_path):
    async with company(tmp_path, language="en") as office:
        ann, bo = office.hires("Ann", language="en_us"), office.hires("Bo", language="en_us")
        await office.meets()
        await ann.says("/action add ship the prototype @Bo by next Friday std: demo recorded")
        assert "A-1 recorded" in ann.sees()
        await office.delivers()
        await bo.presses("Accept")
        await office.until("2026-11-25 09:00")
        assert "🟡 A-1 is due in 2 days (Fri 27 Nov" in bo.sees()
        await bo.says("submit A-1 the recording is on the share")
        await office.delivers()
        await ann.presses("Accept", ann.messages()[-1])
        assert (await office.action(1)).state is State.DONE


async def test_an_empty_add_is_a_form_in_its_place_and_a_problem_stands_at_its_field(office, cast):
    zhang, li, _ = cast
    await zhang.says("新增")
    assert "新增行动项" in zhang.sees()
    form = zhang.messages()[-1]
    await zhang.fills({"text": "评估开发周期", "owner~pick": li, "due": "尽快"})
    assert "不是一天" in zhang.sees()
    assert zhang.messages()[-1] is form, "the same card, and nothing that was typed is gone"
    assert "评估开发周期" in zhang.sees()
    await zhang.fills({"due": "", "due~pick": "2026-11-27"})
    item = await office.action(1)
    assert item.owner != item.assigner
    assert "已记录 A-1" in zhang.sees()
    assert "新增行动项" not in zhang.sees(), "the answer has taken the form's place"


async def test_a_form_in_a_group_is_seen_and_answered_by_one(office, cast):
    zhang, li, wang = cast
    await zhang.says("@闭环 新增", office.room)
    assert "新增行动项" in zhang.sees(office.room)
    assert "新增行动项" not in wang.sees(office.room)
    await zhang.fills({"text": "评估开发周期", "owner~pick": li, "due": "周五"})
    await office.tenant.settled()
    assert "已记录 A-1" in await zhang.will_see("已记录 A-1", office.room)
    assert (await office.action(1)).room is not None
    assert all("新增行动项" not in str(one.card) for one in zhang.messages(office.room)[-1:])


async def test_two_days_in_one_form_are_nobodys_to_guess(office, cast):
    zhang, _, _ = cast
    await zhang.says("新增")
    await zhang.fills({"text": "评估", "due": "11月26日", "due~pick": "2026-11-27"})
    assert await office.actions() == []
    assert "只留一个" in zhang.sees()


async def test_a_double_click_on_the_form_is_one_item(office, cast):
    zhang, li, _ = cast
    await zhang.says("新增")
    sent = await zhang.fills({"text": "评估", "owner~pick": li, "due": "周五"})
    assert sent is not None
    await zhang.sends_again(sent)
    assert len(await office.actions()) == 1


async def test_what_is_missing_is_asked_and_only_that(office, cast):
    zhang, _li, _ = cast
    await zhang.says("新增 评估 @李四")
    card = zhang.messages()[-1].card
    assert card is not None
    assert "负责人" not in str(card["body"])
    await zhang.fills({"due": "周五"})
    assert (await office.action(1)).text == "评估"


async def test_a_reply_makes_an_item_of_a_message_with_its_text_and_author(office, cast):
    zhang, _li, wang = cast
    said = await wang.says("登录页偶尔打不开，谁看一下", office.room)
    await zhang.says("@闭环 新增 @李四 周五", office.room, reply=said)
    item = await office.action(1)
    assert (item.text, item.source.quoted_from) == ("登录页偶尔打不开，谁看一下", "王五")
    assert office.room.id in item.source.url
    assert "已记录" not in wang.sees(office.room)


async def test_a_reply_to_a_reminder_is_about_its_item(office, cast):
    zhang, li, _ = cast
    await zhang.says("新增 输出流程 @李四 周五")
    await office.delivers()
    await li.says("接受", reply=li.messages()[-1])
    assert (await office.action(1)).state is State.IN_PROGRESS


async def test_a_reply_is_understood_by_a_bot_that_has_been_started_anew(tmp_path):
    async with company(tmp_path) as office:
        zhang, li = office.hires("张三"), office.hires("李四")
        await office.meets()
        await zhang.says("新增 输出流程 @李四 周五")
        await office.delivers()
        await office.restarts()
        await li.says("接受", reply=li.messages()[-1])
        assert (await office.action(1)).state is State.IN_PROGRESS


async def test_a_reply_to_a_file_brings_it_along(office, cast):
    zhang, li, _ = cast
    await zhang.says("新增 输出流程 @李四 周五")
    await li.says("接受 A-1")
    file = await li.sends_file("流程V2.docx")
    await li.says("完成 A-1", reply=file)
    assert (await office.action(1)).state is State.SUBMITTED
    await office.delivers()
    assert "流程V2.docx" in zhang.sees()


async def test_small_talk_is_not_for_the_bot(office, cast):
    zhang, _, _ = cast
    for words in ("大家早", "action list is long today", "@所有人 开会了"):
        await zhang.says(words, office.room)
    assert all(one.sender == zhang.id for one in office.room.messages)
    assert len(zhang.messages(office.room)) == 3


async def test_several_at_once_are_one_button_each(office, cast):
    zhang, _li, _wang = cast
    await zhang.says("@闭环 新增 评估 @李四 @王五 周五", office.room)
    assert await office.actions() == []
    await zhang.presses("李四", office.room)
    assert (await office.action(1)).text == "评估"


async def test_a_long_list_is_paged_and_each_page_fits(office, cast):
    zhang, _, _ = cast
    for number in range(45):
        await zhang.says(f"/action add 第{number}件事 @张三 下周五")
    await zhang.says("@闭环 清单", office.room)
    await zhang.presses("下一页", office.room)
    await zhang.presses("下一页", office.room)
    seen = zhang.sees(office.room)
    assert all(f"A-{number} 第" in seen for number in range(1, 46))


async def test_the_menu_sends_the_commands_that_are_asked_most(office, cast):
    zhang, _, _ = cast
    await zhang.taps_menu("new_action")
    assert "新增行动项" in zhang.sees()
    await zhang.says("新增 输出流程 @张三 周五")
    await zhang.taps_menu("my_items")
    assert zhang.sees().count("A-1") >= 2
    await zhang.taps_menu("help")
    assert "/action add" in zhang.sees()


async def test_the_bot_says_what_it_is_for_when_it_comes(office, cast):
    zhang, li, _ = cast
    new = office.group("新项目", zhang, li, bot=False)
    await new.adds_bot(zhang)
    assert "/action add" in li.sees(new)
    await zhang.opens_chat()
    await zhang.opens_chat()
    assert zhang.sees().count("/action add") == 1


async def test_a_press_by_somebody_who_may_not_is_told_to_them_alone(office, cast):
    zhang, li, wang = cast
    await zhang.says("@闭环 新增 输出流程 @李四 周五", office.room)
    await office.delivers()
    await wang.says("@闭环 接受 A-1", office.room)
    assert (await office.action(1)).state is State.PROPOSED
    assert "只有" in wang.sees(office.room)
    assert "只有" not in li.sees(office.room)


async def test_somebody_of_another_company_in_a_shared_group_is_not_served(office, cast):
    """A4 row 35: an id says nothing without its company."""
    zhang, _li, _ = cast
    await zhang.says("新增 输出流程 @李四 周五")
    before = len(office.heard)
    payload = office.tenant.deliveries("im.message.receive_v1")[-1].payload
    payload = {
        **payload,
        "event": {**payload["event"], "sender": {**payload["event"]["sender"], "tenant_key": "tk_else"}},
    }
    delivery = await office.tenant.courier.brings(payload)
    assert delivery.acknowledged
    assert len(office.heard) == before


async def test_a_kind_of_message_that_nobody_reads_is_answered(office, cast):
    zhang, _, _ = cast
    await zhang.sends("sticker", {"file_key": "x"})
    assert "读不了" in zhang.sees()
    await zhang.sends("sticker", {"file_key": "x"}, office.room)
    assert "读不了" not in zhang.sees(office.room)


@pytest.mark.parametrize(
    "typed",
    [
        "／action　新增　输出流程　@李四　周五",
        "@闭环 ／ＡＣＴＩＯＮ ａｄｄ 输出流程 @李四 周五",
        "新增：输出流程 @李四 周五",
    ],
)
async def test_full_width_is_as_good(office, cast, typed):
    """A Chinese input method's signs, as they come."""
    zhang, _, _ = cast
    await zhang.says(typed, office.room if "@闭环" in typed else None)
    assert (await office.action(1)).text == "输出流程"


async def test_who_cannot_be_reached_is_reported_to_the_admin(office, cast):
    """Outside the app's availability, or gone: what was for them is not lost in silence."""
    zhang, li, wang = cast
    account = Account("feishu", zhang.id)
    await office.store.write(lambda records: records.people.save(
        replace(records.people.directory().by_account(account), admin=True)
    ))  # fmt: skip
    li.user.available = False
    await wang.says("新增 输出流程 @李四 周五")
    await office.delivers()
    await office.delivers()
    assert "李四" in zhang.sees()
    assert "A-1" in zhang.sees()
    assert "230013" in zhang.sees()


async def test_rich_text_is_read_like_words(office, cast):
    zhang, _, _ = cast
    await zhang.says("新增 输出流程 @李四 周五", post=True)
    assert (await office.action(1)).text == "输出流程"


async def test_a_core_that_takes_long_is_said_not_to_have_recorded_yet(office, cast):
    zhang, li, _ = cast
    await zhang.says("新增 输出流程 @李四 周五")
    await office.delivers()
    office.slow = 2.3
    await li.presses("接受")
    assert "还没有记录好" in li.sees()
    shown = len(li.messages())
    for _ in range(200):
        await asyncio.sleep(0.01)
        if len(li.messages()) > shown:
            break
    assert (await office.action(1)).state is State.IN_PROGRESS
    assert "A-1" in str(li.messages()[-1].card), "the answer follows"
