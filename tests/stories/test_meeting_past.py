"""What has happened to a meeting, and the last of it taken back while nobody was told of it (P2–P9, N8)."""

import pytest
from msgspec.structs import replace

from bot.domain.meeting import Meeting, MeetingState
from bot.texts import LANGUAGES, words
from bot.views.meeting_past import PAST
from tests.conversation import Office
from tests.gathering import convened, lines

LINE = (
    "/meeting new 规划会 下周三 15:00 @李四 @王五 主持人：张三 记录人：李四 目标：定方向；预期：三个功能；地点：3 楼；"
    "议题：功能 10分钟；议题：人员 10分钟"
)


@pytest.fixture
def planned(office, cast):
    """M-1 of 张三's, a draft for Wednesday of next week; nobody has heard."""
    cast.zhang.types(LINE)
    return 1


def same(one: Meeting, other: Meeting) -> bool:
    """Alike but for how often they were changed."""
    return replace(one, version=0, changed_at=None, mark=0) == replace(other, version=0, changed_at=None, mark=0)


# --- who did what when ---


def test_who_did_what_when_with_what_changed_and_why(office, cast, announced):
    office.advance(minutes=5)
    cast.zhang.types("/meeting reschedule M-1 11月26日 10:00 客户改期")
    cast.zhang.types("/meeting invite M-1 @孙七")
    cast.wang.types("/meeting decline M-1 出差")
    cast.zhang.types("/meeting topic M-1 add 预算 5分钟")
    assert cast.li.types("/meeting history M-1").splitlines() == [
        "M-1 的记录",
        "规划会",
        "10:00 张三建草稿",
        "10:00 张三发通知",
        "10:05 张三改时间或地点",
        "   11月25日（周三）15:00 → 11月26日（周四）10:00 · 客户改期",
        "10:05 张三邀请",
        "   孙七",
        "10:05 王五请假",
        "   出差",
        "10:05 张三加议题",
        "   预算",
        "[查看: /meeting show M-1]",
    ]


def test_what_was_not_allowed_is_marked(office, cast, announced):
    cast.sun.types("/meeting cancel M-1 不开了")
    cast.wang.types("/meeting approve M-1")
    said = cast.zhang.types("/会议 记录 M-1")
    assert "孙七想取消会议（未允许）" in said
    assert "王五想批准会议（未允许）" in said


def test_while_it_is_held_each_line_is_there_and_none_of_its_words(office, cast):
    """N2: what was said in it is for its minutes to tell, once they are reviewed."""
    room = office.room("产品", cast.zhang, cast.li)
    convened(office, host=cast.zhang, recorder=cast.li, people=[cast.wang], room=room)
    office.until("2026-11-20 10:00")
    for line in ("/meeting start", "#要点 一级响应太慢", "/meeting here @王五", "/meeting end"):
        cast.zhang.types(line, room)
    said = cast.sun.types("/meeting history M-1")
    assert [line.split(" ", 1)[1] for line in said.splitlines() if "张三" in line] == [
        "张三开始会议",
        "张三记要点",
        "张三记到场",
        "张三结束会议",
    ]
    assert "一级响应" not in said


def test_what_the_bot_did_by_itself_is_nobodys(office, cast):
    cast.zhang.types("/meeting new 周例会 每周一 10:00 30分钟 @李四 主持人：张三 记录人：李四 目标：对齐；预期：清单")
    office.until("2026-12-07 12:00")
    newest = office.meetings()[-1]
    assert "闭环建草稿" in cast.zhang.types(f"/meeting history {newest.label}")
    assert "是自动做的，不能撤销" in cast.zhang.types(f"/meeting undo {newest.label}")


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "zh-Hant"])
def test_every_line_of_the_history_has_words_in_both_languages(language):
    assert [name for name in PAST if not words(language).has(f"past-meeting-{name}")] == []


# --- the last step taken back ---

TAKEN_BACK = (
    "edit M-1 目标：另一个目标", "edit M-1 主持人：@王五", "reschedule M-1 11月26日 10:00", "edit M-1 地点：5 楼",
    "topic M-1 add 预算 5分钟", "topic M-1 edit 1 12分钟", "topic M-1 order 2 1", "topic M-1 drop 1",
    "material M-1 1 https://example.com/a", "invite M-1 @孙七", "uninvite M-1 @王五", "cancel M-1 不开了", "edit M-1 保密：是",
)  # fmt: skip


@pytest.mark.parametrize("line", TAKEN_BACK)
def test_what_was_done_to_a_draft_is_as_if_it_had_not_been_and_stands_in_the_history(office, cast, planned, line):
    before = office.meeting(1)
    cast.zhang.types(f"/meeting {line}")
    assert not same(office.meeting(1), before)
    assert cast.zhang.types("/meeting undo M-1").startswith("M-1 的上一步已撤销")
    assert same(office.meeting(1), before)
    assert office.meeting(1).version == before.version + 2
    assert "张三撤销上一步" in cast.zhang.types("/meeting history M-1")
    assert office.told() == {}


@pytest.mark.parametrize("line", ["edit M-1 目标：另一个目标", "topic M-1 add 预算 5分钟", "topic M-1 drop 1"])
def test_after_the_notice_too_as_long_as_nobody_was_told(office, cast, announced, line):
    before = office.meeting(1)
    cast.zhang.types(f"/meeting {line}")
    cast.zhang.types("/meeting undo M-1")
    assert same(office.meeting(1), before)
    assert office.told() == {}


def test_a_new_draft_is_withdrawn_and_not_deleted(office, cast, planned):
    cast.zhang.types("/meeting undo")
    assert office.meeting(1).state is MeetingState.CANCELLED


def test_a_topics_number_is_its_own_for_ever(office, cast, planned):
    cast.zhang.types("/meeting topic M-1 add 预算 5分钟")
    cast.zhang.types("/meeting undo M-1")
    cast.zhang.types("/meeting topic M-1 add 招聘 5分钟")
    assert [topic.number for topic in office.meeting(1).topics] == [1, 2, 4]


@pytest.mark.parametrize(
    ("line", "said", "press", "typed"),
    [
        ("reschedule M-1 11月26日 10:00", "改期", "改回原来的时间地点",
         "/meeting reschedule M-1 2026-11-25 15:00"),
        ("edit M-1 地点：5 楼", "改期", "改回原来的时间地点", "/meeting reschedule M-1 place: “3 楼”"),
        ("invite M-1 @孙七", "邀请人", "移出", "/meeting uninvite M-1 @孙七"),
        ("uninvite M-1 @王五", "邀请人", "再邀请", "/meeting invite M-1 @王五"),
        ("edit M-1 主持人：@王五", "修改会议", "修改会议", "/meeting edit M-1"),
        ("cancel M-1 不开了", "取消会议", "新建会议", "/meeting new “规划会”"),
    ],
)  # fmt: skip
def test_what_others_were_told_is_put_right_by_telling_them_again(office, cast, announced, line, said, press, typed):
    cast.zhang.types(f"/meeting {line}")
    office.told()
    before = office.meeting(1)
    refused = cast.zhang.types("/meeting undo M-1")
    assert refused.startswith(f"M-1 的“{said}”已经告诉了别人，不能当作没发生。")
    assert f"[{press}: {typed}]" in refused
    assert office.meeting(1) == before
    assert office.told() == {}


def test_the_way_back_is_one_press_and_they_hear_of_it(office, cast, announced):
    cast.zhang.types("/meeting reschedule M-1 11月26日 10:00")
    office.told()
    cast.zhang.types("/meeting undo M-1")
    cast.zhang.presses("改回原来的时间地点")
    assert f"{office.meeting(1).start:%m-%d %H:%M}" == "11-25 07:00"
    assert set(office.told()) == {"李四", "王五"}


def test_a_notice_that_is_out_is_not_taken_back(office, cast, announced):
    said = cast.zhang.types("/meeting undo M-1")
    assert said.startswith("M-1 的“发通知”已经告诉了别人")
    assert "[取消会议: /meeting cancel M-1]" in said


def test_only_whoever_took_the_step_or_an_admin(office, cast, planned):
    office.appoints(cast.zhao)
    cast.zhang.types("/meeting edit M-1 目标：另一个目标")
    assert cast.li.types("/meeting undo M-1").startswith("M-1 的上一步是张三做的，要由本人或管理员撤销。")
    assert cast.zhao.types("/meeting undo M-1").startswith("M-1 的上一步已撤销")
    assert office.meeting(1).objective == "定方向"
    assert cast.zhang.types("/meeting undo M-1").startswith("M-1 的上一步是赵六做的")
    assert cast.zhao.types("/meeting undo M-1").startswith("M-1 的上一步已经是撤销")


def test_an_undo_is_not_undone(office, cast, planned):
    cast.zhang.types("/meeting edit M-1 目标：另一个目标")
    cast.zhang.types("/meeting undo M-1")
    assert "M-1 的上一步已经是撤销" in cast.zhang.types("/meeting undo M-1")


def test_not_after_a_day(office, cast, planned):
    cast.zhang.types("/meeting edit M-1 目标：另一个目标")
    office.advance(hours=25)
    assert "已经过了可以撤销的时间" in cast.zhang.types("/meeting undo M-1")


def test_a_start_that_has_passed_meanwhile_does_not_come_back(office, cast):
    cast.zhang.types("/meeting new 短会 今天 11:00 @李四")
    cast.zhang.types("/meeting reschedule M-1 明天 11:00")
    office.until("2026-11-18 12:00")
    assert "已经过去了" in cast.zhang.types("/meeting undo M-1")


def test_in_a_running_meeting_it_is_the_line_that_was_taken_down(office, cast):
    room = office.room("产品", cast.zhang, cast.li)
    convened(office, host=cast.zhang, recorder=cast.li, room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    cast.zhang.types("#要点 一级响应太慢", room)
    assert cast.zhang.types("/meeting undo M-1", room).startswith("已撤回：一级响应太慢")
    assert [one.withdrawn for one in lines(office)] == [True]


def test_a_line_that_is_named_or_replied_to_is_withdrawn_whatever_came_after_it(office, cast):
    room = office.room("产品", cast.zhang, cast.li)
    convened(office, host=cast.zhang, recorder=cast.li, room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    for line in ("#要点 一级响应太慢", "#要点 人手不够", "/meeting next"):
        cast.zhang.types(line, room)
    sheet = next(one for one in office.paper.to(room.room) if "一级响应太慢" in one.card.title)
    assert cast.zhang.types("撤销", room, to=sheet, called=True).startswith("已撤回：一级响应太慢")
    assert cast.zhang.types("/meeting undo M-1 #4").startswith("已撤回：人手不够")
    assert [one.withdrawn for one in lines(office)] == [True, True]


def test_an_end_that_was_too_early_goes_on(office, cast):
    room = office.room("产品", cast.zhang, cast.li)
    convened(office, host=cast.zhang, recorder=cast.li, room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    cast.zhang.types("/meeting end", room)
    assert "不能这样撤销" in cast.zhang.types("/meeting undo M-1")
    cast.zhang.presses("继续会议")
    assert office.meeting(1).state is MeetingState.RUNNING


def test_the_undo_of_items_shows_the_way_to_the_meetings(office, cast, planned):
    said = cast.zhang.types("/action undo")
    assert said.startswith("你的上一步是对 M-1 做的，不是行动项")
    assert cast.zhang.presses("撤销会议的这一步").startswith("M-1 的上一步已撤销")
    cast.zhang.types(
        "/meeting new 周会 下周三 15:00-16:30 @李四 主持人：张三 记录人：孙七 目标：齐；预期：齐；议题：进度 15分钟"
    )
    cast.zhang.types("/meeting announce! M-2")
    assert cast.zhang.types("撤销").endswith("[记录: /meeting history M-2]"), "what others were told is not undone"
    assert office.meeting(1).state is MeetingState.CANCELLED


def test_and_the_other_way_round(office, cast, item):
    cast.zhang.types("/action note A-1 已排期")
    assert cast.zhang.types("/meeting undo").startswith("你的上一步不是对会议做的")
    assert cast.zhang.presses("A-1").startswith("已撤销 A-1 的")


def test_of_a_confidential_one_neither_the_history_nor_the_undo_says_a_word(office: Office, cast):
    """N8."""
    office.appoints(cast.zhao)
    cast.zhang.types("/meeting new 并购评审 下周三 15:00 @李四 保密：是")
    cast.zhang.types("/meeting edit M-1 目标：谈价格底线")
    for who in (cast.wang, cast.zhao, cast.sun):
        for line in ("/meeting history M-1", "/meeting undo M-1"):
            assert who.types(line).startswith("M-1 是保密的，只有参会人和指定领导可以看。")
            assert "并购" not in who.answer
    assert office.meeting(1).objective == "谈价格底线"


def test_who_is_no_longer_of_it_takes_nothing_back(office: Office, cast):
    cast.zhang.types("/meeting new 并购评审 下周三 15:00 @李四 主持人：王五 保密：是")
    cast.wang.types("/meeting edit M-1 目标：谈价格底线")
    cast.zhang.types("/meeting edit M-1 主持人：@李四")
    cast.zhang.types("/meeting uninvite M-1 @王五")
    assert cast.wang.types("/meeting undo").startswith("M-1 是保密的")
    assert cast.wang.types("/meeting undo M-1").startswith("M-1 是保密的")


def test_in_english(english, crew):
    crew.ann.types("/meeting new Planning next Wednesday 15:00 @Bo objective: agree on Q4")
    crew.ann.types("/meeting edit M-1 objective: agree on Q1")
    assert crew.ann.types("/meeting history M-1").splitlines()[2:5] == [
        "10:00 Ann made the draft",
        "10:00 Ann changed it",
        "   objective",
    ]
    assert crew.ann.types("undo M-1").startswith("The last step on M-1 is taken back")
    assert english.meeting(1).objective == "agree on Q4"
    assert crew.bo.types("/meeting undo M-1").startswith("The last step on M-1 was taken by Ann; they or an admin")
