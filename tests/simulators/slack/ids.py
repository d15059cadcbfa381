"""Ids as Slack shapes them: a letter that says what, then capitals and digits, nine characters or more."""

from collections import Counter


class Ids:
    """Numbers each kind by itself: the first user is U0SIM00001."""

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def next(self, kind: str) -> str:
        self._last[kind] += 1
        return f"{kind}0SIM{self._last[kind]:05d}"
