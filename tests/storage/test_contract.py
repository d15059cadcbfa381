"""The whole contract of bot.store, on every database that storage can open."""

import pytest

from tests.contracts.store import StoreContract


class TestSqliteFile(StoreContract):
    """The default."""

    @pytest.fixture
    def store(self, opened, file):
        return opened(f"sqlite:///{file}")

    @pytest.fixture
    def beside(self, opened, file):
        return opened(f"sqlite:///{file}")


@pytest.mark.postgres
class TestPostgres(StoreContract):
    """A real server, several processes' worth of stores."""

    @pytest.fixture
    def store(self, opened, database):
        return opened(database)

    @pytest.fixture
    def beside(self, opened, database):
        return opened(database)
