"""The loop that tests without one of their own run things in: a turn at a time, and the clock stands still between."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Turns:
    """asyncio.Runner without its handler of Ctrl+C, which writes out the task's name for each of ten thousand short turns."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()

    def run(self, turn: Coroutine[Any, Any, T]) -> T:
        return self._runner.get_loop().run_until_complete(turn)

    def close(self) -> None:
        """As at the end of asyncio.run: what still runs is cancelled, threads are waited for."""
        self._runner.close()
