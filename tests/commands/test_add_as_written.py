"""`/action add` with the commas, the 和 between names and the 完成 behind the day that people write (A1, M3)."""

from datetime import date

import pytest

from bot.cards import Card
from bot.domain.action import State
from tests.commands.counter import Counter, asked, buttons

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "line",
    [
        "@李四，写总结，下周五", "写总结，下周五，@李四", "下周五，写总结 @李四", "@李四, 写总结, 下周五, 标准：有数", "写总结；下周五 @李四",
        "@李四 写总结，下周五前完成", "写总结 @李四 下周五前做完。", "写总结 下周五前搞定 @李四",
    ],
)  # fmt: skip
def test_commas_and_finishing_words_as_people_write_them(counter, line):
    counter.asks(counter.assigner, f"/action add {line}")
    item = counter.last()
    assert (item.text, item.owner, item.due.day) == ("写总结", counter.owner.id, FRIDAY)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("写总结，发给客户，下周五 @李四", "写总结，发给客户"), ("下周五前完成需求文档 @李四", "完成需求文档"),
    ],
)  # fmt: skip
def test_and_what_is_the_titles_stays_in_it(counter, line, text):
    counter.asks(counter.assigner, f"/action add {line}")
    assert (counter.last().text, counter.last().due.day) == (text, FRIDAY)


def test_of_a_list_of_days_none_is_taken(counter):
    assert asked(counter.asks(counter.assigner, "/action add 值班，周一，周二 @李四"))[0] == "due*"


@pytest.mark.parametrize(
    "names", ["@李四、@王五", "@李四 和 @王五", "@李四和@王五", "@李四 and @王五", "@李四 & @王五"]
)
def test_what_joins_two_names_is_no_part_of_the_title(counter, names):
    refusal = counter.refuses(counter.assigner, f"/action add 写报告 {names} 下周五")
    counter.presses(counter.assigner, refusal.offers[0].command)
    assert counter.last().text == "写报告"


def test_the_echo_can_be_undone(counter: Counter) -> None:
    echo = counter.asks(counter.assigner, "/action add 写报告 @李四 周五")
    assert isinstance(echo, Card)
    counter.presses(counter.assigner, buttons(echo)[-1].command)
    assert counter.last().state is State.CANCELLED
