"""Which meeting a line is about: when several run the one it names, as every other verb has it, and when none does (M2)."""

import pytest

from bot.domain.meeting import MeetingState
from tests.gathering import convened, lines, meeting


def test_the_meeting_that_a_line_names(office, cast):
    """As every other verb has it, also where another one runs; in the short form it is what somebody says of a meeting."""
    room = office.room("产品", cast.zhang, cast.li, cast.wang)
    convened(office, host=cast.zhang, people=[cast.li, cast.wang], room=room)
    office.until("2026-11-20 10:00")
    cast.zhang.types("/meeting start", room)
    convened(office, host=cast.zhang, people=[cast.li], title="周会")
    cast.zhang.types("/meeting start M-2")
    assert cast.zhang.types("/meeting note M-2 网关凌晨重启") == "已记入 M-2"
    assert cast.zhang.types("／会议 决议 ｍ－2：同意 加双活", room) == "已记入 M-2"
    cast.zhang.types("/meeting act M-2 加监控 @李四 下周三 标准：一分钟内告警")
    assert cast.zhang.types("/vote new M-2 谁值守？ | 李四 | 王五") == "V-1 已发起"
    assert [line.text for line in lines(office, 2)] == ["网关凌晨重启", "加双活", "加监控"]
    assert office.action(1).source.number == 2
    cast.zhang.types("#要点 M-2 的网关要换", room)
    assert [line.text for line in lines(office)] == ["M-2 的网关要换"]
    assert cast.zhang.types("/meeting note M-9 没有这一场").startswith("没有 M-9 这个会议。")


def test_no_meeting_runs_here(office, cast):
    room = office.room("产品", cast.zhang, cast.li)
    convened(office, host=cast.zhang, people=[cast.li], room=room)
    office.until("2026-11-20 09:55")
    said = cast.zhang.types("#要点 还没开始", room)
    assert said.startswith("这里没有正在进行的会议。")
    cast.zhang.presses("开始 M-1 Q3 产品规划会")
    assert meeting(office).state is MeetingState.RUNNING


def test_an_action_without_a_meeting_is_offered(office, cast):
    room = office.room("产品", cast.zhang, cast.li)
    said = cast.zhang.types("#行动 输出流程 @李四 下周五前", room)
    assert said.startswith("这里没有正在进行的会议。")
    cast.zhang.presses("不开会也记这项")
    assert office.action(1).source.number is None


@pytest.mark.parametrize("typed", ["#note to self", "#decision time", "#action", "#park here", "#undo", "#要点 嗯"])
def test_a_room_that_never_had_a_meeting_is_left_alone(office, cast, typed):
    room = office.room("闲聊", cast.zhang, cast.li)
    assert cast.zhang.types(typed, room) == ""
    assert not room.cards


def test_called_by_name_it_answers_there_too(office, cast):
    room = office.room("闲聊", cast.zhang, cast.li)
    assert cast.zhang.types("#要点 嗯", room, called=True).startswith("这里没有正在进行的会议。")
