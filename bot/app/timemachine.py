"""The demo's time machine: the workplace's clock ahead of the machine's, kept in a file that every process of the demo
reads, and moved through everything that falls due on the way.
"""

import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock, SystemClock


class KeptClock:
    """A clock whose distance from `under` is kept in `path`; another process that moves it moves it here too."""

    def __init__(self, path: Path, under: Clock | None = None) -> None:
        self._path = path
        self._under = under or SystemClock()
        self._seen = -1
        self._shift = timedelta()

    def now(self) -> datetime:
        """The workplace's present moment, aware, UTC."""
        return self._under.now() + self._kept()

    def advance_to(self, moment: datetime) -> None:
        """Moves to `moment` (aware). Raises ValueError when it has passed."""
        now = self.now()
        if moment < now:
            raise ValueError("the time machine only moves forward")
        self.put(self._shift + (moment - now))

    def put(self, shift: timedelta) -> None:
        """Sets the distance; other processes see it at their next look."""
        part = self._path.with_name(f"{self._path.name}.part")
        part.write_text(repr(shift.total_seconds()), encoding="ascii")
        os.replace(part, self._path)
        self._kept()

    def _kept(self) -> timedelta:
        """The distance, read again when the file has changed."""
        with suppress(FileNotFoundError):
            changed = self._path.stat().st_mtime_ns
            if changed != self._seen:
                self._shift = timedelta(seconds=float(self._path.read_text(encoding="ascii")))
                self._seen = changed
        return self._shift


MOST = timedelta(days=366)
"""One step moves no further: every morning on the way is lived through, and what is due on it delivered."""


class Machine:
    """A bot.clock.TimeMachine: what the web page's clock and the terminal's `/time` call."""

    def __init__(self, clock: KeptClock, run_until: Callable[[datetime], Awaitable[None]]) -> None:
        self._clock = clock
        self._run_until = run_until

    def now(self) -> datetime:
        """The workplace's present moment, aware, UTC."""
        return self._clock.now()

    async def move(self, to: datetime) -> None:
        """Moves to `to` (aware); returns when what was due by then has been delivered. Raises ValueError for the past,
        and for more than a year at once."""
        if not timedelta() <= to - self._clock.now() <= MOST:
            raise ValueError("the time machine moves forward, by a year at most")
        await self._run_until(to)
