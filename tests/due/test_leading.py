"""A day glued to the front of a title is the due day only where a person could mean nothing else (M3)."""

import json
from contextlib import suppress
from datetime import date, time
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar
from bot.due import DueRefused, is_measure, leading, read
from tests.domain.given import WEDNESDAY

CHINA = Calendar.of()


@pytest.mark.parametrize(
    ("text", "title", "day", "hour"),
    [
        ("明天提交报告", "提交报告", 19, None),
        ("下周五交初稿", "交初稿", 27, None),
        ("后天上午10点开评审会", "开评审会", 20, time(10)),
        ("明天下午3点前提交报价", "提交报价", 19, time(15)),
        ("周五前完成测试", "完成测试", 20, None),
        ("本周五发邮件给客户", "发邮件给客户", 20, None),
        ("明天给客户报价", "给客户报价", 19, None),
        ("下周一做PPT", "做PPT", 23, None),
        ("大后天出方案", "出方案", 21, None),
        ("今天写周报", "写周报", 18, None),
        ("禮拜五交報告", "交報告", 20, None),
        ("後天提交報告", "提交報告", 20, None),
    ],
)
def test_a_near_day_before_what_is_to_be_done(text, title, day, hour):
    found, due = leading(text, WEDNESDAY, CHINA)
    assert due is not None
    assert (found, due.day, due.time) == (title, date(2026, 11, day), hour)


@pytest.mark.parametrize(
    "text",
    """周三周报 明天系统升级公告 下周计划 今天的会议纪要 周五发布会总结 明天开发计划 明天开会纪要 今天完成情况汇报 明天发票整理
    今天提交记录核对 明天交流会 周五交付计划 周一交接清单 明天出差报销 周三更新日志 周五汇报材料 明天写字楼巡检 周五上线计划
    周五交易数据 明天开业典礼方案 下周五出口报关 明天给力 今天完成率 昨天提交报告 本周一提交报告 上周五交初稿 明天提交 明天
    提交报告 明天提交的报告 周五确认函 今天做法 周末提交报告 下周交初稿 月底提交报告 今天上午9点提交报告""".split(),
)
def test_in_doubt_the_day_stays_in_the_title(text):
    """The last ones: days that have passed, no exact day, or nothing to do."""
    assert leading(text, WEDNESDAY, CHINA) == (text, None)


@given(st.text("今明后天周五三下上本提交完成的报告初稿开会评审给发写做 10点前", max_size=30))
def test_any_text_keeps_every_character_behind_the_day(text):
    title, due = leading(text, WEDNESDAY, CHINA)
    assert text.endswith(title)
    assert (due is None) == (title == text)


@pytest.mark.parametrize("phrase", ["3天", "三天", "2小时", "两周", "一年", "3 days", "two weeks", "5个工作日"])
def test_a_bare_count_may_be_the_effort(phrase):
    assert is_measure(phrase, WEDNESDAY, CHINA)


@pytest.mark.parametrize(
    "phrase", ["3天内", "三天后", "in 3 days", "周五", "15号", "下午3点", "总结", "", "3天写总结", "99999天"]
)
def test_what_is_counted_from_today_or_is_no_count_is_none(phrase):
    assert not is_measure(phrase, WEDNESDAY, CHINA)


def test_a_day_that_was_read_says_itself_whether_it_was_a_bare_count():
    rows = [
        json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
        for name in ("phrases.json", "further.json")
    ]
    counts = 0
    for row in chain(*rows):
        with suppress(DueRefused):
            due = read(row["text"], WEDNESDAY, CHINA)
            assert due.counted == is_measure(row["text"], WEDNESDAY, CHINA), row["text"]
            counts += due.counted
    assert counts > 0
