"""Where the time is read, and the only place: dispatch, scheduler and delivery ask a Clock, everything else is told."""

from datetime import UTC, datetime, timedelta
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


class ShiftedClock:
    """The demo's time machine: another clock, moved by `shift`. Only ever forward: the past has been told already."""

    def __init__(self, under: Clock, shift: timedelta = timedelta()) -> None:
        self.under = under
        self.shift = shift

    def now(self) -> datetime:
        return self.under.now() + self.shift

    def advance(self, by: timedelta) -> None:
        """Moves the workplace's time forward. Raises ValueError for a step back."""
        if by < timedelta():
            raise ValueError("the time machine only moves forward")
        self.shift += by

    def advance_to(self, moment: datetime) -> None:
        """Moves to `moment` (aware). Raises ValueError when it has passed."""
        self.advance(moment - self.now())
