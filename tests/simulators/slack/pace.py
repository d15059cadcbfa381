"""How fast the app may call: tiers per method and workspace, one message a second per channel (sheet 4.4)."""

from collections import defaultdict, deque
from datetime import datetime, timedelta
from math import ceil

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
AUTH_TEST = 300


class Pace:
    """Counts calls of the last minute on the workspace's clock. `on` False lets everything through."""

    def __init__(self) -> None:
        self.on = True
        self._calls: defaultdict[tuple[str, str], deque[datetime]] = defaultdict(deque)
        self._owed: dict[tuple[str, str], datetime] = {}

    def off(self) -> None:
        self.on = False

    def method(self, team: str, name: str, tier: int, now: datetime) -> int:
        """Seconds to wait before this call is welcome; 0: it is counted and may pass."""
        most = PER_MINUTE.get(tier, AUTH_TEST)
        calls = self._calls[team, name]
        while calls and calls[0] <= now - timedelta(minutes=1):
            calls.popleft()
        if self.on and len(calls) >= most:
            return _whole(calls[0] + timedelta(minutes=1) - now)
        calls.append(now)
        return 0

    def post(self, team: str, channel: str, burst: int, now: datetime) -> int:
        """The same for one message into one channel: a bucket of `burst`, a new one each second."""
        owed = max(self._owed.get((team, channel), now), now)
        if self.on and owed - now > timedelta(seconds=burst - 1):
            return _whole(owed - now - timedelta(seconds=burst - 1))
        self._owed[team, channel] = owed + timedelta(seconds=1)
        return 0


def _whole(lapse: timedelta) -> int:
    return max(1, ceil(lapse.total_seconds()))
