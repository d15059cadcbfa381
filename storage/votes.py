"""Votes (M4). What a secret one must not tell is refused at the door, not only left out above it.

A secret vote is one row that is written anew with each ballot, so that what the database holds of it at any moment is
the counts and the set of those who have voted. What remains: whoever can compare two moments (two backups, the log of
changes before it is folded into the file, rows that PostgreSQL has not swept up yet) sees who voted between them, and
what was added. Backups and the machine are the workplace's to guard."""

from msgspec.structs import replace
from sqlalchemy import bindparam, insert, select, update

from bot.domain.captured import Vote
from bot.store import Conflict
from storage.kept import Kept, countable
from storage.meeting_tables import VOTES
from storage.statements import Row, Statement, columns

_C = VOTES.c
_NEW = insert(VOTES)
_WHOLE = select(_C.number, _C.whole)
_ONE = _WHOLE.where(_C.number == bindparam("number"))

INSERT = Statement(_NEW, sets=columns(VOTES, without=("number",)), postgres=_NEW.returning(_C.number))
GET = Statement(_ONE)
GET_LOCKED = Statement(_ONE.with_for_update())
SAVE = Statement(
    update(VOTES).where(_C.number == bindparam("this"), _C.version == bindparam("was")), sets=("version", "whole")
)
OF = Statement(_WHOLE.where(_C.meeting == bindparam("of")).order_by(_C.number))


class Votes(Kept):
    """The part of bot.store.Meetings that counts votes."""

    def open_vote(self, vote: Vote) -> Vote:
        _sealed(vote)
        number = self._session.added(INSERT, version=vote.version, meeting=vote.meeting, whole=vote)
        assert number is not None
        return replace(vote, number=number)

    def vote(self, number: int) -> Vote | None:
        if not countable(number):
            return None
        row = self._session.first(GET_LOCKED if self._locking else GET, number=number)
        return None if row is None else _vote(row)

    def votes(self, meeting: int) -> list[Vote]:
        return [_vote(row) for row in self._session.rows(OF, of=meeting)] if countable(meeting) else []

    def save_vote(self, vote: Vote) -> None:
        _sealed(vote)
        if self._session.run(SAVE, this=vote.number, was=vote.version - 1, version=vote.version, whole=vote) != 1:
            raise Conflict(vote.label)


def _sealed(vote: Vote) -> None:
    """Raises ValueError for a secret vote that says who chose what, or in which order they came."""
    if vote.secret and vote.ballots:
        raise ValueError(f"{vote.label} is secret: its ballots are not kept")
    if vote.secret and vote.voted != tuple(sorted(vote.voted)):
        raise ValueError(f"{vote.label} is secret: who voted is kept by id, not in the order they came")


def _vote(row: Row) -> Vote:
    """The vote of a row: a new one was written down before it had its number."""
    whole: Vote = row[1]
    return replace(whole, number=row[0])
