"""R1, N4, N8: minutes that wait to be acknowledged stand in the week of who recorded them, of who has to read them, of the room
and the department; confidential ones in nobody's but their own people's."""

import pytest

from tests.conversation import Office
from tests.ended import ended


@pytest.fixture
def firm(tmp_path):
    office = Office(tmp_path)
    wang, li = office.hires("王五", "技术部", head=True), office.hires("李四", "技术部")
    zhang, sun = office.hires("张三", "客服部"), office.hires("孙七", "客服部")
    room = office.room("产品", wang, li, zhang, sun)
    zhang.types("/digest", room)  # the bot knows a room from its first word
    yield office, wang, li, zhang, sun, room
    office.shuts()


def sends(office, host, recorder, here, **fields):
    held = ended(office, host=host, recorder=recorder, here=here, **fields)
    recorder.types(f"/minutes submit {held.label}")
    host.types(f"/minutes approve {held.label}")
    return held


def weeks(office, *who):
    """Friday's digest of each."""
    office.until("2026-11-20 16:01")
    return ["\n".join(str(card) for card in one.cards if "第 47 周" in card.title) for one in who]


def test_recorder_reader_head_and_room_read_how_many_and_not_who(firm):
    office, wang, li, zhang, sun, room = firm
    sends(office, wang, li, [wang, li, zhang, sun], title="Q3 规划会", room=room)
    zhang.types("/minutes ack M-1")
    recorder, reader, done, host, group = weeks(office, li, sun, zhang, wang, room)
    for said in (recorder, host, group):
        assert "Q3 规划会" in said
        assert "已阅 1/2" in said
        assert "孙七" not in said
    assert "等你确认" in reader
    assert "Q3 规划会" not in done


def test_asked_for_it_is_the_same(firm):
    office, wang, li, zhang, sun, room = firm
    sends(office, wang, li, [wang, li, zhang, sun], title="Q3 规划会", room=room)
    for said in (li.types("/digest"), wang.types("/digest department 技术部"), zhang.types("/digest", room)):
        assert "M-1 v1 Q3 规划会\n   已阅 0/2" in said
    assert "M-1 v1 Q3 规划会\n   等你确认" in sun.types("/digest")
    assert "没有需要说的" in zhang.types("/digest department 客服部")


def test_what_all_have_read_is_in_no_week(firm):
    office, wang, li, zhang, _sun, room = firm
    sends(office, wang, li, [wang, li, zhang], title="Q3 规划会", room=room)
    zhang.types("/minutes ack M-1")
    assert weeks(office, wang, li, zhang, room) == ["", "", "", ""]


def test_confidential_ones_are_in_no_rooms_and_no_departments(firm):
    office, wang, li, zhang, sun, room = firm
    sends(office, zhang, li, [zhang, li, sun], title="并购评审", room=room, confidential=True)
    recorder, reader, head, group = weeks(office, li, sun, wang, room)
    assert "并购评审" in recorder
    assert "并购评审" in reader
    assert (head, group) == ("", "")
    assert "没有需要说的" in wang.types("/digest department 技术部")
    assert "没有需要说的" in sun.types("/digest", room)
