"""A messenger on paper: the whole port in memory, with faults on request. What conversations are played on."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count

from bot.cards import Card
from bot.errors import Delivery, TryLater, Undeliverable
from bot.messenger import Posted, Receive
from bot.people import Account, Division, Hidden, Profile, Room


@dataclass
class Sheet:
    """One message as it stands now, and every card it ever showed."""

    posted: Posted
    to: Account | Room
    key: str
    cards: list[Card]

    @property
    def card(self) -> Card:
        return self.cards[-1]


@dataclass
class PaperMessenger:
    """Keeps what was posted, in order. `faults` are raised by the next posts, one each; None lets one through. So many
    of the next posts as `unanswered` says arrive, and whoever sent them dies before it is known. `silent`: it cannot say
    who anybody is."""

    name: str = "paper"
    profiles: dict[str, Profile] = field(default_factory=dict)
    divisions: list[Division] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    unlisted: set[str] = field(default_factory=set)
    """User ids that the directory does not show; who they are is told all the same."""
    rooms: dict[str, tuple[Room, list[Account]]] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Delivery | None] = field(default_factory=list)
    unanswered: int = 0
    silent: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def listen(self, receive: Receive) -> None:
        await asyncio.Event().wait()

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        here = next((sheet for sheet in self.sheets if sheet.key == key), None)
        if again and here is not None:
            return here.posted
        self._known(to)
        posted = Posted(self.name, str(to), f"p{next(self.numbers)}")
        self.sheets.append(Sheet(posted, to, key, [card]))
        if self.unanswered:
            self.unanswered -= 1
            raise ConnectionResetError("it arrived; nobody heard so")
        return posted

    async def update(self, posted: Posted, card: Card) -> None:
        sheet = next((one for one in self.sheets if one.posted == posted), None)
        if sheet is None:
            raise Undeliverable("no such message")
        sheet.cards.append(card)

    async def person(self, user_id: str) -> Profile:
        if self.silent:
            raise TryLater(30)
        if user_id not in self.profiles:
            raise Undeliverable(f"nobody is called {user_id} here")
        return self.profiles[user_id]

    async def members(self, room: Room) -> list[Account]:
        if room.id not in self.rooms:
            raise Undeliverable(f"the bot is not in {room.id}")
        return self.rooms[room.id][1]

    async def directory(self) -> AsyncIterator[Profile | Division | Hidden]:
        for profile in self.profiles.values():
            if profile.account.user_id not in self.unlisted:
                yield profile
        for division in self.divisions:
            yield division
        for hidden in self.hidden:
            yield hidden

    def to(self, whom: Account | Room) -> list[Sheet]:
        """What one person (directly) or a room has been shown, oldest first."""
        return [sheet for sheet in self.sheets if sheet.to == whom]

    def _known(self, to: Account | Room) -> None:
        known = to.user_id in self.profiles if isinstance(to, Account) else to.id in self.rooms
        if not known:
            raise Undeliverable("nobody there")
