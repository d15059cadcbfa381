"""A meeting from its draft to everybody's 已阅, as Feishu people live it: cards, files, short forms in a group."""

import pytest

from tests.adapters.feishu.company import company
from tests.adapters.feishu.office import MODES

pytestmark = pytest.mark.slow

LINE = (
    "/meeting new Q4 产品规划会 明天 10:00-11:00 @李四 @王五 主持人：张三 记录人：王五 目标：定下四季度方向；"
    "预期：选出三个功能；地点：3 楼；议题：客诉流程 15分钟 @李四 决策"
)


@pytest.fixture(params=MODES)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        office.zhang, office.li, office.wang = (office.hires(name) for name in ("张三", "李四", "王五"))
        office.room = office.group("产品", office.zhang, office.li, office.wang)
        await office.meets()
        yield office


async def test_from_the_draft_to_the_minutes_that_everybody_has_read(office):
    zhang, li, wang = office.zhang, office.li, office.wang
    await zhang.says(f"@闭环 {LINE}", office.room)
    assert "已建草稿 M-1" in zhang.sees(office.room)
    assert "M-1" not in "".join(str(one.card) for one in li.messages())
    await zhang.says("/meeting announce! M-1")
    await office.delivers()
    assert "Q4 产品规划会" in li.sees()
    assert ".ics" in li.sees(), "what calendars read comes along"
    await li.presses("参加")

    await office.until("2026-11-19 10:00")
    await zhang.says("@闭环 /meeting start", office.room)
    await zhang.says("@闭环 /meeting here @李四 @王五", office.room)
    await wang.says("#决议 同意 先做 A 类功能 因为用户最多", office.room)
    await wang.says("#行动 输出流程 @李四 下周五前 标准：含流程图", office.room)
    await office.until("2026-11-19 10:40")
    await zhang.says("@闭环 /meeting end", office.room)
    await office.delivers()
    seen = zhang.sees(office.room)
    assert "会议结束：Q4 产品规划会 · 决议 1 条 · 行动项 1 项" in seen
    assert (await office.action(1)).text == "输出流程"
    assert "请确认：A-1 由你负责" in li.sees()

    assert "纪要草稿已备好" in wang.sees()
    await wang.says("/minutes submit M-1")
    await office.delivers()
    await zhang.presses("通过并分发")
    await office.delivers()
    assert "请确认会议纪要：Q4 产品规划会" in li.sees()
    await li.presses("已阅，无异议")
    await office.delivers()
    refused = [call.answer["code"] for call in office.tenant.calls() if not call.ok]
    assert set(refused) <= {99991663}, "the token ended with the day, and another was fetched"


async def test_who_does_not_grant_all_messages_mentions_the_bot_for_the_short_forms(office):
    """Sheet 2.2: without im:message.group_msg only mentions are heard."""
    office.tenant.app.scopes -= {"im:message.group_msg"}
    zhang, wang = office.zhang, office.wang
    await zhang.says(f"@闭环 {LINE}", office.room)
    await zhang.says("/meeting announce! M-1")
    await office.until("2026-11-19 10:00")
    await zhang.says("@闭环 /meeting start", office.room)
    await wang.says("#决议 同意 没有人听见", office.room)
    await wang.says("@闭环 #决议 同意 先做 A 类功能 因为用户最多", office.room)
    await zhang.says("@闭环 /meeting end", office.room)
    await office.delivers()
    assert "决议 1 条" in zhang.sees(office.room)
