"""A regular expression compiled when it is first asked: the grammar has many, and importing it must cost nothing."""

import re
from collections.abc import Iterator
from functools import cached_property


class Pattern:
    """`re.Pattern`, compiled on first use with ASCII digits and words. Immutable to its callers; safe across threads."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself; two threads may both compile it, to the same."""
        return re.compile(self.source, re.ASCII)

    def fullmatch(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match of all of `text` from `start`."""
        return self.compiled.fullmatch(text, start)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """A match at `start`."""
        return self.compiled.match(text, start)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere."""
        return self.compiled.search(text)

    def finditer(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """Every match in text[start:stop]."""
        return self.compiled.finditer(text, start, len(text) if stop is None else stop)

    def findall(self, text: str) -> list[str]:
        """Every match of a pattern without groups."""
        return self.compiled.findall(text)

    def sub(self, by: str, text: str) -> str:
        """`text` with every match replaced."""
        return self.compiled.sub(by, text)

    def split(self, text: str) -> list[str]:
        """`text` split at every match."""
        return self.compiled.split(text)
