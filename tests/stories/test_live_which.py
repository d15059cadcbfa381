"""Which meeting a line is about when several run: the one it names, as every other verb has it (M2)."""

from tests.gathering import convened, lines


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
