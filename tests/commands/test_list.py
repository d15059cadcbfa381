"""`/action list`: filters in any order and together, worst first, paged; alone it is what waits for me (A12, A11)."""

from typing import Any

import pytest

from bot.cards import plain
from bot.domain.action import State
from tests.commands.counter import ROOM, Counter, buttons, numbers

LINES = {
    1: "/action add 甲 @李四 11月20日 标准：一 会议：产品会 跟踪：@赵六",
    2: "/action add 乙 @李四 12月4日",
    3: "/action add 丙 @郑十 11月19日 !high",
    4: "/action add 丁 @孙七 12月11日 会议：产品会",
    5: "/action add 戊 @张三 12月18日",
}


@pytest.fixture
def busy(counter: Counter) -> Counter:
    """Five items: 1, 2 of 李四 (技术部), 3 of 郑十 (技术部), 4 of 孙七, 5 of 张三 (客服部); 2 was said in a room."""
    for number, line in LINES.items():
        counter.asks(counter.assigner, line, room=ROOM if number == 2 else None)
    for number, who in ((1, counter.owner), (2, counter.owner), (3, counter.nobody), (4, counter.supporter)):
        counter.asks(who, f"/action accept A-{number}")
    return counter


def listed(counter: Counter, who: str, filters: str, **where: Any) -> list[int]:
    return numbers(counter.asks(getattr(counter, who), f"/action list {filters}", **where))


FILTERS: tuple[tuple[str, str, list[int]], ...] = (
    ("owner", "", [1, 2]), ("owner", "mine", [1, 2]), ("owner", "我的", [1, 2]),
    ("owner", "team", [3, 1, 2]), ("owner", "团队", [3, 1, 2]),
    ("owner", "部门 客服部", [4, 5]), ("owner", "department 客服部", [4, 5]), ("owner", "客服部", [4, 5]),
    ("owner", "部门：技术部", [3, 1, 2]), ("owner", "@技术部", [3, 1, 2]),
    ("assigner", "assigned", [3, 1, 2, 4, 5]), ("assigner", "我布置的", [3, 1, 2, 4, 5]),
    ("owner", "@郑十", [3]), ("owner", "@孙七", [4]),
    ("owner", "everything yellow", [3, 1]), ("owner", "全部 黄", [3, 1]), ("owner", "everything green", [2, 4, 5]),
    ("owner", "yellow green everything", [3, 1, 2, 4, 5]),
    ("owner", "meeting 产品会", [1, 4]), ("owner", "会议：产品会", [1, 4]),
    ("owner", "客服部 meeting 产品会", [4]), ("owner", "red everything", []),
    ("owner", "全部，黄灯", [3, 1]),
)  # fmt: skip


def test_filters(busy):
    for who, filters, found in FILTERS:
        assert listed(busy, who, filters) == found, filters


def test_worst_first_then_the_sooner(busy):
    """On the 25th: 3 and 1 are late, then what is soon, then the rest."""
    busy.waits(days=7)
    assert listed(busy, "owner", "everything") == [3, 1, 2, 4, 5]
    assert listed(busy, "owner", "everything overdue") == [3, 1]
    assert listed(busy, "owner", "overdue 全部 @李四") == [1]
    assert listed(busy, "owner", "逾期") == [1]


def test_among_equals_the_more_important(counter):
    for mark in ("!low", "", "!high"):
        counter.asks(counter.assigner, f"/action add 事{mark} @李四 12月4日 {mark}")
    assert listed(counter, "owner", "") == [3, 2, 1]


def test_in_a_room_the_team_is_the_room(busy):
    assert listed(busy, "assigner", "team", room=ROOM) == [2]
    assert listed(busy, "assigner", "green", room=ROOM) == [2]


class TestWhatWaitsForMe:
    def test_to_accept_to_verify_to_resolve_and_declined(self, busy):
        busy.asks(busy.assigner, "/action add 己 @赵六 12月4日")
        busy.asks(busy.owner, "/action submit A-1 v1")
        busy.asks(busy.owner, "/action block A-2 等接口 @赵六 周五")
        assert set(listed(busy, "tracker", "")) == {1, 2, 6}
        busy.asks(busy.tracker, "/action decline A-6 没空")
        assert 6 in listed(busy, "assigner", "")
        assert 6 in listed(busy, "owner", "@张三"), "it is back with whoever assigned it (A2), as their week counts it"
        assert 6 not in listed(busy, "owner", "@赵六")

    def test_verify(self, busy):
        busy.asks(busy.owner, "/action submit A-1 v1")
        assert listed(busy, "tracker", "待验收") == [1]
        assert listed(busy, "tracker", "verify") == [1]

    def test_blocked(self, busy):
        busy.asks(busy.owner, "/action block A-2 等接口 @赵六 周五")
        assert listed(busy, "head", "受阻 全部") == [2]

    def test_nothing_is_said_kindly(self, busy):
        assert "/action add" in plain(busy.asks(busy.admin, "/action"))


def test_closed_items_only_when_asked_for(busy):
    busy.asks(busy.owner, "/action submit A-1 v1")
    busy.asks(busy.tracker, "/action approve A-1")
    assert busy.item(1).state is State.DONE
    assert listed(busy, "owner", "") == [2]
    assert listed(busy, "owner", "done") == [1]


class TestPages:
    @pytest.fixture
    def many(self, counter: Counter) -> Counter:
        for n in range(45):
            counter.asks(counter.owner, f"/action add 第{n}项 @我 12月4日")
        return counter

    def test_each_item_stands_on_one_page_and_the_button_turns_it(self, many):
        seen: list[int] = []
        answer = many.asks(many.owner, "/action list mine green")
        while True:
            seen += numbers(answer)
            more = [one for one in buttons(answer) if "page" in one.command]
            if not more:
                break
            answer = many.presses(many.owner, more[0].command)
        assert seen == list(range(1, 46))

    def test_the_colours_are_counted_over_all_pages(self, many):
        many.asks(many.assigner, "/action add 急 @李四 11月19日")
        for page in ("", "page 3"):
            said = plain(many.asks(many.owner, f"/action list {page}")).splitlines()
            assert said[0] == "我的行动项：🟡 1 · 🟢 45"
            assert said[1] == f"第 {page[5:] or 1}/3 页，共 46 项"

    def test_the_last_page(self, many):
        for page in ("page 3", "p3", "第3页", "第 3 页", "第三页", "3", "page 99"):
            assert listed(many, "owner", f"mine {page}") == [41, 42, 43, 44, 45], page


def test_an_unknown_filter_is_named(busy):
    for word in ("nonsense", "逾期的吗", "%", "'; drop table"):
        refusal = busy.refuses(busy.owner, f"/action list 我的 {word}")
        assert (refusal.text, refusal.args_["typed"]) == ("list-filter-unknown", word.split()[0].rstrip(";"))


def test_an_unknown_department_is_named(busy):
    assert busy.refuses(busy.owner, "/action list 部门 法务部").text == "department-unknown"


def test_somebody_without_a_department_has_no_team(busy):
    assert busy.refuses(busy.admin, "/action list team").text == "no-department"


def test_show_and_history(busy):
    assert "甲" in plain(busy.asks(busy.nobody, "查看 A-1"))
    assert "张三" in plain(busy.asks(busy.nobody, "记录 A-1"))
    assert busy.refuses(busy.nobody, "/action show").text == "which-item"
    assert busy.refuses(busy.nobody, "/action show A-77").text == "number-unknown"


class TestWhoseItIs:
    """A head who asks what is overdue must not read "none" of their own as none at all; and one's own name in one's own
    list says nothing."""

    def test_the_heading_says_whose(self, busy):
        busy.waits(days=7)
        assert plain(busy.asks(busy.owner, "/action list 逾期")).startswith("我的行动项 · 已逾期：🔴 1")
        assert plain(busy.asks(busy.owner, "/action list 逾期", room=ROOM)).startswith("团队的行动项 · 已逾期：没有")
        assert plain(busy.asks(busy.owner, "/action list @郑十 逾期")).startswith("已逾期 · 郑十：🔴 1")

    def test_the_department_is_one_press_away(self, busy):
        answer = busy.asks(busy.owner, "/action list 红")
        assert plain(answer).splitlines()[0] == "我的行动项 · 红灯：没有行动项"
        assert "这样新增" not in plain(answer), "that nothing is red is no reason to add something"
        (wider,) = buttons(answer)
        assert (wider.label, wider.command) == ("本部门的", "/action list team red")
        busy.waits(days=7)
        assert numbers(busy.presses(busy.owner, "/action list team overdue")) == [3, 1]

    def test_who_has_no_department_is_offered_none(self, busy):
        assert not buttons(busy.asks(busy.admin, "/action list 红"))

    def test_ones_own_name_is_left_out_of_ones_own_list_alone(self, busy):
        assert "李四" not in plain(busy.asks(busy.owner, "/action list"))
        assert "李四" in plain(busy.asks(busy.owner, "/action list team"))
        busy.asks(busy.owner, "/action submit A-1 v1")
        assert "李四" in plain(busy.asks(busy.tracker, "/action list")), "what others wait with has their name"
