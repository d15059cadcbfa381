"""What is asked often is answered by an index, however much there is: the plans, not the clock, are looked at."""

import sqlite3
from contextlib import closing

import psycopg
import pytest

from storage import actions, alarms, captures, history, inbox, meetings, minutes, outbox, search, votes
from storage.postgres import POSTGRES
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
    "a meeting's items": (actions._query(frozenset({"session"}), False), "ix_actions_session"),
    "a meeting": (meetings.GET, "INTEGER PRIMARY KEY"),
    "somebody's meetings": (meetings._query(frozenset({"person", "since"}), False), "ix_meeting_people_person"),
    "meetings ahead": (meetings._query(frozenset({"since", "before", "reader"}), False), "ix_meetings_start"),
    "a room's meetings": (meetings._query(frozenset({"room_messenger", "room_id"}), True), "ix_meetings_room"),
    "a series' sessions": (meetings._query(frozenset({"series"}), True), "ix_meetings_series"),
    "what runs in a room": (meetings.RUNNING, "ix_meetings_running"),
    "a meeting's captures": (captures.OF, "PRIMARY KEY (meeting=?)"),
    "a meeting's votes": (votes.OF, "ix_votes_meeting"),
    "an edition": (minutes.GET, "ix_minutes_edition (meeting=? AND edition=?)"),
    "the newest edition": (minutes.NEWEST, "ix_minutes_edition"),
    "what somebody has to acknowledge": (minutes.OWED, "ix_minutes_people_owes"),
    "open shelves": (minutes.OPEN_SHELVES, "COVERING INDEX ix_minutes_shelf (confidential=?"),
    "somebody's own shelves": (minutes.OWN_SHELVES, "ix_minutes_people_reads"),
    "a free place": (minutes.LAST, "INTEGER PRIMARY KEY"),
    "a page of what was found": (search._lite(frozenset({"limit", "offset", "since"})), "VIRTUAL TABLE INDEX 192:M1>"),
    "how many were found": (search._lite(frozenset()), "VIRTUAL TABLE INDEX 0:M"),
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


def test_it_is_found_by_its_index(empty_file):
    for name, (statement, index) in OFTEN.items():
        steps = plan(empty_file, statement)
        assert any(index in step for step in steps), (name, steps)
        read_whole = (step for step in steps if step.startswith("SCAN") and "CONSTANT" not in step)
        assert not any("USING" not in step and "VIRTUAL" not in step for step in read_whole), (name, steps)


@pytest.mark.parametrize(
    "name",
    [
        "notices",
        "urgent notices",
        "the sweep's persons",
        "somebody's items",
        "days that wait for a calendar",
        "meetings ahead",
        "a room's meetings",
        "a series' sessions",
        "what somebody has to acknowledge",
        "a page of what was found",
    ],
)
def test_it_is_not_sorted_afterwards(empty_file, name):
    steps = plan(empty_file, OFTEN[name][0])
    assert not any("TEMP B-TREE" in step for step in steps if "LAST TERM" not in step), steps


@pytest.mark.postgres
@pytest.mark.parametrize("names", [{"match"}, {"match", "limit", "offset"}, {"match", "since", "before", "run0"}])
def test_postgres_searches_by_its_index(database, names):
    """Whatever the planner believes: in a small archive it would read every row, and every text with it."""
    made = search._postgres(frozenset(names - {"match"})).on(POSTGRES)
    values = {"match": "'预' & '§open'", "since": 0, "before": 9, "run0": "季度预算表", "limit": 20, "offset": 0}
    with psycopg.connect(database) as connection:
        connection.execute(search._BY_INDEX.on(POSTGRES).sql)
        steps = connection.execute(f"EXPLAIN {made.sql}".encode(), made.filled(values)).fetchall()
    assert any("ix_searched_words" in step for (step,) in steps), steps


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
