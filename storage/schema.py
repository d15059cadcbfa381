"""The database's version: looked at before it is used, made new at the newest, moved up step by step on request.

Versions are the migrations' numbers ("0001"). Alembic is loaded only when there is something to do."""

import re
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, inspect, text

from bot.store import Broken

Progress = Callable[[str], None]


class Versions(Struct, frozen=True):
    """A program's steps: the folder of its migrations, and the last of them."""

    newest: str
    folder: Path

    def judge(self, found: str | None, *, migrate: bool) -> None:
        """Raises Broken for a version that this program must not write to."""
        if found is None or found == self.newest:
            return
        if not re.fullmatch(r"\d{4}", found) or found > self.newest:
            known = f"newer than this program knows ({self.newest})"
            raise Broken(f"the database is of version {found}, {known}; upgrade Bihuan")
        if not migrate:
            raise Broken(f"the database is of version {found}, this program needs {self.newest}; run `bihuan migrate`")

    def upgrade(self, connection: Connection, progress: Progress) -> None:
        """Brings it to the newest version, one transaction a step, calling progress(what) after each. What was stopped
        in the middle goes on where it stopped."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        config.attributes["progress"] = progress
        command.upgrade(config, "head")


OURS = Versions("0004", Path(__file__).parent / "migrations")
"""Said here as well as by the files, so that a start need not load Alembic to know that there is nothing to do."""


def version(connection: Connection) -> str | None:
    """The database's version; None for one without our tables. Raises Broken for ours without a version."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None:
            return str(found)
    if "actions" in tables:
        raise Broken("the database has our tables but no version; restore a backup with `bihuan restore`")
    return None
