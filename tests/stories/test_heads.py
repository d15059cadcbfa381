"""Who is warned as the department's head (A4, A7, R1) where the head owns the item, or has left: the head above."""

import pytest

RISK = "🔴 风险：A-1 已逾期 4 个工作日（技术部 {}）"


@pytest.fixture
def boss(office, cast):
    """老板 heads the department above 技术部."""
    boss = office.hires("老板")
    office.founds("总部", over="技术部", head=boss)
    return boss


def postponed_thrice(office, who):
    """A-1, three times; what is told of the third."""
    for day in ("11月30日", "12月1日", "12月2日"):
        office.told()
        who.types(f"延期 A-1 {day} 等法务")
    return office.told()


def test_a_heads_own_third_postponement_goes_one_up(office, cast, boss):
    cast.zhang.types("/action add 输出流程 @王五 下周五前")
    cast.wang.types("接受 A-1")
    assert postponed_thrice(office, cast.wang) == {
        "老板": ["🟡 A-1 第 3 次延期，现到 12月2日（周三）"],
        "张三": ["A-1 延期到 12月2日（周三）：等法务"],
    }


def test_of_a_head_above_whom_there_is_nobody_the_tracker_hears(office, cast):
    cast.zhang.types("/action add 输出流程 @王五 下周五前")
    cast.wang.types("接受 A-1")
    assert postponed_thrice(office, cast.wang) == {"张三": ["🟡 A-1 第 3 次延期，现到 12月2日（周三）"]}


def test_a_third_postponement_and_a_risk_pass_by_a_head_who_has_left(office, cast, boss, item):
    office.dismisses(cast.wang)
    assert postponed_thrice(office, cast.li)["老板"] == ["🟡 A-1 第 3 次延期，现到 12月2日（周三）"]
    office.until("2026-12-08 08:59")
    office.told()
    office.until("2026-12-08 09:00")
    assert office.told()["老板"] == [RISK.format("李四")]


def test_who_heads_it_by_then_may_do_what_a_head_may(office, cast, boss, item):
    assert boss.types("/action cancel A-1 不做了").startswith("只有")
    office.dismisses(cast.wang)
    assert boss.types("/action cancel A-1 不做了").startswith("已取消 A-1")


def test_the_weekly_digest_of_a_department_goes_to_who_heads_it_by_then(office, cast, boss, item):
    office.dismisses(cast.wang)
    office.until("2026-11-20 16:00")
    assert "技术部 · 第 47 周" in office.told()["老板"]
