"""What is taken down as people talk: short forms, cards in the room, corrections, withdrawals, and who may (M2, M3, M6, N8)."""

import pytest

from bot.domain.action import Cadence, State
from bot.domain.captured import Sort, Verdict
from bot.domain.holding import attendees
from bot.domain.meeting import MeetingState
from bot.store import Query
from tests.conversation import Office, buttons
from tests.gathering import cancelled, card, convened, labels, lines, meeting, record, text, titles, updates


@pytest.fixture
def room(office: Office, cast):
    """M-1 of 张三's runs in its room since ten o'clock, 赵六 records."""
    room = office.room("产品", cast.zhang, cast.li, cast.wang, cast.zhao)
    convened(office, host=cast.zhang, recorder=cast.zhao, people=[cast.li, cast.wang], room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    return room


def test_a_note(office, cast, room):
    assert cast.li.types("#要点 客户更在意响应速度", room) == "", "the card is the answer"
    said = text(room, "要点：客户更在意响应速度")
    assert "李四 记" in said
    assert labels(room.cards[-1]) == ["更正", "撤回"]
    (line,) = lines(office)
    assert (line.sort, line.text, line.by, line.topic) == (Sort.NOTE, "客户更在意响应速度", cast.li.person.id, 1)
    assert cast.li.person.id in attendees(meeting(office)), "who takes something down is there"


@pytest.mark.parametrize(
    "typed",
    ["#要点 成本", "＃要点 成本", "#要点：成本", "#note 成本", "＃ＮＯＴＥ　成本", "#要點成本", "/meeting note 成本"],
)
def test_every_way_to_write_a_note(office, cast, room, typed):
    cast.li.types(typed, room)
    assert [line.text for line in lines(office)] == ["成本"]


def test_what_is_said_besides_is_not_the_bots(office, cast, room):
    for said in ("#notebook 到了", "# 要点", "要点是成本", "我觉得 #要点 应该短", "#todo 写周报"):
        assert cast.li.types(said, room) == ""
    assert lines(office) == []


@pytest.mark.parametrize(
    ("typed", "verdict", "said", "why"),
    [
        ("#决议 同意 先做 A 类功能 因为客户最急", Verdict.AGREED, "先做 A 类功能", "客户最急"),
        ("#决议 暂缓 海外版，因为预算没批", Verdict.DEFERRED, "海外版", "预算没批"),
        ("#决议 需补充材料：竞品分析", Verdict.MORE_MATERIAL, "竞品分析", ""),
        ("#决议 否决 外包 理由：质量不可控", Verdict.REJECTED, "外包", "质量不可控"),
        ("#决议 同意采用方案A 因为便宜", Verdict.AGREED, "同意采用方案A", "便宜"),
        ("#决议 不同意 外包", Verdict.REJECTED, "外包", ""),
        ("#decision agreed ship in May because customers wait", Verdict.AGREED, "ship in May", "customers wait"),
        ("#decision needs more material the budget", Verdict.MORE_MATERIAL, "the budget", ""),
        ("#Decision Rejected: outsourcing. Reason: quality", Verdict.REJECTED, "outsourcing.", "quality"),
        ("＃决议　同意　１００％自动化", Verdict.AGREED, "１００％自动化", ""),
    ],
)
def test_a_decision_as_it_is_said(office, cast, room, typed, verdict, said, why):
    assert cast.zhao.types(typed, room) == ""
    (line,) = lines(office)
    assert (line.verdict, line.text, line.why) == (verdict, said, why)


def test_a_decision_on_its_card(office, cast, room):
    cast.zhao.types("#决议 同意 先做 A 类功能 因为客户最急", room)
    assert "理由：客户最急" in text(room, "决议 · 同意：先做 A 类功能")
    cast.zhao.types("#决议 暂缓 海外版", room)
    assert "还没有写理由" in text(room, "决议 · 暂缓：海外版")


def test_the_same_line_at_once_is_an_impatient_second_try(office, cast, room):
    cast.zhao.types("#要点 成本", room)
    assert cast.zhao.types("#要点 成本", room) == "刚刚已经记过同样的一条。"
    cast.li.types("#要点 成本", room)
    office.advance(minutes=3)
    cast.zhao.types("#要点 成本", room)
    assert len(lines(office)) == 3


def test_a_conclusion_that_was_not_said_is_one_press(office, cast, room):
    said = cast.zhao.types("#决议 先做 A 类功能", room)
    assert said.startswith("这是哪一种结论？")
    assert [button.label for button in _presses(cast.zhao)] == ["同意", "暂缓", "需补充材料", "否决"]
    assert lines(office) == []
    assert cast.zhao.presses("否决") == "已记入 M-1"
    (line,) = lines(office)
    assert (line.verdict, line.text) == (Verdict.REJECTED, "先做 A 类功能")


def test_an_action_is_an_ordinary_item_of_the_meeting(office, cast, room):
    assert cast.zhao.types("#行动 输出流程 @李四 下周五前 标准：有流程图", room) == ""
    item = office.action(1)
    assert (item.text, item.owner, item.criterion) == ("输出流程", cast.li.person.id, "有流程图")
    assert (item.source.meeting, item.source.topic, item.source.number) == ("Q3 产品规划会", "客诉流程", 1)
    assert item.room == room.room
    assert item.tracker == cast.zhang.person.id, "the organizer tracks"
    assert item.cadence is Cadence.WEEKLY
    (line,) = lines(office)
    assert (line.sort, line.label) == (Sort.ACTION, "A-1")
    said = text(room, "A-1 行动：输出流程")
    assert "负责人 李四" in said
    assert "标准：有流程图" in said
    assert cast.li.reads.startswith("请确认：A-1 由你负责")
    assert "来自：Q3 产品规划会" in cast.li.reads


def test_an_owner_who_takes_it_down_has_accepted(office, cast, room):
    cast.li.types("#行动 整理模板 @我 周五", room)
    assert office.action(1).state is State.IN_PROGRESS


def test_a_host_for_whom_it_is_taken_down_has_not(office, cast, room):
    cast.zhao.types("#行动 整理模板 @张三 下周五", room)
    assert office.action(1).state is State.PROPOSED
    assert cast.zhang.reads.startswith("请确认：A-1 由你负责")


def test_the_cadence_of_the_kind(office, cast):
    room = office.room("决策", cast.zhang, cast.li)
    convened(office, host=cast.zhang, people=[cast.li], room=room, kind="decision")
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    cast.zhang.types("#行动 输出流程 @李四 下周五前", room)
    cast.zhang.types("#行动 写纪要 @李四 下周五前 每周跟进", room)
    assert [office.action(number).cadence for number in (1, 2)] == [Cadence.DAILY, Cadence.WEEKLY]


def test_silence_is_reported_to_the_host(office, cast, room):
    """M6: whoever took it down, the host hears after 24 hours, and after 李四 was reminded (it was a Friday)."""
    cast.zhao.types("#行动 输出流程 @李四 下周五前", room)
    office.told()
    office.until("2026-11-23 09:00")
    told = office.told()
    assert any("A-1" in said for said in told["李四"])
    assert not any("A-1" in said for said in told["张三"])
    office.until("2026-11-23 13:00")
    told = office.told()
    assert any("A-1" in said and "李四" in said for said in told["张三"])
    assert "赵六" not in told


def test_the_refusals_of_an_action_are_those_of_adding(office, cast, room):
    assert "“尽快”不是一天" in cast.zhao.types("#行动 评估周期 @李四 尽快", room)
    cast.zhao.presses("下周一")
    assert office.action(1).source.number == 1, "the mended line is still this meeting's"
    assert "一个行动项只能有一位负责人" in cast.zhao.types("#行动 评估成本 @李四 @王五 明天", room)
    cast.zhao.presses("王五")
    assert office.action(2).owner == cast.wang.person.id
    assert office.action(2).source.number == 1
    assert "不是一个人" in cast.zhao.types("#行动 评估成本 @相关部门 明天", room)


def test_what_an_action_lacks_is_asked_alone(office, cast, room):
    shown = len(room.cards)
    assert "输出流程" in cast.zhao.types("#行动 输出流程 @李四", room)
    assert len(room.cards) == shown
    assert cast.zhao.fills(due="下周五", criterion="有流程图") == "已记入 M-1"
    assert office.action(1).criterion == "有流程图"
    assert titles(room)[-1] == "A-1 行动：输出流程"


def test_the_same_action_twice_is_asked_about(office, cast, room):
    cast.zhao.types("#行动 输出流程 @李四 下周五前", room)
    assert "刚刚已经记录过同样的一项" in cast.zhao.types("#行动 输出流程 @李四 下周五前", room)
    cast.zhao.presses("再记一项")
    assert len(office.actions()) == 2
    assert office.action(2).source.number == 1


def test_a_parked_topic_and_who_follows_it_up(office, cast, room):
    assert cast.zhao.types("#搁置 海外定价 @王五", room) == ""
    (line,) = lines(office)
    assert (line.sort, line.text, line.follower) == (Sort.PARKED, "海外定价", cast.wang.person.id)
    assert "由王五跟进" in text(room, "搁置：海外定价")
    cast.zhao.types("#park pricing abroad", room)
    assert "还没有人跟进" in text(room, "搁置：pricing abroad")
    assert "只能是一个人" in cast.zhao.types("#搁置 海外定价 @王五 @李四", room)
    assert "这里没有“赵七七”" in cast.zhao.types("#搁置 海外定价 @赵七七", room)
    assert len(lines(office)) == 2


def test_a_correction_changes_the_card_in_place(office, cast, room):
    cast.zhao.types("#决议 同意 先做 A 类功能", room)
    shown, before = len(room.cards), updates(room)
    cast.zhao.presses("更正", on=room.cards[-1])
    assert {field.name: field.value for field in cast.zhao.form.fields} == {
        "verdict": "agreed", "text": "先做 A 类功能", "why": "",
    }  # fmt: skip
    assert cast.zhao.fills(verdict="deferred", text="先做 B 类功能", why="客户没批") == "M-1 已更正"
    assert len(room.cards) == shown
    assert updates(room) == before + 1, "no other card is touched"
    assert "理由：客户没批" in text(room, "决议 · 暂缓：先做 B 类功能")
    assert lines(office)[0].version == 2


def test_a_correction_as_a_line(office, cast, room):
    cast.zhao.types("#要点 客户在意速度", room)
    cast.zhao.types("更正 客户在意价格", room, to=office.paper.to(room.room)[-1])
    assert lines(office)[0].text == "客户在意价格"
    cast.zhao.types("#搁置 海外定价", room)
    cast.zhao.types("/meeting correct M-1 4 @王五")
    assert lines(office)[1].follower == cast.wang.person.id
    assert lines(office)[1].text == "海外定价"
    assert "没有改动" in cast.zhao.types("/meeting correct M-1 3 客户在意价格")


def test_an_action_is_corrected_with_its_owner(office, cast, room):
    cast.zhao.types("#行动 输出流程 @李四 下周五前", room)
    cast.zhao.presses("更正", on=room.cards[-1])
    cast.zhao.fills(text="输出流程图", owner="王五", due="2026-11-30", criterion="有图")
    item = office.action(1)
    assert (item.text, item.owner, item.criterion) == ("输出流程图", cast.wang.person.id, "有图")
    assert item.due.day.isoformat() == "2026-11-30"
    assert cast.wang.reads.startswith("请确认：A-1 由你负责")
    assert "负责人 王五" in text(room, "A-1 行动：输出流程图")


def test_a_withdrawn_line_stays_kept_and_says_so(office, cast, room):
    cast.li.types("#要点 说错了", room)
    assert cast.li.types("#撤回", room) == "已撤回：说错了"
    assert titles(room)[-1] == "这一条已撤回"
    assert lines(office)[0].withdrawn
    assert "没有你记下" in cast.li.types("#撤回", room)
    assert [one.verb for one in record(office, "M-1") if not one.refused] == ["start", "note", "withdraw"]


def test_the_line_that_is_meant(office, cast, room):
    cast.li.types("#要点 第一", room)
    cast.li.types("#要点 第二", room)
    cast.li.types("撤回", room, to=office.paper.to(room.room)[-2])
    assert [one.withdrawn for one in lines(office)] == [True, False]
    cast.li.types("#undo", room)
    assert [one.withdrawn for one in lines(office)] == [True, True]
    assert "没有第 99 条" in cast.li.types("#撤回 99", room)


def test_a_withdrawn_action_is_taken_back(office, cast, room):
    cast.zhao.types("#行动 输出流程 @李四 下周五前", room)
    cast.zhao.types("#撤回", room)
    assert office.action(1).state is State.CANCELLED
    assert "A-1" in cast.li.reads
    cast.zhao.types("#行动 写报告 @李四 下周五前", room)
    cast.li.types("/action accept A-2")
    cast.li.types("/settings language en")
    cast.zhao.presses("撤回", on=card(room, "A-2 行动"))
    assert office.action(2).state is State.CANCELLED
    assert "withdrawn in meeting M-1" in cast.li.reads, "in the reader's language, whoever withdrew it (T4)"


def test_who_may_correct_and_withdraw(office, cast, room):
    cast.li.types("#要点 客户在意速度", room)
    shown = room.cards[-1]
    assert "张三" in cast.wang.presses("撤回", on=shown), "not somebody else's"
    assert not lines(office)[0].withdrawn
    assert cast.zhang.presses("撤回", on=shown).startswith("已撤回"), "who leads may"


def test_an_impatient_double_click_withdraws_once(office, cast, room):
    cast.li.types("#要点 客户在意速度", room)
    said = cast.li.presses("撤回", on=room.cards[-1], twice=True)
    assert "这一条" in said
    assert lines(office)[0].version == 2


def test_a_card_from_before_the_correction(office, cast, room):
    cast.li.types("#要点 客户在意速度", room)
    old = room.cards[-1]
    cast.zhang.types("/meeting correct M-1 3 客户在意价格")
    assert cast.li.presses("撤回", on=old).startswith("这一条刚刚被改过")
    assert not lines(office)[0].withdrawn


def test_forms_for_those_who_prefer_them(office, cast, room):
    cast.li.types("/meeting note", room)
    assert cast.li.fills(text="客户在意速度") == "已记入 M-1"
    cast.li.types("/meeting decide", room)
    cast.li.fills(verdict="agreed", text="先做 A 类", why="客户急")
    cast.li.types("/meeting park", room)
    cast.li.fills(text="海外定价", follower="王五")
    cast.li.types("/meeting act", room)
    cast.li.fills(text="输出流程", owner="李四", due="下周五")
    assert [one.sort for one in lines(office)] == [Sort.NOTE, Sort.DECISION, Sort.PARKED, Sort.ACTION]
    assert lines(office)[2].follower == cast.wang.person.id


def test_a_day_that_answers_a_question_is_not_the_next_topic(english, crew):
    crew.ann.types("/action add write the procedure @Bo")
    crew.ann.types("next Friday")
    assert english.action(1).due.day.isoformat() == "2026-11-27"


def test_directly_to_the_bot(office, cast, room):
    assert cast.li.types("#要点 不方便在群里说") == "已记入 M-1"
    assert titles(room)[-1] == "要点：不方便在群里说"


def test_just_ended_can_go_on(office, cast, room):
    cast.zhang.types("/meeting end", room)
    assert cast.li.types("#要点 还有一句", room).startswith("这里没有正在进行的会议。")
    assert "继续" not in cast.li.answer, "who may not is not offered it"
    cast.zhang.types("#要点 还有一句", room)
    cast.zhang.presses("继续 M-1 Q3 产品规划会")
    assert meeting(office).state is MeetingState.RUNNING


def test_cancelled_in_the_middle(office, cast, room):
    """What was taken down stays; nothing more is; the clock has nothing to say."""
    cast.li.types("#要点 客户在意速度", room)
    cancelled(office)
    assert cast.li.types("#要点 再来一条", room).startswith("这里没有正在进行的会议。")
    assert "M-1" in cast.zhang.presses("撤回", on=card(room, "要点"))
    assert not lines(office)[0].withdrawn
    shown = len(room.cards)
    office.until("2026-11-20 15:00")
    assert len(room.cards) == shown
    assert not cast.zhang.sheets


def test_too_much_text_is_refused_not_cut(office, cast, room):
    assert "最多 500 个" in cast.li.types("#要点 " + "字" * 501, room)
    assert lines(office) == []


def test_a_confidential_meeting_tells_outsiders_nothing(office, cast):
    """N8: not what is there, only that one may not; its items are for its readers."""
    room = office.room("薪酬", cast.zhang, cast.li, cast.sun)
    convened(office, host=cast.zhang, people=[cast.li], room=room, title="薪酬调整", confidential=True)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    for said in ("#要点 我来记", "#行动 偷看 @李四 明天", "/meeting here M-1", "/meeting end M-1", "/meeting note"):
        answer = cast.sun.types(said, room)
        assert "保密" in answer
        assert "薪酬" not in answer
    cast.zhang.types("#行动 定方案 @李四 下周五前", room)
    assert set(office.action(1).readers) == {cast.zhang.person.id, cast.li.person.id}
    seen = office.runner.run(office.store.read(lambda one: one.actions.find(Query(reader=cast.sun.person.id))))
    assert seen == []


def test_in_english(english, crew):
    room = english.room("product", crew.ann, crew.bo, crew.kim)
    convened(english, host=crew.ann, people=[crew.bo, crew.kim], room=room, title="Q3 planning")
    english.until("2026-11-20 10:00")
    crew.ann.types("/meeting start", room)
    crew.bo.types("#note customers care about speed", room)
    crew.bo.types("#decision agreed class A first because customers wait", room)
    crew.bo.types("#action write the procedure @Kim by next Friday std: reviewed", room)
    crew.bo.types("#park pricing abroad @Wei", room)
    assert titles(room)[1:] == [
        "Note: customers care about speed",
        "Decision · agreed: class A first",
        "A-1 Action: write the procedure",
        "Parked: pricing abroad",
    ]
    assert "Because: customers wait" in text(room, "Decision")
    assert "Wei follows it up" in text(room, "Parked")
    assert crew.bo.types("#decision class B later", room).startswith("Which conclusion is it?")
    assert crew.bo.types("#undo", room) == "Withdrawn: pricing abroad"


def _presses(colleague):
    return buttons(colleague.answers[-1])
