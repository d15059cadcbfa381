"""Databases of released versions move to today's with everything in them, on SQLite and on PostgreSQL.

`released/0001.sql` is a SQLite file of the first version, as its program wrote it: two items with their history, an
alarm, a notice, an answered event, people, a department and a room."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest

from bot.domain.action import Block, Reckoned, Source, State
from bot.people import Account
from bot.store import Broken, Link, Listing, Query, Records, Search, Sessions
from storage import migrate, open_store, schema
from storage.opening import address, postgres_ready, sqlite_ready
from tests.contracts.stored.making import DAY, NOW, PRODUCT, changed, item, meeting, minutes
from tests.storage.conftest import new_database
from tests.storage.test_migrations import differences

RELEASED = (Path(__file__).parent / "released" / "0001.sql").read_text()
TRUTHS = {"active", "admin", "urgent", "refused"}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old(request, tmp_path) -> str:
    """The URL of a database of the first version."""
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(RELEASED)
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    url = new_database(request.getfixturevalue("server"), f"old_{request.getfixturevalue('worker_id')}_{tmp_path.name}")
    postgres_ready(address(url), migrate=True, progress=lambda _: None, to=_first(tmp_path))
    with closing(sqlite3.connect(file)) as source, psycopg.connect(url, autocommit=True) as target:
        for table, columns, rows in _rows(source):
            places = ", ".join(["%s"] * len(columns))
            names = ", ".join(f'"{name}"' for name in columns)
            target.cursor().executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})'.encode(), rows)
        target.execute(
            "SELECT setval('actions_number_seq', 2), setval('history_id_seq', 3), setval('outbox_id_seq', 1)"
        )
    return url


def test_it_waits_for_migrate_and_then_is_as_a_new_one(old):
    with pytest.raises(Broken, match="bihuan migrate"):
        open_store(old)
    steps: list[str] = []
    migrate(old, steps.append)
    assert len(steps) == 3
    assert differences(old) == []
    migrate(old, steps.append)
    assert len(steps) == 3


async def test_everything_is_still_there(old):
    migrate(old, print)
    store = open_store(old)
    try:
        await store.read(_as_it_was)
        await store.write(_goes_on)
        await store.write(_can_do_more)
    finally:
        await store.close()


def test_the_old_file_is_kept_beside_it(old, tmp_path):
    migrate(old, print)
    kept = tmp_path / "old.db.version-0001.bak"
    if old.startswith("sqlite"):
        sqlite_ready(address(f"sqlite:///{kept}"), migrate=False, progress=print, to=_first(tmp_path)).close()


def _as_it_was(records: Records) -> None:
    first, second = records.actions.find(Query())
    assert (first.text, first.state, first.room) == ("写季度报告", State.BLOCKED, PRODUCT)
    assert (first.source, first.readers) == (Source("Weekly", "Budget", "as said", "Li", "https://x.cn/1"), ())
    assert first.block == Block("no budget", 2, date(2026, 12, 1))
    assert second.due.reckoned == Reckoned("5个工作日", NOW, "Asia/Shanghai")
    lines = records.history.of("A-1")
    assert [(line.verb, line.details) for line in lines] == [("add", {}), ("block", {})]
    assert lines[1].after == first
    assert records.alarms.next_at() == NOW + DAY
    directory = records.people.directory()
    assert [directory.person(number).name for number in (1, 2)] == ["Zhang San", "李四"]
    assert records.settings.of("workplace") == {"a": "kept through it all"}


def _goes_on(records: Records) -> None:
    """What was anybody's to see stays so."""
    assert records.actions.count(Query(reader=99)) == 2
    records.actions.save(changed(records.actions.several([1])[1], readers=(5,)))
    assert [[one.number for one in records.actions.find(Query(reader=who))] for who in (5, 99)] == [[1, 2], [2]]
    assert records.actions.add(item()).number == 3


def _can_do_more(records: Records) -> None:
    assert records.meetings.add(meeting()).number == 1
    assert len(records.meetings.find(Sessions())) == 1
    records.archive.add(minutes(objective="季度预算"))
    assert records.archive.count(Search(1, "预算")) == 1
    records.people.save_link(Link("feishu", "od-1", 1, "产品部"))
    records.people.save_listing(Listing(Account("feishu", "ou_1"), 1))
    assert [link.department for link in records.people.links()] == [1]
    assert records.people.listings("feishu")["ou_1"].here


def _rows(source: sqlite3.Connection) -> Iterator[tuple[str, list[str], list[list[object]]]]:
    """What stands in the tables; SQLite has no truth values of its own."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('alembic_version', 'sqlite_sequence')"
    for (table,) in source.execute(named).fetchall():
        found = source.execute(f'SELECT * FROM "{table}"')
        columns = [one[0] for one in found.description]
        rows = [[bool(v) if name in TRUTHS else v for name, v in zip(columns, row, strict=True)] for row in found]
        if rows:
            yield table, columns, rows


def _first(folder: Path) -> schema.Versions:
    """The program of the first version, as far as its tables go."""
    program = schema.Versions("0001", folder / "first")
    later = [step.name for step in (schema.OURS.folder / "versions").glob("0*.py") if not step.name.startswith("0001")]
    if not program.folder.exists():
        shutil.copytree(schema.OURS.folder, program.folder, ignore=shutil.ignore_patterns(*later))
    return program
