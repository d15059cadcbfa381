"""The port a messenger implements: incoming events as values, outgoing cards, people and rooms.

An adapter turns the wire into `Incoming`, hands it to `receive`, and shows the returned answer to its asker. It posts
and updates cards, shows something for every block, and keeps signatures, tokens, markup and time limits to itself.
The contract suite in tests/contracts/messenger.py is passed whole by every adapter; docs/messengers.md says how one is added.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from msgspec import Struct, field

from bot.cards import Answer, Card
from bot.people import Account, Division, Hidden, Place, Profile, Room


class Attachment(Struct, frozen=True):
    """A file somebody sent along: where it can be opened, and its name."""

    name: str
    url: str


class Posted(Struct, frozen=True):
    """A message of the bot's as the messenger knows it: enough to update it later, by another process too, and to recognise
    a reply to it. `conversation` is the adapter's own word: updates of one conversation share its pace."""

    messenger: str
    conversation: str
    id: str


class Quoted(Struct, frozen=True):
    """The message that was replied to: its text, author and link; `posted` (as `post` returned it) when it was one of
    the bot's own."""

    text: str = ""
    by: Account | None = None
    url: str = ""
    posted: Posted | None = None


class Said(Struct, frozen=True):
    """Somebody typed `text`. Mentions may come without their position (a set, in reading order where known); where
    the position is known the text holds the mentioned name after an @. The mention of the bot itself is taken out of
    the text and `called` is set: then (as in a direct conversation) a command needs no slash. It is set, too, for a line
    with a slash where nobody but the bot hears such lines: an unknown one is not for another bot, it wants an answer."""

    text: str
    mentions: tuple[Account, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    quoted: Quoted | None = None
    called: bool = False


class Pressed(Struct, frozen=True):
    """Somebody pressed a button: its command line, and the version of the thing it showed (0: not versioned)."""

    command: str
    version: int = 0


class Submitted(Struct, frozen=True):
    """Somebody sent a form: its command line, the values by field name, the version of the thing it showed."""

    command: str
    values: dict[str, str] = field(default_factory=dict)
    version: int = 0


class Joined(Struct, frozen=True):
    """The bot was added to the room, or somebody opened the conversation with it for the first time."""


class Incoming(Struct, frozen=True):
    """One event. `id` is the messenger's own, unique there: a redelivery is recognised by it. `at` is aware, UTC,
    and the moment it was said (not received)."""

    id: str
    at: datetime
    where: Place
    by: Account
    what: Said | Pressed | Submitted | Joined


Receive = Callable[[Incoming], Awaitable[Answer | None]]
"""Commits, then answers: acknowledge after it has returned. None: nothing to say (small talk in a room). Raises nothing: who
could not be heard is answered that nothing was recorded."""


class Messenger(Protocol):
    """One messenger of the workplace. `name` is its key in the configuration and in accounts."""

    name: str

    async def listen(self, receive: Receive) -> None:
        """Runs until cancelled; reconnects by itself. What it raises is logged, and it is begun again after a pause. One
        person's events are received in their order, and nobody waits for somebody else. Shows each answer to its asker, once
        for each event id: alone where they asked if that can be, else in their direct conversation."""
        ...

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Shows `card` to one person directly or in a room; for several at once, and also while nobody listens. `key` is
        unique to this message; with `again` an earlier try may have arrived, perhaps of a process before this one, and the
        adapter finds out before it sends.

        Raises TryLater (`unclear` unless nothing can have arrived), Undeliverable (the other side says that it is not there)
        or Uncertain, nothing else for a fault of the outside."""
        ...

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message in place for everybody who has it. Idempotent. Raises as `post` does."""
        ...

    async def person(self, user_id: str) -> Profile:
        """What the messenger knows of this account. Raises Undeliverable when there is nobody by this id, TryLater."""
        ...

    async def members(self, room: Room) -> list[Account]:
        """Everybody in the room once, the bot left out. Raises Undeliverable when the bot is not in it, TryLater."""
        ...

    def directory(self) -> AsyncIterator[Profile | Division | Hidden]:
        """The organisation as the messenger knows it, in any order, each account and division once; empty where it does not.
        Who has left may be among them (inactive) or missing. What the app may not see is said (Hidden) and keeps nothing else
        away. Raises TryLater."""
        ...


class Connection(Struct, frozen=True):
    """One organisation's side that a messenger is connected to. `key` stays the same, `name` tells an operator which it
    is. `fault`: why it is cut off, in the other side's word, empty while it works; `at`: when it was last found so, None
    while nobody has asked. `mend`: the catalogue entry (mend-…) that says what helps, with `about` in it. `deaf`: nobody is
    heard by it, but messages still go out."""

    key: str
    name: str
    fault: str = ""
    at: datetime | None = None
    mend: str = ""
    about: str = ""
    deaf: bool = False


@runtime_checkable
class Connecting(Protocol):
    """A messenger that knows when a side of it is cut off for good (a token revoked, the app taken out): the operator
    hears of it. A fault that passes by itself is none."""

    def connections(self) -> Sequence[Connection]:
        """All that the configuration allows, in its order; also those that nobody has asked yet."""
        ...

    def reaches(self, account: Account) -> bool:
        """Whether this account can be written to, as far as is known."""
        ...
