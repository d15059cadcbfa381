"""`/action home`: what waits for me, what is mine, what I gave to others, each once and worst first."""

import pytest

from tests.conversation import buttons


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
