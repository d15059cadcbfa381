"""Minutes: the reviewed, numbered, versioned record of a meeting (N1–N8).

States × verbs (— refused with what to do instead; = state kept). The same table is MINUTES_MOVES and docs/architecture.md.

| from        | edit | submit    | return | approve      | acknowledge | correct | revise      | delete |
|-------------|------|-----------|--------|--------------|-------------|---------|-------------|--------|
| draft       | =    | submitted | —      | —            | —           | —       | —           | —      |
| submitted   | —    | —         | draft  | distributed¹ | —           | —       | —           | —      |
| distributed | —    | —         | —      | —            | =²          | =       | new version | =³     |
| archived    | —    | —         | —      | —            | —           | =       | new version | =³     |
| superseded  | —    | —         | —      | —            | —           | —       | —           | =³     |

¹ archived at once where nobody has to acknowledge; the version before becomes superseded. ² archived with the last one.
³ all editions lose their content and keep their basic data, not before the years that their kind of meeting is kept (N7): the
first try tells recorder and host, the next one, some days later, deletes.
"""

from datetime import date, datetime
from enum import StrEnum

from bot.domain.captured import Verdict
from bot.domain.kept import Kept


class MinutesState(StrEnum):
    """N2: nothing unreviewed is distributed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DISTRIBUTED = "distributed"
    ARCHIVED = "archived"
    SUPERSEDED = "superseded"


class MinutesVerb(StrEnum):
    """What can happen to minutes; each is also a command (see bot/commands)."""

    DRAFT = "draft"
    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    CORRECT = "correct"
    REVISE = "revise"
    DELETE = "delete"


class Discussed(Kept, frozen=True):
    """N1: one topic: the points as written, one a line. Its conclusion is what was decided on it (`Decided.topic`);
    `conclusion` holds words of its own for a topic on which nothing was decided."""

    title: str
    presenter: int | None = None
    points: str = ""
    conclusion: str = ""


class Decided(Kept, frozen=True):
    """N1: one numbered decision. `topic`: on which topic, by its place from 1; None: on none of them."""

    text: str
    verdict: Verdict
    why: str = ""
    topic: int | None = None


class Agreed(Kept, frozen=True):
    """N1: an action as it stood when the minutes were approved (before: as it is now, by its label)."""

    label: str
    text: str
    owner: int
    due: date
    department: int | None = None
    criterion: str = ""


class Left(Kept, frozen=True):
    """N1: a parked topic and who follows it up."""

    text: str
    follower: int | None = None


class Absent(Kept, frozen=True):
    """N1: who was not there, with the reason as written, and who came instead."""

    person: int
    why: str = ""
    proxy: int | None = None


class Acknowledged(Kept, frozen=True):
    """N4: who confirmed this version, when."""

    person: int
    at: datetime


class Reminded(Kept, frozen=True):
    """N4: who was reminded to confirm this version, and when it reaches them (T3)."""

    person: int
    at: datetime


class Correction(Kept, frozen=True):
    """N4: what somebody asked to be put right, as written."""

    person: int
    at: datetime
    text: str


class Minutes(Kept, frozen=True):
    """One version of a meeting's minutes. Basic data repeat the meeting's as it was, so that the record stands by itself.

    `meeting` its number, `edition` 1, 2, … (N5); `version` counts changes of this edition from 1. `due_at`: the recorder's
    24 hours, from the end or their next morning (T3). `must`: who is to acknowledge (attendees and who came for them, the
    recorder and host left out); the last of them can have read it at `reached_at` (N4, T3; None in what an earlier release
    approved: at once).
    `following`: the next meeting as somebody has written it; until then `following_at`, when the next session is.
    `remarks`: why the host returned it. `leaving_at`: from when on its content may be deleted, after
    recorder and host have heard so; `deleted_at`: when it was (N7). `readers`: N8, empty unless confidential. Instants aware UTC, people by id."""

    meeting: int
    edition: int
    title: str
    kind: str
    held_at: datetime
    ended_at: datetime
    zone: str
    organizer: int
    host: int
    recorder: int
    due_at: datetime
    created_at: datetime
    version: int = 1
    state: MinutesState = MinutesState.DRAFT
    place: str = ""
    objective: str = ""
    expected: str = ""
    present: tuple[int, ...] = ()
    absent: tuple[Absent, ...] = ()
    copies: tuple[int, ...] = ()
    topics: tuple[Discussed, ...] = ()
    decisions: tuple[Decided, ...] = ()
    actions: tuple[Agreed, ...] = ()
    parked: tuple[Left, ...] = ()
    following: str = ""
    more: str = ""
    confidential: bool = False
    readers: tuple[int, ...] = ()
    must: tuple[int, ...] = ()
    acknowledged: tuple[Acknowledged, ...] = ()
    reminded: tuple[Reminded, ...] = ()
    corrections: tuple[Correction, ...] = ()
    remarks: str = ""
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    reached_at: datetime | None = None
    archived_at: datetime | None = None
    leaving_at: datetime | None = None
    deleted_at: datetime | None = None
    changed_at: datetime | None = None
    following_at: datetime | None = None

    @property
    def label(self) -> str:
        """M-7 v2."""
        return f"M-{self.meeting} v{self.edition}"

    def decided(self, topic: int) -> tuple[int, ...]:
        """The numbers of the decisions that are the conclusion of this topic, both counted from 1."""
        return tuple(number for number, one in enumerate(self.decisions, 1) if one.topic == topic)

    @property
    def waiting(self) -> tuple[int, ...]:
        """Who has yet to acknowledge, in the order of `must`."""
        done = {one.person for one in self.acknowledged}
        return tuple(person for person in self.must if person not in done)

    @property
    def silent(self) -> tuple[int, ...]:
        """N4: who has neither acknowledged nor asked for a correction; only they are reminded."""
        asked = {one.person for one in self.corrections}
        return tuple(person for person in self.waiting if person not in asked)


MINUTES_MOVES: dict[MinutesVerb, dict[MinutesState, MinutesState]] = {
    MinutesVerb.EDIT: {MinutesState.DRAFT: MinutesState.DRAFT},
    MinutesVerb.SUBMIT: {MinutesState.DRAFT: MinutesState.SUBMITTED},
    MinutesVerb.RETURN: {MinutesState.SUBMITTED: MinutesState.DRAFT},
    MinutesVerb.APPROVE: {MinutesState.SUBMITTED: MinutesState.DISTRIBUTED},
    MinutesVerb.ACKNOWLEDGE: {MinutesState.DISTRIBUTED: MinutesState.DISTRIBUTED},
    MinutesVerb.CORRECT: {state: state for state in (MinutesState.DISTRIBUTED, MinutesState.ARCHIVED)},
    MinutesVerb.REVISE: {state: state for state in (MinutesState.DISTRIBUTED, MinutesState.ARCHIVED)},
    MinutesVerb.DELETE: {
        state: state for state in (MinutesState.DISTRIBUTED, MinutesState.ARCHIVED, MinutesState.SUPERSEDED)
    },
}
"""Which verb leads from which state to which; what is not here is refused."""
