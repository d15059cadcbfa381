"""One process serves a SQLite workplace: a lock file beside the database says who, and goes when the process goes."""

import fcntl
import os
from pathlib import Path
from typing import Self


class Held(Exception):
    """Another process has it; `note` is what that process wrote there (its address)."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Lock:
    """Taken by `Lock(path)`, which raises Held; released by `close` or the end of the process."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            note = os.read(self._file, 500).decode(errors="replace")
            os.close(self._file)
            raise Held(note) from None
        self.note("")

    def note(self, text: str) -> None:
        """Leaves a word for whoever finds it taken."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)

    def close(self) -> None:
        """Lets go, and leaves no word of whoever is gone."""
        self.note("")
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
