"""The whole contract of bot.store, on every database that storage can open."""

import asyncio
from contextlib import closing

import pytest
from sqlalchemy import make_url

from storage.opening import sqlite_ready
from storage.sqlite import SqliteStore, connect
from tests.contracts.store import SharedStoreContract, StoreContract
from tests.storage.conftest import ZONE


class TestSqliteFile(SharedStoreContract):
    """The default."""

    @pytest.fixture
    def store(self, opened, file):
        return opened(f"sqlite:///{file}")

    @pytest.fixture
    def beside(self, opened, file):
        return opened(f"sqlite:///{file}")


@pytest.fixture(scope="module")
def migrated():
    with closing(sqlite_ready(make_url("sqlite://"), migrate=False, progress=print)) as connection:
        yield connection


@pytest.mark.slow
class TestSqliteInMemory(StoreContract):
    """For tests that want nothing on disk: copies of one that was migrated (test_migrations.py opens one by its URL)."""

    @pytest.fixture
    def store(self, migrated):
        url = make_url("sqlite://")
        connection = connect(url)
        migrated.backup(connection)
        store = SqliteStore(url, connection, ZONE)
        yield store
        asyncio.run(store.close())


@pytest.mark.postgres
class TestPostgres(SharedStoreContract):
    """A real server, several processes' worth of stores."""

    @pytest.fixture
    def store(self, opened, database):
        return opened(database)

    @pytest.fixture
    def beside(self, opened, database):
        return opened(database)
