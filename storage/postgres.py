"""The store on PostgreSQL, for several processes that serve one workplace: threads, a pool, a transaction per work.

READ COMMITTED with row locks where something is read to be changed (`actions.get`), locks that others skip where
processes share out work (alarms, outbox): nothing has to be done twice, as under SERIALIZABLE. What PostgreSQL undoes
all the same (a deadlock, a connection that broke before the commit) is done again from the start."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from psycopg import errors
from sqlalchemy import URL, Dialect, Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.store import Conflict, Records, Unavailable
from storage.faults import answered, unreachable
from storage.people import Latest
from storage.records import StoredRecords
from storage.statements import Session

T = TypeVar("T")
Connection = psycopg.Connection[tuple[object, ...]]

POSTGRES: Dialect = registry.load("postgresql.psycopg")(paramstyle="format")

CONNECTIONS = 8
"""Threads and connections of one process: more of them win nothing on few cores."""
TRIES = 5
"""How often a work is begun before we say that it cannot be done now."""
WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED"
READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# A process that was stopped in the middle must not hold the others for ever.
_PATIENCE = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=30s"


class _Again(Exception):
    """Nothing was kept, and the same work may do better."""


class PostgresStore:
    """bot.store.Store on a PostgreSQL database."""

    def __init__(self, url: URL, fallback_zone: str) -> None:
        self._engine = _engine(url)
        self._latest = Latest(fallback_zone)
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="storage")
        self._closed = False

    async def write(self, work: Callable[[Records], T]) -> T:
        return await self._do(WRITING, work)

    async def read(self, work: Callable[[Records], T]) -> T:
        return await self._do(READING, work)

    async def check(self) -> None:
        """Raises Unavailable when nothing can be written just now."""
        await self.write(lambda records: records.settings.put("check", "check", ""))

    async def backup(self, to: str, progress: Callable[[int, int], None]) -> None:
        raise Unavailable(f"a PostgreSQL database is backed up with pg_dump: pg_dump --format=custom --file={to}")

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._closed = True
        self._threads.shutdown()
        self._engine.dispose()

    async def _do(self, begin: str, work: Callable[[Records], T]) -> T:
        if self._closed:
            raise Unavailable("the store is closed")
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._tried, begin, work)

    def _tried(self, begin: str, work: Callable[[Records], T]) -> T:
        for attempt in range(1, TRIES):
            try:
                return self._transact(begin, work)
            except _Again:
                # Two that met once must not meet again at once.
                time.sleep(attempt * secrets.randbelow(100) / 1000)
        try:
            return self._transact(begin, work)
        except _Again as error:
            raise Unavailable(str(error)) from error

    def _transact(self, begin: str, work: Callable[[Records], T]) -> T:
        with self._connection() as connection:
            session = Session(connection, POSTGRES)
            records = StoredRecords(session, self._latest, lambda: _anew(connection, begin), locking=begin is WRITING)
            with self._faults(connection, begin):
                connection.execute(begin)
                result = answered(work, records)
            with self._faults(connection, begin, committing=True):
                connection.execute("COMMIT")
            return result

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """One from the pool; it goes back without a transaction. A new one that cannot be made raises the driver's own error,
        which nobody has wrapped."""
        try:
            pooled = self._engine.raw_connection()
        except (DBAPIError, PoolTimeout, psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise unreachable(error) from error
        connection = pooled.driver_connection
        assert isinstance(connection, psycopg.Connection)
        try:
            yield connection
        finally:
            if connection.closed:
                pooled.invalidate()
            pooled.close()

    @contextmanager
    def _faults(self, connection: Connection, begin: str, *, committing: bool = False) -> Iterator[None]:
        """Names what the driver raises as the port does. A connection lost at the commit is no case for trying again:
        the work may have been kept, and the key of its event in the inbox will tell."""
        try:
            yield
        except (errors.SerializationFailure, errors.DeadlockDetected) as error:
            raise _Again(str(error)) from error
        except errors.ReadOnlySqlTransaction as error:
            if begin is READING:
                raise RuntimeError("a read must not write") from error
            raise Unavailable(str(error)) from error
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            family = _Again if connection.closed and not committing else Unavailable
            raise family(str(error)) from error
        except errors.UniqueViolation as error:
            raise Conflict(str(error)) from error
        except psycopg.DataError as error:
            raise ValueError(str(error)) from error


def _anew(connection: Connection, begin: str) -> None:
    connection.execute("ROLLBACK")
    connection.execute(begin)


def _engine(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"autocommit": True, "connect_timeout": 5, "options": _PATIENCE},
    )
