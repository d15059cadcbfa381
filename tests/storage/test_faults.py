"""RELIABILITY 38 and C6: full, locked, read-only, corrupt: nothing is told that was not kept, and it goes on after."""

import asyncio
import sqlite3
from contextlib import closing

import psycopg
import pytest

from bot.store import Broken, Query, Unavailable
from storage import open_store
from tests.contracts.stored.making import NOW, item

URL = "sqlite:///{}?timeout=0.2"


async def test_a_full_disk_loses_nothing_and_frees_up(opened, file):
    store = opened(URL.format(file))
    kept = await store.write(lambda records: records.actions.add(item("before")))
    limit(store, 80)
    with pytest.raises(Unavailable, match="full"):
        await store.write(lambda records: [records.actions.add(item("x" * 4000)) for _ in range(100)])
    assert (await store.read(lambda records: records.actions.find(Query()))) == [kept]
    limit(store, 1_000_000)
    last = await store.write(lambda records: records.actions.add(item("after")))
    assert await store.read(lambda records: records.actions.count(Query())) == last.number


async def test_a_disk_that_fills_in_the_middle_of_a_batch_lies_to_nobody(opened, file):
    store = opened(URL.format(file))
    await store.write(lambda records: records.actions.add(item()))
    limit(store, 80)
    adding = [store.write(lambda records: records.actions.add(item("x" * 4000))) for _ in range(200)]
    results = await asyncio.gather(*adding, return_exceptions=True)
    told = {result.number for result in results if not isinstance(result, BaseException)}
    assert {type(result) for result in results} <= {type(item()), Unavailable}
    assert any(isinstance(result, Unavailable) for result in results)
    limit(store, 1_000_000)
    kept = {action.number for action in await store.read(lambda records: records.actions.find(Query()))}
    assert kept - {1} == told


async def test_a_locked_file_is_unavailable_until_it_is_not(opened, file):
    store = opened(URL.format(file))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(Unavailable, match="locked"):
                await store.write(lambda records: records.actions.add(item()))
        with pytest.raises(Unavailable):
            await store.check()
        assert await store.read(lambda records: records.actions.find(Query())) == []
        other.execute("ROLLBACK")
    await store.check()
    assert (await store.write(lambda records: records.actions.add(item()))).number == 1


async def test_a_short_lock_is_waited_for(opened, file):
    store = opened(f"sqlite:///{file}?timeout=5")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        adding = asyncio.ensure_future(store.write(lambda records: records.actions.add(item())))
        await asyncio.sleep(0.1)
        assert not adding.done()
        other.execute("ROLLBACK")
    assert (await adding).number == 1


async def test_a_read_only_database_is_unavailable_for_writing(opened, file):
    store = opened(URL.format(file))
    store._connection.execute("PRAGMA query_only = 1")
    with pytest.raises(Unavailable, match="readonly"):
        await store.write(lambda records: records.actions.add(item()))
    assert await store.read(lambda records: records.actions.count(Query())) == 0
    store._connection.execute("PRAGMA query_only = 0")
    await store.check()


@pytest.mark.parametrize("content", [b"not a database, " * 500, b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_corrupt_file_stops_the_start_and_names_the_way_back(tmp_path, content):
    broken = tmp_path / "broken.db"
    broken.write_bytes(content)
    with pytest.raises(Broken, match="bihuan restore"):
        open_store(f"sqlite:///{broken}")


def test_a_folder_that_is_not_there_is_unavailable(tmp_path):
    with pytest.raises(Unavailable, match="there is no such folder"):
        open_store(f"sqlite:///{tmp_path}/nowhere/workplace.db")


def test_a_foreign_database_is_not_taken_over(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE actions (id INTEGER)")
    with pytest.raises(Broken):
        open_store(f"sqlite:///{tmp_path}/other.db")


@pytest.mark.postgres
async def test_connections_that_broke_are_replaced(opened, database):
    store = opened(database)
    await asyncio.gather(*(store.write(lambda records: records.actions.add(item())) for _ in range(8)))
    with psycopg.connect(database, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    results = await asyncio.gather(*(store.write(lambda records: records.actions.add(item())) for _ in range(8)))
    assert len({action.number for action in results}) == 8
    assert await store.read(lambda records: records.actions.count(Query())) == 16


@pytest.mark.postgres
async def test_a_server_that_goes_away_is_unavailable_until_it_is_back(opened, database):
    store = opened(database)
    await store.write(lambda records: records.actions.add(item()))
    with psycopg.connect(database) as own:
        name = own.info.dbname
    with psycopg.connect(database.replace(f"/{name}?", "/postgres?"), autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        with pytest.raises(Unavailable, match="cannot be reached"):
            await store.write(lambda records: records.actions.add(item()))
        with pytest.raises(Unavailable, match="cannot be reached"):
            await store.read(lambda records: records.actions.count(Query()))
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    await store.write(lambda records: records.actions.add(item()))
    assert await store.read(lambda records: records.actions.count(Query())) == 2


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_unavailable(tmp_path):
    with pytest.raises(Unavailable, match="reached"):
        open_store(f"postgresql://nobody:secret@/none?host={tmp_path}")


@pytest.mark.postgres
async def test_a_stopped_process_does_not_hold_the_others_for_ever(opened, database):
    store = opened(database)
    kept = await store.write(lambda records: records.actions.add(item()))
    with psycopg.connect(database) as other:
        other.execute("SELECT * FROM actions FOR UPDATE")
        due = await store.write(lambda records: records.alarms.due(NOW, 5))
        assert due == []
        with pytest.raises(Unavailable, match="lock timeout"):
            await store.write(
                lambda records: (records.actions._session.connection.execute("SET LOCAL lock_timeout = '100ms'"),
                                 records.actions.get(kept.number))
            )  # fmt: skip


def limit(store, pages: int) -> None:
    """The disk is as large as this; SQLite then says that it is full, as it does of a real one."""
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
