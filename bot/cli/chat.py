"""`bihuan chat`: the workplace in this terminal, or down a pipe.

Where no other process serves the demo's workplace, this one does, whole: everything that is told anybody is printed here.
Where one does (`bihuan demo` beside it, or `bihuan run` with --config), this one only speaks and answers; what the bot
tells the speaker there, in the web workplace, is printed here too (bot/cli/following.py).
"""

import asyncio
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from adapters.shell import ShellMessenger
from adapters.web import WebMessenger
from adapters.web.people import all_rooms
from bot import logs
from bot.app.lock import Held, Lock
from bot.app.running import Running
from bot.app.timemachine import Machine
from bot.cards import Card
from bot.cli.demo import Place, prefer, prepare, workplace
from bot.cli.following import Beside, RemoteTime
from bot.cli.housing import profile
from bot.cli.opening import conversations, opened
from bot.cli.run import archive_path
from bot.cli.samples import SHELL
from bot.cli.terminal import DONE, Stopped, ends, settings, terminal
from bot.clock import SystemClock
from bot.errors import Refusal, Undeliverable
from bot.messenger import Posted
from bot.people import Account, Person, Profile, Room
from bot.store import Records, Store

_LOOKS, _LOOK_SECONDS = 200, 0.1


@ends
def chat(name: str, config: Path | None, data: Path | None, *, verbose: bool) -> int:
    """Until the end of input."""
    if config:
        given = settings(config)
        logs.configure("DEBUG" if verbose else "WARNING", given.secrets())
        running = Running(opened(given), given.core(), SystemClock())
        return asyncio.run(_beside(running, archive_path(given) if given.web.enabled else Path(":memory:"), name, None))
    logs.configure("DEBUG" if verbose else "WARNING")
    place = Place(data)
    try:
        with _turn(place) as lock:
            prepare(place)
            lock.note("bihuan chat")
            return asyncio.run(_alone(place, name))
    except Held as held:
        running = Running(place.store(), workplace(), place.clock())
        machine = RemoteTime(held.note, place.clock())
        return asyncio.run(_beside(running, place.content / "web.db", name, machine))


def _turn(place: Place) -> Lock:
    """The workplace to itself; a process that is just starting with it is waited for. Raises Held with its address."""
    for _ in range(_LOOKS):
        try:
            return Lock(place.lock)
        except Held as held:
            if held.note:
                raise
        time.sleep(_LOOK_SECONDS)
    raise Stopped("demo-runs", address="?")


async def _alone(place: Place, name: str) -> int:
    """Serves the workplace as long as somebody types."""
    clock = place.clock()
    running = Running(place.store(), workplace(), clock)
    with closing(place.archive()) as archive:
        running.messengers["web"] = web = Overheard(archive, clock)
        rooms = await archive.do(all_rooms)
        users = Users(running.store)

        async def settled() -> None:
            await running.delivery.drain(clock.now())

        machine = Machine(clock, running.scheduler.run_until)
        speaker = await users.speaker(name)
        lines = _lines(settled)
        shell = ShellMessenger(
            users, lines, terminal.line, clock=clock, speaker=speaker, rooms=rooms, demo=machine
        )  # fmt: skip
        web.shell = shell
        running.messengers[SHELL] = shell
        await running.store.write(lambda records: prefer(records, SHELL))
        running.watch.start("delivery", running.delivery.run)
        running.watch.start("scheduler", running.scheduler.run)
        try:
            await shell.listen(running.receive)
        finally:
            await running.store.write(lambda records: prefer(records, ""))
            await running.stop()
    return DONE


async def _beside(running: Running, archive: Path, name: str, machine: RemoteTime | None) -> int:
    """Speaks while another process serves."""
    users = Users(running.store)
    with closing(conversations(archive)) as kept:
        beside = Beside(running, kept, terminal.line)
        try:
            speaker = await users.speaker(name)
            await beside.begin()
            shell = ShellMessenger(
                users, _lines(beside.settled), terminal.line, clock=running.clock, speaker=speaker, rooms=await kept.do(all_rooms),
                demo=machine,
            )  # fmt: skip
            running.watch.start("following", beside.follow)
            await shell.listen(beside.receive)
        finally:
            await running.stop()
    return DONE


class Overheard(WebMessenger):
    """The web workplace while nobody shows it: what its rooms are told is printed in the terminal too."""

    shell: ShellMessenger | None = None

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        """As ever, and aloud."""
        posted = await super().post(to, card, key=key, again=again)
        if self.shell and isinstance(to, Room):
            await self.shell.overhear(posted, card)
        return posted


class Users:
    """Finds people for the terminal: by account, name, address or name#id. Who is found gets an account here."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def __call__(self, name: str) -> Profile:
        """The one person a name means. Raises Undeliverable."""
        try:
            return await self._store.write(lambda records: _found(records, name))
        except Refusal as refusal:
            raise Undeliverable(refusal.text) from None

    async def speaker(self, name: str) -> str:
        """The account of whoever is to speak. Raises Stopped with who there is."""
        try:
            return (await self(name)).account.user_id
        except Undeliverable:
            directory = await self._store.read(lambda records: records.people.directory())
            people = [directory.handle(person) for person in directory.people.values() if person.active]
            raise Stopped("chat-nobody", name=name, people=terminal.words.listed(people[:20])) from None


def _found(records: Records, name: str) -> Profile:
    directory = records.people.directory()
    person = directory.by_account(Account(SHELL, name)) or directory.named(name)
    return profile(person, _account(records, person), directory)


def _account(records: Records, person: Person) -> Account:
    for account in person.accounts:
        if account.messenger == SHELL:
            return account
    made = Account(SHELL, f"p{person.id}")
    records.people.save(replace(person, accounts=(*person.accounts, made)))
    return made


async def _lines(settled: Callable[[], Awaitable[None]]) -> AsyncIterator[str]:
    """Line after line of standard input, each after everything the one before it caused has been told.

    Read on a thread of its own, which the end of the process does not wait for: a terminal may never say more."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()
    if sys.stdin.isatty():
        terminal.say("chat-begin")

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\r\n"))
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="standard input", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line
        await settled()
    await settled()
