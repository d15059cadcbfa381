"""What storage raises, whatever the database."""

from bot.cards import Answer


class Conflict(Exception):
    """The thing was changed since it was read (`save` with an old version)."""


class Seen(Exception):
    """This event was answered before; `answer` is what was said then (None: nothing). The transaction is undone."""

    def __init__(self, answer: Answer | None) -> None:
        super().__init__("this event was answered before")
        self.answer = answer


class Unavailable(Exception):
    """The database cannot be written or read now (locked, full, read-only, unreachable); nothing was changed."""


class Broken(Exception):
    """The database must not be used: corrupt, or of a newer version. The sentence says which and what to do."""
