"""An ordinary meeting and a vote in it, for tests of the rules of holding one: everything can be said otherwise."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.captured import Capture, Sort, Verdict, Vote
from bot.domain.meeting import Invitee, Meeting, MeetingState, Outcome, Topic
from bot.people import Room
from tests.domain.given import WEDNESDAY

HOST, RECORDER, GUEST, WALK_IN = 1, 2, 3, 9
START = WEDNESDAY.astimezone(UTC)
NOW = START + timedelta(minutes=10)
ROOM = Room("paper", "r1", "产品")
TOPICS = (
    Topic(1, "客诉流程", HOST, 20),
    Topic(2, "预算", GUEST, 15, Outcome.ALIGN),
    Topic(3, "市场数据", None, 10, Outcome.INFORM),
    Topic(4, "被提议的", GUEST, taken=False),
)


def meeting(state: MeetingState = MeetingState.RUNNING, **fields: Any) -> Meeting:
    """M-7 of an hour, hosted by HOST, its first topic on where it runs; true to its state."""
    plain = Meeting(
        "Q3 产品规划会", "regular", HOST, START, 60, "Asia/Shanghai", START - timedelta(days=3), number=7, version=4,
        state=state, host=HOST, recorder=RECORDER, room=ROOM, topics=TOPICS, mark=4,
        invitees=tuple(Invitee(person) for person in (HOST, RECORDER, GUEST)),
    )  # fmt: skip
    if state in (MeetingState.RUNNING, MeetingState.ENDED):
        begun = (replace(TOPICS[0], started_at=START), *TOPICS[1:])
        plain = replace(plain, started_at=START, topics=begun, on=1)
    if state is MeetingState.ENDED:
        over = START + timedelta(minutes=50)
        done = (replace(plain.topics[0], ended_at=over), *TOPICS[1:])
        plain = replace(plain, ended_at=over, on=None, topics=done)
    return replace(plain, **fields)


def line(sort: Sort = Sort.NOTE, **fields: Any) -> Capture:
    """#5 of M-7, by GUEST."""
    given: dict[str, Any] = {"number": 5, "text": "成本", "by": GUEST, "at": START, "topic": 1}
    if sort is Sort.DECISION:
        given |= {"verdict": Verdict.AGREED}
    return Capture(**{"meeting": 7, "sort": sort, **given, **fields})


def vote(**fields: Any) -> Vote:
    """V-3: A, B or C, open, one choice, until closed."""
    plain = Vote(7, "用哪个？", ("A", "B", "C"), HOST, START, number=3, counts=(0, 0, 0))
    return replace(plain, **fields)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)
