"""`bihuan demo`: the sample workplace in a folder of its own, served on this machine, with a clock that can be moved."""

import asyncio
import os
import shutil
from datetime import datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from adapters.web import Archive, WebMessenger
from bot import logs
from bot.app.lock import Held, Lock
from bot.app.running import Running, serve
from bot.app.server import PortTaken, addresses, listening
from bot.app.timemachine import KeptClock, Machine
from bot.calendar import Calendar, Quiet, at
from bot.cli.housing import house
from bot.cli.opening import conversations
from bot.cli.samples import LANGUAGE, NAME, SHELL, ZONE
from bot.cli.sowing import begin, sow
from bot.cli.terminal import DONE, FAILED, MISUSED, Stopped, ends, terminal
from bot.clock import SystemClock
from bot.commands import catalogue
from bot.config import LOOPBACK
from bot.store import Broken, Records, Store
from bot.workplace import Workplace
from storage import open_store

PORT = 8080
_WORK, _FIRST_HOUR = (time(9, 30), time(17)), time(10)
_SOWN = "sown"


class Place:
    """The files of a demo: the database, the web workplace's archive, the clock's shift, and who serves it."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder or _at_home() / "bihuan" / "demo"
        self.content = self.folder / "workplace"
        self.lock = self.folder / "lock"

    @property
    def ready(self) -> bool:
        """Whether the sample workplace is there, whole."""
        return (self.content / _SOWN).exists()

    def store(self) -> Store:
        """The database."""
        return open_store(f"sqlite:///{self.content / 'bihuan.db'}", fallback_zone=ZONE, migrate=True)

    def archive(self) -> Archive:
        """The web workplace's conversations."""
        return conversations(self.content / "web.db")

    def clock(self) -> KeptClock:
        """The workplace's time."""
        return KeptClock(self.content / "clock")

    def clear(self) -> None:
        """Everything goes but the lock."""
        shutil.rmtree(self.content, ignore_errors=True)
        self.content.mkdir(parents=True)


def _at_home() -> Path:
    """Where this user's programs keep their data. Raises Stopped for who has no home."""
    try:
        return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    except RuntimeError:
        raise Stopped("demo-homeless", code=MISUSED) from None


@ends
def demo(*, reset: bool, host: str, port: int | None, data: Path | None, verbose: bool) -> int:
    """Serves until it is stopped."""
    if host not in LOOPBACK:
        raise Stopped("demo-host", code=MISUSED, host=host)
    logs.configure("DEBUG" if verbose else "WARNING")
    place = Place(data)
    try:
        with Lock(place.lock) as lock:
            prepare(place, reset=reset)
            return asyncio.run(_served(place, lock, host, port))
    except Held as held:
        raise Stopped("demo-runs", address=held.note or "?") from None
    except Broken as fault:
        raise Stopped("demo-broken", reason=str(fault)) from None
    except PortTaken as taken:
        raise Stopped("run-port", code=FAILED, host=taken.host, port=str(taken.port), reason=taken.reason) from None


def prepare(place: Place, *, reset: bool = False) -> None:
    """Makes the sample workplace where there is none, or anew. Whoever calls holds the lock."""
    if reset or not place.ready:
        place.clear()
        now = SystemClock().now()
        start = opening(now)
        asyncio.run(_sown(place, start))
        place.clock().put(start - now)
        (place.content / _SOWN).touch()


def workplace() -> Workplace:
    """What the core is told of the sample workplace."""
    return Workplace(NAME, LANGUAGE, ZONE, Calendar.of("CN"), Quiet(), admins=("web:zhangsan",))


def opening(now: datetime) -> datetime:
    """The sample's first moment: now where people are at work, else 10:00 of the next working day. At night and at
    weekends direct messages wait (T3), and a first look would find a bot that says nothing."""
    zone, calendar = ZoneInfo(ZONE), workplace().calendar
    there = now.astimezone(zone)
    today = calendar.on_or_after(there.date())
    if today == there.date() and _WORK[0] <= there.time() < _WORK[1]:
        return now
    later = today == there.date() and there.time() >= _WORK[1]
    return at(calendar.after(today, 1) if later else today, _FIRST_HOUR, zone)


def prefer(records: Records, messenger: str) -> None:
    """Direct messages go to the terminal while it alone serves the workplace, and back to where they went before."""
    for person in records.people.directory().people.values():
        if person.prefers in ("", SHELL) and person.prefers != messenger:
            records.people.save(replace(person, prefers=messenger))


async def _sown(place: Place, now: datetime) -> None:
    core = workplace()
    store, archive, clock = place.store(), place.archive(), begin(core.calendar, now)
    running = Running(store, core, clock)
    web = WebMessenger(archive, clock)
    running.messengers[web.name] = web
    await sow(running, web, clock, core, now)
    await running.stop()
    archive.close()


async def _served(place: Place, lock: Lock, host: str, port: int | None) -> int:
    store, archive, clock = place.store(), place.archive(), place.clock()
    await store.write(lambda records: prefer(records, ""))  # a terminal that was killed could not do it
    running = Running(store, workplace(), clock)
    machine = Machine(clock, running.scheduler.run_until)
    web = WebMessenger(archive, clock, demo=machine, commands=catalogue, workplace=NAME)
    running.messengers[web.name] = web
    bound = listening(host, port or PORT, exact=port is not None)

    def ready() -> None:
        address = addresses(bound)
        lock.note(address)
        taken = not address.endswith(f":{port or PORT}")
        terminal.mention(
            "demo-started-elsewhere" if taken else "demo-started", name=NAME, address=address, port=str(PORT)
        )
        terminal.mention("run-stop")

    try:
        await serve(
            running, bound, web.routes, {"web people": partial(house, store, running.workplace, web.renew)}, ready
        )
    finally:
        archive.close()
    return DONE
