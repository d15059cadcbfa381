"""Days and efforts in a new item's title: what is the due day, what stays in the title, what is asked (M3)."""

from datetime import date

import pytest

from bot.cards import Form
from tests.commands.counter import asked


@pytest.mark.parametrize(
    "title",
    [
        "写3天总结",
        "3天冲刺",
        "写总结 3天",
        "3天 冲刺",
        "修复 2小时",
        "两周 培训",
        "Sprint 3 days",
        "write 2 hours of tests",
    ],
)
@pytest.mark.parametrize("line", ["{} @李四", "@李四 {}"])
def test_an_effort_in_a_title_is_no_day(counter, title, line):
    form = counter.asks(counter.assigner, f"/action add {line.format(title)}")
    assert "due*" in asked(form)
    assert title in form.command


@pytest.mark.parametrize("effort", ["3天", "2小时", "两周", "3 days"])
def test_an_effort_that_stands_alone_is_asked_about(counter, effort):
    form = counter.asks(counter.assigner, f"/action add 写总结 @李四 {effort}")
    assert "due*" in asked(form)
    assert effort in form.command


@pytest.mark.parametrize("said", ["3天", "三天", "3天内"])
def test_as_the_answer_to_by_when_a_count_is_the_day(counter, said):
    form = counter.asks(counter.assigner, "/action add 写总结 @李四")
    counter.continues(counter.assigner, form, said)
    assert (counter.last().text, counter.last().due.day) == ("写总结", date(2026, 11, 21))


def test_an_effort_beside_a_day_stays_in_the_title(counter):
    counter.asks(counter.assigner, "/action add 写总结 3天 @李四 下周五")
    assert (counter.last().text, counter.last().due.day) == ("写总结 3天", date(2026, 11, 27))


@pytest.mark.parametrize(
    ("line", "title", "day"),
    [
        ("明天提交报告 @李四", "提交报告", 19),
        ("@李四 明天提交报告", "提交报告", 19),
        ("下周五交初稿 @李四", "交初稿", 27),
        ("后天上午10点开评审会 @李四", "开评审会", 20),
        ("明天提交报告 @李四 周五", "明天提交报告", 20),
    ],
)
def test_a_day_that_opens_the_title(counter, line, title, day):
    """A day that stands by itself goes first: then the title keeps its own."""
    counter.asks(counter.assigner, f"/action add {line}")
    assert (counter.last().text, counter.last().due.day) == (title, date(2026, 11, day))


def test_such_a_title_survives_a_form_whole(counter):
    form = counter.asks(counter.assigner, "/action add 行动：“明天提交报告” @李四")
    assert isinstance(form, Form)
    counter.continues(counter.assigner, form, "周五")
    assert (counter.last().text, counter.last().due.day) == ("明天提交报告", date(2026, 11, 20))


@pytest.mark.parametrize("title", ["周三周报", "明天系统升级公告", "下周计划", "今天的会议纪要"])
def test_a_day_that_belongs_to_the_title_is_not_taken(counter, title):
    form = counter.asks(counter.assigner, f"/action add {title} @李四")
    assert "due*" in asked(form)
    counter.continues(counter.assigner, form, "周五")
    assert (counter.last().text, counter.last().due.day) == (title, date(2026, 11, 20))
