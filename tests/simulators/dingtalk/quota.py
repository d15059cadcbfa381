"""The organisation's month: API calls and pushes that DingTalk counts, and the pace per API (sheet 8.1)."""

import time
from collections import Counter, deque
from datetime import datetime

FREE_CALLS, FREE_PUSHES = 5_000, 3_000
QPS = 20
EXEMPT = ("/v1.0/oauth2/", "/gettoken", "/topapi/", "/v1.0/gateway/")
"""Token, login and contact calls are free; the name search is a contact call that is not on the list."""


class Quota:
    """Counts by month, what failed by the pace left out. `limit_calls` None: a paid edition; `qps` 0: nobody is held up."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.pushes: Counter[str] = Counter()
        self.by_path: Counter[str] = Counter()
        self.limit_calls: int | None = FREE_CALLS
        self.limit_pushes: int | None = FREE_PUSHES
        self.qps = QPS
        self._lately: dict[str, deque[float]] = {}

    def call(self, path: str, now: datetime) -> bool:
        """Counts a call; False when the month is used up."""
        if path.startswith(EXEMPT):
            return True
        month = f"{now:%Y-%m}"
        if self.limit_calls is not None and self.calls[month] >= self.limit_calls:
            return False
        self.calls[month] += 1
        self.by_path[path] += 1
        return True

    def push(self, now: datetime) -> bool:
        """Counts a push; False when the month is used up: then messages come without their words."""
        month = f"{now:%Y-%m}"
        self.pushes[month] += 1
        return self.limit_pushes is None or self.pushes[month] <= self.limit_pushes

    def fast(self, path: str) -> bool:
        """Whether this API has been called too often within the second."""
        lately, now = self._lately.setdefault(path, deque()), time.monotonic()
        while lately and lately[0] <= now - 1:
            lately.popleft()
        if self.qps and len(lately) >= self.qps:
            return True
        lately.append(now)
        return False
