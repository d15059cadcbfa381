"""Statements made once: values to their places, conversions in and out, few texts for lists of any length."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import bindparam, select

from storage.columns import Instant, Json
from storage.postgres import POSTGRES
from storage.statements import SQLITE, Statement, listed
from storage.tables import ALARMS, METADATA, OUTBOX

NOW = datetime(2026, 11, 21, 9, 30, 0, 1, tzinfo=UTC)


@given(st.lists(st.integers(), min_size=1, max_size=300))
def test_lists_come_in_few_sizes_and_keep_their_values(values):
    filled = listed(values)
    assert set(filled.values()) == set(values)
    assert len(filled).bit_count() == 1
    assert len(values) <= len(filled) < 2 * len(values) + 1


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(minutes=-210))])))
def test_instants_keep_their_order_and_their_moment(moment):
    into, out = Instant().bind_processor(SQLITE), Instant().result_processor(SQLITE, None)
    assert out(into(moment)) == moment
    assert into(moment) < into(NOW) or moment >= NOW
    assert out(into(moment)).tzinfo is UTC


def test_a_naive_instant_is_refused_in_a_condition_too():
    statement = Statement(select(ALARMS.c.subject).where(ALARMS.c.due_at <= bindparam("now")))
    with pytest.raises(ValueError, match="naive"):
        statement.on(SQLITE).filled({"now": NOW.replace(tzinfo=None)})


def test_values_of_the_statement_stand_between_those_given():
    statement = Statement(select(OUTBOX.c.id).where(OUTBOX.c.wanted == 7, OUTBOX.c.key == bindparam("named")))
    made = statement.on(SQLITE)
    assert made.sql.count("?") == 2
    assert made.filled({"named": "k"}) == [7, "k"]


def test_a_value_that_is_missing_is_our_bug():
    statement = Statement(select(OUTBOX.c.id).where(OUTBOX.c.key == bindparam("named")))
    with pytest.raises(KeyError, match="named"):
        statement.on(SQLITE).filled({"other": 1})


def test_a_statement_is_made_once_for_each_database():
    statement = Statement(select(OUTBOX.c.id))
    assert statement.on(SQLITE) is statement.on(SQLITE)
    assert statement.on(SQLITE) is not statement.on(POSTGRES)


def test_locks_are_said_where_they_are_known():
    statement = Statement(select(OUTBOX.c.id).with_for_update(skip_locked=True))
    assert "SKIP LOCKED" in statement.on(POSTGRES).sql
    assert "LOCK" not in statement.on(SQLITE).sql


def test_what_equals_its_default_is_not_kept():
    column = next(column for column in OUTBOX.c if isinstance(column.type, Json) and column.name == "args")
    write = column.type.dialect_impl(SQLITE).bind_processor(SQLITE)
    assert write is not None
    assert write({"why": "太忙"}) == '{"why":"太忙"}'
    assert write(None) is None


def test_every_table_says_when_in_the_same_way():
    ours = [table for table in METADATA.sorted_tables if not table.name.startswith("slack_")]  # those are its SDK's
    moments = {c.name: c.type for table in ours for c in table.c if c.name.endswith("_at")}
    assert moments
    assert all(isinstance(type_, Instant) for type_ in moments.values())
