"""Files that hold what people said begin closed to everybody else on the machine, whatever the umask; databases are made so."""

import os
from contextlib import suppress


def begin(file: str | os.PathLike[str]) -> None:
    """Makes the file, empty and for its owner alone, where there is none. What cannot be made is told by whoever opens it;
    one that is there keeps its mode: an administrator may have opened it to a group."""
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
