"""The port of meetings, what was captured in them, and their minutes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.captured import Capture, Verdict, Vote
from bot.domain.meeting import Meeting, MeetingState
from bot.domain.minutes import Minutes, MinutesState
from bot.domain.series import Series
from bot.people import Room


class Sessions(Struct, frozen=True):
    """Which meetings; every field that is set narrows. Order: start, then number; `newest` turns it round.

    `person`: those they take part in. `since`/`before` bound the planned start. `reader`: only what this person may see
    (N8). `states` empty: all."""

    person: int | None = None
    room: Room | None = None
    series: int | None = None
    kind: str = ""
    states: frozenset[MeetingState] = frozenset()
    since: datetime | None = None
    before: datetime | None = None
    reader: int | None = None
    newest: bool = False
    limit: int | None = None
    offset: int = 0


class Meetings(Protocol):
    """Meetings, what was captured in them, their votes and their series (P1–P9, M1–M4)."""

    def add(self, meeting: Meeting) -> Meeting:
        """Keeps a new meeting and returns it with its number; numbers rise and are never given twice."""
        ...

    def get(self, number: int) -> Meeting | None: ...

    def several(self, numbers: Iterable[int]) -> dict[int, Meeting]:
        """Those that exist, in one statement."""
        ...

    def save(self, meeting: Meeting) -> None:
        """Keeps the changed meeting. Raises Conflict unless the stored version is exactly one less."""
        ...

    def find(self, sessions: Sessions) -> list[Meeting]: ...

    def running(self, room: Room) -> Meeting | None:
        """The meeting that is running in this room; there is at most one."""
        ...

    def capture(self, capture: Capture) -> None:
        """Keeps a new capture (its number is given by the meeting's `mark`)."""
        ...

    def correct(self, capture: Capture) -> None:
        """Keeps a corrected or withdrawn one. Raises Conflict unless the stored version is exactly one less."""
        ...

    def captured(self, meeting: int) -> list[Capture]:
        """All of a meeting's, in the order of their numbers, withdrawn ones too."""
        ...

    def open_vote(self, vote: Vote) -> Vote:
        """Keeps a new vote and returns it with its number."""
        ...

    def vote(self, number: int) -> Vote | None: ...

    def votes(self, meeting: int) -> list[Vote]:
        """A meeting's, oldest first."""
        ...

    def save_vote(self, vote: Vote) -> None:
        """Raises Conflict unless the stored version is exactly one less."""
        ...

    def add_series(self, series: Series) -> Series: ...

    def series(self, number: int) -> Series | None: ...

    def all_series(self, *, running: bool = True) -> list[Series]:
        """Every series, or only those that have not ended."""
        ...

    def save_series(self, series: Series) -> None:
        """Raises Conflict unless the stored version is exactly one less."""
        ...

    def answered(self, meeting: int, person: int) -> bool:
        """R3: whether this person was asked for their satisfaction and has answered."""
        ...

    def rate(self, meeting: int, person: int, score: int, comment: str) -> bool:
        """R3: keeps an answer (1–5, a comment as written) and, apart from it, that the person has answered; nothing kept,
        no order and no instant, leads from one to the other. False when they had answered: then nothing is kept."""
        ...

    def ratings(self, meeting: int) -> list[tuple[int, str]]:
        """R3: the scores and comments, in an order that says nothing of that in which they came."""
        ...


class Search(Struct, frozen=True):
    """N7: which minutes; every field that is set narrows. Newest first. `words`: all of them must stand in it, Chinese
    ones of one or two characters too. `person`: attended, absent, decided or owns an action in it. `verdict`: holds such
    a decision. `year` is that of the meeting in its zone. `reader` may see what is found, and is always given: whatever
    they may not read is neither found nor counted (N8). `since` and `until` are days of the meeting in its zone, both
    included. `states` empty: those that were reviewed (N2), distributed or archived; superseded editions are left out
    always."""

    reader: int
    words: str = ""
    person: int | None = None
    since: date | None = None
    until: date | None = None
    year: int | None = None
    kind: str = ""
    verdict: Verdict | None = None
    states: frozenset[MinutesState] = frozenset()
    limit: int = 20
    offset: int = 0


class Archive(Protocol):
    """Minutes, edition by edition (N1–N7)."""

    def add(self, minutes: Minutes) -> None:
        """Keeps a new edition. Raises Conflict when that edition is there."""
        ...

    def get(self, meeting: int, edition: int | None = None) -> Minutes | None:
        """That edition, or the newest."""
        ...

    def editions(self, meeting: int) -> list[Minutes]:
        """All of a meeting's, oldest first."""
        ...

    def save(self, minutes: Minutes) -> None:
        """Keeps the changed edition. Raises Conflict unless the stored version is exactly one less."""
        ...

    def search(self, search: Search) -> list[Minutes]: ...

    def count(self, search: Search) -> int:
        """How many there are (limit and offset are ignored)."""
        ...

    def shelves(self, reader: int) -> dict[tuple[int, str], int]:
        """N7: how many of what this person may read stand under each year and kind of meeting."""
        ...

    def unacknowledged(self, person: int) -> list[Minutes]:
        """Distributed ones that this person has yet to acknowledge, oldest first."""
        ...
