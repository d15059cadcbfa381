"""What others must hear: kept once by its key, claimed with a lease, posted, settled row by row, refreshed in place."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Update,
    and_,
    bindparam,
    case,
    delete,
    false,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    true,
    update,
)

from bot.messenger import Posted
from bot.people import Room
from bot.store import Dispatched, Fate, Notice
from storage.columns import microseconds, text
from storage.statements import Insertion, Row, Session, Statement, among, columns, listed
from storage.tables import OUTBOX, OUTBOX_SUBJECTS

REFRESHED_FOR = timedelta(days=30)
"""Older messages are not updated any more: nobody scrolls there, and messengers refuse it."""

_C = OUTBOX.c
_S = OUTBOX_SUBJECTS.c
_PENDING: ColumnElement[str] = literal_column(f"'{Fate.PENDING}'")
_MOOT: ColumnElement[str] = literal_column(f"'{Fate.MOOT}'")
_POSTED: ColumnElement[str] = literal_column(f"'{Fate.POSTED}'")
_SET = ("key", "person", "room_messenger", "room_id", "room_name", "moment", "subjects", "args", "urgent", "not_before",
        "due_at")  # fmt: skip
_NONE: ColumnElement[int] = literal_column("0")
_HELD = update(OUTBOX).where(_C.id == bindparam("this"), _C.token == bindparam("held"))
_OLD = (_C.due_at.is_(None), _C.settled_at < bindparam("before"))


def _new(insert: Insertion) -> Any:
    """What every new row begins with stands in the text."""
    new = insert(OUTBOX).values(fate=_PENDING, attempts=_NONE, wanted=_NONE, made=_NONE, reason=literal_column("''"))
    return new.on_conflict_do_nothing(index_elements=["key"])


INSERT = Statement(_new, sets=_SET, postgres=lambda insert: _new(insert).returning(_C.id))
ABOUT = Statement(insert(OUTBOX_SUBJECTS), sets=columns(OUTBOX_SUBJECTS))


def _claiming(urgent: ColumnElement[bool]) -> Statement:
    """One conditional UPDATE over the index (urgent, due_at): what is due, the longest waiting first.

    A lease that ran out is due like everything else, so whoever claims next takes it over."""
    due = select(_C.id).where(_C.urgent == urgent, _C.due_at <= bindparam("now"))
    due = due.order_by(_C.due_at).limit(bindparam("limit")).with_for_update(skip_locked=True)
    claimed = update(OUTBOX).where(_C.id.in_(due)).values(
        token=bindparam("new_token"), due_at=bindparam("until"), attempts=_C.attempts + 1, made=_C.wanted,
        first_tried_at=func.coalesce(_C.first_tried_at, bindparam("now", type_=_C.due_at.type)),
    )  # fmt: skip
    return Statement(
        claimed.returning(
            _C.id, _C.person, _C.room_messenger, _C.room_id, _C.room_name, _C.moment, _C.subjects, _C.args, _C.urgent,
            _C.not_before, _C.key, _C.fate, _C.attempts, _C.first_tried_at, _C.posted_messenger,
            _C.posted_conversation, _C.posted_id,
        )
    )  # fmt: skip


def _settling(**values: Any) -> Update:
    return _HELD.values(token=null(), **values)


CLAIM_URGENT = _claiming(true())
CLAIM = _claiming(false())
SETTLE_POSTED = Statement(
    _settling(
        fate=_POSTED, attempts=0, first_tried_at=null(), settled_at=bindparam("now"), reason="",
        posted_messenger=bindparam("by"), posted_conversation=bindparam("into"), posted_id=bindparam("as_id"),
        posted_at=func.coalesce(_C.posted_at, bindparam("now", type_=_C.posted_at.type)),
        # Asked to refresh while it was on its way: what was shown may be old already.
        due_at=case((_C.wanted > _C.made, bindparam("now", type_=_C.due_at.type)), else_=null()),
    )
)  # fmt: skip
LATER = Statement(_settling(due_at=bindparam("again"), reason=bindparam("because"), attempts=bindparam("tries")))
CLOSE = Statement(
    _settling(fate=bindparam("as_fate"), due_at=null(), settled_at=bindparam("now"), reason=bindparam("because"))
)


@lru_cache(maxsize=32)
def withdrawing(size: int, *, about: bool) -> Statement:
    """Of so many people. Everything that waits is looked through, or what is about one thing."""
    mine = (
        _C.id.in_(select(_S.notice).where(_S.subject == bindparam("of"))) if about else _C.urgent.in_([true(), false()])
    )
    unheard = (_C.fate == _PENDING, _C.token.is_(None), _C.attempts == literal_column("0"), _C.due_at.is_not(None))
    closed = update(OUTBOX).where(
        mine, _C.person.in_(among(size)), _C.moment == bindparam("what"), *unheard
    ).values(fate=_MOOT, due_at=null(), settled_at=bindparam("now"), reason=bindparam("because"))  # fmt: skip
    return Statement(
        closed.returning(_C.id, _C.person, _C.moment, _C.subjects, _C.key, _C.not_before, _C.args, _C.urgent)
    )


# Posted ones, and those on their way for the first time (claimed): their cards were made before this change.
REFRESH = Statement(
    update(OUTBOX)
    .where(
        _C.id.in_(select(_S.notice).where(_S.subject == bindparam("of"))),
        or_(
            and_(_C.fate == _POSTED, _C.posted_at >= bindparam("since")),
            and_(_C.fate == _PENDING, _C.token.is_not(None)),
        ),
    )
    .values(wanted=_C.wanted + 1, due_at=func.coalesce(_C.due_at, bindparam("now", type_=_C.due_at.type)))
)
FIND = Statement(
    select(_C.subjects).where(
        _C.posted_id == bindparam("as_id"), _C.posted_messenger == bindparam("by"),
        _C.posted_conversation == bindparam("into"),
    ).order_by(_C.id.desc()).limit(literal_column("1"))
)  # fmt: skip
NEXT = Statement(
    select(
        *(
            select(func.min(_C.due_at)).where(_C.urgent == urgent, _C.due_at.is_not(None)).scalar_subquery()
            for urgent in (true(), false())
        )
    )
)
COUNT = Statement(select(_C.fate, func.count(), func.count(_C.due_at)).group_by(_C.fate))
OLD = Statement(select(_C.id, _C.subjects).where(*_OLD))
DROP_ABOUT = Statement(delete(OUTBOX_SUBJECTS).where(_S.subject == bindparam("of"), _S.notice == bindparam("this")))
DROP = Statement(delete(OUTBOX).where(*_OLD))


class StoredOutbox:
    """The rows of everything that is told."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, notices: Sequence[Notice]) -> int:
        numbered = [(self._session.put(INSERT, _row(notice)), notice) for notice in notices]
        kept = [(number, dict.fromkeys(notice.subjects)) for number, notice in numbered if number is not None]
        about = [{"subject": subject, "notice": number} for number, subjects in kept for subject in subjects]
        self._session.many(ABOUT, about)
        return len(kept)

    def claim(self, now: datetime, limit: int, lease: timedelta) -> list[Dispatched]:
        token = secrets.token_hex(8)
        rows: list[Row] = []
        for statement in (CLAIM_URGENT, CLAIM):
            if len(rows) < limit:
                left = limit - len(rows)
                rows += self._session.rows(statement, now=now, limit=left, new_token=token, until=now + lease)
        claimed = [_dispatched(row, token) for row in rows]
        return sorted(claimed, key=lambda row: (not row.notice.urgent, row.notice.not_before, row.id))

    def posted(self, row: Dispatched, posted: Posted, now: datetime) -> bool:
        return self._held(
            SETTLE_POSTED, row, by=posted.messenger, into=posted.conversation, as_id=posted.id, now=now
        )  # fmt: skip

    def later(self, row: Dispatched, at: datetime, reason: str, *, unclear: bool = False) -> bool:
        return self._held(LATER, row, again=at, because=reason, tries=row.attempts + unclear)

    def close(self, row: Dispatched, fate: Fate, reason: str, now: datetime) -> bool:
        return self._held(CLOSE, row, as_fate=fate.value, because=reason, now=now)

    def withdraw(self, people: Collection[int], moment: str, now: datetime, *, about: str = "") -> list[Notice]:
        if not people:
            return []
        whose = listed(sorted(set(people)))
        values = {"what": moment, "now": now, "because": "withdrawn"} | ({"of": about} if about else {})
        rows = self._session.rows(withdrawing(len(whose), about=bool(about)), **whose, **values)
        return [Notice(*row[1:]) for row in sorted(rows, key=lambda row: row[0])]

    def refresh(self, subjects: Iterable[str], now: datetime) -> None:
        for subject in sorted(set(subjects)):
            self._session.run(REFRESH, of=subject, since=now - REFRESHED_FOR, now=now)

    def about(self, posted: Posted) -> tuple[str, ...]:
        row = self._session.first(FIND, as_id=posted.id, by=posted.messenger, into=posted.conversation)
        return () if row is None else tuple(row[0])

    def next_at(self) -> datetime | None:
        row = self._session.first(NEXT)
        return min((moment for moment in row or () if moment is not None), default=None)

    def count(self) -> dict[str, int]:
        counted = {fate.value: 0 for fate in Fate} | {"refresh": 0}
        for fate, number, waiting in self._session.rows(COUNT):
            counted[fate] = number
            if fate == Fate.POSTED:
                counted["refresh"] = waiting
        return counted

    def forget(self, before: datetime) -> int:
        old = self._session.rows(OLD, before=before)
        self._session.many(DROP_ABOUT, [{"of": of, "this": id} for id, subjects in old for of in set(subjects)])
        return self._session.run(DROP, before=before)

    def _held(self, statement: Statement, row: Dispatched, **values: Any) -> bool:
        return self._session.run(statement, this=row.id, held=row.token, **values) == 1


def _row(notice: Notice) -> Row:
    """As the drivers take it, in the order of _SET: a sweep adds a thousand, and by their names they cost 4 µs more each."""
    room = notice.to if isinstance(notice.to, Room) else None
    person = None if room else notice.to
    where = (room.messenger, room.id, room.name) if room else (None, None, None)
    at = microseconds(notice.not_before)
    return (notice.key, person, *where, notice.moment, text(notice.subjects), text(notice.args), notice.urgent, at, at)


def _dispatched(row: Row, token: str) -> Dispatched:
    id, person, messenger, room, name, moment, subjects, args, urgent, not_before, key, fate, tries, first = row[:14]
    to = person if messenger is None else Room(messenger, room, name)
    notice = Notice(to, moment, subjects, key, not_before, args, urgent)
    posted = Posted(*row[14:]) if fate == Fate.POSTED else None
    return Dispatched(id, notice, tries - 1, token, posted, first if tries > 1 else None)
