"""What was captured in a meeting, line by line, by the number that the meeting gave it (M2)."""

from sqlalchemy import bindparam, select, update

from bot.domain.captured import Capture
from bot.store import Conflict
from storage.kept import Kept, countable
from storage.meeting_tables import CAPTURES
from storage.statements import Statement, once

_C = CAPTURES.c

INSERT = once(CAPTURES)
SAVE = Statement(
    update(CAPTURES).where(
        _C.meeting == bindparam("of"), _C.number == bindparam("this"), _C.version == bindparam("was")
    ),
    sets=("version", "whole"),
)
OF = Statement(select(_C.whole).where(_C.meeting == bindparam("of")).order_by(_C.number))


class Captures(Kept):
    """The part of bot.store.Meetings that takes down."""

    def capture(self, capture: Capture) -> None:
        values = {"meeting": capture.meeting, "number": capture.number, "version": capture.version}
        if self._session.run(INSERT, **values, whole=capture) != 1:
            raise Conflict(f"M-{capture.meeting}#{capture.number}")

    def correct(self, capture: Capture) -> None:
        where = {"of": capture.meeting, "this": capture.number, "was": capture.version - 1}
        if self._session.run(SAVE, **where, version=capture.version, whole=capture) != 1:
            raise Conflict(f"M-{capture.meeting}#{capture.number}")

    def captured(self, meeting: int) -> list[Capture]:
        return [whole for (whole,) in self._session.rows(OF, of=meeting)] if countable(meeting) else []
