"""Events that were answered: the key in the same transaction as the effect, the answer for whoever delivers again."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.cards import Answer, from_json, to_json
from bot.store import Seen
from storage.statements import Session, Statement, once
from storage.tables import INBOX

_C = INBOX.c

INSERT = once(INBOX)
GET = Statement(select(_C.answer).where(_C.messenger == bindparam("messenger"), _C.id == bindparam("id")))
FORGET = Statement(delete(INBOX).where(_C.at < bindparam("before")))


class StoredInbox:
    """The events."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, messenger: str, id: str, at: datetime, answer: Answer | None) -> None:
        text = None if answer is None else to_json(answer)
        if self._session.run(INSERT, messenger=messenger, id=id, at=at, answer=text) == 0:
            row = self._session.first(GET, messenger=messenger, id=id)
            raise Seen(None if row is None or row[0] is None else from_json(row[0]))

    def forget(self, before: datetime) -> int:
        return self._session.run(FORGET, before=before)
