"""Recurring meetings (P2, A13): sessions made ahead, holidays asked about, what was left open on the next agenda."""

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.domain.captured import Capture, Sort
from bot.domain.meeting import MeetingState

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKLY = (
    "/meeting new 周例会 每周一 10:00 30分钟 @李四 @王五 主持人：张三 记录人：孙七 目标：对齐进度；预期：清掉风险；"
    "议题：进度 10分钟"
)


@pytest.fixture
def weekly(office, cast):
    """S-1 of 张三's, every Monday from the 23rd on; M-1 to M-6 are its drafts."""
    cast.zhang.types(WEEKLY)
    office.told()
    return 1


def test_sessions_are_made_ahead_as_drafts(office, cast, weekly):
    assert cast.zhang.answer.startswith("已建系列 S-1：周例会\n周期 每周一 10:00")
    days = [f"{one.start:%m-%d %H:%M}" for one in office.meetings()]
    assert days == ["11-23 02:00", "11-30 02:00", "12-07 02:00", "12-14 02:00", "12-21 02:00", "12-28 02:00"]
    assert {one.state for one in office.meetings()} == {MeetingState.DRAFT}
    assert {one.series for one in office.meetings()} == {1}
    office.until("2026-11-30 12:00")
    assert f"{office.meetings()[-1].start:%m-%d}" == "01-11"


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=MO 10:00", ["11-23 02:00", "11-30 02:00"]),
        ("每周三 9:00", ["11-25 01:00", "12-02 01:00"]),
        ("隔周周四 16:00", ["11-19 08:00", "12-03 08:00"]),
        ("每月15日 14:00", ["12-15 06:00"]),
        ("每月最后一个周五 16:00", ["11-27 08:00", "12-25 08:00"]),
        ("every Friday 16:00", ["11-20 08:00", "11-27 08:00"]),
    ],
)
def test_rules_as_people_say_them(office, cast, said, starts):
    cast.zhang.types(f"/meeting new 例会 {said} @李四")
    assert [f"{one.start:%m-%d %H:%M}" for one in office.meetings()][:2] == starts


def test_a_rule_that_is_none_is_refused_with_what_would_be(office, cast):
    for rule in ("FREQ=HOURLY", "FREQ=SOMETIMES", "BYDAY=MO"):
        assert "不是可用的周期" in cast.zhang.types(f"/meeting new 例会 RRULE:{rule} 10:00")
    assert office.meetings() == []


def test_a_rule_whose_only_day_is_today_and_its_hour_over_is_in_the_past(office, cast):
    for rule in ("FREQ=DAILY;COUNT=1", "FREQ=DAILY;INTERVAL=99999999"):
        assert "已经过了" in cast.zhang.types(f"/meeting new 例会 RRULE:{rule} 09:00 @李四")
    assert office.meetings() == []


def test_a_public_holiday_is_asked_about_once_and_moved(office, cast, weekly):
    """The State Council's notice of 2027 is not out: New Year's Day is known, and a Friday."""
    cast.zhang.types("/meeting new 周会 每周五 10:00 @李四")
    assert "2027年1月1日（周五）放假" in cast.zhang.answer
    cast.zhang.presses("顺延到 2027年1月4日（周一）")
    moved = [one for one in office.meetings() if f"{one.start:%Y-%m-%d}" == "2027-01-04" and one.series == 2]
    assert [one.title for one in moved] == ["周会"]
    assert "没有等你决定的会议" in cast.zhang.types("/series move S-2 2027-01-01")


@pytest.mark.slow
def test_a_holiday_that_comes_into_reach_later_is_asked_by_message_once(office, cast, weekly):
    """Monday, 8 February 2027 is of the Spring Festival."""
    office.until("2026-12-30 12:00")
    told = [line for line in office.told()["张三"] if "放假" in line]
    assert told == ["周例会 2027年2月8日（周一）放假：顺延还是跳过？"]
    cast.zhang.presses("跳过这次")
    office.until("2027-02-06 12:00")
    assert not [line for line in office.told()["张三"] if "放假" in line]
    assert not [one for one in office.meetings() if f"{one.start:%Y-%m-%d}" == "2027-02-08"]


def test_a_session_on_a_weekend_was_meant_for_a_weekend(office, cast):
    cast.zhang.types("/meeting new 读书会 每周六 10:00 @李四")
    assert "放假" not in cast.zhang.answer
    assert f"{office.meetings()[0].start:%m-%d}" == "11-21"


def test_a_skipped_holiday_is_not_made(office, cast):
    cast.zhang.types("/meeting new 周会 每周五 10:00 @李四")
    cast.zhang.presses("跳过这次")
    office.until("2026-12-10 12:00")
    assert not [one for one in office.meetings() if f"{one.start:%Y-%m-%d}" == "2027-01-01"]


def test_one_session_is_skipped_and_its_people_hear_if_they_had(office, cast, weekly):
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    cast.zhang.types("/series skip S-1 11月30日")
    assert office.told() == {}
    cast.zhang.types("/series skip S-1 11月23日")
    assert set(office.told()) == {"李四", "王五", "孙七"}
    assert [office.meeting(n).state for n in (1, 2, 3)] == [
        MeetingState.CANCELLED,
        MeetingState.CANCELLED,
        MeetingState.DRAFT,
    ]
    assert "没有会议" in cast.zhang.types("/series skip S-1 11月24日")


def test_an_ended_series_makes_no_more_and_leaves_what_was_announced(office, cast, weekly):
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    said = cast.zhang.types("/series end S-1")
    assert "取消草稿 5 个" in said
    assert "M-1 11月23日（周一）10:00" in said
    assert office.told() == {}
    office.until("2027-01-20 12:00")
    assert len(office.meetings()) == 6
    assert "S-1 已经结束了" in cast.zhang.types("/series skip S-1 11月23日")


def test_only_who_calls_it_changes_a_series(office, cast, weekly):
    assert "可以改动系列会议（S-1）" in cast.li.types("/series end S-1")
    assert "S-1 周例会" in cast.li.types("/series list")


def test_what_the_last_session_left_open_stands_on_the_next_agenda(office, cast, weekly):
    """A13: an open action and a parked topic of M-1 come first on M-2; a closed one leaves it again."""
    _held(office, 1)
    office.until("2026-11-23 12:00")
    office.told()
    _left_open(office, cast, 1)
    office.advance(hours=2)
    agenda = office.meeting(2).agenda
    assert [(one.title, one.carried) for one in agenda] == [
        ("补齐数据", "A-1"),
        ("要不要换供应商", "M-1#9"),
        ("进度", ""),
    ]
    assert (agenda[0].presenter, agenda[0].minutes) == (cast.li.person.id, 5)
    assert "上次遗留 A-1" in cast.zhang.types("/meeting show M-2")
    assert office.told() == {}
    cast.zhang.types("/action cancel A-1 不做了")
    office.advance(hours=2)
    assert [one.carried for one in office.meeting(2).agenda] == ["M-1#9", ""]


def test_a_parked_topic_is_carried_on_until_something_is_concluded_on_it(office, cast, weekly):
    """A13: M-2 ended before anybody came to it; on M-3 it is decided."""
    _held(office, 1)
    office.until("2026-11-23 12:00")
    _left_open(office, cast, 1)
    office.until("2026-11-30 12:00")
    assert "M-1#9" in _carried(office, 2)
    _held(office, 2)
    office.until("2026-12-07 09:30")
    assert _carried(office, 3) == ["A-1", "M-1#9"]
    assert office.meeting(3).agenda[1].presenter == cast.wang.person.id
    cast.zhang.types("/meeting edit M-3 45分钟")
    cast.zhang.types("/meeting announce! M-3")
    for line in ("start M-3", "next M-3", "decide M-3 否决 换供应商 因为 合同未到期", "end M-3"):
        cast.zhang.types(f"/meeting {line}")
    office.advance(hours=2)
    assert _carried(office, 4) == ["A-1"]


def test_what_the_organizer_takes_off_an_agenda_stays_off_that_one(office, cast, weekly):
    """A13, P4: it was too long; on the one after it the open action stands again."""
    _held(office, 1)
    office.until("2026-11-23 12:00")
    _left_open(office, cast, 1)
    office.advance(hours=2)
    cast.zhang.types("/meeting topic M-2 drop 1")
    cast.zhang.types("/meeting undo M-2")
    assert (_carried(office, 2), office.meeting(2).dropped) == (["A-1", "M-1#9"], ())
    cast.zhang.types("/meeting topic M-2 drop 1")
    office.advance(hours=2)
    assert _carried(office, 2) == ["M-1#9"]
    cast.zhang.types("/meeting announce! M-2")
    assert _carried(office, 2) == ["M-1#9"]
    _held(office, 2)
    office.until("2026-11-30 14:00")
    assert _carried(office, 3) == ["A-1", "M-1#9"]


def test_the_minutes_say_the_next_session_in_each_readers_language_and_its_own_zone(office, cast, weekly):
    """N1, T1, T4; as it stands in the form it is left, as somebody writes it it is kept (T5)."""
    emma = office.hires("Emma", language="en", timezone="Europe/Berlin")
    cast.zhang.types("/series invite S-1 @Emma")
    cast.zhang.types("/meeting announce! M-1")
    office.until("2026-11-23 10:00")
    for line in ("/meeting start M-1", "/meeting here @Emma", "/meeting end M-1"):
        cast.zhang.types(line)
    cast.sun.types("/minutes edit M-1")
    shown = {field.name: field.value for field in cast.sun.form.fields}
    assert shown["following"] == "2026年11月30日（周一）10:00（GMT+8）"
    cast.sun.fills(**{**shown, "more": "谢谢"})
    assert "下次会议" not in cast.sun.answer
    cast.sun.types("/minutes submit M-1")
    cast.zhang.types("/minutes approve M-1")
    office.until("2026-11-23 16:00")
    assert "Next meeting\nMon 30 Nov 2026, 10:00 (GMT+8)" in emma.reads
    cast.sun.types("/minutes revise M-1")
    cast.sun.types("/minutes edit M-1 下次会议：改到周二")
    assert "下次会议\n改到周二" in cast.sun.types("/minutes show M-1")


def test_where_the_agenda_is_too_long_the_first_press_makes_it_fit(office, cast, weekly):
    """P4: to announce it would be refused."""
    cast.zhang.types("/meeting topic M-1 add 供应商 25分钟")
    office.until("2026-11-20 09:00")
    assert cast.zhang.reads.startswith("今天该发通知：周例会")
    cast.zhang.presses("会议加长 5 分钟")
    assert office.meeting(1).length == 35
    cast.zhang.presses("发通知")
    cast.zhang.presses("发出")
    assert office.meeting(1).state is MeetingState.ANNOUNCED


def test_drafts_are_those_that_can_still_be_announced(office, cast, weekly):
    office.until("2026-12-02 10:00")
    said = cast.zhang.types("/meeting list drafts")
    assert ("M-2" in said, "M-3" in said) == (False, True)
    assert "M-2" in cast.zhang.types("/meeting list past")


def test_what_is_carried_over_is_fresh_in_the_preview(office, cast, weekly):
    _held(office, 1)
    office.until("2026-11-23 12:00")
    _left_open(office, cast, 1)
    assert "补齐数据" in cast.zhang.types("/meeting announce M-2")


def test_carried_topics_do_not_count_as_a_sixth(office, cast, weekly):
    _held(office, 1)
    office.until("2026-11-23 12:00")
    _left_open(office, cast, 1)
    office.advance(hours=2)
    for n in range(4):
        cast.zhang.types(f"/meeting topic M-2 add 第{n}项 1分钟")
    assert len(office.meeting(2).agenda) == 7
    assert "已有 5 个议题" in cast.zhang.types("/meeting topic M-2 add 再一项 1分钟")


def _carried(office, number):
    return [topic.carried for topic in office.meeting(number).agenda if topic.carried]


def _held(office, number):
    """It took place: as it is kept afterwards."""

    def end(records):
        meeting = records.meetings.get(number)
        ended = replace(
            meeting,
            state=MeetingState.ENDED,
            started_at=meeting.start,
            ended_at=meeting.end,
            version=meeting.version + 1,
        )
        records.meetings.save(ended)
        records.alarms.replace({meeting.label: []}, office.clock.now())

    office.runner.run(office.store.write(end))


def _left_open(office, cast, number):
    """An action of 李四's and a parked topic that 王五 follows up."""
    cast.zhang.types("/action add 补齐数据 @李四 下周五")

    def leave(records):
        action = records.actions.get(1)
        source = replace(action.source, meeting="周例会", number=number)
        records.actions.save(replace(action, source=source, version=action.version + 1))
        parked = Capture(
            number,
            9,
            Sort.PARKED,
            "要不要换供应商",
            cast.zhang.person.id,
            office.clock.now(),
            follower=cast.wang.person.id,
        )
        records.meetings.capture(parked)

    office.runner.run(office.store.write(leave))
    office.told()


@pytest.mark.slow
def test_what_stays_open_is_carried_from_session_to_session_for_ever(office, cast):
    """A13: a daily one has had its twenty sessions in a month; the action of the first is still open in the second month."""
    said = "目标：对齐；预期：清单；议题：进度 5分钟"
    cast.zhang.types(f"/meeting new 站会 每天 11:00 15分钟 @李四 主持人：张三 记录人：李四 {said}")
    for number in range(1, 25):
        office.until(f"{office.meeting(number).start.astimezone(SHANGHAI):%Y-%m-%d} 10:00")
        cast.zhang.types(f"/meeting announce! M-{number}")
        office.advance(hours=1)
        cast.zhang.types(f"/meeting start M-{number}")
        if number == 1:
            cast.zhang.types("/meeting act M-1 上线清单 @张三 2027-03-01")
        cast.zhang.types(f"/meeting end M-{number}")
    office.advance(hours=1)
    assert [topic.carried for topic in office.meeting(25).topics if topic.carried] == ["A-1"]
    cast.zhang.types("完成 A-1 见共享盘")
    office.advance(hours=1)
    assert [topic.carried for topic in office.meeting(25).topics if topic.carried] == []


# --- how it is described ---


REST = "30分钟 @李四 主持人：张三 记录人：孙七 目标：对齐；预期：清掉风险；议题：进度 10分钟"


@pytest.mark.parametrize(
    ("said", "rhythm"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10", "每周一 10:00，共 10 次"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261228T000000Z", "每周一 10:00，到 12月28日（周一） 为止"),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630", "每月最后一个周五 10:00，到 2027年6月30日（周三） 为止"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=SU;COUNT=3", "RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=SU，10:00，共 3 次"),
        ("每周一", "每周一 10:00"),
        ("每月最后一天", "每月最后一天 10:00"),
        ("每月末", "每月最后一天 10:00"),
        ("on the last day of the month", "每月最后一天 10:00"),
        ("每季度最后一天", "每季度最后一天 10:00"),
    ],
)
def test_when_it_ends_is_said_in_words(office, cast, said, rhythm):
    shown = cast.zhang.types(f"/meeting new 周例会 {said} 10:00 {REST}")
    assert f"周期 {rhythm}\n" in shown
    assert rhythm in cast.zhang.types("/series list")


def test_its_days_and_hours_are_those_of_its_own_clock(office, cast):
    """T1: Monday 10:00 in Shanghai is Sunday evening in New York; a weekday of one and an hour of the other mean nothing."""
    cast.zhang.types(f"/meeting new 周例会 RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=1 10:00 {REST}")
    kim = office.hires("Kim", "技术部", timezone="America/New_York", language="en")
    assert "every Mon, 10:00 (GMT+8), once" in kim.types("/series show S-1")


@pytest.mark.parametrize(
    "said",
    [
        "每周一 12月7日起 10:00", "从12月7日起每周一 10:00", "每周一 10:00 自12月7日开始", "每周一 2026-12-07 10:00",
        "every Monday 10:00 from 7 Dec", "every Monday starting on 7 Dec 10:00", "RRULE:FREQ=WEEKLY;BYDAY=MO 12月3日起 10:00",
    ],
)  # fmt: skip
def test_from_which_day_on(office, cast, said):
    shown = cast.zhang.types(f"/meeting new 周例会 {said} {REST}")
    assert shown.startswith("已建系列 S-1：周例会\n周期 每周一 10:00\n下一次 12月7日（周一）10:00")
    assert office.meetings()[0].title == "周例会"


def test_from_which_day_on_with_its_hours(office, cast):
    shown = cast.zhang.types(f"/meeting new 周例会 every Monday from 7 Dec 9:00-9:30 {REST.removeprefix('30分钟 ')}")
    assert "周期 每周一 09:00\n下一次 12月7日（周一）09:00" in shown
    assert office.meetings()[0].length == 30


def test_a_day_that_is_none_is_refused_with_the_line_mended(office, cast, weekly):
    """A bare day on the button was nobody's command."""
    assert "已经过去了" in cast.zhang.types("/series skip S-1 2026-11-02")
    cast.zhang.presses("明天")
    assert "没有会议" in cast.zhang.answer
    assert "不是一天" in cast.zhang.types("/series move S-1 11月30日 尽快")
    assert "/series move S-1 11月30日 2026-11-19" in cast.zhang.answer
    assert "`/series move S-1 2026-11-18`" in cast.zhang.types("/series move S-1")


def test_the_two_days_of_a_move_may_each_be_several_words(office, cast):
    cast.zhang.types("/meeting new 周会 每周五 10:00 @李四")
    cast.zhang.types("/series move S-1 1 Jan 2027 Tue 5 Jan 2027")
    assert [one.title for one in office.meetings() if f"{one.start:%Y-%m-%d}" == "2027-01-05"] == ["周会"]
