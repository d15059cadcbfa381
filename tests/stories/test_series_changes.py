"""A recurring meeting changed for all that is to come (P2, P8, P9): drafts are moved quietly, who was told hears what changed."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain.meeting import MeetingState

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKLY = (
    "/meeting new 周例会 每周一 10:00 30分钟 @李四 @王五 主持人：张三 记录人：孙七 地点：3 楼 目标：对齐进度；预期：清掉风险；"
    "议题：进度 10分钟"
)


@pytest.fixture
def weekly(office, cast):
    """S-1 of 张三's, every Monday from the 23rd on; M-1 is announced, M-2 to M-6 are drafts."""
    cast.zhang.types(WEEKLY)
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    return 1


def starts(office) -> list[str]:
    """When the sessions that still stand are, by the clock of Shanghai."""
    return [
        f"{one.start.astimezone(SHANGHAI):%m-%d %H:%M}"
        for one in office.meetings()
        if one.state is not MeetingState.CANCELLED
    ]


MONDAYS = ["11-23 10:00", "11-30 10:00", "12-07 10:00", "12-14 10:00", "12-21 10:00", "12-28 10:00"]


# --- the hour ---


def test_another_hour_is_each_days_other_hour(office, cast, weekly):
    said = cast.zhang.types("/series edit S-1 14:00")
    assert said.startswith("S-1 周例会 已改：每周一 14:00\n已通知的 1 次会告诉大家改了什么 · 草稿 5 个已改好")
    assert starts(office) == [day.replace("10:00", "14:00") for day in MONDAYS]


def test_who_was_told_hears_what_changed_and_nobody_hears_of_drafts(office, cast, weekly):
    cast.zhang.types("/series edit S-1 14:00 地点：5 楼 原因：会议室换了")
    assert office.told() == {name: ["改到 11月23日（周一）14:00：周例会"] for name in ("李四", "王五", "孙七")}
    for said in (
        "时间 11月23日（周一）10:00–10:30（GMT+8） → 11月23日（周一）14:00–14:30（GMT+8）",
        "地点 3 楼 → 5 楼",
        "原因：会议室换了",
    ):
        assert said in cast.li.reads
    assert {one.place for one in office.meetings()} == {"5 楼"}


def test_sessions_that_are_made_later_are_like_that_too(office, cast, weekly):
    cast.zhang.types("/series edit S-1 14:00 45分钟 地点：5 楼")
    office.until("2026-12-10 12:00")
    newest = office.meetings()[-1]
    assert f"{newest.start:%m-%d %H:%M}" == "01-18 06:00"
    assert (newest.length, newest.place) == (45, "5 楼")
    assert len({one.start for one in office.meetings()}) == len(office.meetings()), "none is made twice"


def test_an_hour_that_is_over_today_leaves_today_as_it_is(office, cast, weekly):
    office.until("2026-11-23 09:00")
    cast.zhang.types("/series edit S-1 08:00")
    assert starts(office)[:2] == ["11-23 10:00", "11-30 08:00"]


def test_a_later_hour_brings_no_second_session_on_a_day_that_has_had_its_own(office, cast, weekly):
    """Held this morning; from next week on it is in the afternoon."""
    office.until("2026-11-23 10:00")
    cast.zhang.types("/meeting start M-1")
    cast.zhang.types("/meeting end M-1")
    office.until("2026-11-23 10:45")
    assert "新建草稿" not in cast.zhang.types("/series edit S-1 14:00")
    assert starts(office)[:2] == ["11-23 10:00", "11-30 14:00"]


def test_nor_beside_one_whose_new_hour_was_over(office, cast, weekly):
    office.until("2026-11-23 09:00")
    cast.zhang.types("/series edit S-1 08:00")
    cast.zhang.types("/series edit S-1 14:00")
    assert starts(office)[:2] == ["11-23 10:00", "11-30 14:00"]
    assert len(starts(office)) == len({day[:5] for day in starts(office)})


# --- the rhythm ---


def test_another_day_moves_each_session_within_its_week(office, cast, weekly):
    cast.zhang.types("/series edit S-1 每周二 10:00")
    assert starts(office) == ["11-24 10:00", "12-01 10:00", "12-08 10:00", "12-15 10:00", "12-22 10:00", "12-29 10:00"]
    assert office.told() == {name: ["改到 11月24日（周二）10:00：周例会"] for name in ("李四", "王五", "孙七")}
    assert [one.number for one in office.meetings()] == [1, 2, 3, 4, 5, 6], "moved, not made anew"


def test_a_rarer_rhythm_takes_away_what_is_too_many_and_tells_who_knew(office, cast, weekly):
    cast.zhang.types("/meeting announce! M-2")
    office.told()
    said = cast.zhang.types("/series edit S-1 每月最后一个周五 16:00")
    assert "取消 4 次" in said
    assert starts(office) == ["11-27 16:00", "12-25 16:00"]
    assert [office.meeting(n).state for n in (1, 2, 3)] == [
        MeetingState.ANNOUNCED, MeetingState.ANNOUNCED, MeetingState.CANCELLED,
    ]  # fmt: skip
    assert sorted(office.told()["李四"]) == ["改到 11月27日（周五）16:00：周例会", "改到 12月25日（周五）16:00：周例会"]


def test_who_knew_of_one_that_falls_away_hears_that_it_does_not_take_place(office, cast, weekly):
    cast.zhang.types("/meeting announce! M-3")
    office.told()
    cast.zhang.types("/series edit S-1 每月最后一个周五 16:00")
    assert "会议取消：周例会（原定 12月7日（周一）10:00）" in office.told()["李四"]


def test_a_denser_rhythm_makes_more(office, cast, weekly):
    said = cast.zhang.types("/series edit S-1 每周一、周四 10:00")
    assert "新建草稿" in said
    assert starts(office)[:2] != MONDAYS[:2]
    days = sorted(starts(office))
    assert days[:4] == ["11-23 10:00", "11-26 10:00", "11-30 10:00", "12-03 10:00"]
    office.until("2026-12-10 12:00")
    assert len(set(starts(office))) == len(starts(office))


def test_a_holiday_in_the_new_rhythm_is_asked_about(office, cast, weekly):
    """New Year's Day of 2027 is a Friday."""
    said = cast.zhang.types("/series edit S-1 每周五 10:00")
    assert "2027年1月1日（周五）放假，那次会议还没有建" in said
    cast.zhang.presses("顺延到 2027年1月4日（周一）")
    assert "01-04 10:00" in starts(office)


def test_a_rule_without_a_session_ahead_and_one_that_is_none_change_nothing(office, cast, weekly):
    assert "以后没有任何一次会议" in cast.zhang.types(
        "/series edit S-1 RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20200101 10:00"
    )
    assert "不是可用的周期" in cast.zhang.types("/series edit S-1 RRULE:FREQ=HOURLY 10:00")
    assert "请写周期" in cast.zhang.types("/series edit S-1 下周二 10:00")
    assert starts(office) == MONDAYS


# --- what each begins with ---


def test_type_roles_and_words(office, cast, weekly):
    cast.zhang.types("/series edit S-1 类型：专项会 主持人：@王五 目标：清掉风险")
    assert {(one.kind, one.host, one.objective) for one in office.meetings()} == {
        ("special", cast.wang.person.id, "清掉风险")
    }
    assert office.told() == {"王五": ["请参加：周例会，11月23日（周一）10:00"]}, (
        "who hosts hears so; the rest stands on their card"
    )


def test_what_one_session_has_of_its_own_it_keeps(office, cast, weekly):
    cast.zhang.types("/meeting edit M-2 地点：大会议室")
    cast.zhang.types("/meeting reschedule M-3 12月8日 15:00")
    office.told()
    cast.zhang.types("/series edit S-1 14:00 地点：5 楼")
    assert office.meeting(2).place == "大会议室"
    assert starts(office)[:4] == ["11-23 14:00", "11-30 14:00", "12-08 15:00", "12-14 14:00"]
    assert "新建" not in cast.zhang.answer, "the day it left stays free"


def test_one_that_was_skipped_stays_skipped(office, cast, weekly):
    cast.zhang.types("/series skip S-1 11月30日")
    cast.zhang.types("/series edit S-1 每周二 10:00")
    assert starts(office)[:3] == ["11-24 10:00", "12-08 10:00", "12-15 10:00"]
    office.until("2026-12-10 12:00")
    assert "12-01 10:00" not in starts(office)


def test_who_is_invited_from_now_on_and_who_no_longer(office, cast, weekly):
    cast.zhang.types("/series invite S-1 @赵六")
    assert office.told() == {"赵六": ["请参加：周例会，11月23日（周一）10:00"]}
    cast.zhang.types("/series uninvite S-1 @王五")
    assert office.told() == {"王五": ["你不用参加了：周例会（11月23日（周一）10:00）"]}
    office.until("2026-12-10 12:00")
    for one in office.meetings():
        assert cast.zhao.person.id in one.people
        assert cast.wang.person.id not in one.people


def test_host_and_recorder_are_not_uninvited(office, cast, weekly):
    assert cast.zhang.types("/series uninvite S-1 @孙七").startswith("孙七是 S-1 的记录人，不能移出。请先换人。")
    assert cast.zhang.types("/series invite S-1 @李四").startswith("他们已经在 S-1 的参会人里了。")


def test_the_room_in_which_it_is_held(office, cast, weekly):
    room = office.room("例会群", cast.zhang, cast.li)
    assert "这里是私聊" in cast.zhang.types("/series edit S-1 群：本群")
    cast.zhang.types("/series edit S-1 群：本群", room)
    assert {one.room for one in office.meetings()} == {room.room}
    office.told()
    cast.zhang.types("/series edit S-1 15:00")
    assert "改到 11月23日（周一）15:00：周例会" in [card.title for card in room.cards]


# --- the form ---


def test_the_form_begins_with_how_it_is_and_sent_unchanged_changes_nothing(office, cast, weekly):
    cast.zhang.types("/series edit S-1")
    fields = {field.name: field for field in cast.zhang.form.fields}
    assert fields["repeat"].hint == "现在是每周一 10:00，不改就不填"
    assert {name: fields[name].value for name in ("repeat", "hour", "length", "place", "host")} == {
        "repeat": "", "hour": "10:00", "length": "30", "place": "3 楼", "host": "张三",
    }  # fmt: skip
    before = office.meetings()
    cast.zhang.fills(**{name: field.value for name, field in fields.items()})
    assert office.meetings() == before
    assert office.told() == {}


def test_what_the_form_says_is_done_and_what_it_cannot_use_comes_back(office, cast, weekly):
    cast.zhang.types("/series edit S-1")
    values = {field.name: field.value for field in cast.zhang.form.fields}
    cast.zhang.fills(**{**values, "repeat": "有时候", "hour": "14:00", "length": "45"})
    assert [field.name for field in cast.zhang.form.fields] == ["repeat"]
    cast.zhang.fills(repeat="每周三")
    assert starts(office)[0].startswith("11-25")
    cast.zhang.types("/series edit S-1")
    values = {field.name: field.value for field in cast.zhang.form.fields}
    cast.zhang.fills(**{**values, "invitees": values["invitees"].replace("王五", "赵六")})
    assert cast.wang.person.id not in office.meeting(2).people
    assert cast.zhao.person.id in office.meeting(2).people


# --- who may, and what is refused ---


def test_only_who_calls_it(office, cast, weekly):
    for line in ("edit S-1 14:00", "invite S-1 @赵六", "uninvite S-1 @李四"):
        assert "只有张三" in cast.li.types(f"/series {line}")
    assert starts(office) == MONDAYS


def test_an_ended_one_and_one_nobody_has_heard_of(office, cast, weekly):
    assert "没有 S-9 这个系列" in cast.zhang.types("/series edit S-9 14:00")
    cast.zhang.types("/series end S-1")
    assert "S-1 已经结束了" in cast.zhang.types("/series edit S-1 14:00")


def test_nothing_is_said_of_a_confidential_one(office, cast):
    cast.zhang.types("/meeting new 并购例会 每周一 10:00 @李四 保密：是")
    assert "S-1 是保密的" in cast.wang.types("/series edit S-1 14:00")
    assert "并购" not in cast.wang.answer


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("每季度第一个周一", "每季度第一个周一 14:00"),
        ("RRULE:FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", "每季度第一个周一 14:00"),
        ("RRULE:FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR", "每季度最后一个周五 14:00"),
        ("RRULE:FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=-1FR", "每季度首月最后一个周五 14:00"),
        ("每季度首月15日", "每季度首月 15 日 14:00"),
        ("RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", "每季度末月 15 日 14:00"),
        ("RRULE:FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10", "每年1月、7月的 10 日 14:00"),
        ("RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=2WE", "每年9月的第二个周三 14:00"),
        ("RRULE:FREQ=WEEKLY", "每周五 14:00"),
        ("RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR", "RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR，14:00"),
    ],
)  # fmt: skip
def test_how_often_in_words(office, cast, said, shown):
    office.until("2026-12-11 10:00")
    cast.zhang.types(f"/meeting new 例会 {said} 14:00 @李四")
    assert f"周期 {shown}\n" in cast.zhang.types("/series show S-1")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("the first Monday of every quarter", "the first Mon of every quarter, 14:00"),
        ("RRULE:FREQ=MONTHLY;BYMONTH=2,5,8,11;BYDAY=1MO", "the first Mon of every quarter's second month, 14:00"),
        ("every quarter on the 15th", "day 15 of every quarter's first month, 14:00"),
        ("RRULE:FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10", "day 10 of Jan and Jul, 14:00"),
    ],
)
def test_how_often_in_english(english, crew, said, shown):
    crew.ann.types(f"/meeting new Review {said} 14:00 @Bo")
    assert f"Rhythm {shown}\n" in crew.ann.types("/series show S-1")


def test_in_english(english, crew):
    crew.ann.types("/meeting new Sync every Monday 10:00 30 min @Bo host: Ann recorder: Bo place: Room 3 "
                   "objective: agree; outcome: a list; topic: progress 10 min")  # fmt: skip
    crew.ann.types("/meeting announce! M-1")
    english.told()
    said = crew.ann.types("/series edit S-1 every Tuesday 14:00 place: Room 5")
    assert said.splitlines()[:2] == [
        "S-1 Sync is changed: every Tue, 14:00",
        "one announced session, whose people hear what changed · 5 drafts are changed",
    ]
    assert english.told() == {"Bo": ["Moved to Tue 24 Nov, 14:00: Sync"]}
