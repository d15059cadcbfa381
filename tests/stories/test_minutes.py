"""From the end of a meeting to everybody's 已阅 (N1–N4): the draft, the review, the distribution, who has read them."""

import pytest
from msgspec.structs import replace

from bot.cards import plain
from bot.domain.captured import Verdict
from bot.domain.minutes import MinutesState
from tests.ended import ended, pressable, titles

# --- N1: the draft ---


def test_the_recorder_gets_the_draft_with_the_hour_by_which_it_is_owed(office, cast, held):
    assert titles(cast.li) == ["纪要草稿已备好，请在 11月19日（周四）10:00 前提交：Q3 产品规划会"]
    assert pressable(cast.li) == ["提交审核", "修改", "查看全文"]
    assert [sheet for who in (cast.wang, cast.zhang, cast.zhao, cast.sun) for sheet in who.sheets] == []


def test_the_draft_holds_what_was_captured(cast, held):
    said = cast.li.types("/纪要 查看 M-1")
    for part in (
        "会议纪要：Q3 产品规划会（11月18日）", "缺席 赵六（出差）", "出席 王五、李四、张三、孙七", "1. 上线范围（王五）", "• 网页版用户最多",
        "结论：先上线网页版", "1. 同意：先上线网页版。理由：用户最多", "2. 否决：自建短信网关", "A-1 上线客诉流程", "• 海外版本", "确定第三季度的范围",
    ):  # fmt: skip
        assert part in said


def test_nothing_unreviewed_is_shown_to_who_does_not_make_it(cast, held):
    for who in (cast.zhang, cast.zhao, cast.sun):
        for line in ("/minutes show M-1", "/minutes history M-1", "/minutes changes M-1", "/minutes correct M-1 不对"):
            assert who.types(line).startswith("M-1 v1 还没有分发")
        assert "没有找到" in who.types("/minutes search 网页版")


def test_the_recorder_is_reminded_at_twenty_hours_and_the_host_hears_at_twenty_four(office, cast, held):
    office.until("2026-11-19 08:31")
    assert titles(cast.li) == ["纪要请在 10:00 前提交：Q3 产品规划会"]
    assert cast.wang.sheets == []
    office.until("2026-11-19 10:01")
    assert titles(cast.wang) == ["纪要已过 10:00 还没提交（李四）：Q3 产品规划会"]
    office.advance(days=2)
    assert len(cast.wang.sheets) == 1


def test_who_submits_in_time_is_reminded_of_nothing(office, cast, held):
    cast.li.presses("提交审核")
    office.until("2026-11-19 08:59")
    assert len(cast.li.sheets) == 1
    assert [sheet.card.title for sheet in cast.wang.sheets] == ["请审核会议纪要：Q3 产品规划会"]


def test_an_outage_over_both_marks_says_each_once_late(office, cast, held):
    office.sleeps_until("2026-11-19 15:00")
    assert titles(cast.li) == ["纪要该在 10:00 前提交，已经过了：Q3 产品规划会"]
    assert titles(cast.wang) == ["纪要已过 10:00 还没提交（李四）：Q3 产品规划会"]
    office.advance(hours=4)
    assert (len(cast.li.sheets), len(cast.wang.sheets)) == (2, 1)


def test_sections_are_edited_one_by_one_in_either_language(cast, held):
    said = cast.li.types(
        "/minutes edit M-1 决议2：暂缓 自建短信网关，因为费用不明\npoints 2: 费用翻倍\n搁置1：海外版本 @张三"
    )
    assert "− 否决：自建短信网关" in said
    assert "+ 暂缓：自建短信网关。理由：费用不明" in said
    minutes = held.minutes()
    assert (minutes.decisions[1].verdict, minutes.decisions[1].why) == (Verdict.DEFERRED, "费用不明")
    assert minutes.topics[1].points == "费用翻倍"
    assert minutes.parked[0].follower == cast.zhang.person.id


def test_a_line_without_a_number_adds_and_a_dash_takes_away(cast, held):
    cast.li.types("/minutes edit M-1 决议：同意 下周复盘")
    cast.li.types("/minutes edit M-1 决议1：-")
    assert [one.text for one in held.minutes().decisions] == ["自建短信网关", "下周复盘"]


def test_who_was_there_after_all_has_to_acknowledge(cast, held):
    cast.li.types("/minutes edit M-1 出席：王五、李四、张三、孙七、赵六")
    minutes = held.minutes()
    assert minutes.absent == ()
    assert minutes.must == (cast.zhang.person.id, cast.sun.person.id, cast.zhao.person.id)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("结果1：好", "没看懂“结果1：好”要改哪里"),
        ("要点7：好", "没有第 7 个议题，这次会议有 2 个"),
        ("决议9：同意 好", "没有第 9 条，现在有 2 条"),
        ("决议1：同意", "只有结论，没有写决定了什么"),
        ("搁置1：海外 @钱二", "这里没有“钱二”"),
        ("目标：" + "长" * 3001, "最多 3,000 个"),
        ("目标：确定第三季度的范围", "没有改动"),
    ],
)
def test_what_cannot_be_done_says_what_to_do_instead_and_changes_nothing(cast, held, line, says):
    before = held.minutes()
    assert says in cast.li.types(f"/minutes edit M-1 {line}")
    assert held.minutes() == before


def test_the_form_begins_with_what_stands_there_and_sent_unchanged_changes_nothing(cast, held):
    cast.li.types("/minutes edit M-1")
    values = {field.name: field.value for field in cast.li.form.fields}
    assert values["decisions"] == "同意 先上线网页版 因为 用户最多（议题 1）\n否决 自建短信网关（议题 2）"
    assert values["topic-1"] == "网页版用户最多"
    assert values["absent"] == "赵六：出差"
    assert "没有改动" in cast.li.fills(**values)


# --- N1: two at one draft ---


def test_two_who_edit_different_parts_lose_nothing_and_are_not_asked(cast, held):
    cast.li.types("/minutes edit M-1")
    mine = {field.name: field.value for field in cast.li.form.fields}
    cast.wang.types("/minutes edit M-1 目标：只定范围")
    said = cast.li.fills(**{**mine, "more": "谢谢场地"})
    assert "+ 谢谢场地" in said
    assert (held.minutes().objective, held.minutes().more) == ("只定范围", "谢谢场地")


def test_what_was_talked_about_longer_than_a_form_takes_keeps_nobody_from_saving_the_rest(office, cast):
    """Ten points of 400 characters were too much for the very form that showed them."""
    points = [("note", 1, f"{n}{'长' * 400}") for n in range(10)]
    long = ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li], captures=points)
    cast.li.types("/minutes edit M-1")
    shown = {field.name: field.value for field in cast.li.form.fields}
    assert "+ 谢谢场地" in cast.li.fills(**{**shown, "more": "谢谢场地"})
    assert len(long.minutes().topics[0].points) > 4_000


def test_the_second_at_the_same_part_sees_what_the_first_made_of_it_and_keeps_their_own(cast, held):
    cast.li.types("/minutes edit M-1")
    mine = {field.name: field.value for field in cast.li.form.fields}
    cast.wang.types("/minutes edit M-1 目标：只定范围")
    cast.li.fills(**{**mine, "objective": "定范围和排期", "more": "谢谢场地"})
    form = cast.li.form
    fields = {field.name: field for field in form.fields}
    assert "有人改过" in form.note
    assert fields["objective"].value == "定范围和排期"
    assert fields["objective"].problem == "王五已改成：只定范围"
    assert fields["more"].value == "谢谢场地"
    assert held.minutes().objective == "只定范围"
    cast.li.fills(**{field.name: field.value for field in form.fields})
    assert (held.minutes().objective, held.minutes().more) == ("定范围和排期", "谢谢场地")
    cast.li.fills(present="没人")
    assert "还没有保存" in cast.li.form.note
    assert "有人" not in cast.li.form.note, "where nobody did, it is not said"


def test_the_second_who_types_sees_that_the_first_has_just_written_there(office, cast, held):
    cast.wang.types("/minutes edit M-1 目标：只定范围")
    office.advance(minutes=5)
    said = cast.li.types("/minutes edit M-1 目标：定范围和排期")
    assert "王五在 10:00 刚改过这里" in said
    assert "− 只定范围" in said
    assert "+ 定范围和排期" in said
    assert "刚改过" not in cast.li.types("/minutes edit M-1 目标：定范围")


# --- N2: the review ---


def test_the_host_returns_with_remarks_and_the_draft_is_the_recorders_again(cast, held):
    cast.li.presses("提交审核")
    cast.wang.presses("退回")
    cast.wang.fills(why="写明海外版本谁跟进")
    assert titles(cast.li) == ["纪要被退回，请修改后再提交：Q3 产品规划会"]
    assert "> 写明海外版本谁跟进" in cast.li.reads
    assert held.minutes().state is MinutesState.DRAFT
    assert "还在起草，不能审核通过纪要" in cast.wang.types("/minutes approve M-1")


def test_submitted_minutes_are_nobodys_to_edit(cast, held):
    cast.li.presses("提交审核")
    assert "正在等主持人审核，不能修改纪要" in cast.li.types("/minutes edit M-1 目标：好")


def test_only_the_host_approves(cast, held):
    cast.li.presses("提交审核")
    assert "只有王五可以审核通过纪要" in cast.li.types("/minutes approve M-1")


def test_the_host_is_reminded_on_the_next_working_morning(office, cast, held):
    cast.li.presses("提交审核")
    office.until("2026-11-19 09:01")
    assert titles(cast.wang, 2) == ["请审核会议纪要：Q3 产品规划会"] * 2


def test_approval_keeps_the_actions_as_they_stand_then(cast, held, sent):
    assert [one.label for one in held.minutes().actions] == ["A-1", "A-2"]
    cast.wang.types("/action edit A-1 内容：上线另一个流程")
    assert "上线客诉流程" in cast.zhang.types("/minutes show M-1")


# --- N3: the distribution ---


def test_all_of_it_goes_to_attendees_and_what_concerns_them_to_absentees(cast, sent):
    assert cast.zhang.cards[-1].title == "请确认会议纪要：Q3 产品规划会（11月18日）"
    assert "决议 2 条 · 行动项 2 项，其中你负责 1 项 · 请在 11月19日（周四）10:00 前确认" in cast.zhang.reads
    assert "• 网页版用户最多" in cast.zhang.reads
    assert pressable(cast.zhang) == ["已阅，无异议", "提出更正"]
    assert cast.zhao.cards[-1].title == "会议纪要摘要：Q3 产品规划会（11月18日）"
    assert "A-2 写压测报告" in cast.zhao.reads
    assert "A-1" not in cast.zhao.reads
    assert "网页版用户最多" not in cast.zhao.reads
    assert pressable(cast.zhao) == ["查看全文"]


def test_who_was_absent_hears_what_was_parked_for_them(office, cast, held):
    cast.li.types("/minutes edit M-1 搁置1：海外版本 @赵六")
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    assert "待进一步讨论，由你跟进\n• 海外版本\n" in cast.zhao.reads


def test_long_ones_come_as_decisions_and_actions_and_the_whole_is_one_press_away(office, cast):
    many = tuple(("note", 1, f"第{number}个要点" * 8) for number in range(40))
    ended(
        office,
        host=cast.wang,
        recorder=cast.li,
        here=[cast.wang, cast.li, cast.sun],
        captures=(*many, *CHINESE_DECISION),
    )
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    assert len(plain(cast.sun.cards[-1])) < 400
    assert "先上线网页版" in cast.sun.reads
    assert "第39个要点" in cast.sun.presses("查看全文")


CHINESE_DECISION = (("decision", 1, "先上线网页版", Verdict.AGREED, ""),)


def test_what_is_approved_at_night_is_read_in_the_morning(office, cast, held):
    cast.li.types("/minutes submit M-1")
    office.until("2026-11-18 22:00")
    cast.wang.types("/minutes approve M-1")
    assert cast.zhang.sheets == []
    office.until("2026-11-19 08:31")
    assert titles(cast.zhang) == ["请确认会议纪要：Q3 产品规划会（11月18日）"]


# --- N4: 已阅 ---


def test_everybody_sees_how_many_and_only_recorder_and_host_who(office, cast, sent):
    assert "已阅 0/2" in cast.sun.reads
    assert cast.zhang.presses("已阅，无异议") == "已确认 M-1 v1（已阅 1/2）"
    assert "已阅 1/2" in cast.sun.reads
    assert "未确认：孙七" in cast.li.reads
    assert cast.li.types("/minutes readers M-1").startswith("M-1 v1：已阅 1/2\n未确认：孙七")
    assert "只有李四或王五可以看" in cast.sun.types("/minutes readers M-1")
    assert "张三" not in cast.sun.types("/minutes history M-1")


def test_where_nobody_has_to_confirm_nothing_is_counted_and_nobody_is_said_to_have_read(office, cast):
    """Host and recorder alone were there: 已阅 0/0 and "read by all" were said of it."""
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li], captures=CHINESE_DECISION)
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    assert cast.li.cards[-1].title == "会议纪要已分发并归档：Q3 产品规划会（11月18日）"
    assert cast.wang.types("/minutes readers M-1").startswith("M-1 v1：没有人需要确认")


def test_a_second_press_and_one_who_need_not_are_told_so(cast, sent):
    cast.zhang.presses("已阅，无异议")
    assert cast.zhang.types("已阅 M-1").startswith("你已经确认过 M-1 v1")
    assert cast.zhao.types("/minutes acknowledge M-1").startswith("M-1 v1 不需要你确认")


def test_only_who_has_not_is_reminded_once_and_then_recorder_and_host_see_who(office, cast, sent):
    cast.zhang.presses("已阅，无异议")
    office.told()
    office.until("2026-11-19 08:45")
    assert office.told() == {"孙七": ["会议纪要等你确认：Q3 产品规划会（11月18日）"]}
    office.until("2026-11-19 10:05")
    assert office.told() == {"李四": ["M-1 v1：已阅 1/2"], "王五": ["M-1 v1：已阅 1/2"]}
    assert "未确认：孙七，已在 08:30 提醒一次" in cast.wang.reads
    office.advance(hours=24)
    assert not [
        line for lines in office.told().values() for line in lines if "M-1" in line or "纪要" in line.split("第")[0]
    ]


def test_recorder_and_host_see_whom_a_reminder_reached_and_when(office, cast, sent):
    """VOICE: who has confirmed, who has not, and when each was reminded; nobody else sees any of it."""
    assert "未确认：张三、孙七\n" in cast.li.types("/minutes readers M-1")
    office.until("2026-11-19 08:00")
    assert "未确认：张三、孙七，08:30 提醒" in cast.li.types("/minutes readers M-1"), "it waits for their hours (T3)"
    office.until("2026-11-19 09:00")
    assert "未确认：张三、孙七，已在 08:30 各提醒一次" in cast.li.types("/minutes readers M-1")
    assert cast.sun.presses("已阅，无异议").startswith("已确认")
    assert "未确认：张三，已在 08:30 提醒一次" in cast.wang.types("/minutes readers M-1")
    assert "提醒一次" not in cast.zhang.types("/minutes history M-1") + cast.zhang.types("/minutes show M-1")


def test_an_hour_that_has_passed_is_not_asked_for_any_more(office, cast, sent):
    """What went out on a Friday asked on Monday to be confirmed by Saturday."""
    assert "请在 11月19日（周四）10:00 前确认" in cast.sun.reads
    office.until("2026-11-19 10:30")
    assert "已过确认时限（10:00），请现在确认" in cast.sun.types("/action home")


def test_each_by_their_own_clock(office, cast, held):
    """张三 reads in Berlin, where the reminder waits for half past eight."""
    there = replace(cast.zhang.person, timezone="Europe/Berlin")
    office.runner.run(office.store.write(lambda records: records.people.save(there)))
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    office.until("2026-11-19 16:00")
    said = cast.li.types("/minutes readers M-1")
    assert "未确认：孙七，已在 08:30 提醒一次" in said
    assert "未确认：张三，已在 15:30 提醒一次" in said


def test_of_the_next_edition_nobody_has_been_reminded_yet(office, cast, sent):
    office.until("2026-11-19 09:00")
    cast.li.types("/minutes revise M-1 更正")
    cast.li.types("/minutes edit M-1 决议2：暂缓 自建短信网关")
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    assert "提醒" not in cast.li.types("/minutes readers M-1")


def test_the_last_one_archives_them_and_nobody_is_reminded(office, cast, sent):
    cast.zhang.presses("已阅，无异议")
    cast.sun.types("已阅", to=cast.sun.sheets[-1])
    assert sent.minutes().state is MinutesState.ARCHIVED
    assert cast.li.cards[-1].title == "会议纪要全部已阅，已归档：Q3 产品规划会（11月18日）"
    office.told()
    office.until("2026-11-19 12:00")
    assert office.told() == {}


def test_a_correction_is_asked_of_recorder_and_host_as_written(cast, sent):
    cast.sun.presses("提出更正")
    assert cast.sun.fills(why="决议2 是“暂缓”") == "已把你的更正告诉李四和王五"
    for who in (cast.li, cast.wang):
        assert titles(who) == ["孙七请求更正 M-1 v1"]
        assert "> 决议2 是“暂缓”" in who.reads
        assert pressable(who) == ["修订新版", "查看全文"]


def test_who_has_asked_for_a_correction_is_not_reminded(office, cast, sent):
    """N4: they have answered; recorder and host see what."""
    cast.sun.presses("提出更正")
    cast.sun.fills(why="决议2 是“暂缓”")
    office.told()
    office.until("2026-11-19 10:05")
    assert office.told() == {
        "张三": ["会议纪要等你确认：Q3 产品规划会（11月18日）"],
        "李四": ["M-1 v1：已阅 0/2"], "王五": ["M-1 v1：已阅 0/2"],
    }  # fmt: skip
    assert "未确认：张三，已在 08:30 提醒一次\n已提出更正：孙七" in cast.wang.reads
    cast.sun.types("已阅 M-1")
    assert "已提出更正" not in cast.wang.reads


def test_who_asks_for_one_before_the_reminder_arrives_does_not_get_it(office, cast, sent):
    office.until("2026-11-19 07:00")
    cast.sun.types("/minutes correct M-1 决议2 是“暂缓”")
    office.told()
    office.until("2026-11-19 08:45")
    assert "孙七" not in office.told()


def test_who_has_left_since_the_meeting_is_not_waited_for(office, cast, held):
    gone = replace(cast.sun.person, active=False)
    office.runner.run(office.store.write(lambda records: records.people.save(gone)))
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    assert held.minutes().must == (cast.zhang.person.id,)


def test_an_admin_hears_whom_the_minutes_do_not_reach_and_not_what_they_say(office, cast, held):
    boss = office.hires("吴九")
    office.appoints(boss)
    del office.paper.profiles[cast.sun.account.user_id]
    cast.li.types("/minutes submit M-1")
    cast.wang.types("/minutes approve M-1")
    assert titles(boss) == ["消息送不到：孙七"]
    assert "M-1" not in boss.reads
