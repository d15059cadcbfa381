"""Everything that is kept, over one driver connection inside a transaction: what `Store.write` hands to its work."""

from collections.abc import Callable

from storage.actions import StoredActions
from storage.alarms import StoredAlarms
from storage.history import StoredHistory
from storage.inbox import StoredInbox
from storage.meetings import StoredMeetings
from storage.minutes import StoredArchive
from storage.outbox import StoredOutbox
from storage.people import Latest, StoredPeople
from storage.questions import StoredQuestions
from storage.settings import StoredSettings
from storage.statements import Session


class StoredRecords:
    """The records. `undo` is the transaction's own; `locking` as for StoredActions."""

    def __init__(self, session: Session, latest: Latest, undo: Callable[[], None], *, locking: bool) -> None:
        self.actions = StoredActions(session, locking=locking)
        self.meetings = StoredMeetings(session, locking=locking)
        self.archive = StoredArchive(session, locking=locking)
        self.history = StoredHistory(session)
        self.alarms = StoredAlarms(session, locking=locking)
        self.outbox = StoredOutbox(session)
        self.inbox = StoredInbox(session)
        self.people = StoredPeople(session, latest)
        self.settings = StoredSettings(session)
        self.questions = StoredQuestions(session)
        self._undo = undo

    def undo(self) -> None:
        self._undo()
