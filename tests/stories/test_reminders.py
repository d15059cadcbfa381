"""When the bot speaks by itself (A6–A8, A10, T2, T3): at its hour, once, in one message, and not at night."""

import pytest

from tests.conversation import Office


def titles(office, who, moments):
    """What somebody is told between the moments: {moment: [title, …]}."""
    heard = {}
    for moment in moments:
        office.until(moment)
        heard[moment] = office.told().get(who.name, [])
    return heard


def test_two_days_before_the_morning_of_and_each_working_day_after(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 11月24日")
    cast.li.presses("接受")
    office.told()
    assert titles(office, cast.li, [f"2026-11-{day} 09:00" for day in range(20, 29)]) == {
        "2026-11-20 09:00": ["🟢 A-1 4 天后到期（11月24日 周二）"],
        "2026-11-21 09:00": ["我的一周 · 第 47 周"],
        "2026-11-22 09:00": [],
        "2026-11-23 09:00": [],
        "2026-11-24 09:00": ["🟡 A-1 今天 18:00 到期"],
        "2026-11-25 09:00": ["🔴 A-1 已逾期 1 个工作日"],
        "2026-11-26 09:00": ["🔴 A-1 已逾期 2 个工作日"],
        "2026-11-27 09:00": ["🔴 A-1 已逾期 3 个工作日"],
        "2026-11-28 09:00": ["我的一周 · 第 48 周"],
    }


def test_several_of_one_morning_are_one_message_worst_first(office, cast):
    for text, day in (("压测报告", "今天"), ("输出流程", "11月19日"), ("上线清单", "11月20日")):
        cast.zhang.types(f"/action add {text} @李四 {day}")
    cast.li.types("/action accept A-1 A-2 A-3")
    office.told()
    office.until("2026-11-19 09:00")
    assert office.told() == {"李四": ["今天有 1 项要交，1 项已逾期"]}
    assert [line for line in cast.li.reads.splitlines() if "A-" in line and "[" not in line] == [
        "🔴 A-1 已逾期 1 个工作日：压测报告", "🟡 A-2 今天 18:00 到期：输出流程",
    ]  # fmt: skip
    office.until("2026-11-20 09:00")
    assert office.told()["李四"] == ["今天有 1 项要交，2 项已逾期"]


def test_the_buttons_of_a_reminder_do_the_work(office, cast, item):
    office.until("2026-11-25 09:00")
    cast.li.presses("受阻")
    cast.li.fills(why="等接口", resolver="孙七", until="11月26日")
    assert "受阻：等接口（等孙七解决）" in cast.li.reads
    office.told()
    office.until("2026-11-26 09:00")
    assert office.told() == {"孙七": ["🟡 A-1 等你在 11月26日（周四）前解决"]}


def test_nothing_at_night_on_weekends_or_to_the_doer(office, cast, item):
    """T3: it waits until the next working morning and comes once."""
    office.until("2026-11-20 20:30")
    office.told()
    cast.zhang.types("/action add 压测报告 @李四 下周五")
    cast.zhang.types("催办 A-1")
    office.until("2026-11-23 08:29")
    assert office.told() == {}
    office.until("2026-11-23 08:30")
    assert {name: len(titles) for name, titles in office.told().items()} == {"李四": 2}


def test_what_was_done_over_night_is_not_asked_for_in_the_morning(office, cast):
    """A card is made when it is delivered, from the truth then."""
    office.until("2026-11-20 21:00")
    cast.zhang.types("/action add 压测报告 @李四 下周五")
    office.told()
    cast.li.types("接受 A-1")
    office.until("2026-11-23 10:00")
    assert office.told() == {}


def test_national_day_and_its_make_up_days(tmp_path):
    """T2: nothing from 1 to 7 October; the reminder of two days before moves in front of the holiday, and a Saturday
    that is worked is a working day."""
    office = Office(tmp_path)
    office.clock.moment = office.clock.moment.replace(month=9, day=28)
    zhang, li = office.hires("张三"), office.hires("李四")
    zhang.types("/action add 输出流程 @李四 2026-10-08")
    zhang.types("/action add 压测报告 @李四 2026-09-30")
    li.types("/action accept A-1 A-2")
    office.told()
    assert titles(
        office,
        li,
        [
            f"2026-{moment}"
            for moment in ("09-30 09:00", "10-01 08:00", "10-07 23:00", "10-08 09:00", "10-09 09:00", "10-10 09:00")
        ],
    ) == {
        "2026-09-30 09:00": ["今天有 1 项要交，1 项快到期"],
        "2026-10-01 08:00": ["我的一周 · 第 40 周"],
        "2026-10-07 23:00": [],
        "2026-10-08 09:00": ["今天有 1 项要交，1 项已逾期"],
        "2026-10-09 09:00": ["2 项已逾期"],
        "2026-10-10 09:00": ["我的一周 · 第 41 周", "2 项已逾期"],
    }
    office.shuts()


def test_a_head_in_another_zone_has_one_message_a_morning_too(office, cast):
    """A6, A7: the risk of A-1 comes up in Shanghai's morning; 凯 reads it with what is due in Berlin's."""
    kai = office.hires("凯", "市场部", head=True, timezone="Europe/Berlin")
    office.hires("周航", "市场部")
    cast.zhang.types("/action add 报价 @周航 11月19日")
    cast.zhang.types("/action add 预算 @凯 11月25日")
    cast.zhang.types("/action add 名单 @凯 11月27日")
    office.until("2026-11-18 18:00")
    kai.types("/action accept A-2 A-3")
    office.until("2026-11-25 08:00")
    office.told()
    office.until("2026-11-25 18:00")
    assert office.told()["凯"] == ["今天有 1 项要交，1 项逾期风险，1 项快到期"]


def test_a_risk_names_the_day_that_was_meant_first(office, cast, item):
    """A4, A7: 原定 is the first due day, here as everywhere."""
    cast.li.types("/action postpone A-1 12月1日 等评审")
    office.until("2026-12-07 09:01")
    assert "输出流程，原定 11月27日（周五），延期到 12月1日（周二）。" in cast.wang.reads


def test_a_risk_is_told_once_to_the_head_and_the_tracker(office, cast):
    """A7: overdue by more than three working days."""
    cast.zhang.types("/action add 输出流程 @李四 11月19日")
    cast.li.presses("接受")
    cast.li.types("备注 A-1 等需求评审")
    office.until("2026-11-25 08:59")
    office.told()
    office.until("2026-11-25 09:00")
    risk = "🔴 风险：A-1 已逾期 4 个工作日（技术部 李四）"
    heard = office.told()
    assert (heard["王五"], heard["张三"]) == ([risk], [risk])
    assert "赵六" not in heard
    assert "最近一次更新：11月18日，“等需求评审”。" in cast.wang.reads
    office.until("2026-11-27 15:00")
    assert set(office.told()) == {"李四"}, "the owner goes on hearing, the others were told"
    cast.wang.presses("了解，我来协调", on=cast.wang.sheets[-1].card)
    assert office.action(1).note == "了解，我来协调"


def test_an_item_of_daily_cadence_is_asked_about_every_working_day(office, cast):
    """A8."""
    cast.zhang.types("/action add 输出流程 @李四 12月11日 每天跟进")
    cast.li.presses("接受")
    office.told()
    heard = titles(office, cast.li, [f"2026-11-{day} 10:00" for day in (19, 20, 22, 23)])
    assert [len(found) for found in heard.values()] == [1, 1, 1, 1]
    assert heard["2026-11-22 10:00"] == ["我的一周 · 第 47 周"], "Friday's digest; nothing on the weekend"


def test_an_item_of_weekly_cadence_is_not(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 12月11日")
    cast.li.presses("接受")
    office.told()
    office.until("2026-11-20 15:00")
    assert office.told() == {}


def test_supporters_are_informed_and_never_reminded(office, cast):
    """A10."""
    cast.zhang.types("/action add 输出流程 @李四 11月20日 配合：孙七")
    cast.li.presses("接受")
    office.told()
    office.until("2026-11-27 15:00")
    assert "孙七" not in office.told()


@pytest.mark.parametrize("back", ["2026-11-30 09:00", "2026-11-30 03:00"])
def test_a_weeks_outage_is_told_once_late_in_one_message(office, cast, item, back):
    """A4 row 15: everything that fell due while nobody was there."""
    cast.zhang.types("/action add 压测报告 @李四 11月25日")
    cast.zhang.types("/action add 上线清单 @孙七 11月23日")
    cast.li.types("接受 A-2")
    cast.sun.types("接受 A-3")
    office.told()
    office.sleeps_until(back)
    office.until("2026-11-30 10:00")
    heard = office.told()
    mine = [title for title in heard["李四"] if "周" not in title]
    assert mine == ["2 项已逾期"]
    assert [title for title in heard["赵六"] if "周" not in title] == ["🔴 风险：A-3 已逾期 5 个工作日（客服部 孙七）"]
    office.until("2026-11-30 20:00")
    assert office.told() == {}


def test_a_restart_in_between_tells_nothing_again(office, cast, item):
    office.until("2026-11-25 09:00")
    office.told()
    office.sleeps_until("2026-11-25 09:05")
    office.until("2026-11-25 20:00")
    assert office.told() == {}


def test_in_english(english, crew, task):
    ann, bo = crew.ann, crew.bo
    ann.types("/action add test the load @Bo by 26 Nov")
    bo.types("accept A-2")
    english.told()
    english.until("2026-11-25 09:00")
    assert bo.reads.startswith("🟡 A-1 is due in 2 days (Fri 27 Nov)")
    english.until("2026-11-27 09:00")
    assert bo.reads.startswith("1 due today, 1 overdue")
    english.until("2026-12-03 09:00")
    assert crew.wei.reads.startswith("🔴 At risk: A-1 is 4 working days late (Engineering, Bo)")
