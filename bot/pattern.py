"""A regular expression compiled when it is first asked: compiling those of the commands that a start does not need took
2 % of it."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

By = str | Callable[[re.Match[str]], str]


class Pattern:
    """`re.Pattern`, compiled on first use. Immutable to its callers; safe across threads. What every command is looked at
    with is compiled at once instead, because a call through here costs 0.06 µs more."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself; two threads may both compile it, to the same."""
        return re.compile(self.source, self._flags)

    def fullmatch(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match of all of `text` from `start`."""
        return self.compiled.fullmatch(text, start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match at `start`."""
        return self.compiled.match(text, start)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match anywhere from `start`."""
        return self.compiled.search(text, start)

    def finditer(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """Every match in text[start:stop]."""
        return self.compiled.finditer(text, start, len(text) if stop is None else stop)

    def findall(self, text: str) -> list[str]:
        """Every match of a pattern without groups."""
        return self.compiled.findall(text)

    def sub(self, by: By, text: str) -> str:
        """`text` with every match replaced."""
        return self.compiled.sub(by, text)

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """`text` split at every match, or at the first so many."""
        return self.compiled.split(text, maxsplit)
