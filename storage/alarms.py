"""Moments at which a thing wants to be asked again: set with their subject, swept by one index, rung once for ever."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import BigInteger, Integer, bindparam, delete, func, literal, select, type_coerce, update

from bot.domain.alarms import Alarm
from storage.statements import Session, Statement, among, listed, once
from storage.tables import ALARMS

_C = ALARMS.c
_DUE = (_C.rung_at.is_(None), _C.due_at <= bindparam("now"))
_FIRST = select(_C.person).where(*_DUE).order_by(_C.due_at).limit(bindparam("limit"))
_SEEDS = _FIRST.subquery()
# Any number that nobody else uses for advisory locks on persons in this database.
_PERSONS = literal(0xA1A2, Integer)

INSERT = once(ALARMS, without=("rung_at",))
DROP = Statement(
    delete(ALARMS).where(_C.subject == bindparam("subject"), _C.occasion == bindparam("occasion"), _C.rung_at.is_(None))
)
WHOSE = Statement(_FIRST)
# One process rings one person at a time: whoever gets the lock (until the transaction's end) takes all that is theirs.
WHOSE_FREE = Statement(select(_SEEDS.c.person).where(func.pg_try_advisory_xact_lock(_PERSONS, _SEEDS.c.person)))
RING = Statement(
    update(ALARMS)
    .where(_C.subject == bindparam("of"), _C.occasion == bindparam("why"), _C.rung_at.is_(None))
    .values(rung_at=bindparam("now"))
)
NEXT = Statement(select(func.min(_C.due_at)).where(_C.rung_at.is_(None)))
FORGET = Statement(delete(ALARMS).where(_C.rung_at < bindparam("before")))


class StoredAlarms:
    """The alarms of everything. `locking` as for StoredActions: what is due is looked at, or taken."""

    def __init__(self, session: Session, *, locking: bool) -> None:
        self._session = session
        self._whose = WHOSE_FREE if locking else WHOSE
        self._locking = locking

    def add(self, alarms: Sequence[Alarm]) -> None:
        self._session.many(INSERT, [_values(one) for one in alarms])

    def replace(self, ahead: Mapping[str, Sequence[Alarm]], now: datetime) -> None:
        kept = self._ahead(list(ahead), now)
        wanted = {(one.subject, one.occasion): one for alarms in ahead.values() for one in alarms}
        stays = {what for what, one in wanted.items() if kept.get(what) == (one.due_at, one.person)}
        gone = [what for what in kept if what not in stays]
        self._session.many(DROP, [{"subject": subject, "occasion": why} for subject, why in gone])
        self.add([one for what, one in wanted.items() if what not in stays])

    def due(self, now: datetime, limit: int) -> list[Alarm]:
        persons = sorted({person for (person,) in self._session.rows(self._whose, now=now, limit=limit)})
        if not persons:
            return []
        values = listed(persons)
        return [Alarm(*row) for row in self._session.rows(_theirs(len(values), self._locking), now=now, **values)]

    def rung(self, alarms: Sequence[Alarm], now: datetime) -> None:
        self._session.many(RING, [{"of": alarm.subject, "why": alarm.occasion, "now": now} for alarm in alarms])

    def next_at(self) -> datetime | None:
        row = self._session.first(NEXT)
        return None if row is None else row[0]

    def forget(self, before: datetime) -> int:
        return self._session.run(FORGET, before=before)

    def _ahead(self, subjects: Sequence[str], now: datetime) -> dict[tuple[str, str], tuple[datetime, int]]:
        """Those that may still be changed: unrung, and not yet waiting for the sweep."""
        if not subjects:
            return {}
        values = listed(subjects)
        rows = self._session.rows(of(len(values)), now=now, **values)
        return {(subject, why): (due_at, person) for subject, why, due_at, person, rung in rows if not rung}


def _values(alarm: Alarm) -> dict[str, object]:
    return {"subject": alarm.subject, "occasion": alarm.occasion, "due_at": alarm.due_at, "person": alarm.person}


@lru_cache(maxsize=32)
def of(size: int) -> Statement:
    """The alarms of so many subjects after a moment, and (as kept) when they have rung: not asked in WHERE, where it would
    lead the database to look through everything that is still to ring."""
    rung = type_coerce(_C.rung_at, BigInteger)
    ahead = select(_C.subject, _C.occasion, _C.due_at, _C.person, rung)
    return Statement(ahead.where(_C.subject.in_(among(size)), _C.due_at > bindparam("now")))


@lru_cache(maxsize=32)
def _theirs(size: int, locking: bool) -> Statement:
    chosen = select(_C.subject, _C.occasion, _C.due_at, _C.person).where(*_DUE, _C.person.in_(among(size)))
    chosen = chosen.order_by(_C.due_at, _C.subject, _C.occasion)
    return Statement(chosen.with_for_update(skip_locked=True) if locking else chosen)
