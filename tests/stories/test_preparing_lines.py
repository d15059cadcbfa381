"""A meeting and its agenda in one line as people write them: from when to when, another day, several topics (P2, P4)."""

import pytest

from tests.conversation import buttons


@pytest.fixture
def planned(office, cast):
    """M-1 of 张三's with two topics, a draft for Wednesday of next week."""
    cast.zhang.types("/meeting new 规划会 下周三 15:00-16:30 @李四 @王五 议题：客诉 15分钟 @李四；议题：人员 20分钟")


@pytest.mark.parametrize(
    ("said", "begins", "length"),
    [
        ("下周三 15点到16点", "07:00", 60), ("下周三下午3点到4点半", "07:00", 90), ("下周三下午三点至四点", "07:00", 60),
        ("下周三 3点-4点", "07:00", 60), ("下周三 9点到11点", "01:00", 120), ("下周三 上午11点到下午1点", "03:00", 120),
        ("下周三下午 3:00-4:30", "07:00", 90), ("next Wed 3pm-4:30pm", "07:00", 90), ("next Wed 3-4pm", "07:00", 60),
        ("next Wed 11am to 1pm", "03:00", 120), ("next Wed 3:00 - 4:00 pm", "07:00", 60), ("下周三 15:00-16:30", "07:00", 90),
    ],
)  # fmt: skip
def test_from_when_to_when_as_people_say_it(office, cast, said, begins, length):
    answer = cast.zhang.types(f"/meeting new 评审会 {said} @李四")
    assert office.meetings(), answer
    meeting = office.meeting(1)
    assert (f"{meeting.start:%m-%d %H:%M}", meeting.length, meeting.title) == (f"11-25 {begins}", length, "评审会")


@pytest.mark.parametrize("day", ["昨天 10:00", "下周 10:00", "2026-11-31 10:00"])
def test_another_day_keeps_the_hour_that_was_said(office, cast, day):
    said = cast.zhang.types(f"/meeting new 周会 {day} @李四")
    assert not office.meetings(), said
    cast.zhang.presses(next(one.label for one in buttons(cast.zhang.answers[-1])))
    assert f"{office.meeting(1).start:%H:%M}" == "02:00", "ten o'clock in Shanghai"


def test_several_topics_in_one_line_are_several(office, cast, planned):
    """As `/meeting new` takes them; a semicolon in one topic's words is only that."""
    said = cast.zhang.types("/meeting topic M-1 经过 10分钟 @王五 对齐；措施 15分钟 @李四 决策")
    assert "议程共 60 分钟" in said
    wang, li = cast.wang.person.id, cast.li.person.id
    shown = [(one.title, one.minutes, one.presenter) for one in office.meeting(1).agenda[-2:]]
    assert shown == [("经过", 10, wang), ("措施", 15, li)]
    cast.zhang.types("/meeting topic M-1 drop 2")
    cast.zhang.types("/meeting topic M-1 成本；怎么省 5分钟")
    assert office.meeting(1).agenda[-1].title == "成本；怎么省"


def test_a_sixth_among_several_is_asked_about_and_none_is_lost(office, cast, planned):
    said = cast.zhang.types("/meeting topic M-1 a 5分钟；b 5分钟；c 5分钟；d 5分钟")
    assert "已有 5 个议题" in said
    assert len(office.meeting(1).agenda) == 2
    cast.zhang.presses("还是要加")
    assert [one.title for one in office.meeting(1).agenda][-4:] == ["a", "b", "c", "d"]
