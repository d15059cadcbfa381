"""What the parts of one port have in common: the session they work on, and whether what they read is held."""

from storage.statements import Session

_LARGEST = 2**63 - 1


class Kept:
    """`locking` as for StoredActions: what is read to be changed is held (PostgreSQL) until the change is committed."""

    def __init__(self, session: Session, *, locking: bool) -> None:
        self._session = session
        self._locking = locking


def countable(number: int) -> bool:
    """Whether anything can have this number: people type what no database takes."""
    return 0 < number <= _LARGEST
