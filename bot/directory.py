"""Everybody of the workplace as one frozen value: who somebody is, whom a name means, who heads what.

Built by storage and kept until people change, because every command asks it and people change rarely."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.errors import Refusal
from bot.people import Account, Department, Person, Room


class Directory(Struct, frozen=True):
    """`people` and `departments` by id; `rooms` that the bot has seen; `fallback` is the workplace's zone."""

    people: dict[int, Person]
    departments: dict[int, Department]
    rooms: tuple[Room, ...] = ()
    fallback: str = "Asia/Shanghai"
    _accounts: dict[Account, int] = field(default_factory=dict)
    _names: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _ordered: tuple[str, ...] = ()
    _departments: dict[str, int] = field(default_factory=dict)
    _openings: frozenset[str] = frozenset()
    _zones: dict[int, ZoneInfo] = field(default_factory=dict)
    _rooms: dict[Room, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, people: Iterable[Person], departments: Iterable[Department], rooms: Iterable[Room] = (), *, fallback: str
    ) -> "Directory":
        """The directory of these; indexes are made here, once."""
        known = {person.id: person for person in people}
        accounts = {account: person.id for person in known.values() for account in person.accounts}
        names: dict[str, tuple[int, ...]] = {}
        for person in known.values():
            for name in {folded(person.name), folded(person.email), folded(person.email.partition("@")[0])} - {""}:
                names[name] = (*names.get(name, ()), person.id)
        by_id = {department.id: department for department in departments}
        divisions = {folded(department.name): department.id for department in reversed(by_id.values())}
        openings = frozenset(name.partition(" ")[0] for name in (*names, *divisions) if " " in name)
        zones = {person.id: person.zone for person in known.values()}
        seen = tuple(rooms)
        return cls(
            known, by_id, seen, fallback, accounts, names, tuple(sorted(names)), divisions, openings, zones,
            {room: room.name for room in seen},
        )  # fmt: skip

    def person(self, id: int) -> Person:
        """The person by the workplace's number. KeyError for a number that never was (our bug)."""
        return self.people[id]

    def by_account(self, account: Account) -> Person | None:
        """Whose account this is."""
        number = self._accounts.get(account)
        return None if number is None else self.people[number]

    def by_email(self, email: str) -> Person | None:
        """Whose address this is, upper and lower case alike. A name that reads like it is none: anybody can choose one."""
        address = folded(email)
        found = (self.people[id] for id in self._names.get(address, ()))
        return next((person for person in found if address and folded(person.email) == address), None)

    def named(self, name: str) -> Person:
        """The one active person a typed name means: a full name, an address, `name#id`, or the only beginning.

        Raises Refusal `person-unknown` or `person-ambiguous` (with `candidates`, ids): compared by id, never guessed."""
        typed, _, number = name.partition("#")
        if number.isdigit() and int(number) in self.people:
            return self.people[int(number)]
        found = [self.people[id] for id in self._names.get(folded(typed), ())]
        found = [person for person in found if person.active] or self._beginning(folded(typed))
        if not found:
            raise Refusal("person-unknown", name=name, field="owner")
        if len(found) > 1:
            raise Refusal("person-ambiguous", name=name, candidates=tuple(one.id for one in found), field="owner")
        return found[0]

    def knows(self, name: str) -> bool:
        """Whether somebody, active or not, has exactly this name or address."""
        return folded(name) in self._names

    def knows_room(self, room: Room) -> bool:
        """Whether the bot has seen this room, by the name that it has now; a room that says no name keeps the last."""
        name = self._rooms.get(room)
        return name is not None and room.name in ("", name)

    def opens(self, word: str) -> bool:
        """Whether a name of several words, a person's or a department's, begins with this one."""
        return folded(word) in self._openings

    def department(self, name: str) -> Department | None:
        """The department of this name."""
        number = self._departments.get(folded(name))
        return None if number is None else self.departments[number]

    def department_of(self, person: int | None) -> Department | None:
        """The department somebody belongs to."""
        found = self.people.get(person) if person is not None else None
        return self.departments.get(found.department) if found and found.department is not None else None

    def head(self, department: int | None, besides: int | None = None) -> int | None:
        """Who heads the department; where nobody does who is still here (or only `besides`), who heads the one above it."""
        seen: set[int] = set()
        while department is not None and department not in seen and department in self.departments:
            seen.add(department)
            here = self.departments[department]
            if here.head is not None and here.head != besides and self._is_here(here.head):
                return here.head
            department = here.parent
        return None

    def _is_here(self, person: int) -> bool:
        found = self.people.get(person)
        return found is not None and found.active

    def zone(self, person: int) -> ZoneInfo:
        """T1: the person's zone; the workplace's for somebody unknown."""
        return self._zones.get(person) or ZoneInfo(self.fallback)

    def handle(self, person: Person) -> str:
        """What to type after an @ to mean exactly this person: the name, with #id where others share it or where they have
        left, because a name means somebody who is here."""
        alone = person.active and len(self._names.get(folded(person.name), ())) == 1
        return person.name if alone else f"{person.name}#{person.id}"

    def _beginning(self, start: str) -> list[Person]:
        if not start:
            return []
        first = bisect_left(self._ordered, start)
        last = bisect_right(self._ordered, start, key=lambda name: name[: len(start)])
        found = {id for name in self._ordered[first:last] for id in self._names[name]}
        return [self.people[id] for id in sorted(found) if self.people[id].active]


def folded(name: str) -> str:
    """A name without what people do not tell names apart by: case, and how wide a blank is."""
    return " ".join(name.casefold().split())
