"""Another day, and why (A4): by how much, what is offered instead of a day that is no later, whose it is."""

import pytest


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("延期 A-1 两天 等数据", "2026-11-29"), ("延期 A-1 等数据，3个工作日", "2026-12-02"), ("推迟 A-1 一周 等数据", "2026-12-04"),
        ("postpone A-1 3 days waiting for data", "2026-11-30"), ("延期 A-1 三天后 等数据", ""), ("延期 A-1 下周六 等数据", "2026-11-28"),
    ],
)  # fmt: skip
def test_by_how_many_days_it_is_postponed(office, cast, item, said, day):
    """Due on 27 November, said on the 18th: 延期两天 is two days beyond its day, not beyond today; 三天后 is the 21st."""
    answer = cast.li.types(said)
    if not day:
        assert answer.startswith("新的截止日要晚于 11月27日（周五）。")
        return
    assert office.action(1).due.day.isoformat() == day


def test_in_the_form_too_and_an_overdue_one_from_today(office, cast, item):
    cast.li.types("延期 A-1 等数据")
    cast.li.fills(due="两天")
    assert office.action(1).due.day.isoformat() == "2026-11-29"
    office.until("2026-12-02 10:00")
    cast.li.types("延期 A-1 两天 等数据")
    assert office.action(1).due.day.isoformat() == "2026-12-04"


def test_a_day_that_is_no_later_comes_with_later_ones(office, cast, item):
    assert (
        cast.li.types("延期 A-1 11月26日 等“数据” 和 明天的会").splitlines()[0] == "新的截止日要晚于 11月27日（周五）。"
    )
    cast.li.presses("11月30日（周一）")
    action = office.action(1)
    assert (action.due.day.isoformat(), office.history(1)[-1].why) == ("2026-11-30", "等“数据” 和 明天的会")


def test_who_owns_it_already_is_named(cast, item):
    assert cast.zhang.types("转交 A-1 @李四").startswith("A-1 本来就由李四负责。")


@pytest.mark.parametrize(
    "said",
    [
        "A-1 延期到下周六，因为供应商没回",
        "A-1延期到下周六 供应商没回",
        "a-1 推迟到下周六，供应商没回",
        "A-1 延期一天 供应商没回",
        "A-1 顺延1天，供应商没回",
    ],
)
def test_without_a_blank_behind_the_verb(office, cast, item, said):
    assert cast.li.types(said).startswith("A-1 已延期到 11月28日（周六")
    assert "供应商没回" in office.history(1)[-1].why


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("A-1 转交给 @孙七", ""), ("A-1 转交给孙七 李四出差", "李四出差"), ("转交 A-1 给 @孙七，李四出差", "李四出差"), ("reassign A-1 to @孙七", ""),
        ("转交 A-1 @孙七 给客户的事", "给客户的事"),
    ],
)  # fmt: skip
def test_to_whom_it_is_handed_over(office, cast, item, said, why):
    assert cast.zhang.types(said).startswith("已把 A-1 转交孙七")
    assert office.history(1)[-1].why == why


@pytest.mark.parametrize("said", ["A-1 延期的原因是供应商", "延期申请表在哪"])
def test_what_only_begins_like_it_is_no_postponement(office, cast, item, said):
    cast.li.types(said)
    assert office.action(1).due.day.isoformat() == "2026-11-27"


def test_whose_day_it_is_not_to_move_is_not_asked_for_another(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    for line in ("postpone A-1 尽快 没时间", "block A-1 等接口 @王五 尽快"):
        assert cast.sun.types(line).startswith("只有")
