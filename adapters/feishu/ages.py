"""How old messages of ours are: Feishu changes a card for fourteen days, and refuses for ever after (platform sheet 3.1).

Their ids carry no time, so what is known is what this process has seen: when Feishu made a message, and which ones it has
refused as too old. Of any other it is asked once.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

CHANGED_FOR = 14 * 86_400.0
REMEMBERED = 20_000


class Ages:
    """`seconds` is the machine's time, which Feishu's stamps are of, whatever the workplace's clock shows."""

    def __init__(self, seconds: Callable[[], float] = time.time) -> None:
        self._seconds = seconds
        self._until: OrderedDict[str, float] = OrderedDict()

    def made(self, message: str, stamp: object) -> None:
        """Feishu made it at this moment (milliseconds, as a text); nothing is known where it does not say."""
        if str(stamp).isascii() and str(stamp).isdigit():
            self._keep(message, int(str(stamp)) / 1_000 + CHANGED_FOR)

    def refused(self, message: str) -> None:
        """Feishu changes it no more."""
        self._keep(message, 0.0)

    def past(self, message: str) -> bool:
        """Whether it is known that asking is in vain."""
        return self._seconds() > self._until.get(message, float("inf"))

    def _keep(self, message: str, until: float) -> None:
        self._until[message] = until
        while len(self._until) > REMEMBERED:
            self._until.popitem(last=False)
