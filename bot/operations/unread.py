"""Minutes that wait to be acknowledged, for the weekly digest of each scope (R1, N4).

A room's and a department's are those of no confidential meeting (N8); a person's are those they recorded, and those they have
yet to acknowledge themselves. Counts only: who has not is told to recorder and host (N4).
"""

from collections.abc import Iterator

from bot.directory import Directory
from bot.domain.minutes import Minutes, MinutesState
from bot.store import Records, Search

NOBODY = 0
"""The reader for whom nothing confidential is found."""
_MOST = 1000
_OUT = frozenset({MinutesState.DISTRIBUTED})


class Unread:
    """What waits, read once for many scopes."""

    def __init__(self, records: Records, directory: Directory) -> None:
        self._records = records
        self._directory = directory
        self._open = records.archive.search(Search(NOBODY, states=_OUT, limit=_MOST))
        meetings = records.meetings.several(one.meeting for one in self._open)
        self._rooms = {number: one.room for number, one in meetings.items()}

    def of(self, scope: str) -> list[dict[str, object]]:
        """The scope's, newest first, as plain JSON for the digest's view: `label`, `title`, `n` of `of` have acknowledged,
        `own` for who has to."""
        kind, _, rest = scope.partition(":")
        if kind == "person":
            return list(self._persons(int(rest)))
        if kind == "department":
            theirs = [one for one in self._open if self._department(one) == int(rest)]
        else:
            theirs = [one for one in self._open if self._room(one) == rest]
        return [_plain(one, own=False) for one in theirs]

    def _persons(self, person: int) -> Iterator[dict[str, object]]:
        mine = self._records.archive.unacknowledged(person)
        yield from (_plain(one, own=True) for one in mine)
        known = {one.label for one in mine}
        recorded = self._records.archive.search(Search(person, person=person, states=_OUT, limit=_MOST))
        yield from (_plain(one, own=False) for one in recorded if one.recorder == person and one.label not in known)

    def _department(self, minutes: Minutes) -> int | None:
        recorder = self._directory.people.get(minutes.recorder)
        return recorder.department if recorder else None

    def _room(self, minutes: Minutes) -> str:
        room = self._rooms.get(minutes.meeting)
        return f"{room.messenger}:{room.id}" if room else ""


def _plain(minutes: Minutes, *, own: bool) -> dict[str, object]:
    done, must = len(minutes.acknowledged), len(minutes.must)
    return {"label": minutes.label, "title": minutes.title, "n": done, "of": must, "own": own}
