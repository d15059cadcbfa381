"""The stories of action items as DingTalk people live them, on each rung: mentions, presses, links that write, replies."""

import asyncio

import pytest

from bot.domain.action import State
from tests.adapters.dingtalk.company import company
from tests.adapters.dingtalk.office import RUNGS
from tests.simulators.dingtalk import faults

pytestmark = pytest.mark.slow


@pytest.fixture(params=RUNGS)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        yield office


@pytest.fixture
async def cast(office):
    """张三 assigns and tracks, 李四 owns, 王五 helps; all in 产品."""
    cast = [office.hires("0001zhang", "张三"), office.hires("0002li", "李四"), office.hires("0003wang", "王五")]
    office.room = office.group("产品", *cast)
    await office.meets()
    return cast


async def does(who, label, words, office):
    """Presses where there is something to press, else says what the message tells to say."""
    await (who.says(words) if office.messenger.rung == "text" else who.presses(label))
    await office.organisation.gateway.settled()


async def says(who, words, office, group=None, **more):
    await who.says(words, group, **more)
    await office.organisation.gateway.settled()


def answered(who, office):
    """What somebody was answered, wherever this rung shows it to them alone."""
    return who.sees(office.room) + who.sees()


async def test_from_chat_to_done(office, cast):
    zhang, li, wang = cast
    await says(
        zhang,
        "@闭环 /action add 输出《客户投诉处理流程V2.0》 @李四 下周五前 标准：包含一级响应机制",
        office,
        office.room,
    )
    assert "已记录 A-1" in answered(zhang, office)
    assert "已记录" not in wang.sees(office.room), "what was answered is the asker's alone"
    await office.delivers()
    assert "请确认：A-1 由你负责，11月27日（周五" in li.sees()
    await does(li, "接受", "接受 A-1", office)
    assert (await office.action(1)).state is State.IN_PROGRESS
    await office.delivers()

    await office.until("2026-11-25 08:59")
    assert "后天到期" not in li.sees()
    await office.until("2026-11-25 09:00")
    assert "🟡 A-1 后天到期（11月27日" in li.sees()

    await says(li, "完成 A-1 https://example.com/v2", office)
    await office.delivers()
    assert "A-1 已提交，请验收" in zhang.sees()
    await says(zhang, "退回 A-1 缺少流程节点图", office)
    await office.delivers()
    assert "缺少流程节点图" in li.sees()
    await says(li, "完成 A-1 https://example.com/v3", office)
    await office.delivers()
    await does(zhang, "通过", "通过 A-1", office)
    assert (await office.action(1)).state is State.DONE


async def test_a_card_changes_in_place_or_the_old_message_is_taken_back(office, cast):
    zhang, li, _ = cast
    await says(zhang, "新增 输出流程 @李四 周五", office)
    await office.delivers()
    before = len(li.messages())
    await says(li, "接受 A-1", office)
    await office.delivers()
    assert "请确认：A-1 由你负责" not in li.sees()
    said = [one for one in li.messages() if one.by]
    answers = [one for one in office.organisation.messages if one.place == li.id and not one.by and not one.recalled]
    assert len(answers) == before + 1, "the card, and the answer to what was said"
    assert len(said) == 1


async def test_what_is_missing_is_asked_and_the_next_words_answer(office, cast):
    zhang, _li, _ = cast
    await says(zhang, "@闭环 新增 评估 @李四", office, office.room)
    assert "截止" in answered(zhang, office)
    await says(zhang, "@闭环 周五", office, office.room)
    assert "已记录 A-1" in answered(zhang, office)


async def test_a_dialogue_can_be_left_for_another_command(office, cast):
    zhang, _, _ = cast
    await says(zhang, "新增", office)
    await says(zhang, "列表", office)
    await says(zhang, "新增 写周报 @我 周五", office)
    assert "已记录 A-1" in zhang.sees()


@pytest.mark.parametrize("grouped", [False, True], ids=["direct", "group"])
async def test_a_question_that_was_left_is_taken_up_again_by_a_reply_to_it(office, cast, grouped):
    zhang, _, _ = cast
    room, mention = (office.room, "@闭环 ") if grouped else (None, "")
    await says(zhang, f"{mention}新增 评估开发周期 @李四", office, room)
    asked = next(one for one in (*zhang.messages(room), *zhang.messages()) if not one.by)
    await says(zhang, f"{mention}列表", office, room)
    await says(zhang, f"{mention}帮助", office, room)
    again = office.room if grouped and asked.place == office.room.id else None
    await says(zhang, f"{'@闭环 ' if again else ''}周五", office, again, quotes=asked)
    action = await office.action(1)
    assert (action.text, action.owner) == ("评估开发周期", (await whose(office, "李四")))


async def whose(office, name):
    directory = await office.store.read(lambda records: records.people.directory())
    return next(id for id, person in directory.people.items() if person.name == name)


async def test_two_of_one_name_are_asked_about(office, cast):
    zhang, _, _ = cast
    office.hires("0009li", "李四")
    await office.meets()
    await says(zhang, "新增 输出流程 @李四 周五", office)
    assert await office.store.read(lambda records: records.actions.get(1)) is None
    assert "李四" in zhang.sees()


async def test_one_mention_owns_several_are_asked_and_a_typed_name_is_looked_up(office, cast):
    zhang, _li, _wang = cast
    await says(zhang, "@闭环 新增 甲 周五 @李四", office, office.room)
    one = await office.action(1)
    await says(zhang, "@闭环 新增 乙 周五 @李四 @王五", office, office.room)
    assert "李四" in answered(zhang, office)
    assert "王五" in answered(zhang, office)
    assert await office.store.read(lambda records: records.actions.get(2)) is None, "several: asked, not guessed"
    await says(zhang, "新增 丙 @李四 周五", office)
    assert (await office.action(2)).owner == one.owner
    assert (await office.action(2)).text == "丙"


async def test_somebody_whose_id_dingtalk_does_not_give_is_asked_about(office, cast):
    zhang, _li, _ = cast
    office.organisation.unverified.staff_ids = False
    await says(zhang, "@闭环 新增 甲 周五 @李四", office, office.room)
    assert await office.store.read(lambda records: records.actions.get(1)) is None
    assert "负责人" in answered(zhang, office)


async def test_a_quoted_reply_is_about_the_message_it_quotes(office, cast):
    zhang, li, _ = cast
    await says(zhang, "新增 输出流程 @李四 周五", office)
    await says(zhang, "新增 另一件 @李四 周五", office)
    await office.delivers()
    first = next(
        one for one in li.messages() if "A-1" in str(one.param) or (one.card and "A-1" in str(one.card.public))
    )
    await says(li, "接受", office, quotes=first)
    assert (await office.action(1)).state is State.IN_PROGRESS
    assert (await office.action(2)).state is State.PROPOSED


async def test_what_comes_four_times_is_done_and_answered_once(office, cast):
    zhang, _li, _ = cast
    await zhang.says("新增 输出流程 @李四 周五")
    gateway = office.organisation.gateway
    await asyncio.gather(*(gateway.carries(gateway.log[-1]) for _ in range(3)))
    await until_heard(office, 4)
    assert (await office.action(1)).text == "输出流程"
    assert await office.store.read(lambda records: records.actions.get(2)) is None
    assert zhang.sees().count("已记录 A-1") == 1


async def until_heard(office, count):
    for _ in range(300):
        if len(office.heard) == count:
            break
        await asyncio.sleep(0.01)
    await office.organisation.gateway.settled()
    assert len(office.heard) == count


async def test_full_width_forms_and_blanks_of_every_kind(office, cast):
    zhang, _, _ = cast
    await says(zhang, "@闭环\u2005／ａｃｔｉｏｎ　ａｄｄ 评估\u00a0开发周期 @李四\u2005周五", office, office.room)
    assert "已记录 A-1" in answered(zhang, office)
    assert (await office.action(1)).text == "评估 开发周期"


async def test_small_talk_in_a_group_never_reaches_the_bot(office, cast):
    zhang, _, _ = cast
    await says(zhang, "大家早", office, office.room)
    assert office.heard == []


async def test_people_of_other_organisations_are_declined_politely(office, cast):
    eve = office.hires("0999eve", "外人", outside=True)
    office.room.members.append(eve.id)
    await says(eve, "@闭环 新增 偷看 周五", office, office.room)
    assert "只为本组织的同事服务" in eve.sees(office.room)
    assert office.heard == []


async def test_a_file_to_the_bot_is_a_deliverable(office, cast):
    zhang, li, _ = cast
    await says(zhang, "新增 输出流程 @李四 周五", office)
    await office.delivers()
    await says(li, "接受 A-1", office)
    await li.sends_file("流程V2.docx")
    await office.organisation.gateway.settled()
    assert office.heard[-1].what.attachments[0].name == "流程V2.docx"
    assert office.heard[-1].what.attachments[0].url.startswith("https://down.dingtalk.example/")


async def test_a_file_whose_address_dingtalk_keeps_to_itself_is_named(office, cast):
    zhang, li, _ = cast
    await says(zhang, "新增 输出流程 @李四 周五", office)
    await office.delivers()
    await says(li, "接受 A-1", office)
    office.organisation.faults.next("/v1.0/robot/messageFiles/download", faults.answers())
    await li.sends_file("流程V2.docx")
    await office.organisation.gateway.settled()
    assert [(one.name, one.url) for one in office.heard[-1].what.attachments] == [("流程V2.docx", "")]


async def test_a_long_list_is_paged_and_whatever_does_not_fit_follows_whole(office, cast):
    zhang, _, _ = cast
    for number in range(1, 31):
        await says(zhang, f"新增 第{number}件相当长的事情要说得清楚 @我 周五", office)
    office.organisation.messages.clear()
    await says(zhang, "列表", office)
    first = [number for number in range(1, 31) if f"A-{number} 第" in zhang.sees()]
    assert first[:10] == list(range(1, 11))
    await does(zhang, "下一页", "列表 p2", office)
    await zhang.will_see("A-30 第")
    assert all(f"A-{number} 第" in zhang.sees() for number in range(1, 31))


async def test_somebody_who_may_not_is_told_alone_and_nothing_changes(office, cast):
    zhang, _li, wang = cast
    await says(zhang, "@闭环 新增 输出流程 @李四 周五", office, office.room)
    await says(wang, "@闭环 接受 A-1", office, office.room)
    assert (await office.action(1)).state is State.PROPOSED
    assert "A-1" in answered(wang, office)
