"""What is given and taken back while somebody may not be written to (T3): in the morning they hear what is true, and only that."""

import pytest

FRIDAY_NIGHT, MONDAY = "2026-11-20 20:30", "2026-11-23 08:30"


@pytest.fixture
def three(office, cast):
    """A-1, A-2 and A-3 of 李四's, who has accepted them; it is Friday night."""
    for words in ("接口文档", "压测报告", "上线清单"):
        cast.zhang.types(f"/action add {words} @李四 12月11日")
    cast.li.types("/action accept A-1 A-2 A-3")
    office.until(FRIDAY_NIGHT)
    office.told()


def morning(office, who):
    """What somebody is told on Monday when they may be disturbed."""
    office.until(MONDAY)
    return office.told().get(who.name, [])


def test_several_are_handed_on_by_one_line(office, cast, three):
    """A14: in one step."""
    assert cast.zhang.types("/action assign A-1 A-2 A-3 @孙七 李四出差").startswith("已转交 3 项")
    assert {office.action(number).owner for number in (1, 2, 3)} == {cast.sun.person.id}
    assert {office.history(number)[-1].why for number in (1, 2, 3)} == {"李四出差"}
    assert morning(office, cast.sun) == ["3 项行动由你负责，请确认"]


def test_to_whom_is_asked_once_for_all_of_them(office, cast, three):
    cast.zhang.types("/action assign A-1 A-2")
    assert cast.zhang.types("@孙七").startswith("已转交 2 项")
    assert {office.action(number).owner for number in (1, 2)} == {cast.sun.person.id}


def test_several_go_together_or_not_at_all(office, cast, three):
    cast.zhang.types("/action cancel A-2 不做了")
    assert cast.zhang.types("/action assign A-1 A-2 A-3 @孙七").startswith("A-2 现在是“已取消”")
    assert {office.action(number).owner for number in (1, 2, 3)} == {cast.li.person.id}
