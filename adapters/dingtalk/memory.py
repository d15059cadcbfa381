"""What DingTalk does not tell again: our messages by processQueryKey, presses by key, who was seen where, the month's count.

A SQLite file of the adapter's own. A message is written down as being sent before it is sent: a robot's send has no key
that DingTalk would know again, so what stands as `sending` after a crash may have arrived, and is never sent blindly
(RELIABILITY C2). While the file cannot be written, nothing leaves (TryLater). Each statement commits durably in well under
a millisecond, and there are at most 20 a second.

Messages are forgotten when nobody asks for them any more, some at a time while others are kept; who was seen where and the
counts, of which there are few, stay.
"""

import errno
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from adapters.dingtalk.faults import SOON
from bot.cards import Button
from bot.errors import TryLater
from bot.private import begin

_DAY = 86_400.0
MESSAGES = 90 * _DAY
"""How long a message is known after it was last shown: as long as the core knows what it was about (bot/jobs/housekeeping.py).
DingTalk takes one back for 24 hours (sheet 4.4), and the core changes a card for thirty days."""
PRESSES = 400 * _DAY
"""How long a button means something after it was last shown: its card stays in the chat, an item may be due in a year, and
whoever presses later is told that the button is old (words.py)."""
TIDIED, AT_ONCE = 3_600.0, 2_000
"""How often what is old is looked for, and how many of a kind are forgotten then, which takes some 20 ms."""
_AGES = (("parts", "at", MESSAGES), ("posts", "sent", MESSAGES), ("wholes", "at", MESSAGES), ("forms", "at", MESSAGES),
         ("presses", "at", PRESSES))  # fmt: skip

_SCHEMA = """
CREATE TABLE IF NOT EXISTS parts (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, pqk TEXT NOT NULL DEFAULT '', at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS parts_pqk ON parts (pqk);
CREATE TABLE IF NOT EXISTS posts (
    track TEXT PRIMARY KEY, conversation TEXT NOT NULL, direct INTEGER NOT NULL, rung TEXT NOT NULL,
    pqk TEXT NOT NULL, sent REAL NOT NULL, words TEXT NOT NULL, digest TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS posts_pqk ON posts (pqk);
CREATE TABLE IF NOT EXISTS wholes (track TEXT PRIMARY KEY, whole TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS forms (track TEXT PRIMARY KEY, command TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS presses (
    key TEXT PRIMARY KEY, label TEXT NOT NULL, command TEXT NOT NULL, style TEXT NOT NULL, confirm TEXT NOT NULL,
    version INTEGER NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS seen (room TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (room, user));
CREATE TABLE IF NOT EXISTS people (
    user TEXT PRIMARY KEY, union_id TEXT NOT NULL, name TEXT NOT NULL, listed INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS months (month TEXT, kind TEXT, count INTEGER NOT NULL, PRIMARY KEY (month, kind));
"""


class Post(Struct, frozen=True):
    """A message or card of ours that is there. `rung` is what it was posted as, `sent` Unix seconds, `pqk` its present
    processQueryKey (a card's carrierId; empty when it is not known), `words` what a reply to it is about."""

    track: str
    conversation: str
    direct: bool
    rung: str
    pqk: str
    sent: float
    words: str
    digest: str


class Known(Struct, frozen=True):
    """Somebody by all the names DingTalk has for them; `listed`: the directory has shown them."""

    user: str
    union_id: str
    name: str
    listed: bool = False


class Memory:
    """`file` None: of this run only. `now`: Unix seconds. Raises OSError, with the file's name, for one that cannot be
    used."""

    def __init__(self, file: Path | None = None, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._tidied = 0.0
        try:
            self._base = _opened(file, now())
        except sqlite3.Error as fault:
            raise OSError(errno.EIO, str(fault), str(file)) from fault

    def close(self) -> None:
        self._base.close()

    # --- messages ---

    def state(self, part: str) -> tuple[str, str]:
        """("sending" or "sent", its processQueryKey) of a part of a message; ("", "") for one that was never begun."""
        row = self._base.execute("SELECT state, pqk FROM parts WHERE id = ?", (part,)).fetchone()
        return (str(row[0]), str(row[1])) if row else ("", "")

    def sending(self, *parts: str) -> None:
        """These leave together now."""
        self._mark(parts, "sending", "")

    def sent(self, pqk: str, *parts: str) -> None:
        """These have arrived, by one processQueryKey."""
        self._mark(parts, "sent", pqk)

    def not_sent(self, *parts: str) -> None:
        """It is known that nothing of these arrived."""
        self._base.execute(f"DELETE FROM parts WHERE id IN ({', '.join('?' * len(parts))})", parts)  # noqa: S608 (marks)

    def _mark(self, parts: tuple[str, ...], state: str, pqk: str) -> None:
        """In one statement, which is all or nothing and waits for the disk once."""
        rows, now = ", ".join(["(?, ?, ?, ?)"] * len(parts)), self._now()
        if parts:
            values = [value for part in parts for value in (part, state, pqk, now)]
            self._base.execute(f"INSERT OR REPLACE INTO parts VALUES {rows}", values)  # noqa: S608 (marks)

    def post(self, track: str) -> Post | None:
        found = self._posts("track = ?", track)
        return found[0] if found else None

    def by_pqk(self, pqk: str, conversation: str) -> Post | None:
        """The message of this processQueryKey in this conversation: several people may have got theirs with one call."""
        found = self._posts("pqk = ? AND conversation = ?", pqk, conversation) if pqk else []
        return found[0] if found else None

    def knows(self, pqk: str) -> bool:
        """Whether a message or file of ours ever had this processQueryKey."""
        sent = self._base.execute("SELECT 1 FROM parts WHERE pqk = ?", (pqk,)).fetchone()
        return sent is not None or bool(self._posts("pqk = ?", pqk))

    def is_others(self, pqk: str, track: str) -> bool:
        """Whether another message than `track` has this processQueryKey too."""
        return bool(self._posts("pqk = ? AND track != ?", pqk, track))

    def keep(self, post: Post) -> None:
        row = (post.track, post.conversation, post.direct, post.rung, post.pqk, post.sent, post.words, post.digest)
        self._base.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        if abs(self._now() - self._tidied) >= TIDIED:
            self._tidied = self._now()
            self.forget()

    def forget(self) -> None:
        """Drops some of what is too old to be asked for; what cannot be dropped just now waits for the next time."""
        with suppress(TryLater):
            for table, age, kept in _AGES:
                old = f"SELECT rowid FROM {table} WHERE {age} < ? LIMIT {AT_ONCE}"  # noqa: S608 (names of our own)
                self._base.execute(f"DELETE FROM {table} WHERE rowid IN ({old})", (self._now() - kept,))  # noqa: S608

    def merge(self, whole: str, tracks: list[str]) -> None:
        """These messages are to stand in one, known as `whole`."""
        rows, now = ", ".join(["(?, ?, ?)"] * len(tracks)), self._now()
        values = [value for track in tracks for value in (track, whole, now)]
        self._base.execute(f"INSERT OR REPLACE INTO wholes VALUES {rows}", values)  # noqa: S608 (marks)

    def unmerge(self, whole: str) -> None:
        """It is known that this one did not arrive."""
        self._base.execute("DELETE FROM wholes WHERE whole = ?", (whole,))

    def whole(self, track: str) -> str:
        """The message that this one stands in, or may stand in; empty for none."""
        row = self._base.execute("SELECT whole FROM wholes WHERE track = ?", (track,)).fetchone()
        return str(row[0]) if row else ""

    def keep_form(self, track: str, command: str) -> None:
        """This message asks for what is missing in a command line."""
        self._base.execute("INSERT OR REPLACE INTO forms VALUES (?, ?, ?)", (track, command, self._now()))

    def form(self, track: str) -> str:
        """The command line that this message asks to complete; empty for none."""
        row = self._base.execute("SELECT command FROM forms WHERE track = ?", (track,)).fetchone()
        return str(row[0]) if row else ""

    # --- presses ---

    def keep_presses(self, presses: dict[str, Button]) -> None:
        """One that is known already is only marked as shown again, once a day."""
        now = self._now()
        rows = [(key, one.label, one.command, one.style, one.confirm, one.version, now) for key, one in presses.items()]
        if rows:
            self._base.executemany(
                "INSERT INTO presses VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
                "ON CONFLICT (key) DO UPDATE SET at = ?7 WHERE at < ?7 - 86400", rows
            )  # fmt: skip

    def press(self, key: str) -> Button | None:
        """The press of this key."""
        row = self._base.execute("SELECT label, command, style, confirm, version FROM presses WHERE key = ?", (key,))
        found = row.fetchone()
        return Button(found[0], found[1], found[2], found[3], "", found[4]) if found else None

    # --- people ---

    def saw(self, room: str, *users: str) -> None:
        """Somebody spoke, or was mentioned, in a group: there is no other way to learn who is in it."""
        rows = [(room, user) for user in users if user]
        if rows:
            self._base.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)

    def seen(self, room: str) -> list[str]:
        return [
            str(user) for (user,) in self._base.execute("SELECT user FROM seen WHERE room = ? ORDER BY rowid", (room,))
        ]

    def meet(self, known: Known) -> None:
        """What is learnt of somebody; an empty part leaves what was known."""
        self._base.execute(
            "INSERT INTO people VALUES (?1, ?2, ?3, ?4) ON CONFLICT (user) DO UPDATE SET "
            "union_id = CASE WHEN ?2 = '' THEN union_id ELSE ?2 END, name = CASE WHEN ?3 = '' THEN name ELSE ?3 END, "
            "listed = max(listed, ?4)",
            (known.user, known.union_id, known.name, known.listed),
        )

    def known(self) -> dict[str, Known]:
        """Everybody by user id."""
        rows = self._base.execute("SELECT user, union_id, name, listed FROM people")
        return {row[0]: Known(row[0], row[1], row[2], bool(row[3])) for row in rows}

    # --- the month ---

    def count(self, month: str, kind: str) -> int:
        """One more call or push in this month; how many there are now."""
        row = self._base.execute(
            "INSERT INTO months VALUES (?, ?, 1) ON CONFLICT (month, kind) DO UPDATE SET count = count + 1 RETURNING count",
            (month, kind),
        ).fetchone()
        return int(row[0])

    def counted(self, month: str, kind: str) -> int:
        row = self._base.execute("SELECT count FROM months WHERE month = ? AND kind = ?", (month, kind)).fetchone()
        return int(row[0]) if row else 0

    def _posts(self, which: str, *values: str) -> list[Post]:
        rows = self._base.execute(f"SELECT * FROM posts WHERE {which} LIMIT 1", values)  # noqa: S608 (conditions of our own)
        return [Post(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]


class _Base(sqlite3.Connection):
    """A file that cannot be written just now (full, held, read-only) is no reason to give a message up: it waits."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        with _later():
            return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        with _later():
            return super().executemany(sql, parameters)


@contextmanager
def _later() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as fault:
        raise TryLater(SOON, f"what was sent cannot be written down: {fault}") from fault


def _opened(file: Path | None, now: float) -> sqlite3.Connection:
    if file is not None:
        begin(file)
    base = sqlite3.connect(file or ":memory:", isolation_level=None, factory=_Base)
    try:
        base.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;")
        base.executescript(_SCHEMA)
        _date(base, now)
    except sqlite3.Error:
        base.close()
        raise
    return base


def _date(base: sqlite3.Connection, now: float) -> None:
    """Gives a file of before things had dates theirs: all of it counts as of now. A column and its default are one step."""
    run = partial(sqlite3.Connection.execute, base)
    run("BEGIN IMMEDIATE")
    for table, age, _ in _AGES:
        if age not in {column[1] for column in run(f"PRAGMA table_info({table})")}:
            run(f"ALTER TABLE {table} ADD COLUMN {age} REAL NOT NULL DEFAULT {now}")
        run(f"CREATE INDEX IF NOT EXISTS {table}_{age} ON {table} ({age})")
    run("COMMIT")
