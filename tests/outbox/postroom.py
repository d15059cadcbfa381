"""A workplace as delivery and jobs see it: a real SQLite file, a clock that is put, a strict messenger with scripted faults.

The messenger's log belongs to the outside world: it outlives `crash()`. Cards say their moment and subjects, so that a
test reads who heard what; the real views have tests of their own.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, Quiet, at
from bot.cards import Card
from bot.domain.action import Action, Due
from bot.domain.alarms import Timetable, moments
from bot.domain.rules import Rules
from bot.jobs import JOBS
from bot.messenger import Posted, Receive
from bot.outbox import Delivery
from bot.people import Account, Department, Division, Person, Profile, Room
from bot.scheduler import Scheduler
from bot.store import Notice, Records
from bot.views.notices import MOMENTS
from bot.workplace import Workplace
from storage import open_store
from tests.empty import empty

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
"""Wednesday 10:00 in Shanghai, an hour at which everybody may be written to."""


@dataclass
class SetClock:
    """Stands where it is put."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance_to(self, moment: datetime) -> None:
        self.moment = moment

    def advance(self, **lapse: float) -> None:
        self.moment += timedelta(**lapse)

    def ticks(self) -> float:
        """The monotonic clock of this world."""
        return self.moment.timestamp()


@dataclass
class Sent:
    """One message as the outside world has it."""

    to: Account | Room
    key: str
    title: str
    at: datetime
    posted: Posted
    card: Card

    @property
    def who(self) -> str:
        return self.to.user_id if isinstance(self.to, Account) else self.to.id


class StrictMessenger:
    """Accepts a key once. `script[destination]` holds what its next calls raise: a fault, None for "works",
    "hang" (accepted, and the answer never comes), or "lost" (accepted, then a fault of the wire that only a look-up can
    settle). What is sent twice, or a second time without a look-up, stands in `wrong`."""

    name = "web"

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.sent: list[Sent] = []
        self.updates: list[tuple[str, str]] = []
        self.calls: list[tuple[str, str, bool]] = []
        self.script: defaultdict[str, deque[object]] = defaultdict(deque)
        self.slow = asyncio.Event()
        self.slow.set()
        self.wrong: list[str] = []
        self.at_once = self.most_at_once = 0

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        who = to.user_id if isinstance(to, Account) else to.id
        self.calls.append((who, key, again))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.slow.wait()
            fault = self.script[who].popleft() if self.script[who] else None
            posted = self._accept(to, who, card, key, again, fault)
            if fault == "hang":
                await asyncio.Event().wait()
            return posted
        finally:
            self.at_once -= 1

    def _accept(self, to: Account | Room, who: str, card: Card, key: str, again: bool, fault: object) -> Posted:
        if isinstance(fault, Exception):
            raise fault
        here = [one for one in self.sent if one.key == key]
        if here and not again:
            self.wrong.append(f"{key} is sent a second time blindly")
        if not here or not again:
            here = [Sent(to, key, card.title, self.clock.now(), Posted(self.name, who, f"m{len(self.sent)}"), card)]
            self.sent += here
        if fault == "lost":
            raise ConnectionResetError("accepted, and the answer was lost")
        return here[0].posted

    async def listen(self, receive: Receive) -> None:
        await asyncio.Event().wait()

    async def person(self, user_id: str) -> Profile:
        return Profile(Account(self.name, user_id), user_id)

    async def members(self, room: Room) -> list[Account]:
        return []

    async def directory(self) -> AsyncIterator[Profile | Division]:
        nobody: tuple[Profile, ...] = ()
        for profile in nobody:
            yield profile

    async def update(self, posted: Posted, card: Card) -> None:
        fault = self.script[posted.conversation].popleft() if self.script[posted.conversation] else None
        if isinstance(fault, Exception):
            raise fault
        self.updates.append((posted.id, card.title))

    def to(self, who: str) -> list[str]:
        """The titles somebody has read, oldest first."""
        return [one.title for one in self.sent if one.who == who]


def saying(moment: str):
    """A view that says what it was asked to tell; `moot` as an argument makes it have nothing to say, `raises` a bug."""

    def view(scene, actions, args):
        if args.get("raises"):
            raise LookupError("a bug in a view")
        if args.get("moot"):
            return None
        told = [f"{line['subject']}:{line['why']}" for line in args.get("lines", ())]
        return Card(" ".join([moment, *(told or [action.label for action in actions])]))

    return view


@dataclass
class Postroom:
    """One running bot; `crash` and `open` end and begin it on the same file."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)
    calendar: Calendar = field(default_factory=Calendar.of)
    rules: Rules = field(default_factory=Rules)
    jobs: tuple = JOBS
    options: dict = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        self.world = StrictMessenger(self.clock)
        self.workplace = Workplace("Office", "en", "Asia/Shanghai", self.calendar, Quiet(), self.rules)
        self.open()

    def open(self) -> None:
        self.store = open_store(self.url or empty(self.folder / "office.db"))
        self.delivery = Delivery(
            self.store, self.workplace, self.clock, {"web": self.world},
            **{
                "moments": {name: saying(name) for name in MOMENTS}, "ticks": self.clock.ticks, "jitter": lambda: 0.5,
                **self.options,
            },
        )  # fmt: skip
        self.scheduler = Scheduler(self.store, self.workplace, self.clock, self.delivery, jobs=self.jobs)

    async def crash(self) -> None:
        """Everything in memory is gone; what was committed is there."""
        for flight in list(self.delivery._flights):
            flight.cancel()
        await asyncio.sleep(0)
        await self.store.close()
        self.open()

    async def hire(self, name: str, zone: str = "Asia/Shanghai", **more) -> Person:
        person = Person(0, name, zone, "en", accounts=(Account("web", name),), **more)
        return await self.store.write(lambda records: records.people.save(person))

    async def change(self, saved: Person | Department | Room) -> Person | Department | None:
        def save(records: Records) -> Person | Department | None:
            match saved:
                case Person():
                    return records.people.save(saved)
                case Department():
                    return records.people.save_department(saved)
                case Room():
                    records.people.save_room(saved)
            return None

        return await self.store.write(save)

    async def item(self, owner: Person, due: date, *, assigner: Person | None = None, **more) -> Action:
        """A recorded item, due at 18:00 of the owner's day, with its alarms set."""
        now, by = self.clock.now(), (assigner or owner).id
        ends = Due(due, at(due, time(18), owner.zone))
        fields = {"tracker": by, "asked_at": now, **more}
        action = Action("do it", owner.id, by, due=ends, first_due=due, created_at=now, **fields)
        return await self.keep(action)

    async def keep(self, action: Action) -> Action:
        """Saves an item, new or changed, and sets its moments."""
        now = self.clock.now()

        def save(records: Records) -> Action:
            kept = action if action.number else records.actions.add(action)
            if action.number:
                records.actions.save(action)
            table = Timetable(records.people.directory(), self.calendar, self.rules)
            records.alarms.replace({kept.label: moments(kept, now, table)}, now)
            records.outbox.refresh([kept.label], now)
            return kept

        return await self.store.write(save)

    async def tell(self, *notices: Notice) -> int:
        return await self.store.write(lambda records: records.outbox.add(notices))

    async def deliver(self) -> int:
        return await self.delivery.drain(self.clock.now())

    async def until(self, moment: str, zone: ZoneInfo = SHANGHAI) -> None:
        """The clock goes on; words are a wall clock: "2026-11-25 09:00"."""
        await self.scheduler.run_until(datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC))

    async def count(self) -> dict[str, int]:
        return await self.store.read(lambda records: records.outbox.count())


def notice(to: Person | Room, key: str, *subjects: str, moment: str = "nudged", at: datetime = START, **args) -> Notice:
    """A notice that is due from the start."""
    return Notice(to.id if isinstance(to, Person) else to, moment, subjects, key, at, args)
