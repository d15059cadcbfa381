"""The wire of the page, read: one JSON frame of a tab → a value, and what of it the bot must hear.

Each act of a person carries an id made in the page, kept over reconnects, so a resent act is the same `Incoming.id`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from adapters.web.history import Kept, Message
from adapters.web.outgoing import file_url
from adapters.web.people import BOT, MESSENGER, direct
from bot.messenger import Attachment, Incoming, Joined, Posted, Pressed, Quoted, Said, Submitted
from bot.pattern import pattern
from bot.people import Account, Place, Profile, Room

TEXT_LIMIT = 40_000
BOT_NAMES = ("闭环", "閉環", "bihuan")
_BOT = pattern(rf"[@＠](?:{'|'.join(BOT_NAMES)})(?![A-Za-z0-9])[ \t\u3000,，:：]*", re.IGNORECASE)
_AT = pattern("[@＠]")

_EventId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{8,64}$")]
_Name = Annotated[str, Meta(min_length=1, max_length=200)]
_Line = Annotated[str, Meta(min_length=1, max_length=2_000)]
_Value = Annotated[str, Meta(max_length=TEXT_LIMIT)]
_MessageId = Annotated[int, Meta(ge=0, le=2**62)]


class _Frame(Struct, frozen=True, tag_field="type", tag=str.lower, forbid_unknown_fields=True):
    """What the page sends; `type` names it."""


class Say(_Frame, frozen=True):
    """Somebody sends `text`; `mentions` are the user ids they picked, `quoted` the message replied to (0: none)."""

    id: _EventId
    conversation: _Name
    text: Annotated[str, Meta(max_length=TEXT_LIMIT)]
    mentions: Annotated[list[_Name], Meta(max_length=100)] = []
    quoted: _MessageId = 0
    attachments: Annotated[list[_Name], Meta(max_length=10)] = []


class Press(_Frame, frozen=True):
    """Somebody presses a button of `message`."""

    id: _EventId
    message: _MessageId
    command: _Line
    version: int = 0


class Submit(_Frame, frozen=True):
    """Somebody sends a form: one that stands in `message`, or (0) one that was an answer in `conversation`."""

    id: _EventId
    conversation: _Name
    command: _Line
    values: Annotated[dict[_Name, _Value], Meta(max_length=100)]
    message: _MessageId = 0
    version: int = 0


class Read(_Frame, frozen=True):
    """Somebody has a conversation before their eyes, up to a message."""

    conversation: _Name
    upto: _MessageId = 0


Act = Say | Press | Submit
_FRAME: msgspec.json.Decoder[Act | Read] = msgspec.json.Decoder(Act | Read)


def read_frame(text: str) -> Act | Read:
    """What a tab sent. Raises msgspec.DecodeError for anything else."""
    return _FRAME.decode(text)


def is_command(text: str) -> bool:
    """A line for the bot alone, which others in the room do not see."""
    return text.lstrip().startswith(("/", "／"))


def for_the_bot(conversation: str, user: str, text: str) -> bool:
    """Rooms are heard whole; in direct conversations only the bot's own, and commands anywhere."""
    return not conversation.startswith("d:") or conversation == direct(BOT, user) or is_command(text)


def place(conversation: str, room: Room | None) -> Place:
    """A room, else the direct conversation with the bot: what is asked between two people is between one and the bot."""
    return Place(MESSENGER, room if not conversation.startswith("d:") else None)


def said(
    say: Say,
    message: Message,
    where: Place,
    people: Iterable[Profile],
    quoted: Quoted | None,
    files: Iterable[Kept],
    base: str,
) -> Incoming:
    """What the bot hears of a sent text: its own mention is taken out, other people's stay as words and as accounts.

    `base` is the address the page was reached by, for the files' links."""
    text, times = _BOT.subn("", say.text)
    attachments = tuple(Attachment(file.name, base + file_url(file.id)) for file in files)
    mentions = tuple(Account(MESSENGER, user) for user in mentioned(text, people, say.mentions))
    called = times > 0 or is_command(say.text)  # nobody else sees a command: whatever it is, it wants an answer
    what = Said(text.strip() if times else say.text, mentions, attachments, quoted, called=called)
    return Incoming(
        event_id(message.author, say.id), datetime.fromisoformat(message.at), where, _by(message.author), what
    )


def pressed(press: Press, user: str, at: datetime, where: Place) -> Incoming:
    """What the bot hears of a press."""
    what = Pressed(press.command, press.version)
    return Incoming(event_id(user, press.id), at, where, _by(user), what)


def submitted(submit: Submit, user: str, at: datetime, where: Place) -> Incoming:
    """What the bot hears of a sent form."""
    what = Submitted(submit.command, submit.values, submit.version)
    return Incoming(event_id(user, submit.id), at, where, _by(user), what)


def joined(what: str, user: str, at: datetime, where: Place) -> Incoming:
    """What the bot hears when a conversation with it begins; `what` tells this beginning from others."""
    return Incoming(event_id(user, f"joined-{what}"), at, where, _by(user), Joined())


def quote(message: Message, base: str) -> Quoted:
    """The message replied to, with its link."""
    by_bot = message.author == BOT
    posted = Posted(MESSENGER, message.conversation, str(message.id))
    author = None if by_bot else _by(message.author)
    return Quoted(message.words, author, f"{base}/#/m/{message.id}", posted if by_bot else None)


def event_id(user: str, act: str) -> str:
    """Unique over the workplace: nobody can spend somebody else's id."""
    return f"{user}:{act}"


def mentioned(text: str, people: Iterable[Profile], picked: Iterable[str]) -> list[str]:
    """The user ids named after an @, in order and once each; of two people of one name, the one who was picked.

    A name that is neither unique nor picked stays words: the core asks who is meant."""
    by_name: dict[str, list[str]] = {}
    for profile in people:
        by_name.setdefault(profile.name.casefold(), []).append(profile.account.user_id)
    chosen = set(picked)
    found = [_named(text[at.end() :], by_name, chosen) for at in _AT.finditer(text)]
    return list(dict.fromkeys(user for user in found if user))


def _named(rest: str, by_name: Mapping[str, list[str]], picked: set[str]) -> str:
    longest = max((name for name in by_name if rest.casefold().startswith(name)), key=len, default="")
    users = by_name.get(longest, [])
    users = [user for user in users if user in picked] if len(users) > 1 else users
    return users[0] if len(users) == 1 else ""


def _by(user: str) -> Account:
    return Account(MESSENGER, user)
