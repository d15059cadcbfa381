"""`/action home`: what waits for me, what is mine, what I gave to others, each once and worst first."""

import pytest

from tests.conversation import buttons
from tests.ended import ended


@pytest.fixture
def three(office):
    """张三 assigns, 李四 owns, 王五 resolves."""
    return office.hires("张三"), office.hires("李四"), office.hires("王五")


def test_nothing_waits(office, three):
    zhang = three[0]
    said = zhang.types("/action home")
    assert said.startswith("没有事情等你处理")
    assert "/action add" in said


def test_each_item_stands_where_it_matters_most(office, three):
    zhang, li, wang = three
    zhang.types("/action add 第一件 @李四 下周五")
    zhang.types("/action add 第二件 @李四 下周四")
    zhang.types("/action add 第三件 @张三 下周三")
    li.types("/action accept A-2")
    li.types("/action block A-2 原因：等法务 解决人：@王五 解决日期：下周一")
    li_home = li.types("/action home").splitlines()
    assert li_home[0] == "等你处理 1 项"
    assert any("A-1" in line for line in li_home[:3])
    assert any(line.startswith("你负责：") for line in li_home)
    assert wang.types("/action home").startswith("等你处理 1 项")
    home = zhang.types("/action home")
    assert home.startswith("没有事情等你处理")
    mine, _, given = home.partition("你布置给别人：")
    assert "A-3" in mine
    assert "A-1" in given
    assert "A-3" not in given


def test_a_press_on_it_does_what_it_says(office, three):
    zhang, li, _ = three
    zhang.types("/action add 第一件 @李四 下周五")
    li.types("/action home")
    li.presses("接受", on=li.answers[-1])
    assert li.types("/action home").startswith("没有事情等你处理")


def test_many_are_paged_and_none_is_lost(office, three):
    zhang = three[0]
    for number in range(45):
        zhang.types(f"/action add 第{number}件事 @张三 下周五")
    first = zhang.types("/action home")
    assert "第 1 / 3 页" in first
    seen = first + zhang.presses("下一页") + zhang.presses("下一页")
    assert all(f"A-{number} " in seen for number in range(1, 46))
    assert [one.label for one in buttons(zhang.answers[-1])][-2:] == ["回到首页", "帮助"]
    assert zhang.presses("回到首页") == first


@pytest.mark.parametrize(
    "line", ["/action home page 99", "/行动 首页 第九页", "/action home 0", "/action home nonsense"]
)
def test_a_page_that_is_not_there_is_the_nearest(office, three, line):
    assert three[0].types(line).startswith("没有事情等你处理")


# --- minutes ---


@pytest.fixture
def held(office, three):
    """王五 hosted, 李四 recorded, 张三 was there, too."""
    zhang, li, wang = three
    return ended(office, host=wang, recorder=li, here=[zhang, li, wang])


def test_minutes_wait_for_their_host_and_then_for_who_was_there(office, three, held):
    zhang, li, wang = three
    assert wang.types("/action home").startswith("没有事情等你处理"), "a draft is its recorder's"
    li.types("/minutes submit M-1")
    review = wang.types("/action home")
    assert review.startswith("等你处理 1 项")
    assert "M-1 请审核会议纪要：" in review
    wang.presses("通过并分发", on=wang.answers[-1])
    assert wang.types("/action home").startswith("没有事情等你处理")
    read = zhang.types("/action home")
    assert read.startswith("等你处理 1 项")
    assert "M-1 请确认会议纪要：" in read
    assert "前确认" in read
    zhang.presses("已阅，无异议", on=zhang.answers[-1])
    assert zhang.types("/action home").startswith("没有事情等你处理")


def test_minutes_stand_before_items_and_are_paged_with_them(office, three, held):
    zhang, li, wang = three
    li.types("/minutes submit M-1")
    wang.types("/minutes approve M-1")
    for number in range(25):
        li.types(f"/action add 第{number}件事 @张三 下周五")
    first = zhang.types("/action home")
    assert first.startswith("等你处理 26 项")
    assert first.index("请确认会议纪要") < first.index("第0件事")
    assert "第 1 / 2 页" in first
    assert "请确认会议纪要" not in zhang.presses("下一页")


def test_a_look_from_home_shows_the_whole(office, three, held):
    zhang, li, wang = three
    li.types("/minutes submit M-1")
    wang.types("/minutes approve M-1")
    zhang.types("/action home")
    assert "会议纪要" in zhang.presses("查看全文", on=zhang.answers[-1])
