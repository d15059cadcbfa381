"""A meeting's room hears what all of it must know: the notice, a change, the cancellation (P9); once each, nobody named who is
asked directly, and nothing of what is confidential (N8)."""

import pytest

from bot.cards import plain
from tests.conversation import buttons
from tests.gathering import card, titles

LINE = (
    "/meeting new 规划会 下周三 15:00 @李四 @王五 主持人：张三 记录人：李四 目标：定方向；预期：三个功能；地点：3 楼；"
    "议题：功能 10分钟 @王五"
)


@pytest.fixture
def room(office, cast):
    """M-1 of 张三's was planned here; nobody has heard."""
    room = office.room("产品", cast.zhang, cast.li, cast.wang, cast.sun)
    cast.zhang.types(LINE, room)
    return room


def test_a_draft_is_not_told_to_its_room(office, cast, room):
    cast.zhang.types("/meeting edit M-1 地点：5 楼", room)
    assert titles(room) == []


def test_the_notice_stands_in_the_room_once_and_keeps_up(office, cast, room):
    cast.zhang.types("/meeting announce! M-1")
    assert office.told() == {
        "李四": ["请参加：规划会，11月25日（周三）15:00"],
        "王五": ["请参加：规划会，11月25日（周三）15:00"],
        "产品": ["会议通知：规划会，11月25日（周三）15:00"],
    }
    said = plain(room.cards[0])
    for part in ("11月25日（周三）15:00–16:00（GMT+8）", "3 楼", "定方向", "1. 功能"):
        assert part in said
    assert "@" not in said, "nobody is called twice"
    assert [button.label for button in buttons(room.cards[0])] == ["查看"]
    cast.li.types("/meeting accept M-1")
    assert "参加 2" in plain(room.cards[0])
    office.until("2026-11-25 14:50")
    assert titles(room) == ["会议通知：规划会，11月25日（周三）15:00"], "the reminder is for people"


def test_a_change_says_what_changed_and_why(office, cast, room):
    cast.zhang.types("/meeting announce! M-1")
    cast.zhang.types("/meeting reschedule M-1 11月26日 10:00 地点：5 楼；客户改期")
    assert titles(room) == ["会议通知：规划会，11月26日（周四）10:00", "改到 11月26日（周四）10:00：规划会"]
    said = plain(room.cards[1])
    assert "11月25日（周三）15:00–16:00（GMT+8） → 11月26日（周四）10:00–11:00（GMT+8）" in said
    assert "地点 3 楼 → 5 楼" in said
    assert "原因：客户改期" in said
    assert [button.label for button in buttons(room.cards[1])] == ["查看"]


def test_what_concerns_one_person_is_said_to_them_alone(office, cast, room):
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    cast.zhang.types("/meeting invite M-1 @孙七")
    cast.wang.types("/meeting decline M-1 出差")
    cast.zhang.types("/meeting edit M-1 目标：定范围")
    assert "产品" not in office.told()


def test_a_cancellation_too(office, cast, room):
    cast.zhang.types("/meeting announce! M-1")
    cast.zhang.types("/meeting cancel M-1 客户不来了")
    assert "会议取消：规划会（原定 11月25日（周三）15:00）" in titles(room)
    assert "原因：客户不来了" in plain(card(room, "会议取消"))


def test_a_draft_that_is_cancelled_was_nobodys_business(office, cast, room):
    cast.zhang.types("/meeting cancel M-1")
    assert titles(room) == []


def test_after_an_approvers_yes_and_not_before(office, cast):
    office.appoints(cast.zhao)
    room = office.room("产品", cast.zhang, cast.li)
    cast.zhang.types(f"{LINE} 类型：决策会 事由：客户要求", room)
    cast.zhang.types("/meeting announce! M-1")
    assert titles(room) == []
    cast.zhao.types("/meeting approve M-1")
    assert titles(room) == ["会议通知：规划会，11月25日（周三）15:00"]


def test_of_a_confidential_one_the_room_hears_nothing(office, cast):
    room = office.room("大厅", cast.zhang, cast.li, cast.sun)
    cast.zhang.types(f"{LINE} 保密：是", room)
    cast.zhang.types("/meeting announce! M-1")
    cast.zhang.types("/meeting reschedule M-1 11月26日 10:00")
    cast.zhang.types("/meeting cancel M-1 不开了")
    assert titles(room) == []


def test_what_becomes_confidential_is_taken_out_of_the_room(office, cast, room):
    cast.zhang.types("/meeting announce! M-1")
    cast.zhang.types("/meeting edit M-1 保密：是")
    assert all("规划会" not in plain(shown) for shown in room.cards)


def test_in_english(english, crew):
    room = english.room("product", crew.ann, crew.bo)
    crew.ann.types("/meeting new Planning next Wednesday 15:00 @Bo host: Ann recorder: Bo objective: agree; outcome: a list; "
                   "topic: features 10 min", room)  # fmt: skip
    crew.ann.types("/meeting announce! M-1")
    crew.ann.types("/meeting reschedule M-1 26 Nov 10:00")
    assert titles(room) == ["Meeting: Planning, Thu 26 Nov, 10:00", "Moved to Thu 26 Nov, 10:00: Planning"]
