"""Who is in the web workplace and which conversations they have: questions to the archive, synchronous and small.

A room's conversation is the room's id; a direct one is `d:` and both ids in order. The bot is in every room and is
nobody's row.
"""

import sqlite3
from collections.abc import Collection, Iterable

from bot.pattern import pattern
from bot.people import Account, Profile, Room

MESSENGER = "web"
BOT = "bihuan"
_ID = pattern(r"[A-Za-z0-9._-]{1,64}")


def direct(one: str, other: str) -> str:
    """The conversation of two people (or of somebody with the bot), the same from both sides."""
    return "d:" + ":".join(sorted((one, other)))


def direct_members(conversation: str) -> list[str]:
    """Both ids of a direct conversation; empty for a room."""
    return conversation.split(":")[1:] if conversation.startswith("d:") else []


def seed(db: sqlite3.Connection, users: Iterable[Profile], rooms: Iterable[tuple[Room, Iterable[str]]]) -> None:
    """Writes people, rooms and memberships; what is there already is brought up to date, nobody is removed."""
    for profile in users:
        save_user(db, profile)
    for room, members in rooms:
        save_room(db, room, members)


def renew(db: sqlite3.Connection, users: Collection[Profile]) -> bool:
    """Writes those of these people who are new or not as they were; whether there is any."""
    known = {profile.account: profile for profile in everybody(db)}
    changed = [profile for profile in users if known.get(profile.account) != profile]
    seed(db, changed, ())
    return bool(changed)


def save_user(db: sqlite3.Connection, profile: Profile) -> None:
    """Adds or updates somebody. Raises ValueError for an id that no address could hold."""
    row = (_checked(profile.account.user_id), profile.name, profile.email, profile.department)
    db.execute(
        "INSERT OR REPLACE INTO users VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*row, profile.timezone, profile.language, profile.active),
    )


def save_room(db: sqlite3.Connection, room: Room, members: Iterable[str]) -> None:
    """Adds or renames a room and lets `members` in. Raises ValueError for an id that no address could hold."""
    db.execute("INSERT OR REPLACE INTO rooms VALUES (?, ?)", (_checked(room.id), room.name))
    join(db, room.id, members)


def join(db: sqlite3.Connection, conversation: str, members: Iterable[str]) -> None:
    """Lets people into a conversation; those already there stay."""
    db.executemany("INSERT OR IGNORE INTO members VALUES (?, ?)", [(conversation, member) for member in members])


def find_user(db: sqlite3.Connection, user: str) -> Profile | None:
    """Somebody by id."""
    row = db.execute("SELECT * FROM users WHERE id = ?", (user,)).fetchone()
    return _profile(row) if row else None


def everybody(db: sqlite3.Connection) -> list[Profile]:
    """All people, by department and name."""
    return [_profile(row) for row in db.execute("SELECT * FROM users ORDER BY department, name, id")]


def find_room(db: sqlite3.Connection, room: str) -> Room | None:
    """A room by id."""
    row = db.execute("SELECT * FROM rooms WHERE id = ?", (room,)).fetchone()
    return Room(MESSENGER, row["id"], row["name"]) if row else None


def all_rooms(db: sqlite3.Connection) -> list[tuple[Room, list[str]]]:
    """Every room with the people in it, by name."""
    rows = db.execute("SELECT * FROM rooms ORDER BY name, id").fetchall()
    return [(Room(MESSENGER, row["id"], row["name"]), members_of(db, row["id"])) for row in rows]


def members_of(db: sqlite3.Connection, conversation: str) -> list[str]:
    """The people in a conversation, the bot left out, whether or not a word was said there yet."""
    pair = [user for user in direct_members(conversation) if user != BOT]
    rows = db.execute("SELECT user FROM members WHERE conversation = ? ORDER BY user", (conversation,))
    return pair or [row["user"] for row in rows]


def conversations_of(db: sqlite3.Connection, user: str) -> list[str]:
    """The rooms somebody is in and the direct conversations that have begun; the bot's is always there, first."""
    rows = db.execute("SELECT conversation FROM members WHERE user = ? ORDER BY conversation", (user,))
    own = direct(BOT, user)
    return [own, *(row["conversation"] for row in rows if row["conversation"] != own)]


def takes_part(db: sqlite3.Connection, user: str, conversation: str) -> bool:
    """Whether somebody may read and write there: a member of the room, or one of the two."""
    pair = direct_members(conversation)
    if pair:
        others = [other for other in pair if other != user]
        known = others == [BOT] or (len(others) == 1 and find_user(db, others[0]) is not None)
        return len(pair) == 2 and user in pair and conversation == direct(*pair) and known
    found = db.execute("SELECT 1 FROM members WHERE conversation = ? AND user = ?", (conversation, user)).fetchone()
    return found is not None


def _profile(row: sqlite3.Row) -> Profile:
    return Profile(
        Account(MESSENGER, row["id"]),
        row["name"],
        email=row["email"],
        department=row["department"],
        timezone=row["timezone"],
        language=row["language"],
        active=bool(row["active"]),
    )


def _checked(given: str) -> str:
    if not _ID.fullmatch(given) or given == BOT:
        raise ValueError(f"not usable as an id in the web workplace: {given!r}")
    return given
