"""A meeting that has just ended, put into an office's records by hand: where the stories of minutes begin.

seven = ended(office, host=wang, recorder=li, here=[zhang, li, wang], absent={zhao: "出差"})
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from msgspec.structs import replace

from bot.announcements import announce
from bot.domain.action import Due, Source, State, Verb
from bot.domain.captured import Capture, Sort, Verdict
from bot.domain.facts import Changed
from bot.domain.meeting import Invitee, Meeting, MeetingState, Reply, Topic
from bot.domain.minutes import Minutes
from bot.operations import minutes as operations
from bot.operations.change import enter
from bot.operations.secrecy import readers
from bot.people import Room
from bot.store import Entry, Query, Records
from tests.conversation import Colleague, Office, PaperRoom, buttons
from tests.domain.given import item
from tests.operations.bench import AtDesk

CHINESE = (
    ("note", 1, "网页版用户最多"), ("decision", 1, "先上线网页版", Verdict.AGREED, "用户最多"),
    ("note", 2, "短信费用翻倍"), ("decision", 2, "自建短信网关", Verdict.REJECTED, ""), ("parked", 2, "海外版本"),
)  # fmt: skip
ENGLISH = (
    ("note", 1, "most users are on the web"), ("decision", 1, "Launch the web first", Verdict.AGREED, "most users"),
    ("note", 2, "text messages cost twice as much"), ("decision", 2, "Run our own gateway", Verdict.REJECTED, ""),
    ("parked", 2, "Versions abroad"),
)  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """What was put there, and how to look at its minutes."""

    office: Office
    number: int
    actions: dict[str, int] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"M-{self.number}"

    def minutes(self, edition: int | None = None) -> Minutes:
        found = self.office.runner.run(
            self.office.store.read(lambda records: records.archive.get(self.number, edition))
        )
        assert found is not None, f"{self.label} has no minutes"
        return found

    def history(self, edition: int = 1) -> list[Entry]:
        label = f"{self.label} v{edition}"
        return self.office.runner.run(self.office.store.read(lambda records: records.history.of(label)))


def ended(
    office: Office,
    *,
    host: Colleague,
    recorder: Colleague,
    here: Sequence[Colleague],
    absent: Mapping[Colleague, str] | None = None,
    copies: Sequence[Colleague] = (),
    leaders: Sequence[Colleague] = (),
    actions: Mapping[str, Colleague] | None = None,
    title: str = "Q3 产品规划会",
    kind: str = "regular",
    topics: Sequence[str] = ("上线范围", "短信网关"),
    captures: Sequence[tuple] = CHINESE,
    confidential: bool = False,
    room: PaperRoom | None = None,
) -> Ended:
    """The meeting (an hour long, over now), its captures and actions, and the draft that its end makes (N1)."""
    now = office.clock.now()
    begun = now - timedelta(hours=1)
    came = tuple(Invitee(one.person.id, Reply.ACCEPTED, here_at=begun) for one in here)
    missed = tuple(Invitee(one.person.id, Reply.DECLINED, why) for one, why in (absent or {}).items())
    meeting = Meeting(
        title, kind, host.person.id, begun, 60, "Asia/Shanghai", begun - timedelta(days=3), state=MeetingState.ENDED,
        host=host.person.id, recorder=recorder.person.id, objective="确定第三季度的范围", place="三楼", confidential=confidential,
        leaders=tuple(one.person.id for one in leaders), copies=tuple(one.person.id for one in copies), invitees=came + missed,
        topics=tuple(Topic(number, one, host.person.id) for number, one in enumerate(topics, 1)), mark=20,
        room=room.room if room else None, started_at=begun, ended_at=now,
    )  # fmt: skip

    def keep(records: Records) -> Ended:
        held = records.meetings.add(meeting)
        for number, said in enumerate(captures, 11):
            records.meetings.capture(_capture(held, number, recorder.person.id, *said))
        desk = AtDesk(office.clock.now(), host.person, records, records.people.directory(), office.workplace)
        numbers = {text: _item(desk, held, text, owner) for text, owner in (actions or {}).items()}
        _drafts(desk, held)
        return Ended(office, held.number, numbers)

    made = office.runner.run(office.store.write(keep))
    office.delivers()
    return made


def _drafts(desk: AtDesk, held: Meeting) -> None:
    """As the end of a meeting does (bot/commands/live)."""
    fact = operations.draft(desk, held)
    assert fact is not None
    announce(desk.records, [fact], desk.directory, desk.workplace)


def _capture(held: Meeting, number: int, by: int, sort: str, topic: int, text: str, *more: object) -> Capture:
    verdict, why = (*more, None, "")[:2]
    said = Capture(held.number, number, Sort(sort), text, by, held.start, topic)
    return replace(said, verdict=verdict, why=why) if more else said


def _item(desk: AtDesk, held: Meeting, text: str, owner: Colleague) -> int:
    """Accepted, due in a week, with its history and alarms; nobody is told of it anew."""
    at = held.ended_at or held.start
    due = at + timedelta(days=7)
    action = replace(
        item(), text=text, owner=owner.person.id, assigner=desk.by.id, tracker=desk.by.id, created_at=at, asked_at=at,
        due=Due(due.date(), due), first_due=due.date(), state=State.IN_PROGRESS, department=owner.person.department,
        source=Source(meeting=held.title, number=held.number), readers=readers(held), room=held.room, supporters=(),
    )  # fmt: skip
    return enter(desk, Changed(Verb.ADD, None, action, desk.by.id, at)).after.number


def items_of(office: Office, number: int) -> list[int]:
    """The numbers of a meeting's items."""
    return [one.number for one in office.runner.run(office.store.read(lambda r: r.actions.find(Query(session=number))))]


def titles(who: Colleague, count: int = 1) -> list[str]:
    """The first lines of the newest direct messages."""
    return [card.title for card in who.cards[-count:]]


def pressable(who: Colleague) -> list[str]:
    """What the newest direct message offers."""
    return [button.label for button in buttons(who.cards[-1])]


__all__ = ["CHINESE", "ENGLISH", "Ended", "Room", "ended", "items_of", "pressable", "titles"]
