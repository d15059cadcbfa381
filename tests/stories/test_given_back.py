"""What was declined is no longer its owner's: it is back with whoever assigned it, in lists and digests too (A2, R1)."""

import pytest


@pytest.fixture
def declined(office, cast):
    """李四 has declined A-1 of 张三's; its day was the 20th."""
    cast.zhang.types("/action add 报预算 @李四 11月20日 标准：分部门")
    cast.li.types("/action decline A-1 由财务报")
    office.told()


def test_it_stands_in_the_list_of_who_assigned_it(office, cast, declined):
    assert cast.li.types("/action list").startswith("我的行动项：没有行动项")
    assert "A-1" in cast.zhang.types("/action list")
    assert cast.zhang.presses("转交").startswith("A-1 还需要：新负责人")


def test_the_week_asks_who_assigned_it(office, cast, declined):
    office.until("2026-11-27 16:00")
    assert "李四" not in office.told()
    assert "逾期 1" in cast.zhang.reads
    assert "李四 · 已逾期 5 个工作日 · 已谢绝" in cast.zhang.reads
    assert cast.zhang.types("/digest").count("A-1 报预算") == 1
    assert "A-1" not in cast.li.types("/digest")


def test_the_risk_says_that_nobody_has_taken_it_on(office, cast, declined):
    office.until("2026-11-26 09:00")
    assert cast.wang.reads.startswith("🔴 风险：A-1 已逾期 4 个工作日（技术部 李四 · 已谢绝）")


def test_who_takes_it_over_late_and_who_gets_it_back_late_read_how_late_it_is(office, cast, declined):
    office.until("2026-11-24 10:00")
    cast.zhang.types("/action assign A-1 @孙七")
    assert cast.sun.reads.startswith("请确认：A-1 由你负责，11月20日（周五）到期，已逾期 2 个工作日\n")
    cast.sun.presses("接受")
    cast.sun.types("完成 A-1 见附件")
    cast.zhang.presses("退回")
    cast.zhang.fills(why="缺分部门")
    assert "截止日不变：11月20日（周五），已逾期 2 个工作日。" in cast.sun.reads


def test_who_goes_away_does_not_hand_it_over(office, cast, declined):
    assert cast.li.types("/settings away 2026-12-01") == "已设置：外出到 12月1日（周二）"
