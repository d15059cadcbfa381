"""Rows of people against the workplace as it is: who is new, who is changed, and what contradicts. Then: written.

All of it is pure but `write`, which does everything in the one transaction it is given.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.cli.sheet import Row, Wrong
from bot.directory import Directory
from bot.operations.appointing import as_appointed
from bot.operations.organisation import by_hand
from bot.operations.zones import reckon_anew
from bot.people import Department, Person
from bot.store import Records
from bot.workplace import Workplace


class Plan(Struct, frozen=True):
    """What one row will do: `known` is who it is about, None for somebody new; `changes` names the fields that change."""

    row: Row
    known: Person | None
    changes: tuple[str, ...] = ()


def plan(rows: Sequence[Row], directory: Directory) -> list[Plan]:
    """Each row with the person it is about: by address, else by account, else by name where that is unmistakable."""
    known = _Known(directory)
    return [_planned(row, known.by(row), directory) for row in rows]


def contradictions(rows: Sequence[Row], directory: Directory) -> Iterator[Wrong]:
    """What is wrong between rows, or between a row and the workplace."""
    known = _Known(directory)
    yield from _twice(rows)
    yield from _taken(rows, known)
    yield from _heads(rows, known)
    for row in rows:
        if not row.email and not row.accounts and len(known.named[row.name]) > 1:
            yield Wrong(row.number, "email", "import-namesakes", {"name": row.name})


def write(
    records: Records, rows: Sequence[Row], workplace: Workplace, now: datetime
) -> list[tuple[Person | None, Person]]:
    """Keeps departments, people and heads; whoever changed zone has their days reckoned anew (A4 row 14). Gives each
    person before and after. To be run in one transaction."""
    known_by = _Known(records.people.directory())
    departments = {name: _department(records, name) for name in dict.fromkeys(row.department for row in rows) if name}
    saved = []
    for row in rows:
        known = known_by.by(row)
        place = departments[row.department].id if row.department else known.department if known else None
        saved.append((known, records.people.save(_person(row, known, place, workplace))))
    headed = _appoint(records, rows, [after for _, after in saved], departments)
    by_hand(records, [after for row, (_, after) in zip(rows, saved, strict=True) if row.department], headed)
    moved = {after.id for before, after in saved if before is not None and before.timezone != after.timezone}
    if moved:
        reckon_anew(records, workplace, now, moved)
    return saved


def confirm(records: Records, rows: Sequence[Row]) -> None:
    """What the file says and the workplace has already: it is settled by hand from now on, and no directory's any more."""
    directory = records.people.directory()
    known = _Known(directory)
    placed = [person for row in rows if row.department and (person := known.by(row))]
    headed = [directory.department(row.department) for row in rows if row.department and (row.head or row.headed_by)]
    by_hand(records, placed, [department.id for department in headed if department])


def _planned(row: Row, known: Person | None, directory: Directory) -> Plan:
    if known is None:
        return Plan(row, None)
    department = directory.departments.get(known.department or 0)
    was = {
        "name": known.name, "email": known.email.lower(), "timezone": known.timezone, "language": known.language,
        "department": department.name if department else "",
    }  # fmt: skip
    changes = [name for name, value in was.items() if (new := getattr(row, name)) and new != value]
    if set(row.accounts) - set(known.accounts):
        changes.append("accounts")
    if row.head and not (department and department.head == known.id):
        changes.append("head")
    return Plan(row, known, tuple(changes))


class _Known:
    """Who is in the workplace already, to be found by a row; `named`: everybody by their exact name."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.named: defaultdict[str, list[Person]] = defaultdict(list)
        for person in directory.people.values():
            self.named[person.name].append(person)

    def by(self, row: Row) -> Person | None:
        """Whom the row is about; None for somebody new."""
        if row.email and (found := self.directory.by_email(row.email)):
            return found
        by_account = [person for account in row.accounts if (person := self.directory.by_account(account))]
        if by_account:
            return by_account[0]
        return self.named[row.name][0] if not row.email and len(self.named[row.name]) == 1 else None


def _twice(rows: Sequence[Row]) -> Iterator[Wrong]:
    """The same address, account, or bare name in two rows."""
    first: dict[object, int] = {}
    for row in rows:
        keys: list[tuple[str, object]] = [("accounts", account) for account in row.accounts]
        keys += [("email", row.email)] if row.email else [] if row.accounts else [("name", ("name", row.name))]
        for column, key in keys:
            if first.setdefault(key, row.number) != row.number and row.name:
                yield Wrong(row.number, column, "import-twice", {"row": str(first[key])})


def _taken(rows: Sequence[Row], known: _Known) -> Iterator[Wrong]:
    for row in rows:
        person = known.by(row)
        for account in row.accounts:
            holder = known.directory.by_account(account)
            if holder and person and holder.id != person.id:
                shown = f"{account.messenger}:{account.user_id}"
                yield Wrong(row.number, "accounts", "import-account-taken", {"account": shown, "name": holder.name})


def _heads(rows: Sequence[Row], known: _Known) -> Iterator[Wrong]:
    """One head a department, and one who is there."""
    names = Counter(row.name for row in rows)
    heads: dict[str, str] = {}
    for row in rows:
        head = row.name if row.head else row.headed_by
        if not head or not row.department:
            continue
        there = names[head] or len(known.named[head])
        if row.headed_by and not there:
            yield Wrong(row.number, "head", "import-head-unknown", {"value": head})
        elif row.headed_by and there > 1:
            yield Wrong(row.number, "head", "import-head-namesakes", {"value": head})
        elif heads.setdefault(row.department, head) != head:
            yield Wrong(
                row.number, "head", "import-two-heads", {"department": row.department, "other": heads[row.department]}
            )


def _department(records: Records, name: str) -> Department:
    found = records.people.directory().department(name)
    return found or records.people.save_department(Department(0, name))


def _person(row: Row, known: Person | None, department: int | None, workplace: Workplace) -> Person:
    """An empty cell leaves what is there."""
    before = known or Person(0, row.name, workplace.timezone, workplace.language)
    accounts = (*before.accounts, *(one for one in row.accounts if one not in before.accounts))
    person = replace(
        before,
        name=row.name,
        email=row.email or before.email,
        department=department,
        timezone=row.timezone or before.timezone,
        language=row.language or before.language,
        accounts=accounts,
    )
    return as_appointed(person, workplace)


def _appoint(
    records: Records, rows: Sequence[Row], people: Sequence[Person], departments: dict[str, Department]
) -> list[int]:
    """Gives the departments that the rows name a head of."""
    headed = []
    here = {row.name: person.id for row, person in zip(rows, people, strict=True)}
    for row, person in zip(rows, people, strict=True):
        head = person.id if row.head else here.get(row.headed_by) if row.headed_by else None
        if row.headed_by and head is None:
            head = records.people.directory().named(row.headed_by).id
        if head is not None:
            headed.append(records.people.save_department(replace(departments[row.department], head=head)).id)
    return headed
