"""The month's budget: a free organisation has 5,000 API calls and 3,000 pushes (platform sheet 8.1).

At 80 % the operator hears of it. From 95 % on, so that requests, reminders and digests last to the end of the month:

| | |
|---|---|
| merged | what is for one person within three minutes (saving.py); the same words to several, presses or not (posting.py) |
| left out | changes of what stands (posting.py); notices that ask nothing (bot/outbox/sparing.py) |
| goes on | everything else; whoever asks is answered at once |
"""

import structlog
from msgspec import Struct

from adapters.dingtalk.memory import Memory
from bot.clock import Clock

log = structlog.get_logger()

WARN, SPARE = 0.80, 0.95
_FREE = ("/v1.0/oauth2/", "/v1.0/gateway/", "/topapi/")
"""Token, gateway and contact calls are exempt; the name search and everything else counts."""


class Quota(Struct):
    """`calls` and `pushes` a month; 0: without limit."""

    memory: Memory
    clock: Clock
    calls: int = 5_000
    pushes: int = 3_000

    def call(self, path: str) -> None:
        """Counts an API call that DingTalk counts."""
        if not path.startswith(_FREE):
            self._count("calls", self.calls)

    def push(self) -> None:
        """Counts something that DingTalk pushed to us."""
        self._count("pushes", self.pushes)

    def used(self, kind: str) -> int:
        """How many there were this month."""
        return self.memory.counted(self._month(), kind)

    @property
    def spares(self) -> bool:
        """Whether what people can do without is to be left out."""
        return bool(self.calls) and self.used("calls") >= self.calls * SPARE

    def _count(self, kind: str, limit: int) -> None:
        now = self.memory.count(self._month(), kind)
        if limit and now in (round(limit * WARN), round(limit * SPARE)):
            log.warning("DingTalk's month is nearly used up", kind=kind, used=now, of=limit)

    def _month(self) -> str:
        return f"{self.clock.now():%Y-%m}"
