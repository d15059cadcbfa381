"""What the demo can do with the workplace's time: the control in the page's head calls it."""

from datetime import datetime
from typing import Protocol


class TimeMachine(Protocol):
    """The demo's power over the workplace's clock."""

    def now(self) -> datetime:
        """The workplace's present moment, aware, UTC."""
        ...

    async def move(self, to: datetime) -> None:
        """Moves the clock to `to` (aware) and returns when what was due by then has been delivered. Raises ValueError
        for a moment that has passed."""
        ...
