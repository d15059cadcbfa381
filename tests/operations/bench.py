"""A desk to try operations at: a real SQLite store with a small firm in it, and anybody can be asked to act.

    firm.does(firm.owner, lambda desk: actions.accept(desk, [1]))

The transaction is committed when the act returns and undone when it raises, as dispatch has it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.calendar import Calendar, Quiet
from bot.directory import Directory
from bot.domain.action import Action
from bot.domain.alarms import Alarm, Timetable
from bot.domain.rules import Rules
from bot.people import Account, Department, Person
from bot.store import Entry, Query, Records
from bot.workplace import Workplace
from storage import open_store
from tests.domain.given import WEDNESDAY
from tests.empty import empty
from tests.turns import Turns

T = TypeVar("T")
FAR = datetime(2999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class AtDesk:
    """What an operation is given."""

    now: datetime
    by: Person
    records: Records
    directory: Directory
    workplace: Workplace
    version: int = 0

    @property
    def timetable(self) -> Timetable:
        return Timetable(self.directory, self.workplace.calendar, self.workplace.rules)


class Firm:
    """李四 owns, 张三 assigns, 赵六 tracks, 周八 resolves, 孙七 supports, 王五 heads 技术部, 吴九 is admin, 郑十 is nobody to it."""

    def __init__(self, folder: Path, **rules: Any) -> None:
        self.now = WEDNESDAY.astimezone(UTC)
        self.workplace = Workplace("Firm", "zh-Hans", "Asia/Shanghai", Calendar.of("CN"), Quiet(), Rules(**rules))
        self.runner = Turns()
        staff, file = _staff(), folder / "firm.db"
        file.write_bytes(staff.database)
        self.store = self.runner.run(_opened(f"sqlite:///{file}"))
        self.technology, self.service = staff.technology, staff.service
        self.owner, self.assigner, self.tracker, self.resolver, *others = staff.people
        self.supporter, self.head, self.admin, self.nobody = others

    def closes(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()

    def hires(
        self, name: str, department: int | None = None, *, zone: str = "Asia/Shanghai", admin: bool = False
    ) -> Person:
        person = _person(name, department, zone=zone, admin=admin)
        return self.keeps(lambda records: records.people.save(person))

    def keeps(self, work: Callable[[Records], T]) -> T:
        return self.runner.run(self.store.write(work))

    def does(self, who: Person, act: Callable[[AtDesk], T], *, version: int = 0) -> T:
        """`who` acts now; `version`: pressed on a card of that version."""
        return self.keeps(lambda records: act(self.desk(records, who, version)))

    def desk(self, records: Records, who: Person, version: int = 0) -> AtDesk:
        return AtDesk(self.now, who, records, records.people.directory(), self.workplace, version)

    def waits(self, **lapse: float) -> None:
        self.now += timedelta(**lapse)

    def has(self, action: Action) -> Action:
        """The item as it is, kept without a history."""
        return self.keeps(lambda records: records.actions.add(action))

    def item(self, number: int) -> Action:
        found = self.keeps(lambda records: records.actions.get(number))
        assert found is not None
        return found

    def items(self) -> list[Action]:
        return self.keeps(lambda records: records.actions.find(Query()))

    def told(self, number: int) -> list[Entry]:
        """The item's history."""
        return self.keeps(lambda records: records.history.of(f"A-{number}"))

    def alarms(self, number: int) -> list[Alarm]:
        """What the item has ahead."""
        due = self.keeps(lambda records: records.alarms.due(FAR, 10_000))
        return sorted((one for one in due if one.subject == f"A-{number}"), key=lambda one: (one.due_at, one.occasion))

    def day(self, days: int) -> date:
        return (WEDNESDAY + timedelta(days)).date()


class Staff(Struct, frozen=True):
    """The firm on its first day. `people`: as Firm names them, 李四 first; `database`: the file they stand in."""

    technology: Department
    service: Department
    people: tuple[Person, ...]
    database: bytes


@cache
def _staff() -> Staff:
    """Hired once in a process and copied: two thousand tests begin with these eight."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "firm.db"
        return replace(asyncio.run(_hired(empty(file))), database=file.read_bytes())


async def _hired(url: str) -> Staff:
    store = await _opened(url)
    staff: Staff = await store.write(_hire)
    await store.close()
    return staff


def _hire(records: Records) -> Staff:
    technology = records.people.save_department(Department(0, "技术部"))
    service = records.people.save_department(Department(0, "客服部"))
    own, other = technology.id, service.id
    places = {
        "李四": own,
        "张三": other,
        "赵六": other,
        "周八": other,
        "孙七": other,
        "王五": own,
        "吴九": None,
        "郑十": own,
    }
    people = {name: records.people.save(_person(name, at, admin=name == "吴九")) for name, at in places.items()}
    records.people.save_department(replace(technology, head=people["王五"].id))
    return Staff(technology, service, tuple(people.values()), b"")


def _person(name: str, department: int | None, *, zone: str = "Asia/Shanghai", admin: bool = False) -> Person:
    accounts = (Account("paper", name),)
    return Person(0, name, zone, "zh-Hans", department=department, accounts=accounts, admin=admin)


async def _opened(url: str) -> Any:
    return open_store(url)
