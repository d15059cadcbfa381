"""The writer thread: many callers, few commits, and the failure of a commit told to everybody in it."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bot.store import Query, Records, Unavailable
from storage.people import Latest
from storage.readers import Readers
from storage.records import StoredRecords
from storage.sqlite import connect
from storage.statements import SQLITE, Session
from storage.writer import MOST, WARY, Work, Writer
from tests.contracts.stored.making import item


class Watched:
    """A real connection that counts its commits and, when told to, has a disk that fails at one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.said: list[str] = []
        self.failing: set[str] = set()

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        self.said.append(sql)
        if sql in self.failing:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
            raise error
        return self._connection.execute(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def times(self, sentence: str) -> int:
        return self.said.count(sentence)


@pytest.fixture
def connection(file, opened):
    from sqlalchemy import make_url

    real = connect(make_url(f"sqlite:///{file}"))
    yield Watched(real)
    real.close()


@pytest.fixture
def writer(connection):
    session = Session(connection, SQLITE)
    made = Writer(connection, lambda undo: StoredRecords(session, Latest("UTC"), undo, locking=False))
    yield made
    made.close()


def add(records):
    return records.actions.add(item()).number


def writes_and_fails(records):
    add(records)
    return 1 // 0


def fails_at_once(records):
    return 1 // 0


def refused_at_once(records):
    records.undo()
    return "refused"


def refused_after_writing(records):
    add(records)
    records.undo()
    return "refused"


async def together(writer: Writer, works: Sequence[Work]) -> list[Any]:
    """The results of works that the thread finds waiting together, as it comes back from another."""
    begun, held = threading.Event(), threading.Event()

    def holds(_: Records) -> bool:
        begun.set()
        return held.wait(10)

    holding = asyncio.ensure_future(writer.do(holds))
    assert await asyncio.to_thread(begun.wait, 10)
    waiting = asyncio.gather(*(writer.do(work) for work in works), return_exceptions=True)
    await asyncio.sleep(0)
    held.set()
    assert await holding
    return await waiting


async def count(writer: Writer) -> int:
    """How many items are kept."""
    kept: int = await writer.do(lambda records: records.actions.count(Query()))
    return kept


async def test_what_waits_together_is_committed_together(writer, connection):
    numbers = await asyncio.gather(*(writer.do(add) for _ in range(MOST)))
    assert sorted(numbers) == list(range(1, MOST + 1))
    # The first may have been taken before the others came.
    assert connection.times("COMMIT") <= 3
    assert connection.times("BEGIN IMMEDIATE") == connection.times("COMMIT")


async def test_one_alone_needs_no_savepoint(writer, connection):
    for _ in range(3):
        await writer.do(add)
    assert connection.times("COMMIT") == 3
    assert connection.times("SAVEPOINT work") == 0


async def test_no_batch_grows_beyond_its_measure(writer, connection):
    await asyncio.gather(*(writer.do(add) for _ in range(5 * MOST)))
    assert connection.times("COMMIT") >= 5


@pytest.mark.parametrize("failing", ["COMMIT", "BEGIN IMMEDIATE"])
async def test_a_commit_that_fails_is_everybodys_failure_and_nobodys_afterwards(writer, connection, failing):
    await writer.do(add)
    connection.failing = {failing}
    results = await asyncio.gather(*(writer.do(add) for _ in range(20)), return_exceptions=True)
    assert {type(result) for result in results} == {Unavailable}
    connection.failing = set()
    assert await writer.do(lambda records: records.actions.count(Query())) == 1
    assert await writer.do(add) == 2


async def test_a_savepoint_that_fails_loses_the_batch_and_nothing_else(writer, connection):
    connection.failing = {"RELEASE work"}
    results = await together(writer, [add, writes_and_fails, add])
    assert {type(result) for result in results} == {Unavailable}
    connection.failing = set()
    assert await count(writer) == 0


async def test_a_batch_that_takes_nothing_back_needs_no_savepoint(writer, connection):
    results = await together(writer, [add, refused_at_once, add, fails_at_once, add])
    assert [result for result in results if isinstance(result, int)] == [1, 2, 3]
    assert results[1] == "refused"
    assert isinstance(results[3], ZeroDivisionError)
    assert connection.times("SAVEPOINT work") == 0
    assert connection.times("ROLLBACK") == 0


@pytest.mark.parametrize("work", [writes_and_fails, refused_after_writing])
async def test_what_was_written_is_taken_back_and_what_others_wrote_stays(writer, connection, work):
    results = await together(writer, [add, add, work, add])
    assert [result for result in results if isinstance(result, int)] == [1, 2, 3]
    assert await count(writer) == 3
    assert connection.times("SAVEPOINT work") == 4  # the whole batch was done again, each work apart
    assert connection.times("BEGIN IMMEDIATE") == 1 + connection.times("COMMIT")


async def test_after_a_batch_that_was_done_again_the_next_few_are_apart_from_the_start(writer, connection):
    await together(writer, [add, writes_and_fails])
    begun = connection.times("BEGIN IMMEDIATE")
    for _ in range(WARY + 1):
        await together(writer, [add, add])
    assert connection.times("SAVEPOINT work") == 2 + 2 * WARY
    assert connection.times("BEGIN IMMEDIATE") == begun + 2 * (WARY + 1)  # nothing more was done twice
    assert await count(writer) == 1 + 2 * (WARY + 1)


async def test_one_alone_goes_on_after_it_took_back_what_it_wrote(writer, connection):
    assert await writer.do(refused_after_writing) == "refused"
    assert await writer.do(lambda records: (refused_after_writing(records), add(records))[1]) == 1
    assert await count(writer) == 1


async def test_who_failed_by_itself_hears_its_own_reason_even_when_the_commit_fails(writer, connection):
    connection.failing = {"COMMIT"}
    works = [add, lambda records: 1 // 0, add]
    results = await asyncio.gather(*(writer.do(work) for work in works), return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable, ZeroDivisionError, Unavailable]


async def test_callers_of_several_loops_each_hear_their_own(writer):
    def elsewhere() -> list[int]:
        async def adding():
            return await asyncio.gather(*(writer.do(add) for _ in range(10)))

        return asyncio.run(adding())

    shares = await asyncio.gather(*(asyncio.to_thread(elsewhere) for _ in range(3)), writer.do(lambda _: [0]))
    assert sorted(number for share in shares for number in share) == list(range(31))


def test_a_loop_that_ended_meanwhile_is_no_matter(writer):
    async def leaves():
        waiting = asyncio.ensure_future(writer.do(add))
        await asyncio.sleep(0)
        return waiting

    asyncio.run(leaves())
    assert asyncio.run(writer.do(add)) == 2


class Unlucky:
    """Closes in the moment between a caller's question whether it is closed and the queue."""

    closed = False
    close: Callable[[], None]

    @property
    def _closed(self) -> bool:
        was = self.closed
        if not was:
            self.close()
        return was

    @_closed.setter
    def _closed(self, closed: bool) -> None:
        self.closed = closed


async def test_nobody_waits_for_ever_for_a_store_that_closed_as_they_came(connection):
    writer = type("UnluckyWriter", (Unlucky, Writer), {})(connection, lambda undo: None)
    readers = type("UnluckyReaders", (Unlucky, Readers), {})(2, lambda: (connection, None))
    for store in (writer, readers):
        with pytest.raises(Unavailable, match="closed"):
            await asyncio.wait_for(store.do(add), 5)


async def test_a_durable_commit_is_what_the_settings_say(connection):
    settings = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert settings == {"journal_mode": "wal", "synchronous": 2}
