"""What happened, line by line; only ever added to (A2)."""

from typing import Any

from sqlalchemy import bindparam, insert, not_, select

from bot.store import Entry
from storage.statements import Row, Session, Statement, columns
from storage.tables import HISTORY

_C = HISTORY.c
_LINES = select(
    _C.subject, _C.at, _C.by, _C.verb, _C.why, _C.before, _C.after, _C.refused, _C.id, _C.details
)  # in the order of Entry's fields
_NEWEST = _LINES.order_by(_C.id.desc()).limit(bindparam("limit"))

INSERT = Statement(insert(HISTORY).inline(), sets=columns(HISTORY, without=("id",)))
OF = Statement(_NEWEST.where(_C.subject == bindparam("subject")))
LAST = Statement(_NEWEST.where(_C.subject == bindparam("subject"), not_(_C.refused)))
LAST_BY = Statement(_NEWEST.where(_C.by == bindparam("by"), not_(_C.refused)))


class StoredHistory:
    """The lines, newest by number: the order in which they were written, whatever their instants say."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: Entry) -> None:
        self._session.run(
            INSERT, subject=entry.subject, at=entry.at, by=entry.by, verb=str.__str__(entry.verb), why=entry.why,
            before=entry.before, after=entry.after, refused=entry.refused, details=entry.details,
        )  # fmt: skip

    def of(self, subject: str, limit: int = 100) -> list[Entry]:
        rows = self._session.rows(OF, subject=subject, limit=limit)
        return [Entry(*row) for row in reversed(rows)]

    def last(self, subject: str) -> Entry | None:
        return _entry(self._session.first(LAST, subject=subject, limit=1))

    def last_by(self, person: int) -> Entry | None:
        return _entry(self._session.first(LAST_BY, by=person, limit=1))


def _entry(row: Row | None) -> Entry | None:
    values: tuple[Any, ...] | None = row
    return None if values is None else Entry(*values)
