"""The tables, as they stand at the newest version; migrations lead there.

SQLAlchemy's own `Table`, not one SQLModel class each: rows are never made as objects, and the classes (with the ORM and
a pydantic model behind each) took 0.19 s of every start, these 0.01. `TABLE.c` feeds the statements of the modules
beside this one, which also turn rows into values of the domain and back. `key` and `token` columns are the rules: what
must not happen twice.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table, Text, Time, UniqueConstraint, text

from bot.domain.action import Action, Block, Deliverable, Reckoned, Source, Supporter
from storage.columns import Day, Instant, Json, Morning, Serial

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _words(name: str, *, key: bool = False, nullable: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=nullable)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _day(name: str) -> Column[Any]:
    return Column(name, Day, nullable=False)


def _instant(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Instant, nullable=nullable)


def _morning(name: str) -> Column[Any]:
    return Column(name, Morning, nullable=False)


def _json(name: str, of: Any, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Json(of), nullable=nullable)


def _serial(name: str) -> Column[int]:
    """A number that the database gives."""
    return Column(name, Serial, primary_key=True)


def _given(name: str) -> Column[int]:
    """A number that we give ourselves."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _partial(name: str, *columns: str, where: str) -> Index:
    """An index of only some rows."""
    return Index(name, *columns, sqlite_where=text(where))


# One action item as it is now. `meeting` repeats the source's, to be found by it.
ACTIONS = Table(
    "actions",
    METADATA,
    _serial("number"),
    _number("version"),
    _words("state"),
    _words("text"),
    _number("owner"),
    _number("assigner"),
    _number("tracker"),
    _number("department", nullable=True),
    _day("due_day"),
    _morning("due_at"),
    Column("due_time", Time, nullable=True),
    _json("due_reckoned", Reckoned, nullable=True),
    _day("first_due"),
    _instant("created_at"),
    _instant("asked_at"),
    _json("supporters", tuple[Supporter, ...]),
    _words("criterion"),
    _words("place"),
    _json("source", Source),
    _words("meeting"),
    _words("room_messenger", nullable=True),
    _words("room_id", nullable=True),
    _words("room_name", nullable=True),
    _words("priority"),
    _words("cadence"),
    _number("postponements"),
    _json("block", Block, nullable=True),
    _json("deliverables", tuple[Deliverable, ...]),
    _words("note"),
    _instant("note_at", nullable=True),
    _instant("submitted_at", nullable=True),
    _instant("finished_at", nullable=True),
    _instant("snoozed_until", nullable=True),
    _instant("nudged_at", nullable=True),
    _instant("changed_at", nullable=True),
    Index("ix_actions_owner", "owner", "due_at"),
    Index("ix_actions_tracker", "tracker", "due_at"),
    Index("ix_actions_assigner", "assigner", "due_at"),
    Index("ix_actions_department", "department", "due_at"),
    Index("ix_actions_room", "room_id", "due_at"),
    Index("ix_actions_due", "due_at"),
    _partial("ix_actions_reckoned", "due_at", where="due_reckoned IS NOT NULL"),
)

# A2: one line for every change and every refused try; only ever added to.
HISTORY = Table(
    "history",
    METADATA,
    _serial("id"),
    _words("subject"),
    _instant("at"),
    _number("by"),
    _words("verb"),
    _words("why"),
    _json("before", Action, nullable=True),
    _json("after", Action, nullable=True),
    _flag("refused"),
    Index("ix_history_subject", "subject", "id"),
    Index("ix_history_by", "by", "id"),
)

# When a thing wants to be asked again; `rung_at` set means never again for this occasion.
ALARMS = Table(
    "alarms",
    METADATA,
    _words("subject", key=True),
    _words("occasion", key=True),
    _morning("due_at"),
    _number("person"),
    _instant("rung_at", nullable=True),
    _partial("ix_alarms_due", "due_at", "person", where="rung_at IS NULL"),
    _partial("ix_alarms_rung", "rung_at", where="rung_at IS NOT NULL"),
    sqlite_with_rowid=False,
)

# Something to be told, and how far that is.
#
# `due_at` is the one moment that counts: when the row may next be claimed, None when nothing is to be done. A claim
# moves it to the lease's end and sets `token`. `wanted` counts refreshes asked for, `made` how many of them the
# present claim knew of: when they differ at the end, the row is due again.
OUTBOX = Table(
    "outbox",
    METADATA,
    _serial("id"),
    _words("key"),
    _number("person", nullable=True),
    _words("room_messenger", nullable=True),
    _words("room_id", nullable=True),
    _words("room_name", nullable=True),
    _words("moment"),
    _json("subjects", tuple[str, ...]),
    _json("args", dict[str, object]),
    _flag("urgent"),
    _instant("not_before"),
    _words("fate"),
    _instant("due_at", nullable=True),
    _words("token", nullable=True),
    _number("attempts"),
    _instant("first_tried_at", nullable=True),
    _number("wanted"),
    _number("made"),
    _words("posted_messenger", nullable=True),
    _words("posted_conversation", nullable=True),
    _words("posted_id", nullable=True),
    _instant("posted_at", nullable=True),
    _instant("settled_at", nullable=True),
    _words("reason"),
    UniqueConstraint("key"),
    _partial("ix_outbox_due", "urgent", "due_at", where="due_at IS NOT NULL"),
    _partial("ix_outbox_posted", "posted_id", where="posted_id IS NOT NULL"),
)

# Which messages are about a thing, so that its change finds them.
OUTBOX_SUBJECTS = Table(
    "outbox_subjects",
    METADATA,
    _words("subject", key=True),
    Column("notice", Serial, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# An event that was answered, and the answer for its redelivery.
INBOX = Table(
    "inbox",
    METADATA,
    _words("messenger", key=True),
    _words("id", key=True),
    _instant("at"),
    _words("answer", nullable=True),
    Index("ix_inbox_at", "at"),
)

# Somebody of the workplace.
PEOPLE = Table(
    "people",
    METADATA,
    _given("id"),
    _words("name"),
    _words("timezone"),
    _words("language"),
    _words("email"),
    _number("department", nullable=True),
    _words("prefers"),
    _flag("active"),
    _flag("admin"),
)

# One person's account in one messenger; `place` keeps their order.
ACCOUNTS = Table(
    "accounts",
    METADATA,
    _words("messenger", key=True),
    _words("user_id", key=True),
    _number("person"),
    _number("place"),
    Index("ix_accounts_person", "person"),
    sqlite_with_rowid=False,
)

# A department; its room may be unknown.
DEPARTMENTS = Table(
    "departments",
    METADATA,
    _given("id"),
    _words("name"),
    _number("head", nullable=True),
    _number("parent", nullable=True),
    _words("room_messenger", nullable=True),
    _words("room_id", nullable=True),
    _words("room_name", nullable=True),
)

# A room that the bot has seen.
ROOMS = Table("rooms", METADATA, _words("messenger", key=True), _words("id", key=True), _words("name"))

# One chosen setting.
SETTINGS = Table("settings", METADATA, _words("scope", key=True), _words("key", key=True), _words("value"))

# An open question: one per person and place.
QUESTIONS = Table(
    "questions",
    METADATA,
    _given("person"),
    _words("place", key=True),
    _words("room_name"),
    _words("form"),
    _instant("asked_at"),
)

# A mark that changes whenever what it names has changed, in the same transaction, to a value never used before.
STAMPS = Table("stamps", METADATA, _words("name", key=True), _words("value"))


def compared() -> MetaData:
    """The same with what only PostgreSQL's dialect understands, to compare and to migrate: loading that takes 25 ms."""
    for index in (index for table in METADATA.tables.values() for index in table.indexes):
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    return METADATA
