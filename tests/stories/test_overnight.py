"""What is given and taken back while somebody may not be written to (T3): in the morning they hear what is true, and only that."""

import pytest

from bot.domain.action import State
from tests.ended import ended

FRIDAY_NIGHT, MONDAY = "2026-11-20 20:30", "2026-11-23 08:30"


@pytest.fixture
def three(office, cast):
    """A-1, A-2 and A-3 of 李四's, who has accepted them; it is Friday night."""
    for words in ("接口文档", "压测报告", "上线清单"):
        cast.zhang.types(f"/action add {words} @李四 12月11日")
    cast.li.types("/action accept A-1 A-2 A-3")
    office.until(FRIDAY_NIGHT)
    office.told()


def morning(office, who):
    """What somebody is told on Monday when they may be disturbed."""
    office.until(MONDAY)
    return office.told().get(who.name, [])


def test_several_are_handed_on_by_one_line(office, cast, three):
    """A14: in one step."""
    assert cast.zhang.types("/action assign A-1 A-2 A-3 @孙七 李四出差").startswith("已转交 3 项")
    assert {office.action(number).owner for number in (1, 2, 3)} == {cast.sun.person.id}
    assert {office.history(number)[-1].why for number in (1, 2, 3)} == {"李四出差"}
    assert morning(office, cast.sun) == ["3 项行动由你负责，请确认"]


def test_to_whom_is_asked_once_for_all_of_them(office, cast, three):
    cast.zhang.types("/action assign A-1 A-2")
    assert cast.zhang.types("@孙七").startswith("已转交 2 项")
    assert {office.action(number).owner for number in (1, 2)} == {cast.sun.person.id}


def test_several_go_together_or_not_at_all(office, cast, three):
    cast.zhang.types("/action cancel A-2 不做了")
    said = cast.zhang.types("/action assign A-1 A-2 A-9 A-3 @孙七 李四出差")
    assert said.splitlines()[:3] == [
        "4 项都没有改动，有 2 项办不了：", "A-2 现在是“已取消”，不能转交。", "没有 A-9。",
    ]  # fmt: skip
    assert {office.action(number).owner for number in (1, 2, 3)} == {cast.li.person.id}
    assert [office.history(number)[-1].refused for number in (1, 2)] == [False, True], "A2: where it was refused"
    cast.zhang.presses("其余 2 项照办")
    assert {office.action(number).owner for number in (1, 3)} == {cast.sun.person.id}
    assert office.history(3)[-1].why == "李四出差"


def test_what_is_done_already_keeps_nobody_from_the_rest(office, cast, three):
    """The first of a list was accepted before: the others are one press away, without what was said of it once."""
    cast.zhang.types("/action add 验收单 @李四 12月11日")
    said = cast.li.types("/action accept A-1, A-4")
    assert said.splitlines()[0] == "2 项都没有改动，有 1 项办不了："
    assert "A-1 已由李四于" in said
    cast.li.presses("其余 1 项照办")
    assert office.action(4).state is State.IN_PROGRESS
    assert cast.li.types("/action accept A-1 A-4").startswith("A-1 已由李四于"), "all of them: no list of the same"


def test_a_reason_is_not_asked_for_what_cannot_be_done(office, cast, three):
    cast.zhang.types("/action cancel A-2 不做了")
    assert cast.li.types("/action submit A-1 A-2").startswith("2 项都没有改动")
    cast.li.presses("其余 1 项照办")
    assert cast.li.types("在共享盘").startswith("已提交 A-1")


def test_who_was_to_get_what_is_cancelled_by_morning_hears_nothing_of_it(office, cast, three):
    cast.zhang.types("/action assign A-1 A-2 A-3 @孙七")
    cast.zhang.types("/action cancel A-2 不做了")
    assert morning(office, cast.sun) == ["2 项行动由你负责，请确认"]
    assert "A-2" not in cast.sun.reads
    cast.sun.presses("全部接受（2 项）")


def test_nor_of_what_was_handed_on_to_somebody_else(office, cast, three):
    cast.zhang.types("/action assign A-1 A-2 A-3 @孙七")
    cast.zhang.types("/action assign A-2 A-3 @赵六")
    office.until(MONDAY)
    assert office.told() == {
        "孙七": ["请确认：A-1 由你负责，12月11日（周五）到期"],
        "赵六": ["2 项行动由你负责，请确认"],
        "李四": ["3 项已转交孙七、赵六，不再由你负责"],
    }


@pytest.mark.parametrize("ended", ["/action cancel A-1 不做了", "/action assign A-1 @赵六", "/action undo A-1"])
def test_one_alone_is_never_spoken_of_either(office, cast, three, ended):
    cast.zhang.types("/action assign A-1 @孙七")
    cast.zhang.types(ended)
    assert morning(office, cast.sun) == []


def test_all_of_them_gone_is_no_message(office, cast, three):
    cast.zhang.types("/action assign A-1 A-2 @孙七")
    for number in (1, 2):
        cast.zhang.types(f"/action cancel A-{number} 不做了")
    assert morning(office, cast.sun) == []


def test_who_gets_it_back_by_morning_has_not_lost_it(office, cast, three):
    cast.zhang.types("/action assign A-1 @孙七")
    cast.zhang.types("/action assign A-1 @李四")
    assert morning(office, cast.li) == ["请确认：A-1 由你负责，12月11日（周五）到期"]


def test_who_knew_of_it_before_hears_that_it_is_cancelled(office, cast, three):
    """李四 had it for days before it came back overnight; 孙七 was told as a helper."""
    cast.zhang.types("/action assign A-1 @孙七")
    cast.zhang.types("/action assign A-1 @李四")
    cast.zhang.types("/action cancel A-1 不做了")
    assert morning(office, cast.li) == ["A-1 已取消：不做了"]


def test_what_was_heard_before_the_night_is_taken_back_aloud(office, cast):
    cast.zhang.types("/action add 接口文档 @李四 12月11日")
    office.until(FRIDAY_NIGHT)
    office.told()
    cast.zhang.types("/action cancel A-1 不做了")
    assert morning(office, cast.li) == ["A-1 已取消：不做了"]


def test_what_came_true_twice_overnight_is_said_once(office, cast, three):
    """And what is said of it, each."""
    for line in ("submit A-1 初稿", "undo A-1", "submit A-1 二稿"):
        cast.li.types(f"/action {line}")
    for why in ("缺图", "缺表"):
        cast.li.types("/action submit A-2 初稿")
        cast.zhang.types(f"/action return A-2 {why}")
    office.until(MONDAY)
    assert office.told() == {"张三": ["A-1 已提交，请验收"], "李四": ["A-2 被退回：缺图", "A-2 被退回：缺表"]}


def test_who_changes_their_mind_overnight_is_told_of_once(office, cast):
    cast.zhang.types(
        "/meeting new 例会 11月25日 15:00 @李四 @王五 主持人：张三 记录人：王五 目标：定；预期：定；议题：定 10分钟"
    )
    cast.zhang.types("/meeting announce! M-1")
    office.until(FRIDAY_NIGHT)
    office.told()
    for line in ("decline M-1 出差", "accept M-1", "decline M-1 生病"):
        cast.li.types(f"/meeting {line}")
    cast.wang.types("/meeting decline M-1 出差")
    assert morning(office, cast.zhang) == ["李四 请假：例会", "王五 请假：例会"]


def test_what_was_undone_overnight_was_never_said(office, cast, three):
    cast.li.types("/action submit A-1 初稿")
    cast.li.types("/action undo A-1")
    cast.li.types("/action submit A-2 初稿")
    cast.zhang.types("/action approve A-2")
    cast.zhang.types("/action undo A-2")
    cast.zhang.types("/action return A-2 缺图")
    office.until(MONDAY)
    assert office.told() == {"李四": ["A-2 被退回：缺图"]}


def test_in_english(english, crew):
    for words in ("the interface", "the load test", "the checklist"):
        crew.ann.types(f"/action add {words} @Bo by 11 Dec")
    english.until(FRIDAY_NIGHT)
    english.told()
    crew.ann.types("/action assign A-1 A-2 A-3 @Kim")
    crew.ann.types("/action cancel A-3 not needed")
    assert morning(english, crew.kim) == ["2 action items are yours. OK?"]
    assert "A-3" not in crew.kim.reads


# --- M6, A11: the 24 hours of who is asked at night ---


def asked_on_friday_night(office, cast):
    office.until(FRIDAY_NIGHT)
    cast.zhang.types("/action add 接口文档 @李四 12月11日")
    office.told()


def test_nobody_is_silent_who_has_not_heard_yet(office, cast):
    """Heard on Monday at 08:30, reminded on Tuesday morning and, four hours after that, reported (M6)."""
    asked_on_friday_night(office, cast)
    office.until("2026-11-23 18:00")
    assert office.told() == {"李四": ["请确认：A-1 由你负责，12月11日（周五）到期"]}
    assert cast.zhang.types("/action list 黄灯").count("A-1") == 0
    office.until("2026-11-24 09:00")
    assert office.told() == {"李四": ["🟡 A-1 等你确认，12月11日（周五）到期"]}
    office.until("2026-11-24 13:00")
    assert office.told() == {"张三": ["🟡 A-1 已过 24 小时，李四还没有确认"]}


def test_who_is_asked_on_friday_is_reminded_before_anybody_hears_of_their_silence(office, cast):
    """M6: Monday morning begins in Shanghai when it is night in Berlin."""
    office.hires("Emma", "技术部", timezone="Europe/Berlin")
    office.until("2026-11-20 17:00")
    cast.zhang.types("/action add 接口文档 @Emma 12月11日")
    office.told()
    office.until("2026-11-23 16:00")
    heard = office.told()
    assert heard["Emma"][-1] == "🟡 A-1 等你确认，12月11日（周五）到期"
    assert not any("Emma" in said for said in heard.get("张三", []))
    office.until("2026-11-24 09:00")
    assert office.told()["张三"] == ["🟡 A-1 已过 24 小时，Emma还没有确认"]


def test_it_is_the_owners_own_night_that_counts(office, cast):
    """Shanghai's noon is midnight in New York, where it is heard at 08:30, 21:30 in Shanghai."""
    office.until("2026-11-18 12:00")
    kim = office.hires("Kim", "技术部", timezone="America/New_York")
    cast.zhang.types("/action add 接口文档 @Kim 12月11日")
    office.until("2026-11-19 21:00")
    assert office.told()["Kim"] == ["请确认：A-1 由你负责，12月11日（周五）到期"]
    office.until("2026-11-19 23:00")
    assert office.told() == {"Kim": ["🟡 A-1 等你确认，12月11日（周五）到期"]}
    office.until("2026-11-20 09:00")
    assert office.told() == {"张三": ["🟡 A-1 已过 24 小时，Kim还没有确认"]}
    assert kim.reads


def test_whoever_takes_over_at_night_has_their_24_hours_too(office, cast, three):
    cast.zhang.types("/action assign A-1 @孙七")
    office.until("2026-11-23 18:00")
    assert office.told()["孙七"] == ["请确认：A-1 由你负责，12月11日（周五）到期"]


# --- N4: the 24 hours of who is sent minutes at night ---


@pytest.fixture
def sent_at_night(office, cast):
    """M-1 of Friday afternoon, approved at night; 张三 and 孙七 have to confirm."""
    office.until("2026-11-20 17:00")
    held = ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.zhang, cast.sun])
    cast.li.types("/minutes submit M-1")
    office.until("2026-11-20 21:00")
    cast.wang.types("/minutes approve M-1")
    office.told()
    return held


def test_minutes_of_friday_night_are_not_unread_on_monday(office, cast, sent_at_night):
    confirm, again = "请确认会议纪要：Q3 产品规划会（11月20日）", "会议纪要等你确认：Q3 产品规划会（11月20日）"
    office.until("2026-11-23 19:00")
    assert office.told() == {
        "张三": [confirm], "孙七": [confirm], "李四": ["会议纪要已分发：Q3 产品规划会（11月20日）"],
    }  # fmt: skip
    assert "请在 11月24日（周二）08:30 前确认" in cast.sun.reads
    cast.sun.presses("已阅，无异议")
    office.until("2026-11-24 08:30")
    assert office.told() == {"张三": [again]}
    office.until("2026-11-24 13:00")
    assert office.told() == {"李四": ["M-1 v1：已阅 1/2"], "王五": ["M-1 v1：已阅 1/2"]}
    assert "已在 08:30 提醒一次" in cast.wang.reads


def test_each_has_24_hours_by_their_own_clock_and_who_has_not_is_said_after_the_last(office, cast):
    """Kim reads in New York, where they come at 08:30: 21:30 in Shanghai."""
    kim = office.hires("Kim", "技术部", timezone="America/New_York")
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.zhang, kim])
    cast.li.types("/minutes submit M-1")
    office.until("2026-11-18 12:00")
    cast.wang.types("/minutes approve M-1")
    office.until("2026-11-18 22:00")
    assert office.told()["Kim"] == ["请确认会议纪要：Q3 产品规划会（11月17日）"]
    office.until("2026-11-19 21:29")
    assert office.told() == {"张三": ["会议纪要等你确认：Q3 产品规划会（11月18日）"]}
    office.until("2026-11-19 21:31")
    assert office.told() == {"Kim": ["会议纪要等你确认：Q3 产品规划会（11月17日）"]}
    office.until("2026-11-20 08:31")
    assert office.told() == {"李四": ["M-1 v1：已阅 0/2"], "王五": ["M-1 v1：已阅 0/2"]}


def test_who_owes_minutes_over_the_weekend_reads_on_monday_that_the_hour_is_over(office, cast):
    """N1: 20 hours after Friday 17:00 is Saturday; nobody is asked on Monday to be done by then."""
    office.until("2026-11-20 17:00")
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.zhang])
    office.told()
    office.until("2026-11-23 08:31")
    assert office.told() == {"李四": ["纪要该在 11月21日（周六）17:00 前提交，已经过了：Q3 产品规划会"]}
    office.until("2026-11-23 13:00")
    assert office.told() == {"王五": ["纪要已过 11月21日（周六）17:00 还没提交（李四）：Q3 产品规划会"]}


def test_who_records_what_ends_at_night_has_24_hours_from_the_morning(office, cast):
    """N1: nobody is asked on Monday to have been done on Sunday; the paper says on which day it ended."""
    cast.zhang.types(
        "/meeting new 夜间割接 11月20日 23:30 60分钟 @李四 主持人：张三 记录人：李四 目标：割接；预期：完成；议题：割接 15分钟"
    )
    cast.zhang.types("/meeting announce! M-1")
    office.until("2026-11-20 23:30")
    cast.zhang.types("/meeting start M-1")
    office.until("2026-11-21 00:31")
    cast.zhang.types("/meeting end M-1")
    office.told()
    office.until("2026-11-23 19:00")
    assert office.told()["李四"][0] == "纪要草稿已备好，请在 11月24日（周二）08:30 前提交：夜间割接"
    assert "2026年11月20日（周五）23:30–2026年11月21日（周六）00:31（GMT+8）" in cast.li.types("/minutes show M-1")
    office.until("2026-11-24 08:30")
    assert office.told() == {"李四": ["纪要该在 08:30 前提交，已经过了：夜间割接"]}
    office.until("2026-11-24 13:00")
    assert office.told() == {"张三": ["纪要已过 08:30 还没提交（李四）：夜间割接"]}


def test_who_has_minutes_to_review_since_friday_is_reminded_on_monday_morning(office, cast):
    """N2: the working day after, at the morning's hour."""
    office.until("2026-11-20 15:00")
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.zhang])
    cast.li.types("/minutes submit M-1")
    office.until("2026-11-20 19:00")
    office.told()
    office.until("2026-11-23 08:59")
    assert office.told() == {}
    office.until("2026-11-23 09:00")
    assert office.told() == {"王五": ["请审核会议纪要：Q3 产品规划会"]}


def test_nor_half_an_hour_after_they_read_of_minutes_that_came_at_night(office, cast):
    office.until("2026-11-20 15:00")
    ended(office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.zhang])
    office.until("2026-11-20 20:30")
    cast.li.types("/minutes submit M-1")
    office.until("2026-11-23 08:30")
    assert "请审核会议纪要：Q3 产品规划会" in office.told()["王五"]
    office.until("2026-11-24 08:59")
    assert office.told() == {}
    office.until("2026-11-24 09:00")
    assert office.told() == {"王五": ["请审核会议纪要：Q3 产品规划会"]}
