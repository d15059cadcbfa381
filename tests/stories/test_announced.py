"""What changes after a meeting was announced: who hears of it, what it says, and whose answers stay (P8, P9, T3)."""

from bot.cards import Card, File
from bot.domain.meeting import Reply


def test_a_change_of_time_or_place_is_sent_again_and_says_what_changed(office, cast, announced):
    cast.li.presses("参加")
    cast.zhang.types("/meeting reschedule M-1 11月26日 10:00 地点：5 楼 原因：客户改了时间")
    assert set(office.told()) == {"李四", "王五", "孙七"}
    said = cast.li.reads
    assert said.startswith("改到 11月26日（周四）10:00：Q4 产品规划会")
    assert "时间 11月25日（周三）15:00–16:30（GMT+8） → 11月26日（周四）10:00–11:30（GMT+8）" in said
    assert "地点 3 楼 → 5 楼" in said
    assert "原因：客户改了时间" in said
    assert office.meeting(announced).invitee(cast.li.person.id).reply is Reply.WAITING


def test_a_new_place_alone_leaves_the_answers(office, cast, announced):
    cast.li.presses("参加")
    cast.zhang.types("/meeting edit M-1 地点：5 楼")
    assert cast.li.reads.startswith("换到 5 楼：Q4 产品规划会")
    assert office.meeting(announced).invitee(cast.li.person.id).reply is Reply.ACCEPTED


def test_an_hour_alone_keeps_the_day(office, cast, announced):
    cast.zhang.types("/meeting reschedule M-1 17:00")
    assert f"{office.meeting(announced).start:%m-%d %H:%M}" == "11-25 09:00"


def test_rescheduling_asks_what_it_was_not_told(office, cast, announced):
    cast.zhang.presses("改期")
    assert [one.name for one in cast.zhang.form.fields] == ["start", "length", "place", "why"]
    cast.zhang.fills(start="11月27日 9:30", why="会议室被占")
    assert cast.li.reads.startswith("改到 11月27日（周五）09:30")
    assert "原因：会议室被占" in cast.li.reads


def test_a_cancelled_meeting_is_told_with_why_and_leaves_the_calendars(office, cast, announced):
    cast.zhang.types("/meeting cancel M-1")
    assert "为什么取消" in cast.zhang.answer
    cast.zhang.types("客户取消了")
    assert office.told() == {
        one: ["会议取消：Q4 产品规划会（原定 11月25日（周三）15:00）"] for one in ("李四", "王五", "孙七")
    }
    (entry,) = _files(cast.li.cards[-1])
    assert b"METHOD:CANCEL" in entry.content
    assert "已取消，不能改期" in cast.zhang.types("/meeting reschedule M-1 11月26日 10:00")


def test_late_at_night_a_change_for_tomorrow_morning_does_not_wait(office, cast, announced):
    """T3 gives way: by the reader's next morning it would have begun."""
    office.until("2026-11-24 22:00")
    office.told()
    cast.zhang.types("/meeting reschedule M-1 11月25日 8:30")
    assert "李四" in office.told()
    cast.zhang.types("/meeting reschedule M-1 11月26日 15:00")
    office.told()
    cast.zhang.types("/meeting reschedule M-1 11月27日 15:00")
    assert office.told() == {}


def _files(card: Card) -> list[File]:
    return [block for block in card.blocks if isinstance(block, File)]
