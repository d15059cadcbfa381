"""The tables of meetings, of what was captured in them, and of their minutes, beside those of storage/tables.py.

Each thing is kept whole, as one JSON value, beside the columns that it is looked for by: what a meeting consists of is
read and written together and never apart. What is anonymous has no row of its own (R3, M4): see RatingRow.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer
from sqlmodel import Field

from bot.domain.captured import Capture, Vote
from bot.domain.meeting import Meeting
from bot.domain.minutes import Minutes
from bot.domain.series import Series
from storage.columns import Serial
from storage.tables import Declared, instant, json_of, partial, table_of, words

_RUNNING = "state = 'running' AND room_id IS NOT NULL"


def _number(*, serial: bool = True) -> Any:
    return Field(sa_column=Column(Serial, primary_key=True, autoincrement=serial))


def _key() -> Any:
    return Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))


class MeetingRow(Declared, table=True):
    """One meeting as it is now. At most one runs in a room, whoever forgets to ask."""

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_start", "start"),
        Index("ix_meetings_series", "series", "start"),
        Index("ix_meetings_room", "room_id", "start"),
        partial("ix_meetings_running", "room_messenger", "room_id", where=_RUNNING, unique=True),
    )

    number: int = _number()
    version: int
    state: str = words()
    kind: str = words()
    start: datetime = instant()
    room_messenger: str | None = words(nullable=True)
    room_id: str | None = words(nullable=True)
    series: int | None
    confidential: bool
    whole: Meeting = json_of(Meeting)


class MeetingPersonRow(Declared, table=True):
    """Whom a meeting is about (`part`), and who else may see it when it is confidential (N8)."""

    __tablename__ = "meeting_people"
    __table_args__ = (Index("ix_meeting_people_person", "person", "meeting"), {"sqlite_with_rowid": False})

    meeting: int = _number(serial=False)
    person: int = _key()
    part: bool


class CaptureRow(Declared, table=True):
    """One captured line, by its number within its meeting."""

    __tablename__ = "captures"
    __table_args__ = ({"sqlite_with_rowid": False},)

    meeting: int = _number(serial=False)
    number: int = _key()
    version: int
    whole: Capture = json_of(Capture)


class VoteRow(Declared, table=True):
    """One vote. Of a secret one `whole` holds counts and the set of those who voted, and no row holds more."""

    __tablename__ = "votes"
    __table_args__ = (Index("ix_votes_meeting", "meeting", "number"),)

    number: int = _number()
    version: int
    meeting: int = Field(sa_column=Column(Serial, nullable=False))
    whole: Vote = json_of(Vote)


class SeriesRow(Declared, table=True):
    """One recurring meeting."""

    __tablename__ = "series"

    number: int = _number()
    version: int
    ended_at: datetime | None = instant(nullable=True)
    whole: Series = json_of(Series)


class RatingRow(Declared, table=True):
    """R3: who has answered, by rising id, and what was answered, by rising score and then comment; one row a meeting.

    One row, because two rows written in one transaction can be joined by what the database keeps of it (PostgreSQL's
    xmin and ctid, SQLite's rowid): here the newest transaction is everybody's. What this cannot hide is said in
    storage/ratings.py."""

    __tablename__ = "ratings"

    meeting: int = _number(serial=False)
    persons: tuple[int, ...] = json_of(tuple[int, ...])
    answers: tuple[tuple[int, str], ...] = json_of(tuple[tuple[int, str], ...])


class MinutesRow(Declared, table=True):
    """One edition of a meeting's minutes. `place` is where it stands in the archive: it rises with the wall clock of the
    meeting, and is also its number in the index of words (storage/search.py)."""

    __tablename__ = "minutes"
    __table_args__ = (
        Index("ix_minutes_edition", "meeting", "edition", unique=True),
        Index("ix_minutes_shelf", "confidential", "state", "year", "kind"),
    )

    place: int = _number(serial=False)
    meeting: int = Field(sa_column=Column(Serial, nullable=False))
    edition: int
    version: int
    state: str = words()
    kind: str = words()
    year: int
    confidential: bool
    whole: Minutes = json_of(Minutes)


class MinutesPersonRow(Declared, table=True):
    """Who may read an edition though it is confidential (`reads`), and who has yet to acknowledge it (`owes`)."""

    __tablename__ = "minutes_people"
    __table_args__ = (
        partial("ix_minutes_people_reads", "person", "place", where="reads"),
        partial("ix_minutes_people_owes", "person", "place", where="owes"),
        {"sqlite_with_rowid": False},
    )

    place: int = _number(serial=False)
    person: int = _key()
    reads: bool
    owes: bool


MEETINGS = table_of(MeetingRow)
MEETING_PEOPLE = table_of(MeetingPersonRow)
CAPTURES = table_of(CaptureRow)
VOTES = table_of(VoteRow)
SERIES = table_of(SeriesRow)
RATINGS = table_of(RatingRow)
MINUTES = table_of(MinutesRow)
MINUTES_PEOPLE = table_of(MinutesPersonRow)
