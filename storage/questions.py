"""Open questions: the form that was last shown to somebody somewhere and waits for an answer."""

import json
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, delete, select

from bot.cards import Form, from_json, to_json
from bot.people import Place, Room
from bot.store import Question
from storage.statements import Session, Statement, kept
from storage.tables import QUESTIONS

_C = QUESTIONS.c
_HERE = (_C.person == bindparam("of"), _C.place == bindparam("at_place"))

ASK = kept(QUESTIONS)
OPEN = Statement(select(_C.room_name, _C.form, _C.asked_at).where(*_HERE, _C.asked_at >= bindparam("since")))
CLOSE = Statement(delete(QUESTIONS).where(*_HERE))


class StoredQuestions:
    """The questions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, question: Question) -> None:
        where = question.where
        self._session.run(
            ASK, person=question.person, place=_key(where), room_name=where.room.name if where.room else "",
            form=to_json(question.form), asked_at=question.asked_at,
        )  # fmt: skip

    def open(self, person: int, where: Place, since: datetime) -> Question | None:
        row = self._session.first(OPEN, of=person, at_place=_key(where), since=since)
        if row is None:
            return None
        room_name, text, asked_at = row
        form = from_json(text)
        assert isinstance(form, Form)
        room = Room(where.room.messenger, where.room.id, room_name) if where.room else None
        return Question(person, Place(where.messenger, room, where.thread), form, asked_at)

    def close(self, person: int, where: Place) -> None:
        self._session.run(CLOSE, of=person, at_place=_key(where))


@lru_cache(maxsize=4096)
def _key(where: Place) -> str:
    """The place as one word; JSON, so that no id can be taken for two. Kept: every command closes the question of its
    place."""
    room = [where.room.messenger, where.room.id] if where.room else None
    return json.dumps([where.messenger, room, where.thread])
