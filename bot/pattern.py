"""Regular expressions that are compiled when they are first asked: to compile all of them took 3 % of a start, and most
are of commands that a day does not see."""

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Compiled when it is first asked for a match. C code that looks for a pattern's type needs `re.compile`."""
    return cast("re.Pattern[str]", _Uncompiled(source, flags))


class _Uncompiled:
    """Hands out what the compiled pattern has, and keeps it: from the second time on, a call costs what the pattern's own
    would. Two threads may both compile it, to the same."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # whoever copies or pickles it asks for what no pattern has
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
