"""The tables, one SQLModel class each, as they stand at the newest version; migrations lead there.

Rows are never made as objects on the hot path: `TABLE.c` feeds the statements of the modules beside this one, which
also turn rows into values of the domain and back. `key` and `token` columns are the rules: what must not happen twice.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.domain.action import Action, Block, Deliverable, Reckoned, Source, Supporter
from storage.columns import Day, Instant, Json, Morning, Serial

METADATA: MetaData = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Declared(SQLModel):
    """What every table is declared by. Nothing here is ever built as a pydantic model: that would be half of a start's
    time for the tables."""

    model_config = {"defer_build": True}


def _json(of: Any, *, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Json(of), nullable=nullable))


def _instant(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Instant, nullable=nullable))


def _morning() -> Any:
    return Field(sa_column=Column(Morning, nullable=False))


def _partial(name: str, *columns: str, where: str) -> Index:
    """An index of only some rows."""
    return Index(name, *columns, sqlite_where=text(where))


def _words(*, key: bool = False, nullable: bool = False) -> Any:
    return Field(sa_column=Column(Text, primary_key=key, nullable=nullable))


class ActionRow(Declared, table=True):
    """One action item as it is now. `meeting` repeats the source's, to be found by it."""

    __tablename__ = "actions"
    __table_args__ = (
        Index("ix_actions_owner", "owner", "due_at"),
        Index("ix_actions_tracker", "tracker", "due_at"),
        Index("ix_actions_assigner", "assigner", "due_at"),
        Index("ix_actions_department", "department", "due_at"),
        Index("ix_actions_room", "room_id", "due_at"),
        Index("ix_actions_due", "due_at"),
        _partial("ix_actions_reckoned", "due_at", where="due_reckoned IS NOT NULL"),
    )  # fmt: skip

    number: int = Field(sa_column=Column(Serial, primary_key=True))
    version: int
    state: str = _words()
    text: str = _words()
    owner: int
    assigner: int
    tracker: int
    department: int | None
    due_day: date = Field(sa_column=Column(Day, nullable=False))
    due_at: datetime = _morning()
    due_time: time | None
    due_reckoned: Reckoned | None = _json(Reckoned, nullable=True)
    first_due: date = Field(sa_column=Column(Day, nullable=False))
    created_at: datetime = _instant()
    asked_at: datetime = _instant()
    supporters: tuple[Supporter, ...] = _json(tuple[Supporter, ...])
    criterion: str = _words()
    place: str = _words()
    source: Source = _json(Source)
    meeting: str = _words()
    room_messenger: str | None = _words(nullable=True)
    room_id: str | None = _words(nullable=True)
    room_name: str | None = _words(nullable=True)
    priority: str = _words()
    cadence: str = _words()
    postponements: int
    block: Block | None = _json(Block, nullable=True)
    deliverables: tuple[Deliverable, ...] = _json(tuple[Deliverable, ...])
    note: str = _words()
    note_at: datetime | None = _instant(nullable=True)
    submitted_at: datetime | None = _instant(nullable=True)
    finished_at: datetime | None = _instant(nullable=True)
    snoozed_until: datetime | None = _instant(nullable=True)
    nudged_at: datetime | None = _instant(nullable=True)
    changed_at: datetime | None = _instant(nullable=True)


class HistoryRow(Declared, table=True):
    """A2: one line for every change and every refused try; only ever added to."""

    __tablename__ = "history"
    __table_args__ = (
        Index("ix_history_subject", "subject", "id"),
        Index("ix_history_by", "by", "id"),
    )

    id: int = Field(sa_column=Column(Serial, primary_key=True))
    subject: str = _words()
    at: datetime = _instant()
    by: int
    verb: str = _words()
    why: str = _words()
    before: Action | None = _json(Action, nullable=True)
    after: Action | None = _json(Action, nullable=True)
    refused: bool


class AlarmRow(Declared, table=True):
    """When a thing wants to be asked again; `rung_at` set means never again for this occasion."""

    __tablename__ = "alarms"
    __table_args__ = (
        _partial("ix_alarms_due", "due_at", "person", where="rung_at IS NULL"),
        _partial("ix_alarms_rung", "rung_at", where="rung_at IS NOT NULL"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    subject: str = _words(key=True)
    occasion: str = _words(key=True)
    due_at: datetime = _morning()
    person: int
    rung_at: datetime | None = _instant(nullable=True)


class OutboxRow(Declared, table=True):
    """Something to be told, and how far that is.

    `due_at` is the one moment that counts: when the row may next be claimed, None when nothing is to be done. A claim
    moves it to the lease's end and sets `token`. `wanted` counts refreshes asked for, `made` how many of them the
    present claim knew of: when they differ at the end, the row is due again."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        _partial("ix_outbox_due", "urgent", "due_at", where="due_at IS NOT NULL"),
        _partial("ix_outbox_posted", "posted_id", where="posted_id IS NOT NULL"),
    )  # fmt: skip

    id: int = Field(sa_column=Column(Serial, primary_key=True))
    key: str = _words()
    person: int | None
    room_messenger: str | None = _words(nullable=True)
    room_id: str | None = _words(nullable=True)
    room_name: str | None = _words(nullable=True)
    moment: str = _words()
    subjects: tuple[str, ...] = _json(tuple[str, ...])
    args: dict[str, object] = _json(dict[str, object])
    urgent: bool
    not_before: datetime = _instant()
    fate: str = _words()
    due_at: datetime | None = _instant(nullable=True)
    token: str | None = _words(nullable=True)
    attempts: int
    first_tried_at: datetime | None = _instant(nullable=True)
    wanted: int
    made: int
    posted_messenger: str | None = _words(nullable=True)
    posted_conversation: str | None = _words(nullable=True)
    posted_id: str | None = _words(nullable=True)
    posted_at: datetime | None = _instant(nullable=True)
    settled_at: datetime | None = _instant(nullable=True)
    reason: str = _words()


class OutboxSubjectRow(Declared, table=True):
    """Which messages are about a thing, so that its change finds them."""

    __tablename__ = "outbox_subjects"
    __table_args__ = ({"sqlite_with_rowid": False},)

    subject: str = _words(key=True)
    notice: int = Field(sa_column=Column(Serial, primary_key=True, autoincrement=False))


class InboxRow(Declared, table=True):
    """An event that was answered, and the answer for its redelivery."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_at", "at"),)

    messenger: str = _words(key=True)
    id: str = _words(key=True)
    at: datetime = _instant()
    answer: str | None = _words(nullable=True)


class PersonRow(Declared, table=True):
    """Somebody of the workplace."""

    __tablename__ = "people"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = _words()
    timezone: str = _words()
    language: str = _words()
    email: str = _words()
    department: int | None
    prefers: str = _words()
    active: bool
    admin: bool


class AccountRow(Declared, table=True):
    """One person's account in one messenger; `place` keeps their order."""

    __tablename__ = "accounts"
    __table_args__ = (Index("ix_accounts_person", "person"), {"sqlite_with_rowid": False})

    messenger: str = _words(key=True)
    user_id: str = _words(key=True)
    person: int
    place: int


class DepartmentRow(Declared, table=True):
    """A department; its room may be unknown."""

    __tablename__ = "departments"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = _words()
    head: int | None
    parent: int | None
    room_messenger: str | None = _words(nullable=True)
    room_id: str | None = _words(nullable=True)
    room_name: str | None = _words(nullable=True)


class RoomRow(Declared, table=True):
    """A room that the bot has seen."""

    __tablename__ = "rooms"

    messenger: str = _words(key=True)
    id: str = _words(key=True)
    name: str = _words()


class SettingRow(Declared, table=True):
    """One chosen setting."""

    __tablename__ = "settings"

    scope: str = _words(key=True)
    key: str = _words(key=True)
    value: str = _words()


class QuestionRow(Declared, table=True):
    """An open question: one per person and place."""

    __tablename__ = "questions"

    person: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    place: str = _words(key=True)
    room_name: str = _words()
    form: str = _words()
    asked_at: datetime = _instant()


class StampRow(Declared, table=True):
    """A mark that changes whenever what it names has changed, in the same transaction, to a value never used before."""

    __tablename__ = "stamps"

    name: str = _words(key=True)
    value: str = _words()


def _table(row: type[SQLModel]) -> Table:
    return METADATA.tables[str(row.__tablename__)]


ACTIONS = _table(ActionRow)
HISTORY = _table(HistoryRow)
ALARMS = _table(AlarmRow)
OUTBOX = _table(OutboxRow)
OUTBOX_SUBJECTS = _table(OutboxSubjectRow)
INBOX = _table(InboxRow)
PEOPLE = _table(PersonRow)
ACCOUNTS = _table(AccountRow)
DEPARTMENTS = _table(DepartmentRow)
ROOMS = _table(RoomRow)
SETTINGS = _table(SettingRow)
QUESTIONS = _table(QuestionRow)
STAMPS = _table(StampRow)


def compared() -> MetaData:
    """The same with what only PostgreSQL's dialect understands, to compare and to migrate: loading that takes 25 ms."""
    for index in (index for table in METADATA.tables.values() for index in table.indexes):
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    return METADATA
