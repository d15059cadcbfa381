"""How fast the app may send: 50 a second and 1,000 a minute over all, 5 a second to one user, group or card (sheet 3.3)."""

import time
from collections import defaultdict, deque
from collections.abc import Callable

from tests.simulators.feishu.errors import FeishuError, limited

PER_SECOND, PER_MINUTE, PER_TARGET = 50, 1_000, 5


class Pace:
    """Sliding windows on the machine's monotonic clock. `on` False lets everything through."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self.on = True
        self.ticks = ticks
        self._windows: defaultdict[tuple[str, float], deque[float]] = defaultdict(deque)

    def off(self) -> None:
        self.on = False

    def message(self, *targets: str) -> None:
        """Counts one message; raises 99991400 or 230020 for one too many, which does not count."""
        if not self.on:
            return
        if self._full("", 1, PER_SECOND) or self._full("", 60, PER_MINUTE):
            raise limited()
        if any(self._full(target, 1, PER_TARGET) for target in targets):
            raise FeishuError(230020, "This operation triggers the frequency limit.")
        for name, lapse in (("", 1), ("", 60), *((target, 1) for target in targets)):
            self._windows[name, lapse].append(self.ticks())

    def _full(self, name: str, lapse: float, most: int) -> bool:
        window = self._windows[name, lapse]
        while window and window[0] <= self.ticks() - lapse:
            window.popleft()
        return len(window) >= most
