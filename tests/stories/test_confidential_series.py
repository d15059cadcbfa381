"""What a confidential session left open (A13) does not stand where somebody reads it who may not know of it (N8)."""

import pytest

WEEKLY = (
    "/meeting new 周例会 每周一 10:00 30分钟 @李四 @王五 主持人：张三 记录人：孙七 目标：对齐进度；预期：清掉风险；"
    "议题：进度 10分钟"
)
SECRETS = ("裁员名单", "降薪方案")


@pytest.fixture
def held(office, cast):
    """M-1 was confidential, its series is not; it left an action and a parked topic."""
    cast.zhang.types(WEEKLY)
    cast.zhang.types("/meeting edit M-1 保密：是")
    cast.zhang.types("/meeting announce! M-1")
    office.until("2026-11-23 10:00")
    cast.zhang.types("/meeting start M-1")
    cast.zhang.types("/meeting act M-1 裁员名单 @张三 12月20日")
    cast.zhang.types("/meeting park M-1 降薪方案 @张三")
    cast.zhang.types("/meeting end M-1")
    return 1


def carried(office, number):
    return [topic.carried for topic in office.meeting(number).topics if topic.carried]


def test_nothing_of_it_stands_on_an_agenda_that_everybody_reads(office, cast, held):
    office.advance(hours=2)
    assert carried(office, 2) == []
    for who in (cast.zhao, cast.li, cast.zhang):
        shown = who.types("/meeting show M-2")
        assert "周例会" in shown
        assert not [word for word in SECRETS if word in shown]


def test_on_that_of_the_same_circle_it_does(office, cast, held):
    cast.zhang.types("/meeting edit M-2 保密：是")
    office.advance(hours=2)
    assert len(carried(office, 2)) == 2
    assert "裁员名单" in cast.li.types("/meeting show M-2")


@pytest.mark.parametrize("line", ["/meeting edit M-2 保密：否", "/meeting invite M-2 @赵六"])
def test_and_leaves_it_at_once_when_somebody_else_may_read_that(office, cast, held, line):
    cast.zhang.types("/meeting edit M-2 保密：是")
    office.advance(hours=2)
    shown = cast.zhang.types(line)
    assert not [word for word in SECRETS if word in shown]
    assert carried(office, 2) == []
    assert not [word for word in SECRETS if word in cast.zhao.types("/meeting show M-2")]
    version = office.meeting(2).version
    office.advance(hours=3)
    assert (carried(office, 2), office.meeting(2).version) == ([], version), "and is not brought back every hour"


def test_nor_does_an_undo_bring_it_back_to_who_may_not(office, cast, held):
    cast.zhang.types("/meeting edit M-2 保密：是")
    office.advance(hours=2)
    cast.zhang.types("/meeting invite M-2 @赵六")
    cast.zhang.types("/meeting edit M-2 地点：5 楼")
    cast.zhang.types("/meeting undo M-2")
    assert carried(office, 2) == []


def test_who_is_told_of_what_the_next_one_announces_reads_none_of_it(office, cast, held):
    office.advance(hours=2)
    cast.zhang.types("/meeting announce! M-2")
    assert not [word for word in SECRETS if word in cast.wang.reads]


def test_the_series_lists_a_confidential_session_to_its_people_alone(office, cast):
    cast.zhang.types(WEEKLY)
    cast.zhang.types("/meeting edit M-2 保密：是")
    assert "M-2 11月30日" in cast.li.types("/series show S-1")
    shown = cast.zhao.types("/series show S-1")
    assert "M-1 11月23日" in shown
    assert "M-2" not in shown
