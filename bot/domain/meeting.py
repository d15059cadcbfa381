"""A meeting: one session with an objective, topics, roles and a planned start and end (P1–P9, M1).

States × verbs (— refused with what to do instead; = state kept). The same table is MOVES below and docs/architecture.md.

| from      | announce   | approve   | refuse | start   | end   | resume  | cancel    | edit, topics | invite, reschedule | answer | capture |
|-----------|------------|-----------|--------|---------|-------|---------|-----------|--------------|--------------------|--------|---------|
| draft     | announced¹ | —         | —      | —       | —     | —       | cancelled | =            | =                  | —      | —       |
| awaiting  | —          | announced | draft  | —       | —     | —       | cancelled | =            | =                  | —      | —       |
| announced | —          | —         | —      | running | —     | —       | cancelled | =            | =²                 | =      | —       |
| running   | —          | —         | —      | —       | ended | —       | cancelled | =            | invite only        | =      | =       |
| ended     | —          | —         | —      | —       | —     | running | —         | —            | —                  | —      | —       |
| cancelled | —          | —         | —      | —       | —     | —       | —         | —            | —                  | —      | —       |

¹ awaiting, when it is unplanned and its kind asks for an approver (P2): nobody is invited before. ² is told again, with what
changed (P9). `capture` stands for note, decide, act, park, withdraw, next, here, vote. `undo` takes back the last change, to
the state before it, while nobody was told of it.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.kept import Kept
from bot.people import Room


class MeetingState(StrEnum):
    """A draft notifies nobody (P3)."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    ANNOUNCED = "announced"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


class MeetingVerb(StrEnum):
    """What can happen to a meeting; each is also a command (see bot/commands)."""

    NEW = "new"
    EDIT = "edit"
    TOPIC = "topic"
    PROPOSE = "propose"
    TAKE = "take"
    DROP = "drop"
    MATERIAL = "material"
    INVITE = "invite"
    ANNOUNCE = "announce"
    APPROVE = "approve"
    REFUSE = "refuse"
    ANSWER = "answer"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    START = "start"
    NEXT = "next"
    HERE = "here"
    NOTE = "note"
    DECIDE = "decide"
    ACT = "act"
    PARK = "park"
    WITHDRAW = "withdraw"
    VOTE = "vote"
    CAST = "cast"
    CLOSE = "close"
    END = "end"
    RESUME = "resume"
    SETTLE = "settle"
    UNDO = "undo"


class Outcome(StrEnum):
    """What a topic is to bring (P4)."""

    DECIDE = "decide"
    ALIGN = "align"
    INFORM = "inform"


class Reply(StrEnum):
    """What an invitee said (P8)."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PROXY = "proxy"


class Material(Kept, frozen=True):
    """P7: a link or a file, named by rule (`<meeting>-<topic>-<yyyymmdd>`). Without `url` it is still owed by `by`."""

    name: str
    by: int
    url: str = ""


class Topic(Kept, frozen=True):
    """P4, P5: an agenda entry. `number` is its own for ever within the meeting; the order is that of the agenda.

    `taken` False: proposed by `proposed_by` and not yet on the agenda. `carried`: what of the last session it continues
    (`A-12`, `M-3#2`; A13). Real times as they came (M1). `minutes` are planned."""

    number: int
    title: str
    presenter: int | None = None
    minutes: int = 15
    outcome: Outcome = Outcome.DECIDE
    priority: int = 0
    taken: bool = True
    proposed_by: int | None = None
    materials: tuple[Material, ...] = ()
    carried: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None


class Invitee(Kept, frozen=True):
    """P8: one person, what they said, and whether they were there. `proxy` came in their place. `why`: as written."""

    person: int
    reply: Reply = Reply.WAITING
    why: str = ""
    proxy: int | None = None
    here_at: datetime | None = None


class Meeting(Kept, frozen=True):
    """One session. Person fields are ids; instants are aware UTC; `zone` (IANA) is that of the wall clock it was set by;
    `length` in minutes. `version` counts changes from 1. `number` 0: not yet kept.

    `series`: the number of its series (P2). `why`: why an unplanned one is needed. `leaders`: who else may see a
    confidential one (N8). `copies`: who gets the minutes without taking part (N3). `mark`: the number given last to a
    topic or something captured. `short`: announced later than its lead time (P6). `on`: the number of the topic now.
    `dropped`: what of earlier sessions was taken off this agenda (A13)."""

    title: str
    kind: str
    organizer: int
    start: datetime
    length: int
    zone: str
    created_at: datetime
    number: int = 0
    version: int = 1
    state: MeetingState = MeetingState.DRAFT
    host: int | None = None
    recorder: int | None = None
    objective: str = ""
    expected: str = ""
    place: str = ""
    link: str = ""
    room: Room | None = None
    series: int | None = None
    why: str = ""
    confidential: bool = False
    leaders: tuple[int, ...] = ()
    copies: tuple[int, ...] = ()
    invitees: tuple[Invitee, ...] = ()
    topics: tuple[Topic, ...] = ()
    mark: int = 0
    on: int | None = None
    short: bool = False
    announced_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    changed_at: datetime | None = None
    dropped: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The short human number: M-7."""
        return f"M-{self.number}"

    @property
    def end(self) -> datetime:
        """The planned end."""
        return self.start + timedelta(minutes=self.length)

    @property
    def agenda(self) -> tuple[Topic, ...]:
        """The topics that were taken, in order."""
        return tuple(topic for topic in self.topics if topic.taken)

    @property
    def people(self) -> frozenset[int]:
        """Everybody it is about: organizer, host, recorder, invitees and who came for them."""
        asked = [person for one in self.invitees for person in (one.person, one.proxy)]
        return frozenset(one for one in (self.organizer, self.host, self.recorder, *asked) if one is not None)

    @property
    def readers(self) -> frozenset[int]:
        """N8: who may see it when it is confidential."""
        return self.people | frozenset(self.leaders)

    def topic(self, number: int | None) -> Topic | None:
        """The topic of this number."""
        return next((topic for topic in self.topics if topic.number == number), None)

    def invitee(self, person: int) -> Invitee | None:
        """Their invitation, or the one they are proxy for."""
        return next((one for one in self.invitees if person in (one.person, one.proxy)), None)


_OPEN = (MeetingState.DRAFT, MeetingState.AWAITING, MeetingState.ANNOUNCED, MeetingState.RUNNING)
_AHEAD = _OPEN[:3]
_LIVE = {MeetingState.RUNNING: MeetingState.RUNNING}


def _kept(*states: MeetingState) -> dict[MeetingState, MeetingState]:
    return {state: state for state in states}


MEETING_MOVES: dict[MeetingVerb, dict[MeetingState, MeetingState]] = {
    MeetingVerb.EDIT: _kept(*_OPEN),
    MeetingVerb.TOPIC: _kept(*_OPEN),
    MeetingVerb.PROPOSE: _kept(*_OPEN),
    MeetingVerb.TAKE: _kept(*_OPEN),
    MeetingVerb.DROP: _kept(*_OPEN),
    MeetingVerb.MATERIAL: _kept(*_OPEN),
    MeetingVerb.INVITE: _kept(*_OPEN),
    MeetingVerb.RESCHEDULE: _kept(*_AHEAD),
    MeetingVerb.ANSWER: _kept(MeetingState.ANNOUNCED, MeetingState.RUNNING),
    MeetingVerb.ANNOUNCE: {MeetingState.DRAFT: MeetingState.ANNOUNCED},
    MeetingVerb.APPROVE: {MeetingState.AWAITING: MeetingState.ANNOUNCED},
    MeetingVerb.REFUSE: {MeetingState.AWAITING: MeetingState.DRAFT},
    MeetingVerb.START: {MeetingState.ANNOUNCED: MeetingState.RUNNING},
    MeetingVerb.END: {MeetingState.RUNNING: MeetingState.ENDED},
    MeetingVerb.RESUME: {MeetingState.ENDED: MeetingState.RUNNING},
    MeetingVerb.CANCEL: dict.fromkeys(_OPEN, MeetingState.CANCELLED),
    MeetingVerb.NEXT: _LIVE,
    MeetingVerb.HERE: _LIVE,
    MeetingVerb.NOTE: _LIVE,
    MeetingVerb.DECIDE: _LIVE,
    MeetingVerb.ACT: _LIVE,
    MeetingVerb.PARK: _LIVE,
    MeetingVerb.WITHDRAW: _LIVE,
    MeetingVerb.VOTE: _LIVE,
    MeetingVerb.SETTLE: _kept(MeetingState.ENDED),
}
"""Which verb leads from which state to which; what is not here is refused. `cast` and `close` ask the vote's own state, `undo`
goes back to where the last change came from (bot/operations/taking_back.py)."""
