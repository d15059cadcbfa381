"""The terminal passes the messenger contract whole: lines in, text out."""

import asyncio
import re
from datetime import datetime
from typing import Self

import pytest

from adapters.shell import ShellMessenger
from bot.cards import Button, Form
from bot.clock import SystemClock
from bot.errors import Undeliverable
from bot.messenger import Posted
from bot.people import Account, Profile, Room
from tests.contracts.harness import Harness
from tests.contracts.messenger import MessengerContract

_HEAD = re.compile(r"── \S+ → (?P<to>.+?) · (?P<number>\d+)")


class ShellHarness(Harness):
    """Two people at one terminal; what is printed is told apart by its head line."""

    has_buttons = False
    slash_calls = True
    one_mouth = True
    redelivers = False
    ann = Profile(Account("shell", "ann"), "安娜", language="zh-Hans", timezone="Asia/Shanghai")
    bo = Profile(Account("shell", "bo"), "薄一", language="zh-Hans", timezone="Asia/Shanghai")
    room = Room("shell", "product", "产品")

    def __init__(self) -> None:
        self.started: datetime = SystemClock().now()
        self._lines: asyncio.Queue[str] = asyncio.Queue()
        self._cards: dict[str, tuple[str, list[str]]] = {}
        self._answers: dict[tuple[str, str], list[str]] = {}
        self._speaking = ("ann", "")
        self._open = ""
        people = [self.ann, self.bo]
        self.messenger = ShellMessenger(
            self._find, self, self._print, clock=SystemClock(), speaker="ann",
            rooms=[(self.room, [one.account.user_id for one in people])],
        )  # fmt: skip

    async def says(
        self,
        who: Profile,
        text: str,
        where: Room | None = None,
        mentions: tuple[Profile, ...] = (),
        reply: Posted | None = None,
    ) -> None:
        del mentions
        self._type(who, where, f"/re {reply.id} {text}" if reply else text)

    async def says_twice(self, who: Profile, text: str) -> None:
        raise NotImplementedError("a terminal reads each line once")

    async def presses(self, who: Profile, posted: Posted, button: Button) -> None:
        del posted
        self._type(who, None, button.say or button.command)

    async def submits(self, who: Profile, form: Form, values: dict[str, str]) -> None:
        del form
        self._type(who, None, " ".join(values.values()))

    async def sees(self, who: Profile, where: Room | None = None) -> str:
        title = f"#{where.name}" if where else who.name
        cards = [line for to, lines in self._cards.values() if to == title for line in lines]
        key = (who.account.user_id, where.id if where else "")
        return "\n".join([*cards, *self._answers.get(key, [])])

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        """A terminal that is read again after a pause; a generator would be spent by the first cancellation."""
        line = await self._lines.get()
        if line.startswith("/as "):
            self._speaking = ("ann" if self.ann.name in line else "bo", self._speaking[1])
        elif line.startswith("/in"):
            self._speaking = (self._speaking[0], line.removeprefix("/in").strip())
        return line

    def _type(self, who: Profile, where: Room | None, line: str) -> None:
        for each in (f"/as {who.name}", f"/in {where.id}" if where else "/in", line):
            self._lines.put_nowait(each)

    def _print(self, text: str) -> None:
        head = _HEAD.match(text)
        if head:
            self._open = head["number"]
            self._cards[self._open] = (head["to"], [])
        elif self._open and text:
            self._cards[self._open][1].append(text)
        elif text:
            self._answers.setdefault(self._speaking, []).append(text)
        if not text:
            self._open = ""

    async def _find(self, who: str) -> Profile:
        for profile in (self.ann, self.bo):
            if who in (profile.account.user_id, profile.name):
                return profile
        raise Undeliverable(who)


class TestShell(MessengerContract):
    @pytest.fixture
    def harness(self) -> ShellHarness:
        return ShellHarness()
