"""`/action edit`: tokens or the form; only what differs changes, a new owner is assign, a later day is postpone (A4)."""

from datetime import date

import pytest

from bot.cards import Form
from bot.domain.action import Priority, Supporter
from tests.commands.counter import Counter


@pytest.fixture
def number(counter: Counter) -> int:
    counter.asks(
        counter.assigner, "/action add 输出流程 @李四 下周五前 标准：有流程图 地点：三楼 配合：@孙七 跟踪：@赵六"
    )
    counter.asks(counter.owner, "/action accept A-1")
    return 1


def whole(form: object) -> dict[str, str]:
    """Everything the form shows, as somebody who presses its button sends it."""
    assert isinstance(form, Form)
    return {one.name: one.value for one in form.fields}


def test_by_tokens(counter, number):
    counter.asks(counter.assigner, "/action edit A-1 标准：两张图 !high 地点：四楼")
    item = counter.item(1)
    assert (item.criterion, item.priority, item.place, item.text) == ("两张图", Priority.HIGH, "四楼", "输出流程")


def test_by_words(counter, number):
    counter.asks(counter.assigner, "修改 A-1 输出新流程")
    assert counter.item(1).text == "输出新流程"


def test_the_form_sent_as_it_came_changes_nothing(counter, number):
    form = counter.asks(counter.assigner, "/action edit A-1")
    before = counter.item(1)
    with pytest.raises(Exception, match="edit-nothing"):
        counter.fills(counter.assigner, form, **whole(form))
    assert counter.item(1) == before


@pytest.mark.parametrize(
    ("field", "value", "got"),
    [
        ("text", "输出新流程：@谁 周五", "输出新流程：@谁 周五"), ("criterion", "", ""), ("place", "四楼", "四楼"),
        ("supporters", "", ()), ("supporters", "周八, 客服部", 2), ("priority", "low", Priority.LOW),
    ],
)  # fmt: skip
def test_one_field_of_the_form(counter, number, field, value, got):
    form = counter.asks(counter.assigner, "/action edit A-1")
    before = counter.item(1)
    counter.fills(counter.assigner, form, **{**whole(form), field: value})
    after = counter.item(1)
    assert (len(after.supporters) if got == 2 else getattr(after, field)) == got
    rest = ("text", "criterion", "place", "supporters", "priority", "tracker", "due", "cadence", "note")
    assert all(getattr(after, name) == getattr(before, name) for name in rest if name != field)


def test_a_late_item_can_be_corrected_without_touching_its_day(counter, number):
    counter.waits(days=20)
    form = counter.asks(counter.assigner, "/action edit A-1")
    counter.fills(counter.assigner, form, **{**whole(form), "criterion": "两张图"})
    assert (counter.item(1).criterion, counter.item(1).due.day) == ("两张图", date(2026, 11, 27))


def test_an_earlier_day_is_a_correction_a_later_one_a_postponement(counter, number):
    counter.asks(counter.assigner, "/action edit A-1 due: 11月26日")
    assert (counter.item(1).due.day, counter.item(1).postponements) == (date(2026, 11, 26), 0)
    assert counter.refuses(counter.assigner, "/action edit A-1 due: 12月4日").text == "edit-is-postpone"


def test_another_owner_is_assign_and_comes_as_that_line(counter, number):
    refusal = counter.refuses(counter.assigner, "/action edit A-1 @郑十")
    assert (refusal.text, refusal.mended) == ("edit-is-assign", "/action assign A-1 @郑十")
    counter.presses(counter.assigner, refusal.offers[0].command)
    assert counter.item(1).owner == counter.nobody.id


def test_supporters_are_replaced_not_added(counter, number):
    counter.asks(counter.assigner, "/action edit A-1 配合：@周八")
    assert counter.item(1).supporters == (Supporter(counter.resolver.id),)


def test_a_title_cannot_be_emptied(counter, number):
    form = counter.asks(counter.assigner, "/action edit A-1")
    with pytest.raises(Exception, match="needs-text"):
        counter.fills(counter.assigner, form, **{**whole(form), "text": " \u200b"})


def test_a_wrong_value_is_said_at_its_field_and_nothing_changes(counter, number):
    form = counter.asks(counter.assigner, "/action edit A-1")
    before = counter.item(1)
    again = counter.fills(counter.assigner, form, **{**whole(form), "tracker": "无此人", "criterion": "两张图"})
    assert [one.name for one in again.fields if one.problem] == ["tracker"]
    assert counter.item(1) == before
