"""What is refused: what was given stays in its form, the way on that is shown works, and history tells of it in words."""

from bot.domain.meeting import MeetingState
from tests.gathering import PLANNED, convened


def test_what_is_over_is_not_offered_to_be_sent(office, cast, planned):
    """Neither the button that sends it nor the one that makes it longer would have worked."""
    cast.zhang.types("/meeting topic M-1 add 长题 90分钟")
    office.until("2026-11-26 10:00")
    for line in ("announce M-1", "announce! M-1"):
        assert cast.zhang.types(f"/meeting {line}").startswith("11月25日（周三）15:00 已经过去了")
        cast.zhang.presses("换个时间")
        assert cast.zhang.form.command == "/meeting reschedule M-1"


def test_who_approves_what_is_over_can_turn_it_down(office, cast):
    office.appoints(cast.zhao)
    cast.zhang.types(f"{PLANNED}；类型：决策会；事由：预算提前")
    cast.zhang.types("/meeting announce! M-1")
    office.until("2026-11-26 10:00")
    assert cast.zhao.types("/meeting approve M-1").startswith("11月25日（周三）15:00 已经过去了")
    cast.zhao.presses("不批准")
    cast.zhao.fills(why="过了")
    assert office.meeting(1).state is MeetingState.DRAFT


def test_a_form_that_is_refused_asks_again_with_what_was_given(office, cast, announced):
    cast.wang.types("/meeting proxy M-1")
    for whom, problem in (
        ("李四", "李四本来就要参加 M-1"),
        ("没人", "这里没有“没人”"),
        ("@@", "这里没有“@@”"),
        (" ", ""),
    ):
        assert problem in cast.wang.fills(proxy=whom, why="我在外地")
        assert cast.wang.form.fields[1].value == "我在外地"
    cast.zhang.types("/meeting topic M-1 add")
    for wrong in ({"minutes": "一会儿"}, {"presenter": "没人"}, {"topic": " "}):
        cast.zhang.fills(**{"topic": "预算", "presenter": "李四", "minutes": "10", "brings": "inform"} | wrong)
        held = {one.name: one.value for one in cast.zhang.form.fields}
        assert held == {"topic": "预算", "presenter": "李四", "minutes": "10", "brings": "inform"} | wrong
    assert cast.zhang.fills(topic="预算", presenter="李四", minutes="10", brings="inform").startswith(
        "已加入 M-1 的议程"
    )
    cast.zhang.types("/meeting reschedule M-1")
    cast.zhang.fills(start="2026-11-26", length="很久", why="客户改了时间")
    assert {one.name: one.value for one in cast.zhang.form.fields if one.value} == {
        "start": "2026-11-26", "length": "很久", "place": "3 楼", "why": "客户改了时间",
    }  # fmt: skip
    assert "M-1 改到 11月26日" in cast.zhang.fills(start="2026-11-26 15:00", length="90", why="客户改了时间")
    cast.zhang.types("/meeting reschedule M-1")
    assert cast.zhang.fills(start="2026-11-26 15:00", length="90", why="没变").startswith("M-1 没有改动")
    cast.zhang.types("/meeting invite M-1")
    cast.zhang.fills(invitees="赵六, 没人")
    assert cast.zhang.form.fields[0].value == "赵六, 没人"


def test_what_was_tried_with_anothers_verb_is_told_in_words(office, cast):
    """An item's history tells of `/meeting correct`, a meeting's of `/minutes correct`."""
    room = office.room("产品", cast.zhang, cast.li, cast.wang, cast.zhao)
    convened(office, host=cast.zhang, recorder=cast.zhao, people=[cast.li, cast.wang], room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    cast.zhao.types("#行动 输出流程 @李四 下周五前", room)
    cast.zhang.types("/action cancel A-1 不做了")
    cast.zhang.types("/meeting correct M-1 3 @王五")
    assert "张三 想更正记录（未允许）" in cast.zhang.types("/action history A-1")


def test_a_form_that_waited_until_its_lines_day_was_over_asks_for_another_and_keeps_the_rest(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    cast.zhang.types("/action add 写报告 11月20日")
    cast.li.types("/action postpone A-1 11月28日")
    cast.wang.types("/meeting new 周会 11月20日")
    office.until("2026-11-30 10:00")
    cast.zhang.fills(owner="李四", criterion="两页")
    assert [one.name for one in cast.zhang.form.fields if one.required] == ["due"]
    assert "A-2" in cast.zhang.fills(due="2026-12-04")
    assert (office.action(2).owner, office.action(2).criterion) == (cast.li.person.id, "两页")
    cast.li.fills(why="等客户")
    assert "已延期到 12月7日" in cast.li.fills(due="2026-12-07")
    assert "周会" in cast.wang.fills(start="2026-12-08 15:00")
    assert f"{office.meeting(1).start:%m-%d %H}" == "12-08 07"


def test_what_a_form_shows_of_a_meeting_that_should_have_begun_is_no_news(office, cast, announced):
    """Its hour stood in the form, and had passed: nothing of it could be changed any more."""
    office.until("2026-11-25 15:05")
    cast.zhang.types("/meeting edit M-1")
    shown = {one.name: one.value for one in cast.zhang.form.fields}
    said = cast.zhang.fills(**{**shown, "objective": "定下四季度和明年一季度的方向", "host": "没人"})
    assert "已经过去" not in said
    assert "没人" in said
    shown = {one.name: one.value for one in cast.zhang.form.fields}
    cast.zhang.fills(**{**shown, "host": "李四"})
    assert office.meeting(announced).objective == "定下四季度和明年一季度的方向", "kept while the host was asked again"
