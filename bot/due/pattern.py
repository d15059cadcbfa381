"""The grammar's regular expressions: digits and words are ASCII's."""

import re

from bot import pattern


class Pattern(pattern.Pattern):
    """Compiled when it is first asked: the grammar has many, and importing it must cost nothing."""

    def __init__(self, source: str) -> None:
        super().__init__(source, re.ASCII)
