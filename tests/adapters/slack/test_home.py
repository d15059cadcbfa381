"""The Home tab: what waits for me, kept current, paged, and usable."""

import asyncio
import gc

import pytest
from structlog.testing import capture_logs

from adapters.slack import home
from adapters.slack.home import SOON
from bot.domain.action import State
from bot.domain.minutes import MinutesState
from tests.adapters.slack.company import company
from tests.simulators.slack import faults

pytestmark = pytest.mark.slow


@pytest.fixture
async def office(tmp_path):
    async with company(tmp_path) as office:
        office.zhang, office.li = office.hires("zhang", "张三"), office.hires("li", "李四")
        await office.meets()
        yield office


async def shown(office, who, words: str) -> str:
    for _ in range(200):
        if words in who.sees_home():
            return who.sees_home()
        await asyncio.sleep(0.02)
    raise AssertionError(f"never {words!r} but: {who.sees_home()}")


async def test_it_shows_what_waits_and_what_is_mine_and_what_i_assigned(office):
    await office.zhang.types("/action add 第一件 @李四 下周五")
    await office.zhang.types("/action add 自己的 @张三 下周五")
    await office.zhang.opens_home()
    await office.li.opens_home()
    assert "等你处理 1 项" in office.li.sees_home()
    assert "[接受]" in office.li.sees_home()
    home = office.zhang.sees_home()
    assert "没有事情等你处理" in home
    assert home.index("你负责：") < home.index("自己的") < home.index("你布置给别人：") < home.index("第一件")


async def test_it_follows_what_happens_elsewhere(office):
    await office.li.opens_home()
    assert "没有事情等你处理" in office.li.sees_home()
    await office.zhang.types("/action add 第一件 @李四 下周五")
    await office.delivers()
    await shown(office, office.li, "等你处理 1 项")
    await office.li.types("/action accept A-1")
    await shown(office, office.li, "你负责：")


async def test_a_press_on_it_is_answered_in_a_modal_and_the_tab_follows(office):
    await office.zhang.types("/action add 第一件 @李四 下周五")
    await office.li.opens_home()
    await office.li.presses("接受", office.li.home)
    assert (await office.action(1)).state is State.IN_PROGRESS
    assert office.li.modal is not None
    await office.li.closes()
    assert "没有事情等你处理" in await shown(office, office.li, "你负责：")


async def test_a_form_from_it(office):
    await office.zhang.opens_home()
    await office.zhang.presses("新增行动项", office.zhang.home)
    await office.zhang.fills({"text": "评估", "owner": office.li, "due": "周五"})
    assert "已记录 A-1" in office.zhang.sees(), "there is no place to answer in, so the modal shows it"
    await office.zhang.closes()
    await shown(office, office.zhang, "你布置给别人：")


async def test_many_pages(office):
    for number in range(45):
        await office.zhang.types(f"/action add 第{number}件事 @张三 下周五")
    await office.zhang.opens_home()
    seen = office.zhang.sees_home()
    for _ in range(2):
        await office.zhang.presses("下一页", office.zhang.home)
        assert len(office.zhang.home.blocks) <= 100
        seen += office.zhang.sees_home()
    assert all(f"A-{number} 第" in seen for number in range(1, 46))
    await office.zhang.presses("回到首页", office.zhang.home)
    assert "第 1 / 3 页" in office.zhang.sees_home()


async def test_the_fullest_page_is_whole(office):
    """As many items as a page holds, each as long as an item can be, with as many presses: nothing of it is put off to a file,
    which a tab cannot have."""
    long = "很长的一件事，" * 70
    for number in range(20):
        await office.zhang.types(f"/action add text: “{number:02}{long}” @李四 2027-0{1 + number % 9}-11")
    await office.li.opens_home()
    assert len(office.li.home.blocks) <= 100
    seen = office.li.sees_home()
    assert all(f"{number:02}{long}" in seen for number in range(20))
    assert ".txt" not in seen
    assert seen.count("[接受]") == 20


async def test_minutes_wait_there_to_be_acknowledged(office):
    planned = "目标：定方向；预期：选功能；议题：客诉流程 15分钟"
    room = office.channel("产品", office.zhang, office.li)
    await office.zhang.types(
        f"/meeting new 规划会 2026-11-20 10:00-11:00 @李四 主持人：张三 记录人：张三 {planned}", room
    )
    await office.zhang.types("/meeting announce! M-1", room)
    await office.until("2026-11-20 10:00")
    await office.zhang.types("/meeting start", room)
    await office.li.types("/meeting here", room)
    await office.zhang.types("/meeting end", room)
    await office.zhang.types("/minutes submit M-1")
    await office.zhang.opens_home()
    assert "M-1 请审核会议纪要：规划会" in office.zhang.sees_home()
    await office.zhang.presses("通过并分发", office.zhang.home)
    await office.zhang.closes()
    await shown(office, office.zhang, "没有事情等你处理")
    await office.li.opens_home()
    assert "M-1 请确认会议纪要：规划会（11月20日）" in office.li.sees_home()
    await office.li.presses("已阅，无异议", office.li.home)
    await office.li.closes()
    await shown(office, office.li, "没有事情等你处理")
    found = await office.store.read(lambda records: records.archive.get(1))
    assert found.state is MinutesState.ARCHIVED


async def test_looking_at_it_closes_no_question(office):
    await office.zhang.says("新增 评估 @李四")
    await office.zhang.opens_home()
    await asyncio.sleep(SOON + 0.1)
    await office.zhang.says("周五")
    assert (await office.action(1)).text == "评估"


async def test_a_tab_that_cannot_be_shown_disturbs_nothing(office):
    office.workspace.faults.next("views.publish", faults.fails(503), "hash_conflict")
    await office.zhang.opens_home()
    await office.zhang.opens_home()
    assert office.zhang.sees_home() == ""
    await office.zhang.opens_home()
    assert "没有事情等你处理" in office.zhang.sees_home()


async def test_who_never_looked_is_not_published_to(office):
    await office.zhang.types("/action add 第一件 @李四 下周五")
    await office.delivers()
    await asyncio.sleep(SOON + 0.1)
    assert office.workspace.calls("views.publish") == []


async def test_whoever_many_have_looked_after_is_shown_it_when_they_look_again(office):
    """Between something happening and the tab showing it."""
    before, home.VIEWERS, lost = home.VIEWERS, 1, []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context["message"]))
    try:
        await office.li.opens_home()
        await office.zhang.types("/action add 第一件 @李四 下周五")
        await office.delivers()
        await office.zhang.opens_home()
        await asyncio.sleep(2 * SOON)
    finally:
        home.VIEWERS = before
    gc.collect()
    assert lost == [], "no task has died of it"
    await office.li.opens_home()
    assert "等你处理 1 项" in office.li.sees_home()


async def test_what_the_core_could_not_say_is_said_in_the_log_and_the_next_is_shown(office):
    await office.li.opens_home()
    receive, office.messenger._workspace._homes.receive = office.messenger._workspace._homes.receive, broken
    with capture_logs() as logs:
        await office.zhang.types("/action add 第一件 @李四 下周五")
        await office.delivers()
        await asyncio.sleep(2 * SOON)
    office.messenger._workspace._homes.receive = receive
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["a Home tab was not shown"]
    await office.li.types("/action accept A-1")
    await shown(office, office.li, "你负责：")


async def broken(_incoming):
    raise RuntimeError("the database is away")
