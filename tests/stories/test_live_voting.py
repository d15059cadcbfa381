"""Votes in a meeting: open and secret, one choice and several, a deadline, a tie, a majority that becomes a decision (M4)."""

from pathlib import Path

import pytest

from bot.cards import plain, to_json
from bot.domain.captured import Sort, Verdict
from bot.domain.meeting import MeetingState
from tests.conversation import Office
from tests.gathering import card, convened, labels, lines, meeting, record, rows, text, titles, vote


@pytest.fixture
def room(office: Office, cast):
    """M-1 of 张三's runs, with 李四, 王五 and 赵六."""
    room = office.room("产品", cast.zhang, cast.li, cast.wang, cast.zhao)
    convened(office, host=cast.zhang, recorder=cast.zhao, people=[cast.li, cast.wang], room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    return room


def chooses(who, room, label):
    """Presses the choice on the room's newest open vote."""
    return who.presses(label, on=card(room, "请投票"))


def test_an_open_vote(office, cast, room):
    assert cast.zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", room) == ""
    said = text(room, "请投票 V-1：用哪个方案？")
    assert "公开 · 单选" in said
    assert labels(room.cards[-1]) == ["方案A", "方案B", "结束投票"]
    assert chooses(cast.li, room, "方案A") == "V-1 你投了：方案A。结束前可以改。"
    chooses(cast.wang, room, "方案A")
    chooses(cast.zhang, room, "方案B")
    assert "已投 3 人" in text(room, "请投票")
    assert "李四" not in text(room, "请投票"), "neither who nor for what, while it is open"
    cast.zhang.types("/vote close", room)
    said = text(room, "投票结束 V-1：“方案A”过半，3 人中 2 票")
    assert "> 用哪个方案？" in said
    assert "李四" in said
    assert vote(office).closed_at is not None


def test_changed_while_it_is_open_and_counted_once(office, cast, room):
    cast.zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", room)
    chooses(cast.li, room, "方案A")
    assert "你已经这样投了" in chooses(cast.li, room, "方案A"), "a double click counts once"
    chooses(cast.li, room, "方案B")
    assert vote(office).counts == (0, 1)
    assert vote(office).voted == (cast.li.person.id,)


def test_several_choices_are_taken_and_given_back(office, cast, room):
    cast.zhang.types("/vote new 先做哪些？ | A | B | C | 多选", room)
    for label in ("A", "C", "A", "B"):
        chooses(cast.li, room, label)
    assert vote(office).counts == (0, 1, 1)
    assert chooses(cast.li, room, "B") == "V-1 你投了：C。结束前可以改。"
    assert chooses(cast.li, room, "C") == "V-1 你的票已收回。"
    assert vote(office).voted == ()


def test_by_number_or_word(office, cast, room):
    cast.zhang.types("/vote new 先做哪些？ | A 类 | B 类 | C 类 | 多选", room)
    assert cast.li.types("/vote cast V-1 1 3") == "V-1 你投了：A 类、C 类。结束前可以改。"
    assert cast.li.types("投 V-1 B 类") == "V-1 你投了：B 类。结束前可以改。"
    for line, choice in (("投票 V-1 1", "A 类"), ("/vote V-1 2", "B 类"), ("V-1 C 类", "C 类")):
        assert cast.li.types(line) == f"V-1 你投了：{choice}。结束前可以改。", "a vote's number and a choice say it all"
    assert "选项是 1 到 3" in cast.li.types("/vote cast V-1 4")
    assert "选项是 1 到 3" in cast.li.types("/vote cast V-1 都行")


def test_one_choice_is_one(office, cast, room):
    cast.zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", room)
    assert "只能选一项" in cast.li.types("/vote cast V-1 1 2")


def test_many_or_long_choices_have_a_press_each(office, cast, room):
    choices = [f"方案{number}" for number in range(1, 7)]
    cast.zhang.types("/vote new 用哪个方案？ | " + " | ".join(choices), room)
    assert labels(room.cards[-1]) == [*(f"投 {number}" for number in range(1, 7)), "结束投票"]
    chooses(cast.li, room, "投 6")
    assert vote(office).counts == (0, 0, 0, 0, 0, 1)


def test_for_against_or_abstaining_unless_choices_are_given(office, cast, room):
    cast.zhang.types("/vote new 是否外包？", room)
    assert vote(office).choices == ("同意", "反对", "弃权")
    for who, label in ((cast.li, "反对"), (cast.wang, "反对"), (cast.zhao, "同意")):
        chooses(who, room, label)
    cast.zhang.types("/vote close V-1", room)
    assert cast.zhang.presses("形成决议", on=card(room, "投票结束")) == "V-1 已形成决议"
    (line,) = lines(office)
    assert (line.sort, line.verdict, line.text, line.label) == (Sort.DECISION, Verdict.REJECTED, "是否外包？", "V-1")
    assert line.why == "V-1 表决，3 人中 2 票"
    assert "决议 · 否决：是否外包？" in titles(room)


def test_a_majority_becomes_one_decision(office, cast, room):
    cast.zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", room)
    chooses(cast.li, room, "方案A")
    cast.zhang.types("/vote close", room)
    closed = card(room, "投票结束")
    cast.zhang.presses("形成决议", on=closed)
    assert "已经形成决议了" in cast.zhang.presses("形成决议", on=closed)
    assert [line.text for line in lines(office)] == ["用哪个方案？方案A"]
    assert "形成决议" not in labels(card(room, "投票结束"))


def test_a_question_that_was_agreed_to_is_closed_by_its_own_mark(office, cast, room):
    cast.zhang.types("/vote new 是否外包？", room)
    chooses(cast.li, room, "同意")
    cast.zhang.types("/vote close", room)
    cast.zhang.types("/vote decide V-1", room)
    cast.zhang.types("/meeting end", room)
    assert "1. 同意：是否外包？ 理由：V-1 表决" in cast.zhao.types("/minutes show M-1")


def test_a_tie_is_said_plainly(office, cast, room):
    cast.zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", room)
    chooses(cast.li, room, "方案A")
    chooses(cast.wang, room, "方案B")
    said = cast.zhang.types("/vote close", room)
    assert "V-1 已结束。平票，方案A、方案B各 1 票。" in said
    assert card(room, "投票结束").title == "投票结束 V-1：平票，方案A、方案B各 1 票"
    assert labels(card(room, "投票结束")) == []
    assert "平票" in cast.zhang.types("/vote decide V-1", room)


def test_the_most_is_not_the_majority(office, cast, room):
    cast.zhang.types("/vote new 用哪个？ | A | B | C", room)
    for who, label in ((cast.li, "A"), (cast.wang, "A"), (cast.zhao, "B"), (cast.zhang, "C")):
        chooses(who, room, label)
    cast.zhang.types("/vote close", room)
    assert "“A”最多，4 人中 2 票，没有过半" in text(room, "投票结束")
    assert "没有一项过半" in cast.zhang.types("/vote decide V-1", room)


def test_nobody_voted(office, cast, room):
    cast.zhang.types("/vote new 用哪个？ | A | B", room)
    assert "没有人投票" in cast.zhang.types("/vote close", room)


def test_it_closes_at_its_deadline(office, cast, room):
    cast.zhang.types("/vote new 用哪个？ | A | B | 截止 30分钟", room)
    chooses(cast.li, room, "B")
    asked = card(room, "请投票")
    assert "到 10:30" in plain(asked)
    office.until("2026-11-20 10:30")
    assert "“B”过半，1 人中 1 票" in text(room, "投票结束")
    assert cast.wang.presses("A", on=asked) == "V-1 已经截止，不能再投。\n[看结果: /vote show V-1]"
    assert [one.by for one in record(office, "V-1") if one.verb == "close"] == [0], "closed by nobody"


def test_a_vote_after_its_deadline_while_the_bot_had_been_away(office, cast, room):
    cast.zhang.types("/vote new 用哪个？ | A | B | 截止 10:15", room)
    asked = card(room, "请投票")
    office.closes()
    office.clock.moment = office.clock.moment.replace(hour=11)
    office.opens()
    assert "已经截止" in cast.wang.presses("A", on=asked), "though the clock has not rung yet"
    office.until("2026-11-20 11:01")
    told = [title for title in titles(room) if title.startswith("投票")]
    assert told == ["投票已结束 V-1：用哪个？", "投票结束 V-1：没有人投票"], "once in place, once told"
    office.advance(hours=1)
    assert [title for title in titles(room) if title.startswith("投票")] == told


def test_a_closed_vote_has_one_result_in_its_room_and_its_question_says_that_it_is_over(office, cast, room):
    cast.zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", room)
    chooses(cast.li, room, "方案A")
    cast.zhang.types("/vote close", room)
    over = card(room, "投票已结束 V-1：用哪个方案？")
    assert plain(over).splitlines()[1:] == ["1 人投了票，结果见后面的消息。", "[看结果: /vote show V-1]"]
    assert "方案A" not in plain(over)
    assert titles(room).count("投票结束 V-1：“方案A”过半，1 人中 1 票") == 1
    assert "“方案A”过半" in cast.wang.presses("看结果", on=over)
    cast.zhang.presses("形成决议", on=card(room, "投票结束"))
    assert "已形成决议" in text(room, "投票结束")
    assert "决议" not in text(room, "投票已结束")


def test_of_a_vote_that_nobody_cast_it_is_said_once(office, cast, room):
    cast.zhang.types("/vote new 用哪个方案？ | 方案A | 方案B", room)
    cast.zhang.types("/vote close", room)
    assert "没有人投票。" in text(room, "投票已结束")


def test_the_end_closes_what_has_no_deadline(office, cast, room):
    cast.zhang.types("/vote new 用哪个？ | A | B", room)
    cast.zhang.types("/vote new 何时？ | 五月 | 六月 | 截止 12:00", room)
    cast.zhang.types("/meeting end", room)
    assert vote(office, 1).closed_at is not None
    assert vote(office, 2).closed_at is None
    assert [title for title in titles(room) if "V-1" in title] == [
        "投票已结束 V-1：用哪个？",
        "投票结束 V-1：没有人投票",
    ]
    cast.li.types("/vote cast V-2 1")
    office.until("2026-11-20 12:00")
    assert "“五月”过半" in text(room, "投票结束 V-2")


def test_who_may_open_vote_and_close(office, cast, room):
    assert "张三" in cast.li.types("/vote new 用哪个？ | A | B", room)
    cast.zhao.types("/vote new 用哪个？ | A | B", room)
    asked = card(room, "请投票")
    assert "V" not in cast.sun.presses("A", on=asked)[:1], "not invited"
    assert vote(office).voted == ()
    cast.sun.types("/meeting here M-1")
    chooses(cast.sun, room, "A")
    assert vote(office).voted == (cast.sun.person.id,)
    assert "张三" in cast.li.presses("结束投票", on=asked)
    assert vote(office).closed_at is None


def test_what_cannot_be_a_vote(office, cast, room):
    assert "2 到 10 个选项，现在是 1 个" in cast.zhang.types("/vote new 用哪个？ | A", room)
    assert "“a”写了两次" in cast.zhang.types("/vote new 用哪个？ | a | A", room).replace("“A”", "“a”")
    assert "没看懂截止时间" in cast.zhang.types("/vote new 用哪个？ | A | B | 截止 尽快", room)
    assert "已经过了" in cast.zhang.types("/vote new 用哪个？ | A | B | 截止 09:00", room)
    assert "没有 V-9 这次投票" in cast.zhang.types("/vote show V-9", room)


def test_the_form(office, cast, room):
    cast.zhang.types("/vote new", room)
    cast.zhang.fills(question="用哪个？", choices="A\nB\nC", secret="secret", many="one", deadline="11:00")
    made = vote(office)
    assert (made.choices, made.secret, made.many) == (("A", "B", "C"), True, False)
    assert made.deadline is not None


def test_cancelled_in_the_middle(office, cast, room):
    cast.zhang.types("/vote new 用哪个？ | A | B | 截止 10:30", room)
    asked = card(room, "请投票")
    cast.zhang.types("/meeting cancel M-1 客户改期")
    assert "M-1" in cast.li.presses("A", on=asked)
    assert "会议已取消，不再计票。" in text(room, "投票作废 V-1：用哪个？")
    shown = len(room.cards)
    office.until("2026-11-20 10:31")
    assert vote(office).closed_at is not None
    assert len(room.cards) == shown, "nobody is told of a vote of a cancelled meeting"
    assert "会议已取消，不再计票。" in text(room, "投票作废 V-1"), "a deadline that rings later makes no result of it"
    assert meeting(office).state is MeetingState.CANCELLED


class TestSecret:
    """Nothing in history, answers, cards or database tells who chose what."""

    def test_it_is_cast_once(self, office, cast, room):
        cast.zhang.types("/vote new 换供应商？ | 换 | 不换 | 匿名", room)
        assert chooses(cast.li, room, "换") == "V-1 已计入，不记名，不能再改。"
        assert "你已经投过，不能再改" in chooses(cast.li, room, "不换")
        assert vote(office).counts == (1, 0)

    def test_several_choices_are_one_form(self, office, cast, room):
        cast.zhang.types("/vote new 换哪些？ | A | B | C | 匿名 | 多选", room)
        assert labels(room.cards[-1]) == ["投票", "结束投票"]
        chooses(cast.li, room, "投票")
        assert cast.li.fills(numbers="1、3") == "V-1 已计入，不记名，不能再改。"
        assert vote(office).counts == (1, 0, 1)

    def test_it_is_not_typed_where_others_read(self, office, cast, room):
        cast.zhang.types("/vote new 换供应商？ | 换 | 不换 | 匿名", room)
        assert "别写在大家看得到的地方" in cast.li.types("/vote cast V-1 1", room)
        assert vote(office).voted == ()
        assert "已计入" in cast.li.types("/vote cast V-1 1")

    def test_the_result_names_nobody(self, office, cast, room):
        cast.zhang.types("/vote new 换供应商？ | 换 | 不换 | 匿名", room)
        for who, label in ((cast.wang, "换"), (cast.li, "不换"), (cast.zhao, "换")):
            chooses(who, room, label)
        cast.zhang.types("/vote close", room)
        said = text(room, "投票结束")
        assert "“换”过半，3 人中 2 票" in said
        assert not any(who.name in said for who in (cast.wang, cast.li, cast.zhao))

    def test_the_database_cannot_tell(self, tmp_path):
        """Two worlds in which two people's choices are swapped leave the very same rows behind."""
        assert _secretly(tmp_path / "one", "换", "不换") == _secretly(tmp_path / "other", "不换", "换")
        assert _secretly(tmp_path / "both", "换", "换") != _secretly(tmp_path / "none", "不换", "不换"), "it is counted"

    def test_there_is_no_line_of_history(self, office, cast, room):
        cast.zhang.types("/vote new 换供应商？ | 换 | 不换 | 匿名", room)
        chooses(cast.wang, room, "换")
        assert [one.verb for one in record(office, "V-1")] == ["vote"]
        assert vote(office).ballots == ()
        assert [one.verb for one in record(office, "M-1")] == ["start"]

    def test_the_kept_answers_are_the_same_for_every_choice(self, office, cast, room):
        cast.zhang.types("/vote new 换供应商？ | 换 | 不换 | 匿名", room)
        chooses(cast.wang, room, "换")
        chooses(cast.li, room, "不换")
        assert to_json(cast.wang.answers[-1]) == to_json(cast.li.answers[-1])


def test_in_english(english, crew):
    room = english.room("product", crew.ann, crew.bo, crew.kim)
    convened(english, host=crew.ann, people=[crew.bo, crew.kim], room=room, title="Q3 planning")
    english.until("2026-11-20 10:00")
    crew.ann.types("/meeting start", room)
    crew.ann.types("/vote new Which plan? | Plan A | Plan B | secret | until 15 min", room)
    assert "Secret · One choice · until 10:15" in text(room, "Please vote, V-1: Which plan?")
    asked = card(room, "Please vote")
    assert crew.bo.presses("Plan B", on=asked) == "V-1: counted, without your name. It cannot be changed."
    english.until("2026-11-20 10:15")
    assert '"Plan B" has the majority, 1 of 1' in card(room, "V-1 is closed").title
    assert "1 has voted; the result is in a later message." in text(room, "Vote closed, V-1: Which plan?")


def _secretly(folder: Path, first: str, second: str) -> list[str]:
    """What stands in the database after two people voted secretly, one after the other."""
    folder.mkdir()
    office = Office(folder)
    zhang, li, wang = (office.hires(name) for name in ("张三", "李四", "王五"))
    room = office.room("产品", zhang, li, wang)
    convened(office, host=zhang, people=[li, wang], room=room)
    office.until("2026-11-20 10:00")
    zhang.types("/meeting start", room)
    zhang.types("/vote new 换供应商？ | 换 | 不换 | 匿名", room)
    chooses(wang, room, first)
    chooses(li, room, second)
    office.shuts()
    return rows(office)


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("用哪个方案？ 选项：自建、外购、再看看", ("自建", "外购", "再看看")),
        ("用哪个方案？选项: 自建，外购", ("自建", "外购")),
        ("用哪个方案？ 自建 / 外购", ("自建", "外购")),
        ("Which one? options: build, buy", ("build", "buy")),
        ("Which one? build or buy", ("build", "buy")),
        ("今年要不要自建？ 大家想一想", ("同意", "反对", "弃权")),
        ("要不要自建", ("同意", "反对", "弃权")),
    ],
)
def test_choices_are_written_as_people_write_lists(office, cast, room, line, choices):
    cast.zhang.types(f"/vote new {line}", room)
    (vote,) = office.runner.run(office.store.read(lambda records: records.meetings.votes(1)))
    assert vote.choices == choices
