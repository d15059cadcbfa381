"""What a job is to the scheduler."""

from datetime import datetime
from typing import Protocol


class Job(Protocol):
    """Asked every second. Its memory is the database; what it keeps itself may be lost at any time."""

    name: str

    async def tick(self, now: datetime) -> int:
        """Does what is due by `now` (aware, UTC) and returns how much that was; 0: nothing to deliver came of it.

        Raises Unavailable; it is asked again at the next tick."""
        ...

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which there will be something to tell, as far as is known; None: none."""
        ...
