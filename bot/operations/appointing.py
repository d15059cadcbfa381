"""Who is an admin is what the configuration says today: asked of each person when they are met or imported, and of everybody
when the workplace starts, so that a name taken out of `[workplace] admins` is one no longer."""

from msgspec.structs import replace

from bot.people import Person
from bot.store import Records, Store
from bot.workplace import Workplace


def as_appointed(person: Person, workplace: Workplace) -> Person:
    """The person as the configuration has them."""
    return replace(person, admin=person.is_among(workplace.admins))


async def appoint(store: Store, workplace: Workplace) -> list[Person]:
    """Everybody of whom the configuration says something else than is kept, as they are kept now. Raises Unavailable."""
    if not await store.read(lambda records: _others(records, workplace)):
        return []
    return await store.write(lambda records: _appointed(records, workplace))


def _others(records: Records, workplace: Workplace) -> list[Person]:
    everybody = records.people.directory().people.values()
    return [after for one in everybody if (after := as_appointed(one, workplace)) != one]


def _appointed(records: Records, workplace: Workplace) -> list[Person]:
    records.people.alone()
    return [records.people.save(person) for person in _others(records, workplace)]
