"""What is taken down while people talk: notes, decisions, parked topics (M2), and votes (M4). Actions are items of their own."""

from datetime import datetime
from enum import StrEnum

from bot.domain.kept import Kept


class Sort(StrEnum):
    """What was captured. `action` points to its item by `label`."""

    NOTE = "note"
    DECISION = "decision"
    PARKED = "parked"
    ACTION = "action"


class Verdict(StrEnum):
    """A decision's conclusion."""

    AGREED = "agreed"
    DEFERRED = "deferred"
    MORE_MATERIAL = "more_material"
    REJECTED = "rejected"


class Capture(Kept, frozen=True):
    """One captured line. `number` is unique within its meeting (with topics'), given once. `topic`: under which it was
    said, None outside of any. `by` said it, `why` is a decision's rationale, `follower` follows a parked topic up,
    `label` names a captured action (A-42). `version` counts corrections from 1; withdrawn ones stay, and are not shown."""

    meeting: int
    number: int
    sort: Sort
    text: str
    by: int
    at: datetime
    topic: int | None = None
    verdict: Verdict | None = None
    why: str = ""
    follower: int | None = None
    label: str = ""
    version: int = 1
    withdrawn: bool = False


class Ballot(Kept, frozen=True):
    """One person's choices in an open vote."""

    person: int
    choices: tuple[int, ...]


class Vote(Kept, frozen=True):
    """M4. `choices` are the answers; `many`: several may be chosen; `secret`: who chose what is not kept anywhere, only
    `counts` and who has voted (`voted`, by rising id, so that the order tells nothing). Open: `ballots`.

    `number` 0: not yet kept; its label is V-3. `closed_at` None: open. `deadline` aware UTC, None: until closed."""

    meeting: int
    question: str
    choices: tuple[str, ...]
    by: int
    at: datetime
    number: int = 0
    version: int = 1
    topic: int | None = None
    secret: bool = False
    many: bool = False
    deadline: datetime | None = None
    closed_at: datetime | None = None
    ballots: tuple[Ballot, ...] = ()
    counts: tuple[int, ...] = ()
    voted: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """V-3."""
        return f"V-{self.number}"
