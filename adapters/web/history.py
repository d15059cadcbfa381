"""What was said in the web workplace: messages, files and how far people have read. Questions to the archive.

A message with `only_for` is seen by that person alone: their own command, or an answer to it.
"""

import json
import sqlite3
from collections.abc import Collection
from typing import Any

from msgspec import Struct

from adapters.web.people import BOT, members_of

PAGE = 50
_CATCH_UP = 500
_BEFORE_A_LINKED = 15
_UNREAD_SHOWN = 100


class Draft(Struct, frozen=True):
    """A message to keep. `words` is its text alone, for quoting; `body` the JSON that the page draws; `key` is unique.

    `at` is ISO, UTC."""

    conversation: str
    author: str
    at: str
    words: str
    body: dict[str, Any]
    key: str
    only_for: str = ""


class Message(Struct, frozen=True):
    """A kept message; `seq` grows with each change of any message."""

    id: int
    seq: int
    conversation: str
    author: str
    only_for: str
    at: str
    words: str
    body: dict[str, Any]

    def seen_by(self, user: str) -> bool:
        """Whether it is theirs to see, given that they take part in the conversation."""
        return self.only_for in ("", user)


class Kept(Struct, frozen=True):
    """A file's content and what it says it is."""

    id: str
    name: str
    media_type: str
    content: bytes


def keep(db: sqlite3.Connection, draft: Draft, files: tuple[Kept, ...] = ()) -> tuple[Message, bool]:
    """Keeps a message once by its key, with its files: the message, and whether it is new."""
    _keep_files(db, files)
    fields = (
        draft.conversation,
        draft.author,
        draft.only_for,
        draft.at,
        draft.words,
        json.dumps(draft.body),
        draft.key,
    )
    new = db.execute(
        "INSERT INTO messages (seq, conversation, author, only_for, at, words, body, key) "
        "VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM messages), ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        fields,
    ).rowcount
    row = db.execute("SELECT * FROM messages WHERE key = ?", (draft.key,)).fetchone()
    return _message(row), bool(new)


def change(
    db: sqlite3.Connection, message_id: int, words: str, body: dict[str, Any], files: tuple[Kept, ...]
) -> Message | None:
    """Changes what a message shows; None when there is no such message. An equal body changes nothing."""
    _keep_files(db, files)
    db.execute(
        "UPDATE messages SET words = ?, body = ?, seq = (SELECT max(seq) + 1 FROM messages) WHERE id = ? AND body <> ?",
        (words, json.dumps(body), message_id, json.dumps(body)),
    )
    return find_message(db, message_id)


def find_message(db: sqlite3.Connection, message_id: int) -> Message | None:
    """A message by id."""
    row = db.execute("SELECT * FROM messages WHERE id = ?", (message_id,)).fetchone()
    return _message(row) if row else None


def page(db: sqlite3.Connection, user: str, conversation: str, before: int, down_to: int = 0) -> list[Message]:
    """The messages of a conversation older than `before` (0: the newest), oldest first, at most PAGE of them; with
    `down_to` as many as it takes to show that message and a few before it."""
    wanted = PAGE
    if down_to:
        sql = "SELECT count(*) FROM messages WHERE conversation = ? AND id >= ?"
        wanted = max(PAGE, db.execute(sql, (conversation, down_to)).fetchone()[0] + _BEFORE_A_LINKED)
    rows = db.execute(
        "SELECT * FROM messages WHERE conversation = ? AND (? = 0 OR id < ?) AND only_for IN ('', ?) "
        "ORDER BY id DESC LIMIT ?",
        (conversation, before, before, user, wanted),
    )
    return [_message(row) for row in rows][::-1]


def newer(db: sqlite3.Connection, user: str, seq: int) -> list[Message] | None:
    """All that came or changed after `seq`, for somebody to see, oldest first; None when that is too much to send."""
    rows = db.execute(
        "SELECT * FROM messages WHERE seq > ? AND only_for IN ('', ?) ORDER BY seq LIMIT ?", (seq, user, _CATCH_UP + 1)
    ).fetchall()
    if len(rows) > _CATCH_UP:
        return None
    return [message for message in map(_message, rows) if user in members_of(db, message.conversation)]


def last_seq(db: sqlite3.Connection) -> int:
    """The newest change of all."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM messages").fetchone()[0])


def read(db: sqlite3.Connection, user: str, conversation: str, upto: int) -> bool:
    """Notes how far somebody has read; never backwards. Whether they had ever been there before."""
    known = db.execute("SELECT 1 FROM reads WHERE user = ? AND conversation = ?", (user, conversation)).fetchone()
    db.execute(
        "INSERT INTO reads VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET upto = max(upto, excluded.upto)",
        (user, conversation, upto),
    )
    return known is not None


def unread(db: sqlite3.Connection, user: str, conversation: str) -> tuple[int, int, str]:
    """How many others' messages wait there (counted to 100), up to which id was read, and when the last one came."""
    row = db.execute("SELECT upto FROM reads WHERE user = ? AND conversation = ?", (user, conversation)).fetchone()
    upto = row["upto"] if row else 0
    count = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM messages WHERE conversation = ? AND id > ? AND author <> ? "
        "AND only_for IN ('', ?) LIMIT ?)",
        (conversation, upto, user, user, _UNREAD_SHOWN),
    ).fetchone()[0]
    last = db.execute(
        "SELECT at FROM messages WHERE conversation = ? AND only_for IN ('', ?) ORDER BY id DESC LIMIT 1",
        (conversation, user),
    ).fetchone()
    return count, upto, last["at"] if last else ""


def last_id(db: sqlite3.Connection) -> int:
    """The newest message of all; 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM messages").fetchone()[0])


def told(db: sqlite3.Connection, after: int, conversations: Collection[str]) -> list[Message]:
    """What the bot has said in these conversations since the message `after`, oldest first."""
    rows = db.execute("SELECT * FROM messages WHERE id > ? AND author = ? ORDER BY id", (after, BOT))
    return [_message(row) for row in rows if row["conversation"] in conversations]


def find_file(db: sqlite3.Connection, file_id: str) -> Kept | None:
    """A file by id."""
    row = db.execute("SELECT * FROM files WHERE id = ?", (file_id,)).fetchone()
    return Kept(row["id"], row["name"], row["media_type"], row["content"]) if row else None


def keep_file(db: sqlite3.Connection, file: Kept) -> None:
    """Keeps a file that somebody sent along."""
    _keep_files(db, (file,))


def _keep_files(db: sqlite3.Connection, files: tuple[Kept, ...]) -> None:
    rows = [(file.id, file.name, file.media_type, file.content) for file in files]
    db.executemany("INSERT OR IGNORE INTO files VALUES (?, ?, ?, ?)", rows)


def _message(row: sqlite3.Row) -> Message:
    return Message(
        row["id"],
        row["seq"],
        row["conversation"],
        row["author"],
        row["only_for"],
        row["at"],
        row["words"],
        json.loads(row["body"]),
    )
