"""What the directories of messengers have said: which department each division is, and who was shown where."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("messenger", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("department", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("head", sa.Integer()),
        sa.PrimaryKeyConstraint("messenger", "division", name="pk_links"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listings",
        sa.Column("messenger", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("department", sa.Integer()),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("messenger", "user_id", name="pk_listings"),
        sqlite_with_rowid=False,
    )
