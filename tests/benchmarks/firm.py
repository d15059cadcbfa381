"""The workplace that the benchmarks are run on: a SQLite file with people in departments, and the core on top of it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.announcements import Desk
from bot.calendar import Calendar, Quiet, at
from bot.cards import Answer, Card
from bot.directory import Directory
from bot.dispatch import Dispatch
from bot.domain.action import Action, Due, State
from bot.domain.alarms import Timetable
from bot.domain.rules import Rules
from bot.messenger import Incoming, Posted, Said
from bot.outbox import Delivery
from bot.people import Account, Department, Person, Place, Room
from bot.store import Notice, Records
from bot.workplace import Workplace
from storage import open_store
from tests.conversation import START, SetClock
from tests.paper import PaperMessenger

T = TypeVar("T")
ZONE = "Asia/Shanghai"
NOW = START.astimezone(ZoneInfo("UTC"))


class Quick(PaperMessenger):
    """A messenger that takes everything at once and keeps nothing."""

    posts = 0
    updates = 0

    async def post(self, to: Account | Room, card: Card, *, key: str, again: bool) -> Posted:
        self.posts += 1
        return Posted(self.name, "c", key)

    async def update(self, posted: Posted, card: Card) -> None:
        self.updates += 1


class Firm:
    """`people` in departments of twenty, all in one zone, on the file `name` in `folder`."""

    def __init__(self, folder: Path, people: int = 200, name: str = "firm") -> None:
        self.runner = asyncio.Runner()
        self.file = folder / f"{name}.db"
        self.clock = SetClock(START)
        self.workplace = Workplace("Firm", "zh-Hans", ZONE, Calendar.of("CN"), Quiet())
        self.store = self.run(self._open())
        self.quick = Quick()
        messengers = {self.quick.name: self.quick}
        self.dispatch = Dispatch(self.store, self.workplace, self.clock, messengers)
        self.delivery = Delivery(self.store, self.workplace, self.clock, messengers)
        self.people = self.write(lambda records: _hired(records, people))
        self.events = 0

    async def _open(self) -> Any:
        return open_store(f"sqlite:///{self.file}")

    def close(self) -> None:
        self.run(self.store.close())
        self.runner.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def write(self, work: Callable[[Records], T]) -> T:
        return self.run(self.store.write(work))

    def record(self, items: Iterable[Action]) -> list[Action]:
        """Keeps items as they are, with nothing else."""
        return self.write(lambda records: [records.actions.add(one) for one in items])

    def tell(self, notices: Iterable[Notice]) -> int:
        """Puts notices into the outbox."""
        return self.write(lambda records: records.outbox.add(list(notices)))

    def read(self, work: Callable[[Records], T]) -> T:
        return self.run(self.store.read(work))

    def says(self, by: int, text: str) -> Coroutine[Any, Any, Answer | None]:
        """The answer to what the person at this place of `people` types to the bot; an event of its own each time."""
        self.events += 1
        account = self.people[by % len(self.people)].accounts[0]
        return self.dispatch.receive(
            Incoming(f"e{self.events}", self.clock.now(), Place(self.quick.name), account, Said(text))
        )

    @property
    def directory(self) -> Directory:
        return self.read(lambda records: records.people.directory())

    @property
    def table(self) -> Timetable:
        return Timetable(self.directory, self.workplace.calendar, self.workplace.rules)

    @property
    def desk(self) -> Desk:
        return Desk(self.directory, self.workplace)


def item(number: int, owner: int, assigner: int, days: int, **more: Any) -> Action:
    """An accepted item due so many days after NOW."""
    day = (START + timedelta(days=days)).date()
    due = Due(day, _ends(day))
    state = more.pop("state", State.IN_PROGRESS)
    return Action(
        f"整理第{number}份客户访谈纪要", owner, assigner, assigner, due, day, NOW, NOW, state=state,
        criterion="包含一级响应机制", **more,
    )  # fmt: skip


def _ends(day: date) -> datetime:
    return at(day, Rules().due_time, ZoneInfo(ZONE))


def _hired(records: Records, count: int) -> list[Person]:
    found: list[Person] = []
    for number in range(count):
        if number % 20 == 0:
            department = records.people.save_department(Department(0, f"部门{number // 20}", head=number + 1))
        account = Account("paper", f"u{number}")
        found.append(
            records.people.save(
                Person(0, f"同事{number:04}", ZONE, "zh-Hans", department=department.id, accounts=(account,))
            )
        )
    return found
