"""The weekly digest (R1): room, department and owner, at their hour, worst first; nothing when there is nothing."""

import pytest

from bot.people import Department


@pytest.fixture
def room(office, cast):
    """A room with an overdue item of 李四's, one due next week, and one that was done."""
    room = office.room("产品", cast.zhang, cast.li, cast.sun)
    cast.zhang.types("/action add 压测报告 @李四 11月19日", room)
    cast.zhang.types("/action add 输出流程 @李四 下周五", room)
    cast.zhang.types("/action add 会议室预订 @我 11月20日", room)
    cast.li.types("/action accept A-1 A-2")
    cast.zhang.types("完成 A-3 已订")
    office.until("2026-11-20 15:59")
    office.told()
    return room


def test_to_the_room_the_head_and_the_owner(office, cast, room):
    office.until("2026-11-20 16:00")
    assert office.told() == {
        "产品": ["产品 · 第 47 周"],
        "王五": ["技术部 · 第 47 周"],
        "赵六": ["客服部 · 第 47 周"],
        "李四": ["我的一周 · 第 47 周"],
    }
    assert room.last.splitlines()[1] == "完成 1 · 逾期 1 · 下周到期 1 · 按期率 0%"
    assert [line for line in room.last.splitlines() if "A-" in line][:2] == ["🔴 A-1 压测报告", "🟢 A-2 输出流程"]
    assert "完成" not in cast.li.reads.splitlines()[1]


def test_what_waits_to_be_verified_stands_in_the_trackers_week_until_it_is(office, cast, room):
    """A3, R1: one reminder after two working days, and from then on once a week."""
    cast.li.types("完成 A-1 见共享盘")
    office.until("2026-11-27 16:00")
    assert "待我验收 1 项\n🔴 A-1 压测报告\n   李四 · 已逾期 6 个工作日 · 待验收\n   [通过" in cast.zhang.reads
    assert "逾期" not in cast.zhang.reads.splitlines()[1]
    cast.zhang.presses("通过")
    office.told()
    office.until("2026-12-04 16:00")
    assert not any("我的一周" in said for said in office.told()["张三"])


def test_never_twice_also_after_a_restart_and_the_next_week_again(office, cast, room):
    office.until("2026-11-20 16:00")
    office.told()
    office.sleeps_until("2026-11-20 16:01")
    office.until("2026-11-22 23:00")
    assert office.told() == {}
    office.until("2026-11-27 16:00")
    assert office.told()["产品"] == ["产品 · 第 48 周"]


def test_with_nothing_to_say_nothing_is_said(office, cast):
    office.room("产品", cast.zhang)
    office.until("2026-11-21 12:00")
    assert office.told() == {}


def test_after_an_outage_of_three_weeks_one(office, cast, room):
    office.sleeps_until("2026-12-11 17:00")
    assert office.told()["产品"] == ["产品 · 第 50 周"]


def test_a_room_chooses_its_hour_and_day(office, cast, room):
    assert cast.zhang.types("/settings digest day thursday", room, called=True) == "已设置：周报在星期几 周四"
    assert cast.zhang.types("/settings digest time 10:30", room, called=True) == "已设置：周报时间 10:30"
    office.until("2026-11-26 10:29")
    office.told()
    office.until("2026-11-26 10:30")
    assert office.told()["产品"] == ["产品 · 第 48 周"]
    office.until("2026-11-28 10:30")
    assert "产品" not in office.told()


def test_a_day_that_has_passed_this_week_begins_next_week(office, cast, room):
    """It is Friday, 15:59: Wednesday is over, and nobody wants the week's digest now and again in five days."""
    cast.zhang.types("/settings digest day wednesday", room, called=True)
    office.until("2026-11-25 15:59")
    assert "产品" not in office.told()
    office.until("2026-11-25 16:00")
    assert office.told()["产品"] == ["产品 · 第 48 周"]


def test_an_hour_that_has_passed_today_too_and_the_workplaces(office, cast, room):
    office.appoints(cast.zhao)
    cast.zhao.types("/settings workplace digest time 10:00")
    office.until("2026-11-27 09:59")
    assert "产品" not in office.told()
    office.until("2026-11-27 10:00")
    assert office.told()["产品"] == ["产品 · 第 48 周"]


def test_a_day_that_is_still_ahead_is_this_weeks(office, cast, room):
    cast.zhang.types("/settings digest day sunday", room, called=True)
    cast.zhang.types("/settings digest time 18:00", room, called=True)
    office.until("2026-11-20 18:00")
    assert office.told()["产品"] == ["产品 · 第 47 周"], "the nearest working day of that week (T2)"


def test_whoever_is_away_gets_their_list_when_they_are_back(office, cast, room):
    cast.li.types("/settings away 2026-11-24")
    office.until("2026-11-23 23:00")
    assert "我的一周 · 第 47 周" not in office.told().get("李四", [])
    office.until("2026-11-24 09:00")
    assert [title for title in office.told()["李四"] if title.startswith("我的一周")] == ["我的一周 · 第 48 周"]


def test_asked_for_it_shows_what_one_tracks_too(office, cast, room):
    """张三 owns nothing that is open: 李四 owes them two."""
    said = cast.zhang.types("/digest")
    assert said.startswith("我的一周 · 第 47 周")
    assert "我跟踪的，还没完成 2 项" in said
    cast.li.types("/action submit A-2 流程图已发")
    said = cast.zhang.types("/digest")
    assert "待我验收 1 项" in said
    assert said.index("A-2") < said.index("A-1"), "what waits for them comes first"
    cast.zhang.presses("通过")
    assert "待我验收" not in cast.zhang.types("/digest")


def test_who_owns_and_tracks_nothing_is_told_so(office, cast, room):
    assert cast.sun.types("/digest").startswith("本周没有需要说的")


def test_off_is_off_for_oneself_alone(office, cast, room):
    cast.li.types("/settings 周报 关")
    office.until("2026-11-20 16:00")
    heard = office.told()
    assert "李四" not in heard
    assert heard["王五"] == ["技术部 · 第 47 周"]


def test_a_departments_room_hears_the_departments(office, cast, room):
    def settle(records):
        one = records.people.directory().department("技术部")
        records.people.save_department(Department(one.id, one.name, one.head, one.parent, room.room))

    office.runner.run(office.store.write(settle))
    office.until("2026-11-20 16:00")
    assert office.told()["产品"] == ["技术部 · 第 47 周"]


def test_in_english(english, crew, task):
    room = english.room("Product", crew.ann, crew.bo)
    crew.ann.types("/action add test the load @Bo by 19 Nov", room)
    crew.bo.types("accept A-2")
    english.until("2026-11-20 15:59")
    english.told()
    english.until("2026-11-20 16:00")
    assert english.told() == {
        "Product": ["Product · week 47"], "Wei": ["Engineering · week 47"], "Bo": ["My week 47"],
    }  # fmt: skip
    assert room.last.splitlines()[1] == "1 overdue · 0% on time"
