"""A meeting as DingTalk people live it, on each rung: planned, announced, held by short forms after a mention, written up."""

import pytest

from bot.domain.action import State
from tests.adapters.dingtalk.company import company
from tests.adapters.dingtalk.office import RUNGS
from tests.adapters.dingtalk.test_stories import answered, does, says

pytestmark = pytest.mark.slow

LINE = (
    "/meeting new 改进会 11月20日 10:00 60分钟 @李四 主持人：张三 记录人：孙七 类型：改进会 目标：缩短响应；预期：三条措施；"
    "地点：3 楼；议题：现状 15分钟"
)


@pytest.fixture(params=RUNGS)
async def office(request, tmp_path):
    async with company(tmp_path, request.param) as office:
        yield office


@pytest.fixture
async def cast(office):
    cast = [office.hires("0001zhang", "张三"), office.hires("0002li", "李四"), office.hires("0003sun", "孙七")]
    office.room = office.group("产品", *cast)
    await office.meets()
    return cast


async def test_from_the_plan_to_the_minutes(office, cast):
    zhang, li, sun = cast
    await says(zhang, f"@闭环 {LINE}", office, office.room)
    assert "M-1" in answered(zhang, office)
    await says(zhang, "/meeting announce! M-1", office)
    await office.delivers()
    assert "改进会" in li.sees()

    await office.until("2026-11-20 10:00")
    await says(zhang, "@闭环 /meeting start M-1", office, office.room)
    await office.delivers()
    await says(li, "@闭环 #要点 客户更在意响应速度", office, office.room)
    await says(sun, "@闭环 #决议 同意 先做 A 类功能 因为客户最急", office, office.room)
    await says(sun, "@闭环 #行动 输出流程 @李四 下周五前", office, office.room)
    await office.delivers()
    seen = sun.sees(office.room)
    assert "要点：客户更在意响应速度" in seen
    assert "决议 · 同意：先做 A 类功能" in seen
    assert "输出流程" in seen
    await says(li, "随口一说，不是给机器人的", office, office.room)
    assert not any("随口一说" in str(event.what) for event in office.heard)

    await says(zhang, "@闭环 /meeting end", office, office.room)
    await office.delivers()
    item = await office.action(1)
    assert item.state in (State.PROPOSED, State.IN_PROGRESS)
    assert item.text == "输出流程"

    await says(sun, "/minutes submit M-1", office)
    await office.delivers()
    await does(zhang, "通过并分发", "/minutes approve M-1", office)
    await office.delivers()
    assert "先做 A 类功能" in li.sees()
    await says(li, "/纪要 文件 M-1 docx", office)
    assert "改进会-v1-20261120.docx" in li.sees()
