"""Recurring meetings (P2)."""

from msgspec.structs import replace
from sqlalchemy import bindparam, insert, select, update

from bot.domain.series import Series
from bot.store import Conflict
from storage.kept import Kept, countable
from storage.meeting_tables import SERIES
from storage.statements import Row, Statement, columns

_C = SERIES.c
_NEW = insert(SERIES)
_WHOLE = select(_C.number, _C.whole)
_ONE = _WHOLE.where(_C.number == bindparam("number"))

INSERT = Statement(_NEW, sets=columns(SERIES, without=("number",)), postgres=_NEW.returning(_C.number))
GET = Statement(_ONE)
GET_LOCKED = Statement(_ONE.with_for_update())
SAVE = Statement(
    update(SERIES).where(_C.number == bindparam("this"), _C.version == bindparam("was")),
    sets=("version", "ended_at", "whole"),
)
ALL = Statement(_WHOLE.order_by(_C.number))
GOING_ON = Statement(_WHOLE.where(_C.ended_at.is_(None)).order_by(_C.number))


class AllSeries(Kept):
    """The part of bot.store.Meetings that recurs."""

    def add_series(self, series: Series) -> Series:
        number = self._session.added(INSERT, version=series.version, ended_at=series.ended_at, whole=series)
        assert number is not None
        return replace(series, number=number)

    def series(self, number: int) -> Series | None:
        if not countable(number):
            return None
        row = self._session.first(GET_LOCKED if self._locking else GET, number=number)
        return None if row is None else _series(row)

    def all_series(self, *, running: bool = True) -> list[Series]:
        return [_series(row) for row in self._session.rows(GOING_ON if running else ALL)]

    def save_series(self, series: Series) -> None:
        values = {"version": series.version, "ended_at": series.ended_at, "whole": series}
        if self._session.run(SAVE, this=series.number, was=series.version - 1, **values) != 1:
            raise Conflict(series.label)


def _series(row: Row) -> Series:
    """The series of a row: a new one was written down before it had its number."""
    whole: Series = row[1]
    return replace(whole, number=row[0])
