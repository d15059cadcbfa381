"""R3 and M4 against whoever holds the database itself: what it holds does not tell whose an answer or a ballot is."""

import asyncio
import sqlite3
from contextlib import closing
from itertools import permutations

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.stored.making import later, vote
from tests.storage.test_migrations import dump

SECRET = vote(secret=True, counts=(0, 0))
ANSWERS = [(5, "太长了"), (1, ""), (3, "fine")]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_same_answers_from_anybody_in_any_order_leave_the_same_file(opened, file, tmp_path, order):
    store = opened(f"sqlite:///{file}")
    _rate(store, [(2, ANSWERS[0]), (3, ANSWERS[1]), (4, ANSWERS[2])])
    asyncio.run(store.close())
    other = opened(f"sqlite:///{tmp_path / 'other.db'}")
    _rate(other, [(2 + place, ANSWERS[place - 1]) for place in order])
    asyncio.run(other.close())
    assert _row(file) == _row(tmp_path / "other.db")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 5), st.text("ab", max_size=2)), min_size=2, max_size=6), st.randoms())
def test_who_gave_which_answer_changes_nothing_that_is_kept(memory, answers, random):
    """Two tellings of one meeting: the same people and answers, dealt out differently."""
    memory.meeting += 2
    people = list(range(1, len(answers) + 1))
    for number in (memory.meeting, memory.meeting + 1):
        random.shuffle(people)
        random.shuffle(answers)
        _rate(memory.store, list(zip(people, answers, strict=True)), of=number)
    assert memory.row(memory.meeting) == memory.row(memory.meeting + 1)


def test_no_older_row_stays_behind_in_the_file(opened, file):
    store = opened(f"sqlite:///{file}")
    for person in range(2, 8):
        for meeting in range(1, 6):  # neighbours in one page, so that what grows has to move
            _rate(store, [(person, (5, f"answer {person} of many words"))], of=meeting)
    asyncio.run(store.close())
    kept = file.read_bytes()
    assert [kept.count(b"answer %d of" % person) for person in range(2, 8)] == [5] * 6


def test_a_secret_vote_is_one_row_that_says_who_and_how_many(opened, file):
    store = opened(f"sqlite:///{file}")
    kept = asyncio.run(store.write(lambda records: records.meetings.open_vote(SECRET)))
    for counts, voted in (((0, 1), (3,)), ((1, 1), (2, 3))):
        kept = later(kept, counts=counts, voted=voted)
        asyncio.run(store.write(lambda records, kept=kept: records.meetings.save_vote(kept)))
    asyncio.run(store.close())
    lines = [line for line in dump(file).splitlines() if line.startswith('INSERT INTO "votes"')]
    assert len(lines) == 1
    assert '"counts":[1,1],"voted":[2,3]' in lines[0]


@pytest.mark.postgres
def test_postgres_holds_one_row_a_meeting_whose_transaction_is_everybodys(opened, database):
    store = opened(database)
    _rate(store, [(2, ANSWERS[0]), (3, ANSWERS[1]), (4, ANSWERS[2])])
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT persons, answers FROM ratings").fetchall()
        columns = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'ratings' ORDER BY 1"
        ).fetchall()
    assert rows == [("[2,3,4]", '[[1,""],[3,"fine"],[5,"太长了"]]')]
    assert [name for (name,) in columns] == ["answers", "meeting", "persons"]


class Memory:
    """A store in memory and what it holds of a meeting."""

    def __init__(self, store, file) -> None:
        self.store, self.file, self.meeting = store, file, 0

    def row(self, number: int) -> tuple:
        with closing(sqlite3.connect(self.file)) as connection:
            asked = "SELECT persons, answers FROM ratings WHERE meeting = ?"
            return connection.execute(asked, (number,)).fetchone()


@pytest.fixture
def memory(opened, file) -> Memory:
    return Memory(opened(f"sqlite:///{file}"), file)


def _rate(store, given, of: int = 1) -> None:
    async def each() -> None:
        for person, (score, comment) in given:
            assert await store.write(
                lambda records, who=person, score=score, said=comment: records.meetings.rate(of, who, score, said)
            )

    asyncio.run(each())


def _row(file) -> list[str]:
    return [line for line in dump(file).splitlines() if line.startswith('INSERT INTO "ratings"')]
