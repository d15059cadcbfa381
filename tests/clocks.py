"""The clocks of the tests: one that stands where it is put, and one that runs on and can be pushed forward. As the demo's,
they go on and never back."""

from datetime import UTC, datetime, timedelta


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def advance_to(self, moment: datetime) -> None:
        """Raises ValueError for a moment that has passed."""
        if moment < self.moment:
            raise ValueError("the clock only moves forward")
        self.moment = moment


class RunningClock:
    """Runs with the machine's, from `start` on (now, without one), and can be pushed forward."""

    def __init__(self, start: datetime | None = None) -> None:
        now = datetime.now(UTC)
        self._ahead = (start or now) - now

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance_to(self, moment: datetime) -> None:
        """Raises ValueError for a moment that has passed."""
        ahead = moment - self.now()
        if ahead < timedelta():
            raise ValueError("the clock only moves forward")
        self._ahead += ahead
