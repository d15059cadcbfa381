"""A meeting put before the people of a story as it was announced, and what its room reads while it is held.

held = convened(office, host=zhang, recorder=zhao, people=[li, wang], room=room)
office.until("2026-11-20 10:00")
zhang.types("/meeting start", room)
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.cards import Card, plain
from bot.domain.alarms import Alarm, Timetable
from bot.domain.calls import Hours, calls
from bot.domain.captured import Capture, Vote
from bot.domain.meeting import Invitee, Meeting, MeetingState, Outcome, Reply, Topic
from bot.domain.minutes import Minutes, MinutesState
from bot.store import Entry, Records
from tests.conversation import Colleague, Office, PaperRoom, buttons

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The planned start: a Friday, two days into the story."""


PLANNED = (
    "/meeting new Q4 产品规划会 下周三 15:00-16:30 @李四 @王五 主持人：张三 记录人：孙七 目标：定下四季度方向；"
    "预期：选出三个功能；地点：3 楼；议题：客诉流程 15分钟 @李四 决策；议题：人员 20分钟 !高"
)
"""A meeting of 张三's on Wednesday of next week, complete in one line."""


def convened(
    office: Office,
    *,
    host: Colleague,
    recorder: Colleague | None = None,
    organizer: Colleague | None = None,
    people: Sequence[Colleague] = (),
    room: PaperRoom | None = None,
    topics: Sequence[Topic] | None = None,
    title: str = "Q3 产品规划会",
    start: datetime = TEN,
    length: int = 60,
    kind: str = "regular",
    confidential: bool = False,
    state: MeetingState = MeetingState.ANNOUNCED,
) -> Meeting:
    """The meeting as it was announced (or in another state): host, recorder and `people` are invited."""
    invited = dict.fromkeys(one.person.id for one in (host, *([recorder] if recorder else ()), *people))
    agenda = two_topics(host) if topics is None else tuple(topics)
    wanted = Meeting(
        title, kind, (organizer or host).person.id, start, length, "Asia/Shanghai", office.clock.now(), state=state,
        host=host.person.id, recorder=recorder.person.id if recorder else None, objective="定下 Q3 的功能",
        room=room.room if room else None, confidential=confidential, topics=agenda, mark=len(agenda),
        invitees=tuple(Invitee(person, Reply.ACCEPTED) for person in invited), announced_at=office.clock.now(),
    )  # fmt: skip

    def keep(records: Records) -> Meeting:
        meeting = records.meetings.add(wanted)
        table = Timetable(records.people.directory(), office.workplace.calendar, office.workplace.rules)
        hours = Hours(table, {one.name: one for one in office.workplace.kinds})
        ahead = [one for one in calls(meeting, office.clock.now(), hours) if _live(one)]
        records.alarms.replace({meeting.label: ahead}, office.clock.now())
        return meeting

    return office.runner.run(office.store.write(keep))


def two_topics(host: Colleague) -> tuple[Topic, ...]:
    """One to decide, one to inform."""
    first = Topic(1, "客诉流程", host.person.id, 20)
    return first, Topic(2, "市场数据", None, 15, Outcome.INFORM)


def meeting(office: Office, number: int = 1) -> Meeting:
    found = office.runner.run(office.store.read(lambda records: records.meetings.get(number)))
    assert found is not None, f"there is no M-{number}"
    return found


def cancelled(office: Office, number: int = 1) -> None:
    """The meeting is cancelled, whatever its state."""

    def keep(records: Records) -> None:
        one = records.meetings.get(number)
        assert one is not None
        records.meetings.save(replace(one, state=MeetingState.CANCELLED, version=one.version + 1))

    office.runner.run(office.store.write(keep))


def reviewed(office: Office, number: int = 1) -> None:
    """The meeting's minutes were submitted to the host."""

    def keep(records: Records) -> None:
        one, now = records.meetings.get(number), office.clock.now()
        assert one is not None
        assert one.host is not None
        assert one.recorder is not None
        minutes = Minutes(
            number, 1, one.title, one.kind, one.start, now, one.zone, one.organizer, one.host, one.recorder, now, now,
            state=MinutesState.SUBMITTED, submitted_at=now,
        )  # fmt: skip
        there = records.archive.get(number)
        if there is None:
            records.archive.add(minutes)
        else:
            records.archive.save(replace(minutes, version=there.version + 1))

    office.runner.run(office.store.write(keep))


def draft(office: Office, number: int = 1) -> Minutes:
    found = office.runner.run(office.store.read(lambda records: records.archive.get(number)))
    assert found is not None, f"there are no minutes of M-{number}"
    return found


def lines(office: Office, number: int = 1) -> list[Capture]:
    """Everything taken down, withdrawn lines too."""
    return office.runner.run(office.store.read(lambda records: records.meetings.captured(number)))


def vote(office: Office, number: int = 1) -> Vote:
    found = office.runner.run(office.store.read(lambda records: records.meetings.vote(number)))
    assert found is not None, f"there is no V-{number}"
    return found


def record(office: Office, subject: str) -> list[Entry]:
    return office.runner.run(office.store.read(lambda records: records.history.of(subject)))


def rows(office: Office) -> list[str]:
    """Every row of every table of an office that has shut, as text, in an order of their own; what is drawn by lot (a
    lease's token, a stamp) is left out."""
    with sqlite3.connect(office.url.removeprefix("sqlite:///")) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        tables.remove("stamps")
        return sorted(row for table in tables for row in _rows_of(connection, table))


def _rows_of(connection: sqlite3.Connection, table: str) -> list[str]:
    cursor = connection.execute(f'select * from "{table}"')
    names = [one[0] for one in cursor.description]
    return [
        json.dumps([table, *(value for name, value in zip(names, row, strict=True) if name != "token")], default=str)
        for row in cursor
    ]


def titles(room: PaperRoom) -> list[str]:
    """The first line of every card in the room, as it stands now."""
    return [card.title for card in room.cards]


def card(room: PaperRoom, beginning: str) -> Card:
    """The newest card of the room whose title begins so."""
    found = next((one for one in reversed(room.cards) if one.title.startswith(beginning)), None)
    assert found is not None, f"{beginning!r} is not among {titles(room)}"
    return found


def text(room: PaperRoom, beginning: str) -> str:
    return plain(card(room, beginning))


def labels(shown: Card) -> list[str]:
    """The labels of its buttons."""
    return [button.label for button in buttons(shown)]


def updates(room: PaperRoom) -> int:
    """How often any card of the room was changed in place."""
    return sum(len(sheet.cards) - 1 for sheet in room.office.paper.to(room.room))


def _live(alarm: Alarm) -> bool:
    """What rings before the start is another story."""
    return not alarm.occasion.startswith(("soon", "not-started", "unheld"))
