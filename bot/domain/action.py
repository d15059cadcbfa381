"""An action item: who does what by which day, and how one will know it is done (A1–A5, A11).

States × verbs (— refused with what to do instead; = state kept). The same table is MOVES below and docs/architecture.md.

| from        | accept      | decline  | submit     | approve | return      | block   | unblock     | postpone   | cancel    | reopen      |
|-------------|-------------|----------|------------|---------|-------------|---------|-------------|------------|-----------|-------------|
| proposed    | in progress | declined | submitted¹ | —       | —           | blocked | —           | postponed² | cancelled | —           |
| in progress | —           | —        | submitted¹ | —       | —           | blocked | —           | postponed  | cancelled | —           |
| postponed   | —           | —        | submitted¹ | —       | —           | blocked | —           | postponed  | cancelled | —           |
| blocked     | —           | —        | submitted¹ | —       | —           | blocked | in progress | blocked³   | cancelled | —           |
| submitted   | —           | —        | —          | done    | in progress | blocked | —           | postponed  | cancelled | in progress |
| declined    | in progress | —        | —          | —       | —           | —       | —           | —          | cancelled | —           |
| done        | —           | —        | —          | —       | —           | —       | —           | —          | —         | in progress |
| cancelled   | —           | —        | —          | —       | —           | —       | —           | —          | —         | in progress |

¹ done at once when the owner is also the tracker (A3). ² by its owner, who thereby accepts it; by anybody else it stays
proposed, with the new day. ³ a block is not lifted by more time. `edit`, `note`, `snooze`, `nudge` keep the state and
need an open item; `assign` makes any open item proposed to its new owner (in progress when they take it themselves).
"""

from datetime import date, datetime
from datetime import time as wall_time
from enum import StrEnum
from operator import attrgetter
from typing import Any

from bot.domain.kept import Kept
from bot.people import Room


class State(StrEnum):
    """A2. Open: everything but done and cancelled."""

    PROPOSED = "proposed"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    DONE = "done"
    BLOCKED = "blocked"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DECLINED = "declined"


CLOSED = frozenset({State.DONE, State.CANCELLED})
OPEN = frozenset(State) - CLOSED


class Verb(StrEnum):
    """What can happen to an item; each is also a command (see bot/commands)."""

    ADD = "add"
    ACCEPT = "accept"
    DECLINE = "decline"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    BLOCK = "block"
    UNBLOCK = "unblock"
    POSTPONE = "postpone"
    EDIT = "edit"
    ASSIGN = "assign"
    NOTE = "note"
    SNOOZE = "snooze"
    NUDGE = "nudge"
    CANCEL = "cancel"
    REOPEN = "reopen"
    UNDO = "undo"


class Priority(StrEnum):
    """A1. Order of lists among equal lights."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Cadence(StrEnum):
    """A8: items of important meetings are asked about every working day, others weekly (with the owner's digest)."""

    DAILY = "daily"
    WEEKLY = "weekly"


class Light(StrEnum):
    """A11. Done and cancelled items have none."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class Reckoned(Kept, frozen=True):
    """T2: the `phrase` that gave a day through a year whose holidays were not published, as typed; said at the instant
    `at` (aware) in `zone` (IANA name). It is read again when they are."""

    phrase: str
    at: datetime
    zone: str


class Due(Kept, frozen=True):
    """T1: a day, perhaps an hour, and the instant it ends (`at`, UTC) in the owner's zone. `reckoned` while the day
    waits for a calendar (T2)."""

    day: date
    at: datetime
    time: wall_time | None = None
    reckoned: Reckoned | None = None


class Supporter(Kept, frozen=True):
    """A10: a person or a department that helps; informed, never asked. Exactly one of the two is set."""

    person: int | None = None
    department: int | None = None


class Source(Kept, frozen=True):
    """A1: where it came from: a meeting's title and topic (`number`: that of a meeting the bot knows, M-7), or the quoted
    message with its author and link."""

    meeting: str = ""
    topic: str = ""
    quote: str = ""
    quoted_from: str = ""
    url: str = ""
    number: int | None = None


class Block(Kept, frozen=True):
    """A5: why it cannot go on, who can resolve it (person id), by which day."""

    reason: str
    resolver: int
    until: date


class Deliverable(Kept, frozen=True):
    """A3: what was handed over: words, or a link or file with its name."""

    text: str
    url: str = ""


class Action(Kept, frozen=True):
    """A1. Person and department fields are ids; instants are aware UTC; `version` counts changes from 1.

    `asked_at`: when the present owner can have read that they are asked to accept (M6, T3). `told_at`/`note`: the last word about it (A7 shows it).
    `readers`: of a confidential meeting's item, who may see it besides those it is about (N8); empty: everybody.
    `number` 0: not yet recorded."""

    text: str
    owner: int
    assigner: int
    tracker: int
    due: Due
    first_due: date
    created_at: datetime
    asked_at: datetime
    number: int = 0
    state: State = State.PROPOSED
    version: int = 1
    department: int | None = None
    supporters: tuple[Supporter, ...] = ()
    criterion: str = ""
    place: str = ""
    source: Source = Source()
    room: Room | None = None
    priority: Priority = Priority.NORMAL
    cadence: Cadence = Cadence.WEEKLY
    postponements: int = 0
    block: Block | None = None
    deliverables: tuple[Deliverable, ...] = ()
    note: str = ""
    note_at: datetime | None = None
    submitted_at: datetime | None = None
    finished_at: datetime | None = None
    snoozed_until: datetime | None = None
    nudged_at: datetime | None = None
    changed_at: datetime | None = None
    readers: tuple[int, ...] = ()

    def but(self, **fields: Any) -> "Action":
        """Itself with other values in these fields, by place: 5.5 µs for the thirty, where `replace`, which asks each for
        its name and kind, takes 9. KeyError for a field that there is none of."""
        row = list(_values(self))
        for name, value in fields.items():
            row[_PLACES[name]] = value
        return Action(*row)

    @property
    def label(self) -> str:
        """The short human number: A-42."""
        return f"A-{self.number}"

    @property
    def open(self) -> bool:
        """Not done and not cancelled."""
        return self.state not in CLOSED

    @property
    def bearer(self) -> int:
        """Whose it is now: what was declined is no longer its owner's, it is back with whoever assigned it (A2)."""
        return self.assigner if self.state is State.DECLINED else self.owner

    @property
    def complete(self) -> bool:
        """M3: an item without a criterion is incomplete until it has one."""
        return bool(self.criterion)


_PLACES = {name: place for place, name in enumerate(Action.__struct_fields__)}
_values = attrgetter(*_PLACES)
_RUNNING = (State.PROPOSED, State.IN_PROGRESS, State.POSTPONED, State.BLOCKED)

MOVES: dict[Verb, dict[State, State]] = {
    Verb.ACCEPT: {State.PROPOSED: State.IN_PROGRESS, State.DECLINED: State.IN_PROGRESS},
    Verb.DECLINE: {State.PROPOSED: State.DECLINED},
    Verb.SUBMIT: dict.fromkeys(_RUNNING, State.SUBMITTED),
    Verb.APPROVE: {State.SUBMITTED: State.DONE},
    Verb.RETURN: {State.SUBMITTED: State.IN_PROGRESS},
    Verb.BLOCK: dict.fromkeys((*_RUNNING, State.SUBMITTED), State.BLOCKED),
    Verb.UNBLOCK: {State.BLOCKED: State.IN_PROGRESS},
    Verb.POSTPONE: dict.fromkeys((*_RUNNING, State.SUBMITTED), State.POSTPONED) | {State.BLOCKED: State.BLOCKED},
    Verb.CANCEL: dict.fromkeys(OPEN, State.CANCELLED),
    Verb.REOPEN: dict.fromkeys((State.SUBMITTED, State.DONE, State.CANCELLED), State.IN_PROGRESS),
    Verb.ASSIGN: dict.fromkeys(OPEN, State.PROPOSED),
    Verb.EDIT: {state: state for state in OPEN},
    Verb.NOTE: {state: state for state in OPEN},
    Verb.SNOOZE: {state: state for state in OPEN},
    Verb.NUDGE: {state: state for state in OPEN},
}
"""Which verb leads from which state to which; what is not here is refused."""


def light(action: Action, now: datetime, today: date, *, yellow_days: int, unaccepted_after: float) -> Light | None:
    """A11. `today` is the owner's local day; `unaccepted_after` in seconds."""
    if not action.open:
        return None
    if now > action.due.at or (action.block is not None and today > action.block.until):
        return Light.RED
    waited = (now - action.asked_at).total_seconds()
    warned = (
        (action.due.day - today).days <= yellow_days,
        action.state in (State.BLOCKED, State.DECLINED),
        action.state is State.PROPOSED and waited >= unaccepted_after,
        action.postponements > 0,
    )
    return Light.YELLOW if any(warned) else Light.GREEN
