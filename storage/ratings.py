"""Anonymous satisfaction (R3): who has answered and what was answered, kept so that nothing leads from one to the other.

Both sets of a meeting are one row, each in an order of its own (ids; scores and comments), written anew with each answer:
no rowid, ctid, xmin, instant or random value belongs to one answer or one person. The same answers by other people, or
in another order, leave the same row byte for byte (tests/storage/test_anonymous.py).

What remains: who can compare two moments (two backups, SQLite's log before it is folded in, a row version that
PostgreSQL has not swept up yet) sees who answered between them, and what was added. Deleted bytes of a SQLite page are
overwritten (storage/sqlite.py), and a lone answer is its giver's in any design. Backups are the workplace's to guard."""

from sqlalchemy import bindparam, select, update

from storage.kept import Kept, countable
from storage.meeting_tables import RATINGS
from storage.statements import Row, Statement, once

_C = RATINGS.c
_ONE = select(_C.persons, _C.answers).where(_C.meeting == bindparam("of"))

BEGIN = once(RATINGS)
GET = Statement(_ONE)
GET_LOCKED = Statement(_ONE.with_for_update())
SAVE = Statement(update(RATINGS).where(_C.meeting == bindparam("of")), sets=("persons", "answers"))


class Ratings(Kept):
    """The part of bot.store.Meetings that asks how it was."""

    def answered(self, meeting: int, person: int) -> bool:
        row = self._row(GET, meeting)
        return row is not None and person in row[0]

    def rate(self, meeting: int, person: int, score: int, comment: str) -> bool:
        self._session.run(BEGIN, meeting=meeting, persons=(), answers=())
        row = self._row(GET_LOCKED, meeting)
        assert row is not None
        persons, answers = row
        if person in persons:
            return False
        self._session.run(
            SAVE, of=meeting, persons=tuple(sorted((*persons, person))),
            answers=tuple(sorted((*answers, (score, comment)))),
        )  # fmt: skip
        return True

    def ratings(self, meeting: int) -> list[tuple[int, str]]:
        row = self._row(GET, meeting)
        return [] if row is None else list(row[1])

    def _row(self, statement: Statement, meeting: int) -> Row | None:
        return self._session.first(statement, of=meeting) if countable(meeting) else None
