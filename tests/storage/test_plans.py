"""What is asked often is answered by an index, however much there is: the plans, not the clock, are looked at."""

import sqlite3
from contextlib import closing

import pytest

from storage import actions, alarms, history, inbox, outbox
from storage.statements import SQLITE, Statement
from storage.tables import ACTIONS

OFTEN = {
    "the sweep's persons": (alarms.WHOSE, "ix_alarms_due"),
    "the sweep's alarms": (alarms._theirs(4, True), "ix_alarms_due"),
    "the next alarm": (alarms.NEXT, "ix_alarms_due"),
    "an item's alarms": (alarms.of(1), "PRIMARY KEY (subject=?"),
    "old alarms": (alarms.FORGET, "ix_alarms_rung"),
    "an item": (actions.GET, "INTEGER PRIMARY KEY"),
    "saving an item": (actions.SAVE, "INTEGER PRIMARY KEY"),
    "saving an item in its place": (actions.SAVE_IN_PLACE, "INTEGER PRIMARY KEY"),
    "several items": (actions._several(8), "INTEGER PRIMARY KEY"),
    "somebody's items": (actions._query(frozenset({"owner", "state0"}), False), "ix_actions_owner"),
    "whom somebody tracks": (actions._query(frozenset({"tracker"}), False), "ix_actions_tracker"),
    "a department's items": (actions._query(frozenset({"department"}), False), "ix_actions_department"),
    "a room's items": (actions._query(frozenset({"room_messenger", "room_id"}), False), "ix_actions_room"),
    "days that wait for a calendar": (actions._query(frozenset({"reckoned", "state0"}), False), "ix_actions_reckoned"),
    "how many wait for a calendar": (actions._query(frozenset({"reckoned"}), True), "ix_actions_reckoned"),
    "a thing's history": (history.OF, "ix_history_subject"),
    "the last change": (history.LAST, "ix_history_subject"),
    "somebody's last change": (history.LAST_BY, "ix_history_by"),
    "urgent notices": (outbox.CLAIM_URGENT, "ix_outbox_due (urgent=? AND due_at<?)"),
    "notices": (outbox.CLAIM, "ix_outbox_due (urgent=? AND due_at<?)"),
    "the next notice": (outbox.NEXT, "ix_outbox_due"),
    "what waits for people": (outbox.withdrawing(4, about=False), "ix_outbox_due (urgent=?"),
    "what waits about a thing": (outbox.withdrawing(1, about=True), "PRIMARY KEY (subject=?)"),
    "messages about a thing": (outbox.REFRESH, "PRIMARY KEY (subject=?)"),
    "a reply's subject": (outbox.FIND, "ix_outbox_posted"),
    "a redelivery": (inbox.GET, "messenger=? AND id=?"),
    "old events": (inbox.FORGET, "ix_inbox_at"),
}


@pytest.mark.parametrize("name", OFTEN)
def test_it_is_found_by_its_index(empty_file, name):
    statement, index = OFTEN[name]
    steps = plan(empty_file, statement)
    assert any(index in step for step in steps), steps
    assert not any(step.startswith("SCAN") and "USING" not in step and "CONSTANT" not in step for step in steps), steps


@pytest.mark.parametrize(
    "name", ["notices", "urgent notices", "the sweep's persons", "somebody's items", "days that wait for a calendar"]
)
def test_it_is_not_sorted_afterwards(empty_file, name):
    steps = plan(empty_file, OFTEN[name][0])
    assert not any("TEMP B-TREE" in step for step in steps if "LAST TERM" not in step), steps


def plan(file, statement: Statement) -> list[str]:
    made = statement.on(SQLITE)
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {made.sql}", [None] * made.sql.count("?"))
        return [row[3] for row in rows]


def test_what_is_saved_in_place_touches_no_index():
    """SQLite writes the entry of every index whose columns a statement names, changed or not."""
    indexed = {column.name for index in ACTIONS.indexes for column in index.columns} - {"assigner"}
    assert indexed <= set(actions._FOUND_BY)
    assert not any(f"{name}=?" in actions.SAVE_IN_PLACE.on(SQLITE).sql for name in actions._FOUND_BY)
