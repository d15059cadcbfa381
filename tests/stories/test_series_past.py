"""The history of a recurring meeting itself (P2): who made, changed, moved, skipped and ended it."""

import pytest

from bot.texts import words
from bot.views.series_past import PAST

FRIDAYS = "30分钟 @李四 主持人：张三 记录人：孙七 目标：对齐；预期：清掉风险；议题：进度 10分钟"


@pytest.fixture
def fridays(office, cast):
    """S-1 of 张三's, on Fridays; its session of New Year's Day is asked about."""
    cast.zhang.types(f"/meeting new 周例会 每周五 10:00 {FRIDAYS}")


def past(who):
    """Each line without its hour, its detail behind it."""
    said = who.types("/series history S-1").split("\n[")[0]
    return [line.strip().removeprefix("10:00 ") for line in said.splitlines()[2:]]


def test_who_did_what_with_what_it_changed_and_why(office, cast, fridays):
    cast.zhang.types("/series edit S-1 14:00 地点：5 楼 原因：会议室换了")
    cast.zhang.types("/series invite S-1 @赵六")
    cast.zhang.types("/series uninvite S-1 @赵六")
    cast.zhang.types("/series move S-1 2027-01-01")
    cast.zhang.types("/series skip S-1 2026-12-04")
    cast.zhang.types("/series end S-1")
    assert past(cast.li) == [
        "张三建系列",
        "张三修改", "每周五 10:00 → 每周五 14:00 · 地点 · 会议室换了",
        "张三以后每次邀请", "赵六", "张三以后不再邀请", "赵六",
        "张三顺延", "2027年1月1日（周五） → 2027年1月4日（周一）", "张三跳过", "12月4日（周五）", "张三结束系列",
    ]  # fmt: skip
    assert cast.li.presses("查看").startswith("S-1 周例会")


def test_what_one_session_went_through_stands_in_that_meetings(office, cast, fridays):
    cast.zhang.types("/meeting reschedule M-1 11月20日 11:00")
    assert past(cast.zhang) == ["张三建系列"]
    assert "张三改时间或地点" in cast.zhang.types("/meeting history M-1")


def test_what_was_refused_stands_in_it(office, cast, fridays):
    """A2: who tried, also after its end."""
    assert cast.li.types("/series edit S-1 14:00") == "只有张三可以改动系列会议（S-1）。"
    cast.zhang.types("/series end S-1")
    assert cast.zhang.types("/series skip S-1 2026-12-04").startswith("S-1 已经结束了。")
    assert past(cast.li) == ["张三建系列", "李四想修改（未允许）", "张三结束系列", "张三想跳过（未允许）"]


def test_of_a_confidential_one_nobody_else_reads_it(office, cast):
    """N8."""
    cast.zhang.types(f"/meeting new 薪酬例会 每周五 10:00 {FRIDAYS} 保密：是")
    assert "系列" in cast.li.types("/series history S-1")
    told = cast.zhao.types("/series history S-1")
    assert "薪酬" not in told
    assert "张三" not in told


def test_in_english(english, crew):
    crew.ann.types("/meeting new weekly every Friday 10:00 30min @Bo host: Ann recorder: Bo")
    crew.ann.types("/series edit S-1 14:00")
    shown = crew.ann.types("/series history S-1")
    assert "Ann began the series" in shown
    assert "every Fri, 10:00 → every Fri, 14:00" in shown


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_line_has_words(language):
    assert [name for name in PAST if not words(language).has(f"past-series-{name}")] == []
