"""Zones and languages (T1, T4, T5): days end by the owner's clock, everybody reads their own language."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def berlin(office):
    """Anna owns in Berlin and reads English; 张三 asks from Shanghai."""
    return office.hires("Anna", language="en", timezone="Europe/Berlin")


def test_a_day_ends_by_the_owners_clock(office, cast, berlin):
    cast.zhang.types("/action add ship it @Anna 11月25日")
    assert office.action(1).due.at == datetime(2026, 11, 25, 17, tzinfo=UTC), "18:00 in Berlin"
    office.until("2026-11-18 16:00")
    assert berlin.reads.startswith("A-1 is yours, due Wed 25 Nov. OK?")
    berlin.presses("Accept")
    office.told()
    office.until("2026-11-25 15:59")
    office.told()
    office.until("2026-11-25 16:00")
    assert office.told() == {"Anna": ["🟡 A-1 is due today, 18:00"]}, "09:00 in Berlin"


def test_an_hour_is_the_owners_too(office, cast, berlin):
    cast.zhang.types("/action add ship it @Anna 11月25日 15:00")
    assert office.action(1).due.at == datetime(2026, 11, 25, 14, tzinfo=UTC)


def test_quiet_hours_are_the_readers(office, cast, berlin):
    """10:00 in Shanghai is 03:00 in Berlin."""
    cast.zhang.types("/action add ship it @Anna 11月25日")
    assert office.told() == {}
    office.until("2026-11-18 15:29")
    assert office.told() == {}
    office.until("2026-11-18 15:30")
    assert office.told() == {"Anna": ["A-1 is yours, due Wed 25 Nov. OK?"]}


def test_moving_moves_the_reminders(office, cast, item):
    """A4 row 14: the wall clock stays, the instant moves."""
    cast.li.types("/settings timezone Europe/Berlin")
    assert office.action(1).due.at == datetime(2026, 11, 27, 17, tzinfo=UTC)
    assert office.record(1)[-1] == "李四 edit"
    office.until("2026-11-25 15:59")
    office.told()
    office.until("2026-11-25 16:00")
    assert office.told() == {"李四": ["🟡 A-1 后天到期（11月27日 周五）"]}


def test_the_day_of_the_asker_is_today_there(office, cast, berlin):
    """At 02:00 of the 19th in Shanghai it is still the 18th in Berlin: `tomorrow` is the asker's."""
    office.until("2026-11-19 02:00")
    berlin.types("/action add check the build @me tomorrow")
    assert f"{office.action(1).due.day}" == "2026-11-19"
    cast.zhang.types("/action add 看构建 @我 明天")
    assert f"{office.action(2).due.day}" == "2026-11-20"


def test_traditional_chinese_for_who_reads_it_and_words_as_written(office, cast):
    """T4, T5: 簡體 words of a person stay as they wrote them."""
    lin = office.hires("林美", language="zh-Hant")
    cast.zhang.types("/action add 输出《客户投诉处理流程》 @林美 下周五前")
    assert lin.reads.startswith("請確認：A-1 由你負責，11月27日（週五）到期\n输出《客户投诉处理流程》")
    assert lin.presses("接受") == "已接受 A-1，11月27日（週五，還有 9 天）到期"
    office.until("2026-11-25 09:00")
    assert lin.reads.startswith("🟡 A-1 後天到期（11月27日 週五）")
    assert lin.types("/action 轉交 A-1 @劉備").startswith("這裡沒有「劉備」。請用 @ 選擇，或寫全名。")
    assert lin.types("延期 A-1 12月4日 等法務").startswith("A-1 已延期到 12月4日（週五")
    assert "等法務" in cast.zhang.reads, "as it was written"


def test_one_item_in_three_languages(office, cast, berlin):
    lin = office.hires("林美", language="zh-Hant")
    cast.zhang.types("/action add 输出流程 @李四 下周五 配合：Anna、林美")
    office.until("2026-11-18 16:00")
    assert lin.reads.startswith("A-1 請你配合李四，11月27日（週五）到期")
    assert berlin.reads.startswith("A-1: please support 李四, due Fri 27 Nov")


def test_choosing_a_language_counts_from_now_on(office, cast, item):
    cast.li.types("/settings 语言 繁体")
    office.until("2026-11-25 09:00")
    assert cast.li.reads.startswith("🟡 A-1 後天到期（11月27日 週五）")
