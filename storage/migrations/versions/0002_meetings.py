"""Meetings, what is captured in them, their votes, series and ratings; minutes with their archive; who may see an item."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _readers_of_actions()
    op.add_column("history", sa.Column("details", sa.Text(), nullable=False, server_default="{}"))
    _meetings()
    _meeting_people()
    _captures()
    _votes()
    _series()
    _ratings()
    _minutes()
    _minutes_people()
    _searched()


def _readers_of_actions() -> None:
    op.add_column("actions", sa.Column("session", sa.Integer(), nullable=True))
    op.add_column("actions", sa.Column("readers", sa.Text(), nullable=False, server_default=""))
    _partial("ix_actions_session", "actions", ["session", "due_at"], "session IS NOT NULL")


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("room_messenger", sa.Text(), nullable=True),
        sa.Column("room_id", sa.Text(), nullable=True),
        sa.Column("series", sa.Integer(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_meetings"),
    )
    op.create_index("ix_meetings_start", "meetings", ["start"])
    op.create_index("ix_meetings_series", "meetings", ["series", "start"])
    op.create_index("ix_meetings_room", "meetings", ["room_id", "start"])
    _partial(
        "ix_meetings_running", "meetings", ["room_messenger", "room_id"],
        "state = 'running' AND room_id IS NOT NULL", unique=True,
    )  # fmt: skip


def _meeting_people() -> None:
    op.create_table(
        "meeting_people",
        sa.Column("meeting", SERIAL, autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "person", name="pk_meeting_people"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_meeting_people_person", "meeting_people", ["person", "meeting"])


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("meeting", SERIAL, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", "number", name="pk_captures"),
        sqlite_with_rowid=False,
    )


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting", SERIAL, nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_votes"),
    )
    op.create_index("ix_votes_meeting", "votes", ["meeting", "number"])


def _series() -> None:
    op.create_table(
        "series",
        sa.Column("number", SERIAL, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_series"),
    )


def _ratings() -> None:
    op.create_table(
        "ratings",
        sa.Column("meeting", SERIAL, autoincrement=False, nullable=False),
        sa.Column("persons", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("meeting", name="pk_ratings"),
    )


def _minutes() -> None:
    op.create_table(
        "minutes",
        sa.Column("place", SERIAL, autoincrement=False, nullable=False),
        sa.Column("meeting", SERIAL, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_minutes"),
    )
    op.create_index("ix_minutes_edition", "minutes", ["meeting", "edition"], unique=True)
    op.create_index("ix_minutes_shelf", "minutes", ["confidential", "state", "year", "kind"])


def _minutes_people() -> None:
    op.create_table(
        "minutes_people",
        sa.Column("place", SERIAL, autoincrement=False, nullable=False),
        sa.Column("person", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=False),
        sa.Column("owes", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("place", "person", name="pk_minutes_people"),
        sqlite_with_rowid=False,
    )
    _partial("ix_minutes_people_reads", "minutes_people", ["person", "place"], "reads")
    _partial("ix_minutes_people_owes", "minutes_people", ["person", "place"], "owes")


def _searched() -> None:
    """No table of the ORM's: SQLite and PostgreSQL each have an index of words of their own (storage/search.py)."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE searched USING fts5 (words, tokenize = 'ascii')")
        return
    # Texts stand out of line, so that the rows which a search goes through are few pages: 15 ms instead of 46 for 50,000.
    columns = "place bigint PRIMARY KEY, folded text NOT NULL, words tsvector NOT NULL"
    op.execute(f"CREATE TABLE searched ({columns}) WITH (toast_tuple_target = 128)")
    op.execute("CREATE INDEX ix_searched_words ON searched USING gin (words) WITH (fastupdate = off)")


def _partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
