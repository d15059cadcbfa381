"""The terminal as a messenger: one line is one message, answers and arriving messages are printed with who and where.

Its own commands: `/as NAME` changes who speaks, `/in ROOM` where (alone: back to the bot), `/re N words` replies to
message N; `/time +1d` and `/time 2026-11-30 09:00` only in the demo. Everything typed is a line; a card's presses are
printed as the words to type, and a form as its next question, which the core takes from the next line.
"""

import secrets
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from zoneinfo import ZoneInfo

from msgspec import Struct

from adapters.shell import incoming, outgoing
from adapters.shell.incoming import Own, Users
from adapters.shell.words import word
from bot.cards import Answer, Card, plain
from bot.clock import Clock, TimeMachine
from bot.errors import Undeliverable
from bot.messenger import Incoming, Posted, Quoted, Receive
from bot.people import Account, Division, Place, Profile, Room


class _Shown(Struct, frozen=True):
    """A printed card: to whom, and its words for quoting."""

    posted: Posted
    words: str


class ShellMessenger:
    """The messenger named "shell". `users` finds somebody by id or name (Undeliverable: nobody), `read` gives lines,
    `write` prints some; `speaker` is who speaks first. Files are only named."""

    name = "shell"

    def __init__(
        self,
        users: Users,
        read: AsyncIterable[str],
        write: Callable[[str], None],
        *,
        clock: Clock,
        speaker: str,
        rooms: Iterable[tuple[Room, Iterable[str]]] = (),
        demo: TimeMachine | None = None,
    ) -> None:
        self._users = users
        self._read = read
        self._write = write
        self._clock = clock
        self._speaker = speaker
        self._rooms = {room.id: (room, tuple(members)) for room, members in rooms}
        self._room: Room | None = None
        self._demo = demo
        self._language = ""
        self._shown: dict[str, _Shown] = {}
        self._by_key: dict[str, Posted] = {}
        # Of this run only: ids must not meet those of another run on the same database.
        self._run = secrets.token_hex(6)
        self._lines = 0

    async def listen(self, receive: Receive) -> None:
        """Takes line after line, each answered before the next; returns at the end of input."""
        await self._speak_as(await self._users(self._speaker))
        async for line in self._read:
            command = incoming.own(line)
            if command:
                await self._obey(command, receive)
            elif line.strip():
                await self._say(line, None, receive)

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """Prints the card once by its key, marked with whom it is for."""
        del again
        if key not in self._by_key:
            await self._check(to)
            posted = Posted(self.name, to.id if isinstance(to, Room) else to.user_id, str(len(self._shown) + 1))
            self._by_key[key] = posted
            await self._print(posted, card, "")
        return self._by_key[key]

    async def update(self, posted: Posted, card: Card) -> None:
        """Prints the card anew under its number: what was printed cannot be changed."""
        known = self._shown.get(posted.id)
        if known is None or known.posted != posted:
            raise Undeliverable(f"no message {posted.id!r} in this terminal")
        if known.words != plain(card):
            await self._print(posted, card, " · " + word(self._language, "changed"))

    async def overhear(self, posted: Posted, card: Card) -> None:
        """Prints what another messenger has posted to a room; a reply to it is a reply to that message."""
        await self._print(posted, card, "")

    async def person(self, user_id: str) -> Profile:
        """Somebody of the workplace."""
        return await self._users(user_id)

    async def members(self, room: Room) -> list[Account]:
        """Everybody in a room of this terminal."""
        await self._check(room)
        return [Account(self.name, user) for user in self._rooms[room.id][1]]

    async def directory(self) -> AsyncIterator[Profile | Division]:
        """Nobody: a terminal knows people only when they are named."""
        nobody: tuple[Profile, ...] = ()
        for profile in nobody:
            yield profile

    async def _say(self, line: str, quoted: Quoted | None, receive: Receive) -> None:
        self._lines += 1
        what = await incoming.said(line, self._users, quoted)
        by = Account(self.name, self._speaker)
        event = Incoming(f"{self._run}-{self._lines}", self._clock.now(), Place(self.name, self._room), by, what)
        answer = await receive(event)
        if answer:
            self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        self._write(outgoing.drawn(answer, self._language))
        self._write("")

    async def _print(self, posted: Posted, card: Card, mark: str) -> None:
        number = posted.id if posted.messenger == self.name else f"{len(self._shown) + 1}"
        self._shown[number] = _Shown(posted, plain(card))
        self._write(f"── {word(self._language, 'bot')} → {await self._addressee(posted)} · {number}{mark}")
        self._answer(card)

    async def _addressee(self, posted: Posted) -> str:
        if posted.conversation in self._rooms:
            return f"#{self._rooms[posted.conversation][0].name}"
        return (await self._users(posted.conversation)).name

    async def _check(self, to: Account | Room) -> None:
        if to.messenger != self.name or (isinstance(to, Room) and to.id not in self._rooms):
            raise Undeliverable(f"not in this terminal: {to}")
        if isinstance(to, Account):
            await self._users(to.user_id)

    async def _obey(self, command: Own, receive: Receive) -> None:
        match command.verb:
            case "as":
                await self._change_speaker(command.rest)
            case "in":
                self._change_room(command.rest)
            case "re":
                await self._reply(command.rest, receive)
            case _ if self._demo:
                await self._move_time(command.rest, self._demo)
            case _:
                await self._say(f"/{command.verb} {command.rest}".rstrip(), None, receive)

    async def _change_speaker(self, name: str) -> None:
        if not name:
            self._write(word(self._language, "as-usage"))
            return
        try:
            profile = await self._users(name)
        except Undeliverable:
            self._write(word(self._language, "nobody", name=name))
            return
        await self._speak_as(profile)
        self._write(word(self._language, "speaking", name=profile.name))

    async def _speak_as(self, profile: Profile) -> None:
        self._speaker = profile.account.user_id
        self._language = profile.language

    def _change_room(self, name: str) -> None:
        wanted = name.removeprefix("#").casefold()
        found = [room for room, _ in self._rooms.values() if wanted in (room.id.casefold(), room.name.casefold())]
        if wanted and not found:
            rooms = " ".join(f"#{room.name}" for room, _ in self._rooms.values())
            self._write(word(self._language, "no-room", name=name, rooms=rooms or "—"))
            return
        self._room = found[0] if wanted else None
        told = (
            word(self._language, "in-room", name=self._room.name) if self._room else word(self._language, "in-direct")
        )
        self._write(told)

    async def _reply(self, rest: str, receive: Receive) -> None:
        number, _, text = rest.partition(" ")
        known = self._shown.get(number)
        if not text:
            self._write(word(self._language, "re-usage"))
        elif known is None:
            self._write(word(self._language, "no-message", name=number))
        else:
            await self._say(text, Quoted(known.words, None, "", known.posted), receive)

    async def _move_time(self, text: str, demo: TimeMachine) -> None:
        profile = await self._users(self._speaker)
        zone = ZoneInfo(profile.timezone or "UTC")
        try:
            if text:
                await demo.move(incoming.moment(text, demo.now(), zone))
        except (ValueError, OverflowError):
            self._write(word(self._language, "time-usage"))
            return
        self._write(word(self._language, "time-now", time=f"{demo.now().astimezone(zone):%Y-%m-%d %H:%M}"))
