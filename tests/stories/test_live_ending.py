"""The end of a meeting: read back, settled by the host, owners asked, and the anonymous question afterwards (M5, M6, R3)."""

from pathlib import Path

import pytest

from bot.cards import to_json
from bot.domain.captured import Sort, Verdict
from tests.conversation import Office, buttons
from tests.gathering import card, convened, draft, labels, lines, record, reviewed, rows, text, titles


@pytest.fixture
def room(office: Office, cast):
    """M-1 of 张三's runs, with 李四, 王五 and 赵六, who records; all four are there."""
    room = office.room("产品", cast.zhang, cast.li, cast.wang, cast.zhao)
    convened(office, host=cast.zhang, recorder=cast.zhao, people=[cast.li, cast.wang], room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    cast.zhang.types("/meeting here @李四 @王五 @赵六", room)
    return room


def spoken(cast, room):
    """A decision without a why under the first topic, an action without a criterion, a topic parked for nobody."""
    cast.zhao.types("#决议 同意 先做 A 类功能", room)
    cast.zhao.types("#行动 输出流程 @李四 下周五前", room)
    cast.zhao.types("#搁置 海外定价", room)


def asked(who):
    """The card that asks how it was."""
    return next(one for one in reversed(who.cards) if "开得怎么样" in one.title)


def scored(who, label):
    return who.presses(label, on=asked(who))


def test_read_back(office, cast, room):
    spoken(cast, room)
    cast.zhao.types("#决议 否决 外包 因为质量不可控", room)
    office.advance(minutes=40)
    assert cast.zhang.types("/meeting end", room) == ""
    said = text(room, "会议结束：Q3 产品规划会 · 决议 2 条 · 行动项 1 项")
    for part in ("同意 先做 A 类功能", "理由：质量不可控", "A-1 输出流程", "负责人 李四", "海外定价"):
        assert part in said
    incomplete = said.split("还不完整")[1]
    assert "“市场数据”还没有结论" in incomplete, "it was to inform, and was never begun"
    assert "决议“先做 A 类功能”还没有写理由" in incomplete
    assert "“海外定价”还没有人跟进" in incomplete
    assert "A-1 “输出流程”还没有写标准" in incomplete
    assert "“客诉流程”还没有结论" not in incomplete


def test_an_empty_meeting_reads_back_what_it_lacks(office, cast, room):
    cast.zhang.types("/meeting end", room)
    said = text(room, "会议结束")
    assert "“客诉流程”还没有结论" in said
    assert "决议\n" not in said, "an empty section is not sent"


def test_what_was_withdrawn_is_not_read_back(office, cast, room):
    spoken(cast, room)
    cast.zhao.types("#撤回", room)
    cast.zhang.types("/meeting end", room)
    assert "海外定价" not in text(room, "会议结束")


def test_the_host_settles_what_is_open(office, cast, room):
    spoken(cast, room)
    cast.zhang.types("/meeting end", room)
    left = next(one for one in cast.zhang.cards if "要补齐" in one.title)
    assert left.title == "“Q3 产品规划会”还有 4 处要补齐"
    topic, why, follower, criterion = buttons(left)

    cast.zhang.presses(topic)
    assert cast.zhang.fills(verdict="deferred", text="等数据", why="还没统计完") == "M-1 已补齐这一处"
    made = next(one for one in lines(office) if one.text == "等数据")
    assert (made.topic, made.verdict, made.why) == (2, Verdict.DEFERRED, "还没统计完")
    cast.zhang.presses(why)
    cast.zhang.fills(why="客户最急")
    cast.zhang.presses(follower)
    cast.zhang.fills(follower="王五")
    cast.zhang.presses(criterion)
    cast.zhang.fills(criterion="有流程图")

    assert office.action(1).criterion == "有流程图"
    parked = next(one for one in lines(office) if one.sort is Sort.PARKED)
    assert parked.follower == cast.wang.person.id
    assert "还不完整" not in text(room, "会议结束")
    assert "决议 2 条" in text(room, "会议结束")
    assert any("没有要补齐的了" in one.title for one in cast.zhang.cards)
    assert cast.zhang.types("/meeting settle", room) == "“Q3 产品规划会”没有要补齐的了"
    assert "已经补齐" in cast.zhang.presses(why), "an old press"


def test_settled_by_lines(office, cast, room):
    spoken(cast, room)
    cast.zhang.types("/meeting end", room)
    decision, item, parked = lines(office)
    cast.zhao.types("/meeting settle M-1 2 同意 每周看一次 因为变化快")
    cast.zhao.types(f"/meeting settle M-1 {decision.number} 客户最急")
    cast.zhao.types(f"/meeting settle M-1 {item.number} 有流程图")
    cast.zhao.types(f"/meeting settle M-1 {parked.number} @王五")
    assert cast.zhao.types("/meeting settle M-1") == "“Q3 产品规划会”没有要补齐的了"
    assert [one.details["capture"] for one in record(office, "M-1") if one.verb == "settle"] == [6, 3, 5]


def test_the_draft_is_made_at_the_end_and_again_when_something_is_settled(office, cast, room):
    """N1: of what was taken down; what is settled afterwards is in it, until somebody writes in it."""
    spoken(cast, room)
    cast.zhang.types("/meeting end", room)
    assert [(one.text, one.why) for one in draft(office).decisions] == [("先做 A 类功能", "")]
    cast.zhang.types(f"/meeting settle M-1 {lines(office)[0].number} 客户最急")
    assert [one.why for one in draft(office).decisions] == ["客户最急"]
    assert cast.zhang.presses("撤回", on=card(room, "决议 · 同意")) == "已撤回：先做 A 类功能"
    assert draft(office).decisions == ()


def test_half_a_conclusion_is_not_one(office, cast, room):
    cast.zhang.types("/meeting end", room)
    assert "要写两样" in cast.zhang.types("/meeting settle M-1 1 就这样")
    assert lines(office) == []


def test_who_settles(office, cast, room):
    spoken(cast, room)
    cast.zhang.types("/meeting end", room)
    assert "张三" in cast.li.types("/meeting settle M-1")
    shown = card(room, "决议 · 同意")
    assert "张三" in cast.wang.presses("撤回", on=shown)
    assert cast.zhang.presses("撤回", on=shown).startswith("已撤回"), "who leads, also after the end"


def test_minutes_under_review_are_corrected_there(office, cast, room):
    spoken(cast, room)
    cast.zhang.types("/meeting end", room)
    reviewed(office)
    for said in (
        "/meeting resume M-1",
        "/meeting settle M-1 2 同意 x",
        "/meeting withdraw M-1 3",
        "/meeting correct M-1 3 x",
    ):
        assert cast.zhang.types(said).startswith("M-1 的纪要已经提交或发出")
    assert not any(one.withdrawn for one in lines(office))


def test_owners_are_asked_and_silence_reaches_the_host(office, cast, room):
    """M6: 24 hours, and the host although the recorder took it down."""
    spoken(cast, room)
    cast.zhang.types("/meeting end", room)
    assert any(one.title.startswith("请确认：A-1 由你负责") for one in cast.li.cards)
    office.until("2026-11-23 13:00")
    assert any("A-1" in one.title and "李四" in one.title for one in cast.zhang.cards)


class TestSatisfaction:
    """R3: one tap, without the person, from three answers on."""

    def test_each_who_was_there_is_asked_once(self, office, cast, room):
        cast.zhang.types("/meeting end", room)
        cast.zhang.types("/meeting resume M-1", room)
        cast.zhang.types("/meeting end", room)
        for who in (cast.zhang, cast.li, cast.wang, cast.zhao):
            assert sum("开得怎么样" in one.title for one in who.cards) == 1
        assert not cast.sun.cards
        assert labels(asked(cast.li)) == ["5 很好", "4 较好", "3 一般", "2 较差", "1 很差", "写几句"]

    def test_one_tap(self, office, cast, room):
        cast.zhang.types("/meeting end", room)
        assert scored(cast.li, "4 较好") == "M-1 的评分已收到，不记名"
        assert "只记一次" in scored(cast.li, "1 很差")
        assert _ratings(office) == [(4, "")]

    def test_a_word_with_it(self, office, cast, room):
        cast.zhang.types("/meeting end", room)
        scored(cast.li, "写几句")
        assert cast.li.fills(score="2", comment="准备不足") == "M-1 的评分已收到，不记名"
        cast.wang.types("/meeting rate M-1 5 很有收获")
        assert sorted(_ratings(office)) == [(2, "准备不足"), (5, "很有收获")]

    def test_from_three_answers_on_host_and_organizer_see_the_mean(self, office, cast, room):
        cast.zhang.types("/meeting end", room)
        scored(cast.li, "5 很好")
        scored(cast.wang, "4 较好")
        assert "还不到 3 份" in cast.zhang.types("/meeting ratings M-1")
        cast.zhao.types("/meeting rate M-1 2 准备不足")
        said = cast.zhang.types("/meeting ratings M-1")
        assert said.startswith("“Q3 产品规划会”满意度 3.7（3 份）")
        assert "准备不足" in said
        assert "赵六" not in said
        assert "只给主持人和发起人看" in cast.li.types("/meeting ratings M-1")

    def test_who_may_not(self, office, cast, room):
        assert "还没有结束" in cast.li.types("/meeting rate M-1 5")
        cast.zhang.types("/meeting end", room)
        assert "只有到场的人" in cast.sun.types("/meeting rate M-1 5")
        assert "1 到 5" in cast.li.types("/meeting rate M-1 6")
        assert "别写在大家看得到的地方" in cast.li.types("/meeting rate M-1 5", room)
        assert _ratings(office) == []

    def test_nothing_in_the_database_leads_to_the_person(self, tmp_path):
        """Two worlds in which two people's answers are swapped leave the very same rows behind."""
        one = _rated(tmp_path / "one", "5 不错", "1 太长")
        assert one == _rated(tmp_path / "other", "1 太长", "5 不错")
        assert one != _rated(tmp_path / "third", "5 不错", "5 不错"), "they are kept"

    def test_there_is_no_line_of_history_and_one_answer_to_all(self, office, cast, room):
        cast.zhang.types("/meeting end", room)
        scored(cast.li, "5 很好")
        scored(cast.wang, "1 很差")
        assert to_json(cast.li.answers[-1]) == to_json(cast.wang.answers[-1])
        assert [one.verb for one in record(office, "M-1")] == ["start", "here", "end"]


def test_in_english(english, crew):
    room = english.room("product", crew.ann, crew.bo, crew.kim)
    convened(english, host=crew.ann, people=[crew.bo, crew.kim], room=room, title="Q3 planning")
    english.until("2026-11-20 10:00")
    crew.ann.types("/meeting start", room)
    crew.bo.types("#decision agreed class A first", room)
    english.advance(minutes=61)
    crew.ann.types("/meeting end", room)
    said = text(room, "Q3 planning ended: 1 decision, 0 actions")
    assert "1 minute longer than planned." in said
    assert "Agreed class A first" in said
    assert 'The decision "class A first" has no reason' in said
    assert any(one.title == '2 things to settle in "Q3 planning"' for one in crew.ann.cards)
    assert any(one.title == 'How was "Q3 planning"?' for one in crew.bo.cards)
    assert titles(room)[-1].startswith("Q3 planning ended")


def _ratings(office: Office) -> list[tuple[int, str]]:
    return office.runner.run(office.store.read(lambda records: records.meetings.ratings(1)))


def _rated(folder: Path, first: str, second: str) -> list[str]:
    """What stands in the database after two people answered, one after the other."""
    folder.mkdir()
    office = Office(folder)
    zhang, li, wang = (office.hires(name) for name in ("张三", "李四", "王五"))
    room = office.room("产品", zhang, li, wang)
    convened(office, host=zhang, people=[li, wang], room=room)
    office.until("2026-11-20 10:00")
    zhang.types("/meeting start", room)
    zhang.types("/meeting here @李四 @王五", room)
    zhang.types("/meeting end", room)
    wang.types(f"/meeting rate M-1 {first}")
    li.types(f"/meeting rate M-1 {second}")
    office.shuts()
    return rows(office)
