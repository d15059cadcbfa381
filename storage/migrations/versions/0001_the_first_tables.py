"""The first tables: items and their history, alarms, outbox, inbox, people, settings, open questions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _accounts()
    _actions()
    _alarms()
    _departments()
    _history()
    _inbox()
    _outbox()
    _outbox_subjects()
    _people()
    _questions()
    _rooms()
    _settings()
    _stamps()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("messenger", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("messenger", "user_id", name="pk_accounts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_accounts_person", "accounts", ["person"])


def _actions() -> None:
    op.create_table(
        "actions",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("assigner", sa.Integer(), nullable=False),
        sa.Column("tracker", sa.Integer(), nullable=False),
        sa.Column("department", sa.Integer(), nullable=True),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("due_time", sa.Time(), nullable=True),
        sa.Column("due_reckoned", sa.Text(), nullable=True),
        sa.Column("first_due", sa.Date(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("supporters", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("room_messenger", sa.Text(), nullable=True),
        sa.Column("room_id", sa.Text(), nullable=True),
        sa.Column("room_name", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("postponements", sa.Integer(), nullable=False),
        sa.Column("block", sa.Text(), nullable=True),
        sa.Column("deliverables", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_at", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("nudged_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_actions"),
    )
    for index, column in {
        "assigner": "assigner",
        "department": "department",
        "owner": "owner",
        "room": "room_id",
        "tracker": "tracker",
    }.items():
        op.create_index(f"ix_actions_{index}", "actions", [column, "due_at"])
    op.create_index("ix_actions_due", "actions", ["due_at"])
    _partial("ix_actions_reckoned", "actions", ["due_at"], "due_reckoned IS NOT NULL")


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("rung_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "occasion", name="pk_alarms"),
        sqlite_with_rowid=False,
    )
    _partial("ix_alarms_due", "alarms", ["due_at", "person"], "rung_at IS NULL")
    _partial("ix_alarms_rung", "alarms", ["rung_at"], "rung_at IS NOT NULL")


def _departments() -> None:
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("room_messenger", sa.Text(), nullable=True),
        sa.Column("room_id", sa.Text(), nullable=True),
        sa.Column("room_name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_departments"),
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_by", "history", ["by", "id"])
    op.create_index("ix_history_subject", "history", ["subject", "id"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("messenger", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("messenger", "id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("room_messenger", sa.Text(), nullable=True),
        sa.Column("room_id", sa.Text(), nullable=True),
        sa.Column("room_name", sa.Text(), nullable=True),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_tried_at", sa.BigInteger(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("posted_messenger", sa.Text(), nullable=True),
        sa.Column("posted_conversation", sa.Text(), nullable=True),
        sa.Column("posted_id", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _partial("ix_outbox_due", "outbox", ["urgent", "due_at"], "due_at IS NOT NULL")
    _partial("ix_outbox_posted", "outbox", ["posted_id"], "posted_id IS NOT NULL")


def _outbox_subjects() -> None:
    op.create_table(
        "outbox_subjects",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("notice", SERIAL, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("subject", "notice", name="pk_outbox_subjects"),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("department", sa.Integer(), nullable=True),
        sa.Column("prefers", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("person", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("room_name", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "place", name="pk_questions"),
    )


def _rooms() -> None:
    op.create_table(
        "rooms",
        sa.Column("messenger", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("messenger", "id", name="pk_rooms"),
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_settings"),
    )


def _stamps() -> None:
    op.create_table(
        "stamps",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_stamps"),
    )


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
