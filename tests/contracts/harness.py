"""What stands beside a messenger while it is held to its contract: its people at their clients, a core that hears, and eyes.

An adapter's test writes a Harness; the tests themselves are in messenger.py.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Protocol

import pytest

from bot.cards import Answer, Button, Form
from bot.messenger import Incoming, Messenger, Posted, Pressed, Receive, Said, Submitted
from bot.people import Profile, Room

HEARD_WITHIN = 15.0
LOOK_EVERY = 0.02
LATE = 0.3


class Harness(Protocol):
    """One messenger with two people, `ann` and `bo`, both in `room`. An adapter's harness inherits this: what stands here
    with a value or a body may be left as it is."""

    messenger: Messenger
    ann: Profile
    bo: Profile
    room: Room
    has_buttons: bool
    """False: presses and form values arrive as typed words."""
    slash_calls: bool = False
    """True where a line with a slash is heard by the bot alone and so calls it, as nobody else's bot listens."""
    one_mouth: bool = False
    """True where all speak through one mouth, line after line: a terminal."""
    redelivers: bool
    """False: the wire of this messenger cannot bring one event twice."""
    started: datetime
    """The moment the messenger's clock shows, or showed at the start."""

    @property
    def has_forms(self) -> bool:
        """Whether a form's values arrive by field; False also where a form is answered in words although buttons are pressed."""
        return self.has_buttons

    # --- what people do ---

    async def says(
        self,
        who: Profile,
        text: str,
        where: Room | None = None,
        mentions: tuple[Profile, ...] = (),
        reply: Posted | None = None,
    ) -> None:
        """Sends what `who` types, in the room (None: in the direct conversation), whether or not the bot listens already;
        `mentions` are picked in the client, their names stand in `text` after an @, and so does the bot's, 闭环."""
        ...

    async def says_twice(self, who: Profile, text: str) -> None:
        """Brings one and the same event to the adapter twice, as after a lost acknowledgement."""
        ...

    async def presses(self, who: Profile, posted: Posted, button: Button) -> None:
        """Presses (or types) a button of a card before `who`."""
        ...

    async def submits(self, who: Profile, form: Form, values: dict[str, str]) -> None:
        """Fills in a form that was the answer to `who`'s last words in the direct conversation."""
        ...

    async def sees(self, who: Profile, where: Room | None = None) -> str:
        """All words `who` has before their eyes in the room, else in the direct conversation, as their client draws them:
        a changed message as it is now, files opened. Answers too: what was asked in a room where nothing can be shown to
        one person alone is answered in the direct conversation, and then that is before their eyes as well."""
        ...

    # --- what the other side does; each is skipped where there is none, because the bot is the server itself ---

    def answers_late(self) -> None:
        """From now on the other side does what it is asked, and answers LATE seconds later."""
        return

    def loses_the_answer(self) -> None:
        """The next message that is posted arrives there, and the connection ends before anybody is told."""
        pytest.skip("there is no other side whose answer could be lost")

    def is_away(self) -> None:
        """From now on every connection ends before anything was done."""
        pytest.skip("there is no other side that could be away")

    def restarted(self) -> AbstractAsyncContextManager[Messenger]:
        """The messenger of the next process: the same account, and nothing in its head but what is kept on purpose."""
        pytest.skip("nothing outlives the process")


class Core:
    """Stands for the core: hears, and gives the answer it was told to give."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.heard: list[Incoming] = []
        self._coming: asyncio.Queue[Incoming] = asyncio.Queue()

    async def receive(self, event: Incoming) -> Answer | None:
        self.heard.append(event)
        if isinstance(event.what, Said | Pressed | Submitted):
            self._coming.put_nowait(event)
            return self.answer
        return None

    async def next(self) -> Incoming:
        """The next thing a person did."""
        return await asyncio.wait_for(self._coming.get(), HEARD_WITHIN)


@asynccontextmanager
async def listening(messenger: Messenger, receive: Receive) -> AsyncIterator[None]:
    """The messenger listens meanwhile."""
    task = asyncio.create_task(messenger.listen(receive))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until_seen(harness: Harness, words: str, who: Profile, where: Room | None = None) -> str:
    """What is before their eyes once it holds `words`; fails after HEARD_WITHIN."""
    for _ in range(int(HEARD_WITHIN / LOOK_EVERY)):
        seen = await harness.sees(who, where)
        if words in seen:
            return seen
        await asyncio.sleep(LOOK_EVERY)
    raise AssertionError(f"{who.name} never saw {words!r} but: {seen[:2000]}")
