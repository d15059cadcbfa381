"""Action items in the database: whole values in and out, numbers for ever, versions checked at the door (A1)."""

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, bindparam, cast, func, insert, literal, or_, select, update

from bot.domain.action import Action, Cadence, Due, Priority, State
from bot.people import Room
from bot.store import Conflict, Query
from storage.statements import Row, Session, Statement, among, columns, listed
from storage.tables import ACTIONS

_C = ACTIONS.c
_NAMES = columns(ACTIONS)
_NEW = insert(ACTIONS)
_GET = select(ACTIONS).where(_C.number == bindparam("number"))

INSERT = Statement(_NEW, sets=columns(ACTIONS, without=("number",)), postgres=_NEW.returning(_C.number))
GET = Statement(_GET)
GET_LOCKED = Statement(_GET.with_for_update())
_SAVED = update(ACTIONS).where(_C.number == bindparam("this"), _C.version == bindparam("was"))
_FIXED = ("number", "created_at")
_FOUND_BY = (
    "owner",
    "assigner",
    "tracker",
    "department",
    "due_at",
    "due_reckoned",
    "room_messenger",
    "room_id",
    "session",
)
SAVE = Statement(_SAVED, sets=columns(ACTIONS, without=_FIXED))
# SQLite writes the entry of every index whose columns are named, changed or not: 25 µs for a note, 13 without these.
SAVE_IN_PLACE = Statement(_SAVED, sets=columns(ACTIONS, without=(*_FIXED, *_FOUND_BY)))
_where_found = attrgetter("owner", "assigner", "tracker", "department", "due", "room", "source.number")
_LARGEST = 2**63 - 1
# An enumeration's own look-up takes 0.4 µs.
_STATES = {state.value: state for state in State}
_PRIORITIES = {priority.value: priority for priority in Priority}
_CADENCES = {cadence.value: cadence for cadence in Cadence}
_READER = bindparam("reader", type_=Integer)
# N8: what has no readers is everybody's; whom an item is about sees it without being named.
_SEEN = or_(
    _C.readers == literal("", Text), _C.owner == _READER, _C.tracker == _READER, _C.assigner == _READER,
    _C.readers.like(literal("%,", Text) + cast(_READER, Text) + literal(",%", Text)),
)  # fmt: skip


class StoredActions:
    """The items. `locking`: reading one in a transaction that may change it holds it (PostgreSQL; SQLite has one
    writer anyway), so that of two presses at once the second sees what the first did."""

    def __init__(self, session: Session, *, locking: bool) -> None:
        self._session = session
        self._get = GET_LOCKED if locking else GET

    def add(self, action: Action) -> Action:
        number = self._session.added(INSERT, **_values(action))
        assert number is not None
        return action.but(number=number)

    def get(self, number: int) -> Action | None:
        if not 0 < number <= _LARGEST:
            return None
        row = self._session.first(self._get, number=number)
        return None if row is None else _action(row)

    def several(self, numbers: Iterable[int]) -> dict[int, Action]:
        wanted = sorted({number for number in numbers if 0 < number <= _LARGEST})
        if not wanted:
            return {}
        values = listed(wanted)
        found = self._session.rows(_several(len(values)), **values)
        return {row[0]: _action(row) for row in found}

    def save(self, action: Action, before: Action | None = None) -> None:
        values = _values(action)
        in_place = before is not None and _where_found(before) == _where_found(action)
        if (
            self._session.run(SAVE_IN_PLACE if in_place else SAVE, this=action.number, was=action.version - 1, **values)
            != 1
        ):
            raise Conflict(action.label)

    def find(self, query: Query) -> list[Action]:
        statement, values = _asked(query, counting=False)
        return [_action(row) for row in self._session.rows(statement, **values)]

    def count(self, query: Query) -> int:
        statement, values = _asked(query, counting=True)
        row = self._session.first(statement, **values)
        return 0 if row is None else int(row[0])


@lru_cache(maxsize=64)
def _several(size: int) -> Statement:
    return Statement(select(ACTIONS).where(_C.number.in_(among(size))))


def _asked(query: Query, *, counting: bool) -> tuple[Statement, dict[str, Any]]:
    values: dict[str, Any] = {
        "owner": query.owner, "tracker": query.tracker, "assigner": query.assigner, "department": query.department,
        "meeting": query.meeting or None, "session": query.session, "reader": query.reader,
        "reckoned": query.reckoned or None, "closed_since": query.closed_since,
    }  # fmt: skip
    if query.room is not None:
        values |= {"room_messenger": query.room.messenger, "room_id": query.room.id}
    values |= {f"state{place}": state.value for place, state in enumerate(sorted(query.states))}
    if not counting:
        values |= {"limit": query.limit, "offset": query.offset or None}
    values = {name: value for name, value in values.items() if value is not None}
    statement = _query(frozenset(values), counting)
    values.pop("reckoned", None)  # asks for no value, only whether there is one
    return statement, values


@lru_cache(maxsize=512)
def _query(names: frozenset[str], counting: bool) -> Statement:
    """One text for each set of fields that are set."""
    chosen: Select[Any] = (select(func.count()).select_from(ACTIONS) if counting else select(ACTIONS)).where(
        *_where(names)
    )
    if counting:
        return Statement(chosen)
    chosen = chosen.order_by(_C.due_at, _C.number)
    if "limit" in names:
        chosen = chosen.limit(bindparam("limit"))
    if "offset" in names:
        chosen = chosen.offset(bindparam("offset"))
    return Statement(chosen)


def _where(names: frozenset[str]) -> list[ColumnElement[bool]]:
    equal = ("owner", "tracker", "assigner", "department", "meeting", "session", "room_messenger", "room_id")
    narrowed = [_C[name] == bindparam(name) for name in equal if name in names]
    states = sorted(name for name in names if name.startswith("state"))
    if states:
        narrowed.append(_C.state.in_([bindparam(name) for name in states]))
    if "reader" in names:
        narrowed.append(_SEEN)
    if "reckoned" in names:
        narrowed.append(_C.due_reckoned.is_not(None))
    if "closed_since" in names:
        narrowed.append(or_(_C.finished_at.is_(None), _C.finished_at >= bindparam("closed_since")))
    return narrowed


def _values(action: Action) -> dict[str, Any]:
    """The row of an item, without its number."""
    room = action.room
    return {
        "version": action.version, "state": action.state.value, "text": action.text,
        "owner": action.owner, "assigner": action.assigner, "tracker": action.tracker, "department": action.department,
        "due_day": action.due.day, "due_at": action.due.at, "due_time": action.due.time,
        "due_reckoned": action.due.reckoned, "first_due": action.first_due,
        "created_at": action.created_at, "asked_at": action.asked_at, "supporters": action.supporters,
        "criterion": action.criterion, "place": action.place, "source": action.source,
        "meeting": action.source.meeting, "room_messenger": room.messenger if room else None,
        "room_id": room.id if room else None, "room_name": room.name if room else None,
        "priority": action.priority.value, "cadence": action.cadence.value, "postponements": action.postponements,
        "block": action.block, "deliverables": action.deliverables, "note": action.note, "note_at": action.note_at,
        "submitted_at": action.submitted_at, "finished_at": action.finished_at,
        "snoozed_until": action.snoozed_until, "nudged_at": action.nudged_at, "changed_at": action.changed_at,
        "session": action.source.number, "readers": action.readers,
    }  # fmt: skip


def _action(row: Row) -> Action:
    """The item of a row, by place: a sweep makes a thousand, and names cost as much again."""
    (
        number, version, state, text, owner, assigner, tracker, department, due_day, due_at, due_time, reckoned,
        first_due, created_at, asked_at, supporters, criterion, place, source, _meeting, messenger, room, room_name,
        priority, cadence, postponements, block, deliverables, note, note_at, submitted_at, finished_at, snoozed_until,
        nudged_at, changed_at, _session, readers,
    ) = row  # fmt: skip
    return Action(
        text, owner, assigner, tracker, Due(due_day, due_at, due_time, reckoned), first_due, created_at, asked_at,
        number, _STATES[state], version, department, supporters, criterion, place, source,
        Room(messenger, room, room_name) if messenger is not None else None, _PRIORITIES[priority],
        _CADENCES[cadence], postponements, block, deliverables, note, note_at, submitted_at, finished_at, snoozed_until,
        nudged_at, changed_at, readers,
    )  # fmt: skip
