"""The archive: minutes edition by edition, filed by the calendar, found by their words, kept from whom they are not for."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, bindparam, func, literal_column, not_, or_, select, update

from bot.domain.minutes import Minutes, MinutesState
from bot.store import Conflict, Search
from storage.crowds import Crowd
from storage.kept import Kept, countable
from storage.meeting_tables import MINUTES, MINUTES_PEOPLE
from storage.search import REVIEWED, SEATS, Index, wall
from storage.statements import Session, Statement, among, columns, listed, once

_C = MINUTES.c
_P = MINUTES_PEOPLE.c
_THIS = (_C.meeting == bindparam("of"), _C.edition == bindparam("this"))
_ONE = select(_C.whole).where(*_THIS)
_NEWEST = select(_C.whole).where(_C.meeting == bindparam("of")).order_by(_C.edition.desc()).limit(1)
_READER = bindparam("reader", type_=Integer)
# Said as the indexes say it: a partial one is used only for its own words, which `= 1` is not.
_READS: ColumnElement[Any] = literal_column("minutes_people.reads")
_OWES: ColumnElement[Any] = literal_column("minutes_people.owes")
_THEIRS = select(_P.place).where(_P.place == _C.place, _P.person == _READER, _READS).exists()
_FILED = or_(*(_C.state == state.value for state in sorted(REVIEWED)))
_SHELF = select(_C.year, _C.kind, func.count()).where(_FILED).group_by(_C.year, _C.kind)

INSERT = once(MINUTES)
GET = Statement(_ONE)
GET_LOCKED = Statement(_ONE.with_for_update())
NEWEST = Statement(_NEWEST)
NEWEST_LOCKED = Statement(_NEWEST.with_for_update())
EDITIONS = Statement(select(_C.whole).where(_C.meeting == bindparam("of")).order_by(_C.edition))
PLACE = Statement(select(_C.place).where(*_THIS))
LAST = Statement(select(func.max(_C.place)).where(_C.place >= bindparam("base"), _C.place < bindparam("end")))
SAVE = Statement(
    update(MINUTES).where(*_THIS, _C.version == bindparam("was")),
    sets=columns(MINUTES, without=("meeting", "edition")),
)
OPEN_SHELVES = Statement(_SHELF.where(not_(_C.confidential)))
OWN_SHELVES = Statement(
    _SHELF.where(_C.confidential, _C.place.in_(select(_P.place).where(_P.person == _READER, _READS)))
)
OWED = Statement(select(_C.whole).where(_C.place == _P.place, _P.person == bindparam("whom"), _OWES).order_by(_P.place))
PEOPLE = Crowd(MINUTES_PEOPLE, "place")


class StoredArchive(Kept):
    """The minutes."""

    def __init__(self, session: Session, *, locking: bool) -> None:
        super().__init__(session, locking=locking)
        self._index = Index(session)

    def add(self, minutes: Minutes) -> None:
        place = self._free(minutes)
        values = row_of(minutes)
        while self._session.run(INSERT, place=place, **values) != 1:
            if self._place(minutes) is not None:
                raise Conflict(minutes.label)
            # Another process has just taken the place for something else.
            place = self._free(minutes)
        self._settle(place, minutes)

    def get(self, meeting: int, edition: int | None = None) -> Minutes | None:
        if not countable(meeting) or not (edition is None or countable(edition)):
            return None
        if edition is None:
            row = self._session.first(NEWEST_LOCKED if self._locking else NEWEST, of=meeting)
        else:
            row = self._session.first(GET_LOCKED if self._locking else GET, of=meeting, this=edition)
        return None if row is None else row[0]

    def editions(self, meeting: int) -> list[Minutes]:
        return [whole for (whole,) in self._session.rows(EDITIONS, of=meeting)] if countable(meeting) else []

    def save(self, minutes: Minutes) -> None:
        was = self._place(minutes)
        if was is None:
            raise Conflict(minutes.label)
        moved = was // SEATS != wall(minutes) // SEATS
        place = self._free(minutes) if moved else was
        key = {"of": minutes.meeting, "this": minutes.edition, "was": minutes.version - 1}
        if self._session.run(SAVE, **key, place=place, **row_of(minutes)) != 1:
            raise Conflict(minutes.label)
        if moved:
            PEOPLE.settle(self._session, was, {})
            self._index.drop(was)
        self._settle(place, minutes)

    def search(self, search: Search) -> list[Minutes]:
        places = self._index.places(search)
        if not places:
            return []
        values = listed(places)
        rows = self._session.rows(_seen(len(values)), reader=search.reader, **values)
        return [whole for (whole,) in rows]

    def count(self, search: Search) -> int:
        return self._index.count(search)

    def shelves(self, reader: int) -> dict[tuple[int, str], int]:
        found: dict[tuple[int, str], int] = {}
        rows = self._session.rows(OPEN_SHELVES) + self._session.rows(OWN_SHELVES, reader=reader)
        for year, kind, count in rows:
            found[year, kind] = found.get((year, kind), 0) + count
        return found

    def unacknowledged(self, person: int) -> list[Minutes]:
        return [whole for (whole,) in self._session.rows(OWED, whom=person)]

    def _place(self, minutes: Minutes) -> int | None:
        row = self._session.first(PLACE, of=minutes.meeting, this=minutes.edition)
        return None if row is None else int(row[0])

    def _free(self, minutes: Minutes) -> int:
        """The next place of its second, or of the first second after it that is not full."""
        base = wall(minutes)
        while (row := self._session.first(LAST, base=base, end=base + SEATS)) is not None and row[0] is not None:
            if row[0] < base + SEATS - 1:
                return int(row[0]) + 1
            base += SEATS
        return base

    def _settle(self, place: int, minutes: Minutes) -> None:
        PEOPLE.settle(self._session, place, _people(minutes))
        self._index.put(place, minutes)


@lru_cache(maxsize=16)
def _seen(size: int) -> Statement:
    """The index has asked already who may see these (N8); of what is handed out the rows themselves are asked again."""
    chosen = select(_C.whole).where(_C.place.in_(among(size)), or_(not_(_C.confidential), _THEIRS))
    return Statement(chosen.order_by(_C.place.desc()))


def row_of(minutes: Minutes) -> dict[str, Any]:
    """The row of an edition, without its place; year and kind are its shelf (N7)."""
    held = minutes.held_at.astimezone(ZoneInfo(minutes.zone))
    return {
        "meeting": minutes.meeting, "edition": minutes.edition, "version": minutes.version, "state": minutes.state.value, "kind": minutes.kind, "year": held.year,
        "confidential": minutes.confidential, "whole": minutes,
    }  # fmt: skip


def _people(minutes: Minutes) -> dict[int, tuple[bool, ...]]:
    """Who has to do with them what a search does not ask: who may read, and who has yet to acknowledge."""
    readers: Collection[int] = minutes.readers if minutes.confidential else ()
    owing: Collection[int] = minutes.waiting if minutes.state is MinutesState.DISTRIBUTED else ()
    return {person: (person in readers, person in owing) for person in {*readers, *owing}}
