"""Ids with Feishu's own prefixes, and secrets, in a row that is the same in every run."""

import hashlib
from itertools import count


class Ids:
    """`next("om")` gives om_ and 32 hex digits."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._given: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        joint = "" if prefix.endswith("-") else "_"
        made = f"{prefix}{joint}{self.hex(32)}"
        self._given[made] = len(self._given)
        return made

    def hex(self, length: int) -> str:
        return hashlib.sha256(f"feishu-{next(self._numbers)}".encode()).hexdigest()[:length]

    def order(self, id: str) -> int:
        """Its place among all that were given."""
        return self._given[id]
