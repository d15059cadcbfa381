"""The whole contract of bot.store, on every database that storage can open."""

import pytest

from tests.contracts.store import SharedStoreContract, StoreContract


class TestSqliteFile(SharedStoreContract):
    """The default."""

    @pytest.fixture
    def store(self, opened, file):
        return opened(f"sqlite:///{file}")

    @pytest.fixture
    def beside(self, opened, file):
        return opened(f"sqlite:///{file}")


@pytest.mark.slow
class TestSqliteInMemory(StoreContract):
    """For tests that want nothing on disk."""

    @pytest.fixture
    def store(self, opened):
        return opened("sqlite://")


@pytest.mark.postgres
class TestPostgres(SharedStoreContract):
    """A real server, several processes' worth of stores."""

    @pytest.fixture
    def store(self, opened, database):
        return opened(database)

    @pytest.fixture
    def beside(self, opened, database):
        return opened(database)
