"""The tables, one SQLModel class each, as they stand at the newest version; migrations lead there.

Rows are never made as objects on the hot path: `TABLE.c` feeds the statements of the modules beside this one, which
also turn rows into values of the domain and back. `key` and `token` columns are the rules: what must not happen twice.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text
from sqlalchemy.ext.declarative import DeferredReflection
from sqlmodel import Field, SQLModel

from bot.domain.action import Action, Block, Deliverable, Reckoned, Source, Supporter
from storage.columns import Day, Instant, Json, Morning, Persons, Serial

METADATA: MetaData = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Declared(DeferredReflection, SQLModel):
    """What every table is declared by. Nothing here is ever built as a pydantic model: that would be half of a start's
    time for the tables. Nor is it mapped for SQLAlchemy's sessions until somebody calls `prepare`, which is what the base
    beside SQLModel is for: a quarter of the rest, 20 ms and 0.5 MB."""

    model_config = {"defer_build": True}


def json_of(of: Any, *, nullable: bool = False) -> Any:
    """A column that holds a value of this type."""
    return Field(sa_column=Column(Json(of), nullable=nullable))


def instant(*, nullable: bool = False) -> Any:
    """A column that holds a moment."""
    return Field(sa_column=Column(Instant, nullable=nullable))


def morning() -> Any:
    """A column that holds an instant which many rows share."""
    return Field(sa_column=Column(Morning, nullable=False))


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of only some rows."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where))


def words(*, key: bool = False, nullable: bool = False) -> Any:
    """A column that holds text."""
    return Field(sa_column=Column(Text, primary_key=key, nullable=nullable))


class ActionRow(Declared, table=True):
    """One action item as it is now. `meeting` and `session` repeat the source's title and number, to be found by them."""

    __tablename__ = "actions"
    __table_args__ = (
        Index("ix_actions_owner", "owner", "due_at"),
        Index("ix_actions_tracker", "tracker", "due_at"),
        Index("ix_actions_assigner", "assigner", "due_at"),
        Index("ix_actions_department", "department", "due_at"),
        Index("ix_actions_room", "room_id", "due_at"),
        Index("ix_actions_due", "due_at"),
        partial("ix_actions_session", "session", "due_at", where="session IS NOT NULL"),
        partial("ix_actions_reckoned", "due_at", where="due_reckoned IS NOT NULL"),
    )  # fmt: skip

    number: int = Field(sa_column=Column(Serial, primary_key=True))
    version: int
    state: str = words()
    text: str = words()
    owner: int
    assigner: int
    tracker: int
    department: int | None
    due_day: date = Field(sa_column=Column(Day, nullable=False))
    due_at: datetime = morning()
    due_time: time | None
    due_reckoned: Reckoned | None = json_of(Reckoned, nullable=True)
    first_due: date = Field(sa_column=Column(Day, nullable=False))
    created_at: datetime = instant()
    asked_at: datetime = instant()
    supporters: tuple[Supporter, ...] = json_of(tuple[Supporter, ...])
    criterion: str = words()
    place: str = words()
    source: Source = json_of(Source)
    meeting: str = words()
    room_messenger: str | None = words(nullable=True)
    room_id: str | None = words(nullable=True)
    room_name: str | None = words(nullable=True)
    priority: str = words()
    cadence: str = words()
    postponements: int
    block: Block | None = json_of(Block, nullable=True)
    deliverables: tuple[Deliverable, ...] = json_of(tuple[Deliverable, ...])
    note: str = words()
    note_at: datetime | None = instant(nullable=True)
    submitted_at: datetime | None = instant(nullable=True)
    finished_at: datetime | None = instant(nullable=True)
    snoozed_until: datetime | None = instant(nullable=True)
    nudged_at: datetime | None = instant(nullable=True)
    changed_at: datetime | None = instant(nullable=True)
    session: int | None
    readers: tuple[int, ...] = Field(sa_column=Column(Persons, nullable=False))


class HistoryRow(Declared, table=True):
    """A2: one line for every change and every refused try; only ever added to."""

    __tablename__ = "history"
    __table_args__ = (
        Index("ix_history_subject", "subject", "id"),
        Index("ix_history_by", "by", "id"),
    )

    id: int = Field(sa_column=Column(Serial, primary_key=True))
    subject: str = words()
    at: datetime = instant()
    by: int
    verb: str = words()
    why: str = words()
    before: Action | None = json_of(Action, nullable=True)
    after: Action | None = json_of(Action, nullable=True)
    refused: bool
    details: dict[str, object] = json_of(dict[str, object])


class AlarmRow(Declared, table=True):
    """When a thing wants to be asked again; `rung_at` set means never again for this occasion."""

    __tablename__ = "alarms"
    __table_args__ = (
        partial("ix_alarms_due", "due_at", "person", where="rung_at IS NULL"),
        partial("ix_alarms_rung", "rung_at", where="rung_at IS NOT NULL"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    subject: str = words(key=True)
    occasion: str = words(key=True)
    due_at: datetime = morning()
    person: int
    rung_at: datetime | None = instant(nullable=True)


class OutboxRow(Declared, table=True):
    """Something to be told, and how far that is.

    `due_at` is the one moment that counts: when the row may next be claimed, None when nothing is to be done. A claim
    moves it to the lease's end and sets `token`. `wanted` counts refreshes asked for, `made` how many of them the
    present claim knew of: when they differ at the end, the row is due again."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        partial("ix_outbox_due", "urgent", "due_at", where="due_at IS NOT NULL"),
        partial("ix_outbox_posted", "posted_id", where="posted_id IS NOT NULL"),
    )  # fmt: skip

    id: int = Field(sa_column=Column(Serial, primary_key=True))
    key: str = words()
    person: int | None
    room_messenger: str | None = words(nullable=True)
    room_id: str | None = words(nullable=True)
    room_name: str | None = words(nullable=True)
    moment: str = words()
    subjects: tuple[str, ...] = json_of(tuple[str, ...])
    args: dict[str, object] = json_of(dict[str, object])
    urgent: bool
    not_before: datetime = instant()
    fate: str = words()
    due_at: datetime | None = instant(nullable=True)
    token: str | None = words(nullable=True)
    attempts: int
    first_tried_at: datetime | None = instant(nullable=True)
    wanted: int
    made: int
    posted_messenger: str | None = words(nullable=True)
    posted_conversation: str | None = words(nullable=True)
    posted_id: str | None = words(nullable=True)
    posted_at: datetime | None = instant(nullable=True)
    settled_at: datetime | None = instant(nullable=True)
    reason: str = words()


class OutboxSubjectRow(Declared, table=True):
    """Which messages are about a thing, so that its change finds them."""

    __tablename__ = "outbox_subjects"
    __table_args__ = ({"sqlite_with_rowid": False},)

    subject: str = words(key=True)
    notice: int = Field(sa_column=Column(Serial, primary_key=True, autoincrement=False))


class InboxRow(Declared, table=True):
    """An event that was answered, and the answer for its redelivery."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_at", "at"),)

    messenger: str = words(key=True)
    id: str = words(key=True)
    at: datetime = instant()
    answer: str | None = words(nullable=True)


class PersonRow(Declared, table=True):
    """Somebody of the workplace."""

    __tablename__ = "people"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = words()
    timezone: str = words()
    language: str = words()
    email: str = words()
    department: int | None
    prefers: str = words()
    active: bool
    admin: bool


class AccountRow(Declared, table=True):
    """One person's account in one messenger; `place` keeps their order."""

    __tablename__ = "accounts"
    __table_args__ = (Index("ix_accounts_person", "person"), {"sqlite_with_rowid": False})

    messenger: str = words(key=True)
    user_id: str = words(key=True)
    person: int
    place: int


class DepartmentRow(Declared, table=True):
    """A department; its room may be unknown."""

    __tablename__ = "departments"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = words()
    head: int | None
    parent: int | None
    room_messenger: str | None = words(nullable=True)
    room_id: str | None = words(nullable=True)
    room_name: str | None = words(nullable=True)


class RoomRow(Declared, table=True):
    """A room that the bot has seen."""

    __tablename__ = "rooms"

    messenger: str = words(key=True)
    id: str = words(key=True)
    name: str = words()


class LinkRow(Declared, table=True):
    """Which department a division of a messenger's is, and what of it that messenger's directory filled in."""

    __tablename__ = "links"
    __table_args__ = ({"sqlite_with_rowid": False},)

    messenger: str = words(key=True)
    division: str = words(key=True)
    department: int
    name: str = words()
    parent: int | None
    head: int | None


class ListingRow(Declared, table=True):
    """An account as its messenger's directory showed it last."""

    __tablename__ = "listings"
    __table_args__ = ({"sqlite_with_rowid": False},)

    messenger: str = words(key=True)
    user_id: str = words(key=True)
    department: int | None
    here: bool


class SettingRow(Declared, table=True):
    """One chosen setting."""

    __tablename__ = "settings"

    scope: str = words(key=True)
    key: str = words(key=True)
    value: str = words()


class QuestionRow(Declared, table=True):
    """An open question: one per person and place."""

    __tablename__ = "questions"

    person: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    place: str = words(key=True)
    room_name: str = words()
    form: str = words()
    asked_at: datetime = instant()


class StampRow(Declared, table=True):
    """A mark that changes whenever what it names has changed, in the same transaction, to a value never used before."""

    __tablename__ = "stamps"

    name: str = words(key=True)
    value: str = words()


def table_of(row: type[SQLModel]) -> Table:
    """The table of a row's class."""
    return METADATA.tables[str(row.__tablename__)]


ACTIONS = table_of(ActionRow)
HISTORY = table_of(HistoryRow)
ALARMS = table_of(AlarmRow)
OUTBOX = table_of(OutboxRow)
OUTBOX_SUBJECTS = table_of(OutboxSubjectRow)
INBOX = table_of(InboxRow)
PEOPLE = table_of(PersonRow)
ACCOUNTS = table_of(AccountRow)
DEPARTMENTS = table_of(DepartmentRow)
ROOMS = table_of(RoomRow)
LINKS = table_of(LinkRow)
LISTINGS = table_of(ListingRow)
SETTINGS = table_of(SettingRow)
QUESTIONS = table_of(QuestionRow)
STAMPS = table_of(StampRow)
