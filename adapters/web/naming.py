"""Names that people give to themselves, rooms and files, without the signs that make them look like something else."""

import unicodedata

LIMIT = 80
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
"""Controls, marks that turn the reading direction or take no room, halves of characters."""
_JOINERS = "\u200c\u200d"
"""Without these, emoji and some scripts fall apart."""


def tidy(given: str) -> str:
    """One line of at most LIMIT visible characters; empty when nothing is left."""
    line = " ".join(given.split())
    return "".join(sign for sign in line if sign in _JOINERS or unicodedata.category(sign) not in _HIDDEN)[
        :LIMIT
    ].strip()


def file_name(given: str) -> str:
    """A bare name, without any folder; a long one keeps its ending."""
    bare = "".join(
        sign for sign in given.replace("\\", "/").rpartition("/")[2] if unicodedata.category(sign) not in _HIDDEN
    )
    stem, dot, ending = bare.strip(" .").rpartition(".")
    tail = f"{dot}{ending}"[-20:]
    return tidy(f"{stem[: LIMIT - len(tail)]}{tail}")
