"""The tables' declaration is SQLModel's: light for a start, and whole for whoever wants its sessions."""

import json
import subprocess
import sys

import pytest

from storage.meeting_tables import MEETINGS
from storage.tables import ACTIONS, METADATA, ActionRow, Declared
from tests.house.tree import ROOT

SESSION = """
import json
from sqlmodel import Session, create_engine, select
from sqlalchemy.pool import StaticPool
import storage
from storage.tables import Declared, METADATA, SettingRow
engine = create_engine("sqlite://", poolclass=StaticPool)
METADATA.create_all(engine)
Declared.prepare(engine)
with Session(engine) as session:
    session.add(SettingRow(scope="process", key="looked", value="now"))
    session.commit()
    print(json.dumps([[row.scope, row.key, row.value] for row in session.exec(select(SettingRow))]))
"""


def test_every_table_is_declared_by_a_class_of_sqlmodels():
    rows = {str(row.__tablename__): vars(row)["__table__"] for row in Declared.__subclasses__()}
    ours = {name: table for name, table in METADATA.tables.items() if not name.startswith("slack_")}  # slack_sdk's own
    assert rows == ours
    assert (ACTIONS.name, MEETINGS.name) == ("actions", "meetings")


def test_a_start_neither_builds_nor_maps_them():
    assert not ActionRow.__pydantic_complete__
    assert not hasattr(ActionRow, "__mapper__")


@pytest.mark.slow
def test_who_wants_its_sessions_has_them_prepared():
    fresh = subprocess.run([sys.executable, "-c", SESSION], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (fresh.returncode, fresh.stderr) == (0, "")
    assert json.loads(fresh.stdout) == [["process", "looked", "now"]]
