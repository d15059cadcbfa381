"""The stories of action items as Slack people live them: slash commands, presses, modals, threads, shortcut, Home."""

import pytest

from bot.domain.action import State
from tests.adapters.slack.company import company
from tests.adapters.slack.office import MODES

pytestmark = pytest.mark.slow


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        yield office


@pytest.fixture
async def cast(office):
    """张三 assigns and tracks, 李四 owns, 王五 helps; all in #产品."""
    cast = [office.hires("zhang", "张三"), office.hires("li", "李四"), office.hires("wang", "王五")]
    office.room = office.channel("产品", *cast)
    await office.meets()
    return cast


async def test_from_chat_to_done(office, cast):
    zhang, li, wang = cast
    await zhang.types("/action add 输出《客户投诉处理流程V2.0》 @李四 下周五前 标准：包含一级响应机制", office.room)
    assert "已记录 A-1" in zhang.sees(office.room)
    assert "A-1" not in wang.sees(office.room), "what was typed and answered is the asker's alone"
    await office.delivers()
    assert "请确认：A-1 由你负责，11月27日（周五" in li.sees()
    await li.presses("接受")
    assert (await office.action(1)).state is State.IN_PROGRESS
    await office.delivers()
    assert "[接受]" not in li.sees(), "the card has changed in place"

    await office.until("2026-11-25 08:59")
    assert "后天到期" not in li.sees()
    await office.until("2026-11-25 09:00")
    assert "🟡 A-1 后天到期（11月27日" in li.sees()

    await li.presses("延期", li.messages()[-1])
    assert li.modal is not None
    await li.fills({"due": "11月30日", "why": "等法务审核"})
    assert li.modal is None
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
    await li.types("/action submit A-1 https://example.com/v3")
    await office.delivers()
    await zhang.presses("通过", zhang.messages()[-1])
    assert (await office.action(1)).state is State.DONE


async def test_the_loop_in_english(tmp_path):
    async with company(tmp_path, language="en") as office:
        ann, bo = office.hires("ann", "Ann", "en-US"), office.hires("bo", "Bo", "en-GB")
        await office.meets()
        await ann.types("/action add ship the prototype @Bo by next Friday std: demo recorded")
        assert "A-1 recorded" in ann.sees()
        await office.delivers()
        await bo.presses("Accept")
        await office.until("2026-11-25 09:00")
        assert "🟡 A-1 is due in 2 days (Fri 27 Nov" in bo.sees()
        await bo.types("/action submit A-1 the recording is on the share")
        await office.delivers()
        await ann.presses("Accept", ann.messages()[-1])
        assert (await office.action(1)).state is State.DONE


async def test_an_empty_add_opens_a_form_and_a_problem_stands_at_its_field(office, cast):
    zhang, li, _ = cast
    await zhang.types("/action add", office.room)
    assert "新增行动项" in zhang.sees(office.room)
    await zhang.fills({"text": "评估开发周期", "owner": li, "due": "尽快"})
    assert zhang.modal is not None
    assert "不是一天" in zhang.modal.errors["due"], "at the field, and nothing that was typed is gone"
    await zhang.fills({"due~pick": "2026-11-27", "due": ""})
    assert zhang.modal is None
    assert (await office.action(1)).owner != (await office.action(1)).assigner
    assert "已记录 A-1" in zhang.sees(office.room)


async def test_a_double_click_on_the_form_is_one_item(office, cast):
    zhang, li, _ = cast
    await zhang.types("/action add", office.room)
    view = zhang.modal
    await zhang.fills({"text": "评估", "owner": li, "due": "周五"})
    await zhang.submits(view)
    assert len(await office.actions()) == 1
    assert zhang.sees(office.room).count("已记录 A-1") == 1


async def test_what_is_missing_is_asked_and_only_that(office, cast):
    zhang, _li, _ = cast
    await zhang.types("/action add 评估 @李四", office.room)
    labels = [block["label"]["text"] for block in zhang.modal.blocks if block["type"] == "input"]
    assert "负责人" not in labels
    await zhang.fills({"due": "周五"})
    assert (await office.action(1)).text == "评估"


async def test_a_message_becomes_an_item_with_its_text_author_and_link(office, cast):
    zhang, li, wang = cast
    said = await wang.says("登录页偶尔打不开，谁看一下", office.room)
    await zhang.shortcut("Create action item", said)
    assert "登录页偶尔打不开" in zhang.sees(office.room)
    await zhang.fills({"owner": li, "due": "周五"})
    item = await office.action(1)
    assert (item.text, item.source.quoted_from) == ("登录页偶尔打不开，谁看一下", "王五")
    assert item.source.url == f"https://acme.slack.com/archives/{office.room.id}/p{said.ts.replace('.', '')}"
    assert item.room is not None


async def test_a_message_where_the_bot_is_not_becomes_an_item_too(office, cast):
    """Slack brings the shortcut from any channel; the answer goes by the address that came along, and is the asker's alone."""
    zhang, li, wang = cast
    elsewhere = office.channel("别处", zhang, wang, private=True, bot=False)
    root = await wang.says("服务器又慢了", elsewhere)
    said = await wang.says("连后台都打不开", elsewhere, thread=root)
    await zhang.shortcut("Create action item", said)
    await zhang.fills({"owner": li, "due": "周五"})
    item = await office.action(1)
    address = f"https://acme.slack.com/archives/{elsewhere.id}/p{said.ts.replace('.', '')}"
    assert item.source.url == f"{address}?thread_ts={root.ts}&cid={elsewhere.id}", "into the thread it stands in"
    assert "已记录 A-1" in zhang.sees(elsewhere)
    assert "已记录" not in wang.sees(elsewhere)
    await office.delivers()
    assert "连后台都打不开" in li.sees()


async def test_the_shortcut_from_anywhere_is_an_empty_form(office, cast):
    zhang, li, _ = cast
    await zhang.shortcut("New action item")
    await zhang.fills({"text": "评估", "owner": li, "due": "周五"})
    assert "已记录 A-1" in zhang.sees()


async def test_in_a_thread_where_slack_has_no_slash_commands_a_mention_works(office, cast):
    zhang, li, wang = cast
    root = await wang.says("登录页偶尔打不开", office.room)
    await zhang.mentions_bot("新增 @李四 周五", office.room, thread=root)
    item = await office.action(1)
    assert item.text == "登录页偶尔打不开"
    assert len(await office.actions()) == 1, "app_mention and message are one event"
    assert "已记录 A-1" in zhang.sees(office.room)
    assert "已记录" not in li.sees(office.room)


async def test_a_reply_in_the_thread_of_a_reminder_is_about_its_item(office, cast):
    zhang, li, _ = cast
    await zhang.types("/action add 输出流程 @李四 周五")
    await office.delivers()
    await li.says("接受", thread=li.messages()[-1])
    assert (await office.action(1)).state is State.IN_PROGRESS


async def test_small_talk_is_not_for_the_bot(office, cast):
    zhang, _, _ = cast
    for words in ("大家早", "action list is long today", "<!channel> 开会了"):
        await zhang.says(words, office.room)
    assert all(one.user == zhang.id for one in office.room.messages)
    assert len([one for one in office.heard if not one.where.direct]) == 3, "the core hears the room, for meetings"


async def test_several_at_once_are_one_button_each(office, cast):
    zhang, li, wang = cast
    group = office.workspace.usergroup("team", li, wang)
    await zhang.types(f"/action add 评估 @{group.handle} 周五", office.room)
    assert await office.actions() == []
    await zhang.presses("李四", office.room)
    assert (await office.action(1)).text == "评估"


async def test_a_long_list_is_paged_and_each_page_fits(office, cast):
    zhang, _, _ = cast
    for number in range(45):
        await zhang.types(f"/action add 第{number}件事 @张三 下周五")
    await zhang.types("/action list", office.room)
    await zhang.presses("下一页", office.room)
    await zhang.presses("下一页", office.room)
    seen = zhang.sees(office.room)
    assert all(f"A-{number} 第" in seen for number in range(1, 46))


async def test_a_file_sent_to_the_bot_is_a_deliverable(office, cast):
    zhang, li, _ = cast
    await zhang.types("/action add 输出流程 @李四 周五")
    await li.types("/action accept A-1")
    await li.says("完成 A-1", files=("流程V2.docx",))
    assert (await office.action(1)).state is State.SUBMITTED
    await office.delivers()
    assert "流程V2.docx" in zhang.sees()


async def test_the_weekly_digest_arrives(office, cast):
    zhang, _li, _ = cast
    await zhang.types("/action add 输出流程 @李四 周五", office.room)
    await zhang.types("/digest", office.room)
    assert "A-1" in zhang.sees(office.room)


async def test_the_bot_says_what_it_is_for_when_it_comes(office, cast):
    zhang, li, _ = cast
    new = office.channel("新项目", zhang, li, bot=False)
    new.invites_bot()
    await office.delivers()
    assert "/action add" in li.sees(new)
    await zhang.opens_messages()
    await zhang.opens_messages()
    assert zhang.sees().count("/action add") == 1


async def test_a_press_by_somebody_who_may_not_is_told_to_them_alone(office, cast):
    zhang, li, wang = cast
    await zhang.types("/action add 输出流程 @李四 周五", office.room)
    await office.delivers()
    await wang.types("/action accept A-1", office.room)
    assert (await office.action(1)).state is State.PROPOSED
    assert "A-1" in wang.sees(office.room)
    assert "A-1" not in li.sees(office.room)


async def test_somebody_of_another_workspace_is_not_served(office, cast):
    """A4 row 35: a user id says nothing without its workspace."""
    zhang, _li, _ = cast
    await zhang.types("/action add 输出流程 @李四 周五")
    from tests.simulators.slack import Workspace

    other = Workspace(slack=office.workspace.slack, name="Other")
    stranger = other.hires("eve", "Eve")
    before = len(office.heard)
    await stranger.types("/action list")
    assert "没有接入" in stranger.sees() or "not connected" in stranger.sees()
    await stranger.says("帮助")
    assert len(office.heard) == before


async def test_what_bolt_reads_from_the_environment_is_nothing_to_us(tmp_path, monkeypatch):
    """Two of these would make bolt another app's, with a store of its own in the home directory (platform sheet 6.6)."""
    for name in (
        "BOT_TOKEN",
        "APP_TOKEN",
        "SIGNING_SECRET",
        "VERIFICATION_TOKEN",
        "CLIENT_ID",
        "CLIENT_SECRET",
        "SCOPES",
    ):
        monkeypatch.setenv(f"SLACK_{name}", f"another-{name}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for mode in MODES:
        (tmp_path / mode).mkdir()
        async with company(tmp_path / mode, mode) as office:
            zhang, li = office.hires("zhang", "张三"), office.hires("li", "李四")
            await office.meets()
            await zhang.types("/action add 评估 @李四 周五")
            assert "已记录 A-1" in zhang.sees()
            await office.delivers()
            await li.presses("接受")
            assert (await office.action(1)).state is State.IN_PROGRESS
    assert not (tmp_path / "home").exists()
