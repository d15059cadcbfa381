"""Databases start at the newest version, older ones move there step by step, newer ones are left alone (RELIABILITY 40)."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store import Broken
from storage import migrate, open_store, schema
from storage.compared import compared
from storage.opening import address, sqlite_ready
from tests.contracts.stored.making import item
from tests.storage.conftest import new_database


def test_the_newest_version_is_the_last_step():
    config = Config()
    config.set_main_option("script_location", str(schema.OURS.folder))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.OURS.newest]


def test_a_new_file_has_exactly_the_tables_that_the_code_declares(empty_file):
    assert differences(f"sqlite:///{empty_file}") == []


@pytest.mark.postgres
def test_a_new_postgres_database_has_exactly_the_tables_that_the_code_declares(database):
    assert differences(database) == []


@pytest.mark.postgres
async def test_processes_that_start_at_once_make_it_once(server, worker_id):
    url = new_database(server, f"together_{worker_id}")
    stores = await asyncio.gather(*(asyncio.to_thread(open_store, url) for _ in range(4)))
    assert (await stores[3].write(lambda records: records.actions.add(item()))).number == 1
    for store in stores:
        await store.close()


def test_opening_again_changes_nothing(file):
    before = dump(file)
    asyncio.run(open_store(f"sqlite:///{file}").close())
    assert dump(file) == before


@pytest.mark.parametrize("version", ["0005", "9999", "abcdef123456"])
def test_a_newer_database_is_left_alone(file, version):
    write(file, f"UPDATE alembic_version SET version_num = '{version}'")
    before = dump(file)
    for opening in (open_store, lambda url: open_store(url, migrate=True), lambda url: migrate(url, print)):
        with pytest.raises(Broken, match=f"{version}.*newer"):
            opening(f"sqlite:///{file}")
    assert dump(file) == before


def test_an_older_database_waits_for_migrate(older):
    with pytest.raises(Broken, match="bihuan migrate"):
        older.opens(migrate=False)
    assert "drinks" not in dump(older.file)


def test_migrating_goes_step_by_step_and_keeps_a_copy(older):
    assert len(older.opens()) == 2
    assert "drinks" in dump(older.file)
    assert "snacks" in dump(older.file)
    copy = older.file.with_name(f"{older.file.name}.version-0004.bak")
    assert "drinks" not in dump(copy)
    assert "kept through it all" in dump(copy)
    assert "kept through it all" in dump(older.file)


def test_a_step_that_fails_in_the_middle_leaves_the_one_before(older):
    last = older.program.folder / "versions" / "0006.py"
    whole = last.read_text()
    last.write_text(whole + "    raise InterruptedError\n")
    with pytest.raises(InterruptedError):
        older.opens()
    assert "drinks" in dump(older.file)
    assert "snacks" not in dump(older.file)
    last.write_text(whole)
    assert len(older.opens()) == 1
    assert "snacks" in dump(older.file)


class Older:
    """A database of today as the program of tomorrow finds it: two steps behind."""

    def __init__(self, file: Path, program: schema.Versions) -> None:
        self.file, self.program = file, program

    def opens(self, *, migrate: bool = True) -> list[str]:
        """The steps that were taken."""
        steps: list[str] = []
        url = address(f"sqlite:///{self.file}")
        sqlite_ready(url, migrate=migrate, progress=steps.append, to=self.program).close()
        return steps


@pytest.fixture
def older(file, tmp_path) -> Older:
    write(file, "INSERT INTO settings VALUES ('workplace', 'a', 'kept through it all')")
    program = schema.Versions("0006", tmp_path / "migrations")
    shutil.copytree(schema.OURS.folder, program.folder)
    for number, before, table in (("0005", "0004", "drinks"), ("0006", "0005", "snacks")):
        step = f"from alembic import op\nrevision = '{number}'\ndown_revision = '{before}'\n\ndef upgrade():\n"
        step += f"    op.execute('CREATE TABLE {table} (id INTEGER)')\n"
        (program.folder / "versions" / f"{number}.py").write_text(step)
    return Older(file, program)


def differences(url: str) -> list:
    engine = sqlalchemy.create_engine(address(url))
    with engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours}), compared()
        )
    engine.dispose()
    return found


def ours(name: str | None, kind: str, _: object) -> bool:
    """The index of words is no table like the others: each database has its own, which storage/search.py asks."""
    return not (kind == "table" and str(name).startswith("searched"))


def dump(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


def write(file: Path, sentence: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(sentence)
