"""Meetings in the database: whole values in and out, numbers for ever, found by person, room, series, kind and day."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    func,
    insert,
    literal,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from bot.domain.meeting import Meeting, MeetingState
from bot.people import Room
from bot.store import Conflict, Sessions
from storage.captures import Captures
from storage.crowds import Crowd
from storage.kept import countable
from storage.meeting_tables import MEETING_PEOPLE, MEETINGS
from storage.ratings import Ratings
from storage.series import AllSeries
from storage.statements import Row, Statement, among, columns, listed
from storage.votes import Votes

_C = MEETINGS.c
_P = MEETING_PEOPLE.c
_NEW = insert(MEETINGS)
_WHOLE = select(_C.number, _C.whole)
_ONE = _WHOLE.where(_C.number == bindparam("number"))
# Any number that nobody else uses for advisory locks on rooms in this database.
_ROOMS = literal(0xA1A3, Integer)

INSERT = Statement(_NEW, sets=columns(MEETINGS, without=("number",)), postgres=_NEW.returning(_C.number))
GET = Statement(_ONE)
GET_LOCKED = Statement(_ONE.with_for_update())
SAVE = Statement(
    update(MEETINGS).where(_C.number == bindparam("this"), _C.version == bindparam("was")),
    sets=columns(MEETINGS, without=("number",)),
)
RUNNING = Statement(
    _WHOLE.where(
        _C.room_messenger == bindparam("messenger"), _C.room_id == bindparam("room"), _C.room_id.is_not(None),
        _C.state == literal_column(f"'{MeetingState.RUNNING.value}'"),
    )
)  # fmt: skip
# One process at a time asks whether a room is free, until what it does with the answer is committed.
ROOM = Statement(select(func.pg_advisory_xact_lock(_ROOMS, func.hashtext(bindparam("place")))))
PEOPLE = Crowd(MEETING_PEOPLE, "meeting")


class StoredMeetings(Captures, Votes, AllSeries, Ratings):
    """The meetings, and what was captured in them."""

    def add(self, meeting: Meeting) -> Meeting:
        number = self._session.added(INSERT, **_values(meeting))
        assert number is not None
        kept = replace(meeting, number=number)
        PEOPLE.settle(self._session, number, _people(kept))
        return kept

    def get(self, number: int) -> Meeting | None:
        if not countable(number):
            return None
        row = self._session.first(GET_LOCKED if self._locking else GET, number=number)
        return None if row is None else _meeting(row)

    def several(self, numbers: Iterable[int]) -> dict[int, Meeting]:
        wanted = sorted(set(filter(countable, numbers)))
        if not wanted:
            return {}
        values = listed(wanted)
        return {row[0]: _meeting(row) for row in self._session.rows(_several(len(values)), **values)}

    def save(self, meeting: Meeting) -> None:
        values = _values(meeting)
        if self._session.run(SAVE, this=meeting.number, was=meeting.version - 1, **values) != 1:
            raise Conflict(meeting.label)
        PEOPLE.settle(self._session, meeting.number, _people(meeting))

    def find(self, sessions: Sessions) -> list[Meeting]:
        statement, values = _asked(sessions)
        return [_meeting(row) for row in self._session.rows(statement, **values)]

    def running(self, room: Room) -> Meeting | None:
        if self._locking:
            self._session.rows(ROOM, place=f"{room.messenger}:{room.id}")
        row = self._session.first(RUNNING, messenger=room.messenger, room=room.id)
        return None if row is None else _meeting(row)


@lru_cache(maxsize=64)
def _several(size: int) -> Statement:
    return Statement(_WHOLE.where(_C.number.in_(among(size))))


def _asked(sessions: Sessions) -> tuple[Statement, dict[str, Any]]:
    values: dict[str, Any] = {
        "person": sessions.person, "series": sessions.series, "kind": sessions.kind or None, "since": sessions.since,
        "before": sessions.before, "reader": sessions.reader, "limit": sessions.limit,
        "offset": sessions.offset or None,
    }  # fmt: skip
    if sessions.room is not None:
        values |= {"room_messenger": sessions.room.messenger, "room_id": sessions.room.id}
    values |= {f"state{place}": state.value for place, state in enumerate(sorted(sessions.states))}
    values = {name: value for name, value in values.items() if value is not None}
    return _query(frozenset(values), sessions.newest), values


@lru_cache(maxsize=512)
def _query(names: frozenset[str], newest: bool) -> Statement:
    """One text for each set of fields that are set."""
    chosen: Select[Any] = _WHOLE.where(*_where(names))
    order = (_C.start.desc(), _C.number.desc()) if newest else (_C.start, _C.number)
    chosen = chosen.order_by(*order)
    if "limit" in names:
        chosen = chosen.limit(bindparam("limit"))
    if "offset" in names:
        chosen = chosen.offset(bindparam("offset"))
    return Statement(chosen)


def _where(names: frozenset[str]) -> list[ColumnElement[bool]]:
    equal = ("series", "kind", "room_messenger", "room_id")
    narrowed = [_C[name] == bindparam(name) for name in equal if name in names]
    states = sorted(name for name in names if name.startswith("state"))
    if states:
        narrowed.append(_C.state.in_([bindparam(name) for name in states]))
    if "since" in names:
        narrowed.append(_C.start >= bindparam("since"))
    if "before" in names:
        narrowed.append(_C.start < bindparam("before"))
    if "person" in names:
        narrowed.append(_C.number.in_(select(_P.meeting).where(_P.person == bindparam("person"), _P.part)))
    if "reader" in names:
        # N8: to whom it is not shown, it is not there.
        theirs = select(_P.meeting).where(_P.meeting == _C.number, _P.person == bindparam("reader"))
        narrowed.append(or_(not_(_C.confidential), theirs.exists()))
    return narrowed


def _values(meeting: Meeting) -> dict[str, Any]:
    """The row of a meeting, without its number."""
    room = meeting.room
    return {
        "version": meeting.version, "state": meeting.state.value, "kind": meeting.kind, "start": meeting.start,
        "room_messenger": room.messenger if room else None, "room_id": room.id if room else None,
        "series": meeting.series, "confidential": meeting.confidential, "whole": meeting,
    }  # fmt: skip


def _people(meeting: Meeting) -> dict[int, tuple[bool, ...]]:
    return {person: (person in meeting.people,) for person in meeting.readers}


def _meeting(row: Row) -> Meeting:
    """The meeting of a row: a new one was written down before it had its number."""
    whole: Meeting = row[1]
    return replace(whole, number=row[0])
