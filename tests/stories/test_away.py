"""Who is away (A14) is left in peace, and hears on the morning they are back what is said only once: nothing is lost, nothing
is said that is over by then."""

import pytest


@pytest.fixture
def late(office, cast):
    """A-1 of 李四's, due on the 19th; at risk from the 25th on."""
    cast.zhang.types("/action add 输出流程 @李四 11月19日")
    cast.li.types("接受 A-1")
    office.told()


def away(*people):
    for who in people:
        assert who.types("/settings away 2026-12-01").startswith("已设置")


def test_a_risk_waits_for_whoever_is_away_and_not_for_the_other(office, cast, late):
    """A7: warned, once."""
    away(cast.wang)
    office.until("2026-11-30 20:00")
    heard = office.told()
    assert heard["张三"] == ["🔴 风险：A-1 已逾期 4 个工作日（技术部 李四）"]
    assert "王五" not in heard
    office.until("2026-12-01 09:01")
    assert office.told()["王五"] == ["🔴 风险：A-1 已逾期 8 个工作日（技术部 李四）"]
    office.until("2026-12-03 12:00")
    assert "王五" not in office.told()


def test_one_message_on_the_morning_they_are_back(office, cast, late):
    """张三 tracks A-1 that is at risk and A-2 that waits to be verified, and owns A-3."""
    cast.zhang.types("/action add 压测报告 @李四 11月27日")
    cast.li.types("/action accept A-2")
    cast.zhang.types("/action add 上线清单 @我 11月24日")
    away(cast.zhang)
    cast.li.types("完成 A-2 见共享盘")
    office.told()
    office.until("2026-11-30 20:00")
    assert "张三" not in office.told()
    office.until("2026-12-01 12:00")
    assert office.told()["张三"] == ["1 项已逾期，1 项逾期风险，1 项等你验收", "我的一周 · 第 49 周"]


def test_what_is_over_by_then_is_not_said(office, cast, late):
    away(cast.zhang, cast.wang)
    office.until("2026-11-26 10:00")
    cast.li.types("完成 A-1 见共享盘")
    office.until("2026-11-26 12:00")
    office.told()
    office.until("2026-12-01 12:00")
    heard = office.told()
    assert (sorted(heard["张三"]), "王五" in heard) == (["我的一周 · 第 49 周", "🔴 A-1 等你验收"], False)


def test_they_come_back_on_a_day_off_and_hear_on_the_working_day_after(office, cast, late):
    assert cast.wang.types("/settings away 2026-11-28").startswith("已设置"), "a Saturday"
    office.until("2026-11-30 08:59")
    assert "王五" not in office.told()
    office.until("2026-11-30 09:01")
    assert office.told()["王五"] == ["🔴 风险：A-1 已逾期 7 个工作日（技术部 李四）"]


def test_a_restart_in_between_loses_nothing_and_repeats_nothing(office, cast, late):
    away(cast.wang)
    office.until("2026-11-27 12:00")
    office.told()
    office.sleeps_until("2026-12-02 10:00")
    assert office.told()["王五"][0] == "🔴 风险：A-1 已逾期 9 个工作日（技术部 李四）"
    office.until("2026-12-03 12:00")
    assert "王五" not in office.told()


def test_what_others_ask_of_them_meanwhile_does_not_wait(office, cast, late):
    """T3 alone holds it back: an invitation may be for tomorrow, and silence is reported after a day (M6)."""
    away(cast.li)
    cast.zhang.types("/action add 上线清单 @李四 12月11日")
    assert office.told()["李四"] == ["请确认：A-2 由你负责，12月11日（周五）到期"]


def test_who_says_they_are_away_sees_what_they_leave_and_hands_it_over(office, cast, late):
    """A14: listed, soonest first, and given to somebody else in one step."""
    cast.zhang.types("/action add 压测报告 @李四 11月27日")
    cast.li.types("/action accept A-2")
    said = cast.li.types("/settings away 2026-12-01")
    assert said.startswith("已设置：外出到 12月1日（周二）\n你有 2 项没完成，要别人接手的可以现在转交：")
    assert said.index("A-1") < said.index("A-2")
    assert cast.li.presses("全部转交（2 项）").startswith("把李四的 2 项都转交给谁？")
    assert "A-2" in cast.li.fills(owner="孙七"), "what would go is shown first"
    cast.li.presses("全部转交（2 项）", on=cast.li.answers[-1])
    assert {one.owner for one in office.actions()} == {cast.sun.person.id}
    assert "转交" not in cast.li.types("/settings away 2026-12-02"), "nothing is left"


def test_one_thing_is_handed_over_by_its_own_press(office, cast, late):
    assert "你有 1 项没完成" in cast.li.types("/settings away 2026-12-01")
    assert cast.li.presses("转交").startswith("A-1 还需要：新负责人")
    assert "你有" not in cast.li.types("/settings away off")


def test_whoever_asks_somebody_who_is_away_reads_so(office, cast, late):
    """A14: with the item, and where it is given to them."""
    away(cast.wang)
    said = cast.zhang.types("/action add 压测报告 @王五 11月27日 标准：两份")
    assert said.splitlines()[2:4] == [
        "负责人 王五 · 11月27日（周五）18:00 前 · 标准：两份", "王五外出，12月1日（周二）回来。",
    ]  # fmt: skip
    assert "王五外出，12月1日（周二）回来" in cast.zhang.types("/action assign A-1 @王五")
    office.until("2026-12-01 09:00")
    assert "外出" not in cast.zhang.types("/action add 上线清单 @王五 12月4日")


def test_in_english(english, crew, task):
    said = crew.bo.types("/settings away 2026-12-01")
    assert said.startswith("Set: Away until Tue 1 Dec\nOne action item of yours is open; hand it over")
