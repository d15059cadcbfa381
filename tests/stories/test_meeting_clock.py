"""What the clock does before a meeting (P6, P9, M1): lead time, the reminder, approval, outages, and whatever is confidential."""

import pytest

from bot.domain.meeting import MeetingState

LINE = (
    "/meeting new 改进会 下周五 15:00 60分钟 @李四 主持人：张三 记录人：孙七 类型：改进会 目标：缩短响应；预期：三条措施；"
    "地点：3 楼；议题：现状 15分钟"
)
LINK = "链接：https://meet.example/1"


@pytest.fixture
def planned(office, cast):
    """M-1 for Friday the 27th: its agenda goes out three days ahead, on Tuesday the 24th."""
    cast.zhang.types(LINE)
    office.told()
    return 1


def test_an_incomplete_agenda_is_reminded_the_working_day_before_its_lead_time(office, cast):
    cast.zhang.types("/meeting new 改进会 下周五 15:00 @李四 类型：改进会")
    office.told()
    office.until("2026-11-23 08:59")
    assert office.told() == {}
    office.until("2026-11-23 09:00")
    assert office.told() == {"张三": ["议程还不齐：改进会，11月27日（周五）15:00"]}
    assert "还要补：目标" in cast.zhang.reads


def test_a_complete_agenda_is_reminded_only_on_the_day(office, cast, planned):
    office.until("2026-11-24 08:59")
    assert office.told() == {}
    office.until("2026-11-24 09:00")
    assert office.told() == {"张三": ["今天该发通知：改进会，11月27日（周五）15:00"]}
    cast.zhang.presses("发通知")
    cast.zhang.presses("发出")
    assert not office.meeting(planned).short


def test_later_than_its_lead_time_it_is_short_notice(office, cast, planned):
    office.until("2026-11-25 10:00")
    assert "临时通知：改进会要提前 3 天发议程" in cast.zhang.types("/meeting announce M-1")
    cast.zhang.presses("发出")
    assert office.meeting(planned).short
    assert "临时通知" in cast.li.reads


def test_moved_near_it_becomes_short_notice(office, cast, planned):
    cast.zhang.types("/meeting announce! M-1")
    cast.zhang.types("/meeting reschedule M-1 11月19日 15:00")
    assert office.meeting(planned).short
    assert "临时通知" in cast.li.reads


def test_fifteen_minutes_before_everybody_who_comes_is_reminded(office, cast, planned):
    cast.zhang.types("/meeting edit M-1 " + LINK)
    cast.zhang.types("/meeting announce! M-1")
    cast.li.types("/meeting decline M-1 出差")
    office.told()
    office.until("2026-11-27 14:44")
    assert office.told() == {}
    office.until("2026-11-27 14:45")
    assert office.told() == {"张三": ["15 分钟后开会：改进会（15:00）"], "孙七": ["15 分钟后开会：改进会（15:00）"]}
    assert "https://meet.example/1" in cast.sun.reads


def test_the_reminder_of_an_early_meeting_is_urgent(office, cast):
    cast.zhang.types(LINE.replace("下周五 15:00", "11月20日 8:30"))
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    office.until("2026-11-20 08:15")
    assert "15 分钟后开会：改进会（08:30）" in office.told()["李四"]


def test_a_moved_meeting_is_reminded_of_at_its_new_hour_only(office, cast, planned):
    cast.zhang.types("/meeting announce! M-1")
    cast.zhang.types("/meeting reschedule M-1 17:00")
    office.told()
    office.until("2026-11-27 16:44")
    assert office.told() == {}
    office.until("2026-11-27 16:45")
    assert office.told()["李四"] == ["15 分钟后开会：改进会（17:00）"]


def test_what_does_not_begin_is_asked_about(office, cast, planned):
    cast.zhang.types("/meeting announce! M-1")
    office.until("2026-11-27 15:04")
    office.told()
    office.until("2026-11-27 15:05")
    assert office.told() == {"张三": ["到点未开始：改进会（15:00）"]}
    office.until("2026-11-27 17:00")
    assert office.told() == {"张三": ["没有开成：改进会（11月27日（周五）15:00）。改期还是取消？"]}


def test_after_an_outage_over_the_start_nobody_is_reminded_of_what_is_past(office, cast, planned):
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    office.sleeps_until("2026-11-27 15:20")
    assert office.told() == {"张三": ["到点未开始：改进会（15:00）"]}
    office.sleeps_until("2026-11-27 18:30")
    assert office.told() == {"张三": ["没有开成：改进会（11月27日（周五）15:00）。改期还是取消？"]}


def test_after_an_outage_over_all_of_it_one_question_is_left(office, cast, planned):
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    office.sleeps_until("2026-11-27 18:30")
    assert office.told() == {"张三": ["没有开成：改进会（11月27日（周五）15:00）。改期还是取消？"]}


def test_who_had_not_been_reached_before_is_not_asked_to_come_afterwards(office, cast, planned):
    """Announced in the evening, the bot was down from then on; the room and the organizer know enough."""
    office.until("2026-11-26 20:30")
    office.told()
    cast.zhang.types("/meeting announce! M-1")
    assert office.told() == {}, "it waits for the morning (T3)"
    office.sleeps_until("2026-11-27 18:30")
    assert office.told() == {"张三": ["没有开成：改进会（11月27日（周五）15:00）。改期还是取消？"]}


class TestApproval:
    """P2: an unplanned decision meeting waits for an approver's yes, and nobody is invited before."""

    @pytest.fixture
    def asked(self, office, cast):
        office.appoints(cast.zhao)
        cast.zhang.types(LINE.replace("类型：改进会", "类型：决策会"))
        return 1

    def test_it_states_why_it_is_needed_before_anybody_is_asked(self, office, cast, asked):
        assert "还要补：事由" in cast.zhang.types("/meeting announce M-1")
        assert "还缺事由" in cast.zhang.types("/meeting announce! M-1")
        cast.zhang.presses("补上")
        cast.zhang.fills(reason="客户本周要答复")
        said = cast.zhang.types("/meeting announce M-1")
        assert said.startswith("M-1 要先批准，批准后通知 2 人\n批准人：赵六")
        assert office.told() == {}

    def test_a_yes_invites_everybody(self, office, cast, asked):
        cast.zhang.types("/meeting edit M-1 事由：客户本周要答复")
        cast.zhang.types("/meeting announce! M-1")
        assert set(office.told()) == {"赵六"}
        assert "事由 客户本周要答复" in cast.zhao.reads
        cast.zhao.presses("批准")
        told = office.told()
        assert told["张三"] == ["M-1 已批准，已通知 2 人：改进会"]
        assert set(told) == {"张三", "李四", "孙七"}

    def test_a_no_says_why_and_nobody_was_invited(self, office, cast, asked):
        cast.zhang.types("/meeting edit M-1 事由：客户本周要答复")
        cast.zhang.types("/meeting announce! M-1")
        office.told()
        cast.zhao.presses("不批准")
        cast.zhao.fills(why="并入周例会")
        assert office.told() == {"张三": ["M-1 没有批准：改进会"]}
        assert "并入周例会" in cast.zhang.reads
        assert office.meeting(asked).state is MeetingState.DRAFT

    def test_nobody_but_an_approver_says_so(self, office, cast, asked):
        cast.zhang.types("/meeting edit M-1 事由：客户本周要答复")
        cast.zhang.types("/meeting announce! M-1")
        assert "可以批准会议" in cast.zhang.types("/meeting approve M-1")
        assert office.meeting(asked).state is MeetingState.AWAITING

    def test_an_approver_needs_no_other(self, office, cast):
        office.appoints(cast.zhao)
        cast.zhao.types(LINE.replace("类型：改进会", "类型：决策会"))
        assert cast.zhao.types("/meeting announce! M-1").startswith("M-1 已通知")


def test_where_nobody_may_approve_that_is_said(office, cast):
    cast.zhang.types(LINE.replace("类型：改进会", "类型：决策会") + "；事由：急")
    assert "还没有设批准人" in cast.zhang.types("/meeting announce! M-1")


def test_a_confidential_meeting_is_nobodys_but_its_peoples(office, cast, planned):
    """N8: refused by name alone; neither listed nor changed."""
    cast.zhang.types("/meeting edit M-1 保密：是")
    for line in ("show M-1", "edit M-1 地点：5 楼", "announce M-1", "calendar M-1", "accept M-1", "material M-1 1"):
        assert cast.wang.types(f"/meeting {line}") == "M-1 是保密的，只有参会人和指定领导可以看。"
    assert "改进会" not in cast.wang.types("/meeting list all")
    assert "改进会" in cast.li.types("/meeting list")
