"""Where the time is read, and the only place: dispatch, scheduler and delivery ask a Clock, everything else is told."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment, aware and in UTC."""

    def now(self) -> datetime:
        """The present moment: aware, UTC. May jump (time machine, administrator); never used to measure a lapse."""
        ...


class TimeMachine(Protocol):
    """The demo's power over the workplace's clock."""

    def now(self) -> datetime:
        """The workplace's present moment, aware, UTC."""
        ...

    async def move(self, to: datetime) -> None:
        """Moves the clock to `to` (aware) and returns when what was due by then has been delivered. Raises ValueError
        for a moment that has passed or is too far away."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)
