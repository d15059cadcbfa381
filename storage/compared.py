"""All tables as a migration compares them: also what only PostgreSQL understands, and what only a library asks for."""

from sqlalchemy import MetaData

from storage.installed import INSTALLATIONS
from storage.meeting_tables import MEETINGS
from storage.tables import ACTIONS

_OF_ALL = (ACTIONS, MEETINGS, INSTALLATIONS)
"""One of each module that declares tables."""


def compared() -> MetaData:
    """Their metadata, to compare and to migrate. Loading PostgreSQL's dialect for it takes 25 ms."""
    (metadata,) = {table.metadata for table in _OF_ALL}
    for index in (index for table in metadata.tables.values() for index in table.indexes):
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    return metadata
