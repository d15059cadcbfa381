"""Preparing a meeting (P1–P9): a draft by line or form, the agenda, who comes, the notice after a look, what changes later."""

import pytest
from msgspec.structs import replace

from bot.cards import Buttons, Card, File
from bot.domain.meeting import MeetingState, Outcome, Reply
from tests.gathering import PLANNED


@pytest.mark.parametrize(
    "line",
    [
        "/meeting new 产品规划会 下周三 15:00 90分钟 @李四",
        "/会议 新建 @李四 产品规划会 下周三下午3点 1.5小时",
        "/meeting new 下周三 15:00-16:30 产品规划会 @李四",
        "/meeting new 名称：产品规划会 时间：11月25日 15:00 时长：90 参会人：李四",
        "/会议新建产品规划会 2026-11-25 15:00 一个半小时 @李四",
    ],
)
def test_one_line_in_any_order_is_a_draft(office, cast, line):
    assert cast.zhang.types(line).startswith("已建草稿 M-1：产品规划会")
    meeting = office.meeting(1)
    assert (meeting.title, meeting.length, meeting.state) == ("产品规划会", 90, MeetingState.DRAFT)
    assert f"{meeting.start:%m-%d %H:%M}" == "11-25 07:00"
    assert [one.person for one in meeting.invitees] == [cast.li.person.id, cast.zhang.person.id]


def test_a_draft_notifies_nobody(office, cast, planned):
    cast.zhang.types("/meeting edit M-1 地点：5 楼")
    cast.zhang.types("/meeting topic M-1 add 预算 10分钟")
    cast.zhang.types("/meeting invite M-1 @赵六")
    assert office.told() == {}


def test_an_empty_line_asks_everything_and_a_begun_one_only_the_rest(office, cast):
    cast.zhang.types("/meeting new")
    assert [one.name for one in cast.zhang.form.fields if one.required] == ["title", "start"]
    cast.zhang.types("/meeting new 产品规划会 @李四")
    assert [one.name for one in cast.zhang.form.fields] == ["start"]
    assert cast.zhang.types("下周三 15:00").startswith("已建草稿 M-1：产品规划会")
    assert cast.li.person.id in office.meeting(1).people


def test_a_day_without_an_hour_asks_for_the_hour(office, cast):
    cast.zhang.types("/meeting new 产品规划会 下周三")
    assert [(one.name, one.value) for one in cast.zhang.form.fields] == [("start", "2026-11-25")]
    cast.zhang.types("15:00")
    assert f"{office.meeting(1).start:%m-%d %H:%M}" == "11-25 07:00"


def test_the_form_says_what_could_not_be_used_and_keeps_the_rest(office, cast):
    cast.zhang.types("/meeting new")
    cast.zhang.fills(title="产品规划会", start="下周三 15:00", host="李四", kind="decision", length="很久")
    assert "很久" in cast.zhang.answer
    assert [one.name for one in cast.zhang.form.fields] == ["length"]
    assert cast.zhang.fills(length="45分钟").startswith("已建草稿 M-1")
    meeting = office.meeting(1)
    assert (meeting.length, meeting.kind, meeting.host) == (45, "decision", cast.li.person.id)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("产品规划会 今天 9:00", "已经过了"),
        ("产品规划会 昨天 15:00", "已经过去"),
        ("产品规划会 下周三 16:30-15:00", "不晚于开始"),
        ("产品规划会 下周三 15:00 结束：14:00", "不晚于开始"),
        ("产品规划会 下周三 15:00 0分钟", "1 到 1440 分钟"),
        ("产品规划会 尽快 @李四", "尽快"),
        ("产品规划会 下周三 15:00 类型：茶话会", "没有“茶话会”这类会议"),
        ("产品规划会 下周三 15:00 @大家", "不是确切的人"),
        ("产品规划会 下周三 15:00 @钱九", "没有“钱九”"),
        ("产品规划会 下周三 15:00 " + "".join(f"议题：第{n}项；" for n in range(6)), "最多 5 个"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(office, cast, line, said):
    assert said in cast.zhang.types(f"/meeting new {line}")
    assert office.meetings() == []


def test_a_refused_time_comes_back_with_a_button_that_asks_for_another(office, cast):
    cast.zhang.types("/meeting new 产品规划会 今天 9:00 @李四 目标：定方向")
    cast.zhang.presses("选日期")
    cast.zhang.fills(start="今天 17:00")
    meeting = office.meeting(1)
    assert (meeting.title, meeting.objective, f"{meeting.start:%H:%M}") == ("产品规划会", "定方向", "09:00")


def test_a_department_is_invited_whole(office, cast):
    cast.zhang.types("/meeting new 客服例会 明天 10:00 @客服部")
    assert office.meeting(1).people == {one.person.id for one in (cast.zhao, cast.zhang, cast.sun)}


def test_who_leads_and_who_records_are_invited_by_that(office, cast):
    cast.zhang.types("/meeting new 产品规划会 下周三 15:00 主持人：李四 记录人：孙七")
    assert {cast.li.person.id, cast.sun.person.id} <= {one.person for one in office.meeting(1).invitees}


def test_the_agenda_is_ordered_by_priority_and_reckoned(office, cast, planned):
    meeting = office.meeting(planned)
    assert [topic.title for topic in meeting.agenda] == ["人员", "客诉流程"]
    assert (meeting.agenda[1].presenter, meeting.agenda[1].outcome) == (cast.li.person.id, Outcome.DECIDE)
    assert "议程共 45 分钟，会议 90 分钟" in cast.zhang.types("/meeting topic M-1 add 预算 10分钟 通报")


def test_topics_are_changed_ordered_and_dropped_by_their_place(office, cast, planned):
    cast.zhang.types("/meeting topic M-1 edit 2 25分钟 @王五")
    changed = office.meeting(planned).agenda[1]
    assert (changed.title, changed.minutes, changed.presenter) == ("客诉流程", 25, cast.wang.person.id)
    assert "超过 20 分钟" in cast.zhang.answer
    cast.zhang.types("/meeting topic M-1 order 2 1")
    assert [one.title for one in office.meeting(planned).agenda] == ["客诉流程", "人员"]
    cast.zhang.types("/meeting topic M-1 drop 1")
    assert [one.title for one in office.meeting(planned).agenda] == ["人员"]


def test_a_sixth_topic_needs_a_press_that_says_so(office, cast, planned):
    for n in range(3):
        cast.zhang.types(f"/meeting topic M-1 add 第{n}项 5分钟")
    assert "已有 5 个议题" in cast.zhang.types("/meeting topic M-1 add 第六项 @李四 通报 5分钟")
    assert len(office.meeting(planned).agenda) == 5
    cast.zhang.presses("还是要加")
    sixth = office.meeting(planned).agenda[-1]
    assert (sixth.title, sixth.presenter, sixth.outcome) == ("第六项", cast.li.person.id, Outcome.INFORM)


def test_an_agenda_that_does_not_fit_says_by_how_much_and_lengthens_at_one_press(office, cast, planned):
    assert "多 35 分钟" in cast.zhang.types("/meeting topic M-1 add 长题 90分钟")
    assert "长 35 分钟" in cast.zhang.types("/meeting announce! M-1")
    cast.zhang.presses("会议加长 35 分钟")
    assert office.meeting(planned).length == 125
    assert cast.zhang.types("/meeting announce! M-1").startswith("M-1 已通知")


def test_an_invitee_proposes_and_the_organizer_decides(office, cast, planned):
    cast.li.types("/meeting propose M-1 预算 10分钟")
    cast.wang.types("/meeting propose M-1 食堂")
    assert office.told() == {"张三": ["李四 提议议题：预算（Q4 产品规划会）", "王五 提议议题：食堂（Q4 产品规划会）"]}
    assert len(office.meeting(planned).agenda) == 2
    cast.zhang.presses("采纳", on=cast.zhang.cards[0])
    cast.zhang.types("/meeting drop M-1 食堂 这次时间不够")
    assert office.told()["李四"] == ["你的议题已采纳：预算（Q4 产品规划会）"]
    assert "这次时间不够" in cast.wang.reads
    assert [one.title for one in office.meeting(planned).topics] == ["人员", "客诉流程", "预算"]


def test_a_material_is_named_by_rule_and_who_owes_one_is_told_with_the_agenda(office, cast, planned):
    cast.zhang.types("/meeting material M-1 2 @李四")
    cast.zhang.types("/meeting material M-1 1 https://example.com/人员.xlsx")
    assert office.told() == {}
    name = "Q4_产品规划会-人员-20261125"
    assert office.meeting(planned).agenda[0].materials[0].name == name
    cast.zhang.types("/meeting announce! M-1")
    assert "请准备材料：Q4_产品规划会-客诉流程-20261125" in cast.li.reads
    cast.li.types("/meeting material M-1 https://example.com/流程.docx")
    (brought,) = office.meeting(planned).agenda[1].materials
    assert brought.url == "https://example.com/流程.docx"
    assert f"{name} https://example.com/人员.xlsx" in cast.wang.reads


def test_what_nobody_could_approve_is_not_offered_to_be_sent(office, cast):
    """P2, where the workplace has neither approvers nor an admin: said before the button, not after it."""
    cast.zhang.types(f"{PLANNED}；类型：决策会；事由：预算提前")
    preview = cast.zhang.types("/meeting announce M-1")
    assert preview == cast.zhang.types("/meeting announce! M-1")
    assert "发出" not in preview


def test_nothing_is_announced_without_what_the_handbook_asks(office, cast):
    cast.zhang.types("/meeting new 产品规划会 下周三 15:00")
    said = cast.zhang.types("/meeting announce M-1")
    assert said.startswith("M-1 还不能发通知")
    assert "发通知前还要补：目标、预期成果、主持人、记录人、参会人、议题" in said
    assert "还缺目标" in cast.zhang.types("/meeting announce! M-1")
    cast.zhang.presses("补上")
    wanted = ["objective", "expected", "host", "recorder", "invitees", "topic"]
    assert [one.name for one in cast.zhang.form.fields] == wanted
    cast.zhang.fills(
        objective="定方向",
        expected="三个功能",
        host="张三",
        recorder="孙七",
        invitees="李四, 王五",
        topic="功能 20分钟",
    )
    assert cast.zhang.types("/meeting announce! M-1").startswith("M-1 已通知")
    assert set(office.told()) == {"李四", "王五", "孙七"}


def test_before_it_is_sent_one_sees_who_will_hear(office, cast, planned):
    said = cast.zhang.types("/meeting announce M-1")
    assert said.startswith("M-1 将通知 3 人，现在发吗？\n会收到的人：李四、王五、孙七")
    assert office.told() == {}
    assert office.meeting(planned).state is MeetingState.DRAFT
    cast.zhang.presses("发出")
    assert set(office.told()) == {"李四", "王五", "孙七"}
    assert office.meeting(planned).state is MeetingState.ANNOUNCED


def test_the_notice_holds_everything_and_the_recorder_gets_the_template(office, cast, announced):
    said = cast.li.reads
    for words in (
        "请参加：Q4 产品规划会，11月25日（周三）15:00",
        "11月25日（周三）15:00–16:30（GMT+8）",
        "地点 3 楼",
        "类型 例会",
        "目标 定下四季度方向",
        "预期成果 选出三个功能",
        "主持人 张三",
        "记录人 孙七",
        "你要讲：客诉流程",
    ):
        assert words in said
    assert [one.name for one in _files(cast.li.cards[-1])] == ["M-1.ics"]
    entry, template = _files(cast.sun.cards[-1])
    assert (entry.name, template.name) == ("M-1.ics", "M-1.md")
    assert "## 2. 客诉流程" in template.content.decode()


def test_each_reader_reads_their_own_clock(office, cast):
    office.hires("Ben", language="en", timezone="Europe/Berlin")
    cast.zhang.types(PLANNED.replace("@王五", "@Ben"))
    cast.zhang.types("/meeting announce! M-1")
    office.until("2026-11-18 16:00")
    ben = next(one for one in office.paper.sheets if "Please come" in one.card.title)
    assert ben.card.title == "Please come: Q4 产品规划会, Wed 25 Nov, 08:00"


def test_who_comes_who_does_not_and_who_comes_instead(office, cast, announced):
    cast.li.presses("参加")
    assert office.told() == {}
    cast.wang.presses("请假")
    cast.wang.fills(why="在外出差")
    assert "王五 请假" in cast.zhang.reads
    assert "在外出差" in cast.zhang.reads
    office.told()
    cast.wang.types("/meeting proxy M-1 @赵六 我在外地")
    assert office.told() == {
        "张三": ["王五 请 赵六 代替：Q4 产品规划会"],
        "赵六": ["请参加：Q4 产品规划会，11月25日（周三）15:00"],
    }
    assert "你代替 王五 参加。" in cast.zhao.reads
    replies = {one.person: one.reply for one in office.meeting(announced).invitees}
    assert (replies[cast.li.person.id], replies[cast.wang.person.id]) == (Reply.ACCEPTED, Reply.PROXY)
    assert "参加 2、派人代替 1" in cast.zhang.types("/meeting show M-1")


def test_an_answer_typed_is_answered_with_when_and_where_and_no_agenda(office, cast, announced):
    for line in ("decline M-1 出差", "propose M-1 预算 10分钟"):
        said = cast.wang.types(f"/meeting {line}")
        assert "时间 11月25日（周三）15:00–16:30（GMT+8）\n地点 3 楼" in said
        assert "客诉流程" not in said


def test_the_same_proxy_may_be_named_again_as_after_a_reschedule(office, cast, announced):
    cast.wang.types("/meeting proxy M-1 @赵六 我在外地")
    cast.zhang.types("/meeting reschedule M-1 17:00")
    assert cast.wang.types("/meeting proxy M-1 @赵六 还在外地").startswith("M-1 由别人代你参加")
    assert office.meeting(announced).invitee(cast.zhao.person.id).why == "还在外地"


def test_a_reply_under_the_notice_is_an_answer_to_it(office, cast, announced):
    assert "已答复参加 M-1" in cast.li.types("参加", to=cast.li.sheets[-1])


def test_somebody_who_is_invited_is_no_proxy(office, cast, announced):
    assert "李四本来就要参加 M-1" in cast.wang.types("/meeting proxy M-1 @李四")


def test_more_than_ten_are_warned_about_and_a_hundred_too(office, cast, planned):
    crowd = [office.hires(f"同事{n:03}") for n in range(100)]
    few = " ".join(f"@{one.name}" for one in crowd[:7])
    assert "参会 11 人，超过 10 人" in cast.zhang.types(f"/meeting invite M-1 {few}")
    rest = ", ".join(one.name for one in crowd[7:])
    cast.zhang.types("/meeting invite M-1")
    assert "参会 104 人" in cast.zhang.fills(invitees=rest)
    cast.zhang.types("/meeting announce M-1")
    assert cast.zhang.answer.startswith("M-1 将通知 103 人")


def test_host_and_recorder_stay_until_somebody_else_is_that(office, cast, planned):
    assert "孙七是 M-1 的记录人，不能移出" in cast.zhang.types("/meeting uninvite M-1 @孙七")
    cast.zhang.presses("换记录人")
    assert [one.name for one in cast.zhang.form.fields] == ["recorder"]
    cast.zhang.fills(recorder="李四")
    assert "已移出" in cast.zhang.types("/meeting uninvite M-1 @孙七")


def test_somebody_who_left_is_not_announced_to(office, cast, planned):
    _leaves(office, cast.wang)
    assert "王五已经离开" in cast.zhang.types("/meeting announce! M-1")
    cast.zhang.presses("移出")
    assert cast.zhang.types("/meeting announce! M-1").startswith("M-1 已通知")
    assert set(office.told()) == {"李四", "孙七"}


def test_a_host_who_left_is_replaced_first(office, cast):
    cast.zhang.types(PLANNED.replace("主持人：张三", "主持人：王五"))
    _leaves(office, cast.wang)
    cast.zhang.types("/meeting announce! M-1")
    cast.zhang.presses("换主持人")
    cast.zhang.fills(host="张三")
    assert office.meeting(1).host == cast.zhang.person.id


def _leaves(office, who):
    gone = replace(who.person, active=False)
    office.runner.run(office.store.write(lambda records: records.people.save(gone)))


def _files(card: Card) -> list[File]:
    return [block for block in card.blocks if isinstance(block, File)]


def _labels(card) -> list[str]:
    return [button.label for block in card.blocks if isinstance(block, Buttons) for button in block.buttons]
