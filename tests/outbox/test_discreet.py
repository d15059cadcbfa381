"""N8 at the last door: a card is made for its reader as they may see it at that moment, whoever wrote the notice."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.cards import plain
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.minutes import Minutes, MinutesState
from bot.store import Notice
from tests.conversation import Office

NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)
GONE = "这里的内容已不再向你显示"


@pytest.fixture
def firm(tmp_path):
    office = Office(tmp_path)
    host, leader, other = office.hires("王五"), office.hires("李四"), office.hires("孙七")
    home, elsewhere = office.room("并购组", host, leader), office.room("大厅", host, other)

    def put(records):
        meeting = Meeting(
            "并购评审", "regular", host.person.id, NOW, 60, "Asia/Shanghai", NOW, state=MeetingState.ENDED, confidential=True,
            room=home.room, leaders=(leader.person.id,), ended_at=NOW,
        )  # fmt: skip
        number = records.meetings.add(meeting).number
        me = host.person.id
        records.archive.add(
            Minutes(
                number,
                1,
                "并购评审",
                "regular",
                NOW,
                NOW,
                "Asia/Shanghai",
                me,
                me,
                me,
                NOW + timedelta(hours=24),
                NOW,
                state=MinutesState.ARCHIVED,
                confidential=True,
                readers=(me, leader.person.id),
                approved_at=NOW,
            )
        )

    office.runner.run(office.store.write(put))
    yield office, host, leader, other, home, elsewhere
    office.shuts()


def tells(office, to, key="k"):
    """A notice of the minutes, as a mistaken announcement would write it."""
    notice = Notice(to, "minutes_summary", ("M-1 v1",), key, office.clock.now())
    office.runner.run(office.store.write(lambda records: records.outbox.add([notice])))
    office.delivers()


def test_who_may_read_is_told_and_who_may_not_is_told_nothing(firm):
    office, _, leader, other, *_ = firm
    tells(office, leader.person.id, "a")
    tells(office, other.person.id, "b")
    assert "并购评审" in leader.reads
    assert other.sheets == []


def test_no_room_but_its_own_hears_of_a_confidential_meeting(firm):
    office, _, _, _, home, elsewhere = firm
    tells(office, home.room, "a")
    tells(office, elsewhere.room, "b")
    assert "并购评审" in home.last
    assert elsewhere.cards == []


def test_what_stands_posted_is_emptied_when_its_reader_loses_the_right(firm):
    office, host, leader, *_ = firm
    tells(office, leader.person.id)

    def shrink(records):
        minutes = records.archive.get(1)
        records.archive.save(replace(minutes, version=minutes.version + 1, readers=(host.person.id,)))
        records.outbox.refresh(["M-1 v1"], office.clock.now())

    office.runner.run(office.store.write(shrink))
    office.delivers()
    assert [plain(card) for card in leader.cards] == [GONE]


def test_what_waits_for_the_morning_is_not_sent_to_who_has_lost_the_right_by_then(firm):
    office, host, leader, *_ = firm
    later = Notice(leader.person.id, "minutes_summary", ("M-1 v1",), "k", office.clock.now() + timedelta(hours=1))
    office.runner.run(office.store.write(lambda records: records.outbox.add([later])))

    def shrink(records):
        minutes = records.archive.get(1)
        records.archive.save(replace(minutes, version=minutes.version + 1, readers=(host.person.id,)))

    office.runner.run(office.store.write(shrink))
    office.advance(hours=2)
    assert leader.sheets == []
