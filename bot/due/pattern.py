"""The grammar's regular expressions: digits and words are ASCII's."""

import re

from bot import pattern as plain


def pattern(source: str) -> re.Pattern[str]:
    """Compiled when it is first asked."""
    return plain.pattern(source, re.ASCII)
