"""Whatever an organisation looks like: reading it twice changes nothing, and the order in which it comes does not matter."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.app.acquaintance import acquaint
from bot.calendar import Calendar, Quiet
from bot.people import Account, Department, Division, Hidden, Profile
from bot.store import Records, Store
from bot.workplace import Workplace
from storage import open_store
from tests.conversation import START
from tests.empty import empty
from tests.paper import PaperMessenger

pytestmark = pytest.mark.slow

WORKPLACE = Workplace("Office", "en", "Asia/Shanghai", Calendar.of(), Quiet())
Entry = Profile | Division

IDS = st.sampled_from([f"d{n}" for n in range(4)])
USERS = st.sampled_from([f"u{n}" for n in range(3)])
DIVISIONS = st.builds(
    Division, st.just("paper"), IDS, st.sampled_from(["Sales", "sales", "Board", "研发部", ""]),
    st.none() | st.just("") | IDS, st.lists(USERS, max_size=2).map(tuple) | st.tuples(USERS) | st.none(),
)  # fmt: skip
# An address is one account's in its messenger.
PROFILES = st.builds(
    lambda user, addressed, **more: Profile(
        Account("paper", user), email=f"{user}@example.com" if addressed else "", **more
    ),
    USERS, st.booleans(), name=st.sampled_from(["Ann", "Bo", "李四"]), department=st.sampled_from(["", "Sales"]),
    active=st.booleans(), division=st.none() | st.just("") | IDS,
)  # fmt: skip
ORGANISATIONS = st.builds(list.__add__, st.lists(PROFILES, max_size=5), st.lists(DIVISIONS, max_size=5))


class Pages(PaperMessenger):
    """A messenger that brings these entries, in this order."""

    entries: Sequence[Entry] = ()

    async def directory(self) -> AsyncIterator[Profile | Division | Hidden]:
        for entry in self.entries:
            yield entry


@given(ORGANISATIONS, ORGANISATIONS, st.integers(0, 31))
@settings(max_examples=100)
def test_reading_twice_changes_nothing(first, more, turns):
    """Also when the organisation was another one before, and people have left or come back since."""
    second = [*(turned(one, turns >> place & 1) for place, one in enumerate(first)), *more]

    async def story(store: Store) -> None:
        await read(store, first)
        await read(store, second)
        before = await kept(store)
        reading = await read(store, second)
        assert (reading.new, reading.gone, reading.arranged) == (0, 0, 0)
        assert await kept(store) == before

    played(story)


@given(ORGANISATIONS, st.data())
@settings(max_examples=100)
def test_the_order_of_pages_does_not_matter(entries, data):
    shuffled = data.draw(st.permutations(entries))
    results = []
    for order in (entries, shuffled):

        async def story(store: Store, order: Sequence[Entry] = order) -> None:
            await read(store, order)
            results.append(await kept(store))

        played(story)
    assert results[0] == results[1]


def turned(entry: Entry, turns: int) -> Entry:
    return replace(entry, active=not entry.active) if turns and isinstance(entry, Profile) else entry


def played(story) -> None:
    async def whole(folder: str) -> None:
        store = open_store(empty(Path(folder) / "office.db"))
        try:
            await store.write(lambda records: records.people.save_department(Department(0, "Sales")))
            await story(store)
        finally:
            await store.close()

    with TemporaryDirectory() as folder:
        asyncio.run(whole(folder))


async def read(store: Store, entries: Sequence[Entry]):
    messenger = Pages()
    messenger.entries = entries
    return await acquaint(store, WORKPLACE, messenger, START)


async def kept(store: Store):
    """Everything that a directory may change."""

    def work(records: Records):
        directory = records.people.directory()
        return directory.people, directory.departments, records.people.links(), records.people.listings("paper")

    return await store.read(work)
