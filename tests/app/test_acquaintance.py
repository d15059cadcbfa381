"""People of a messenger are known before they speak; who has left is nobody to ask; what they settled is theirs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.app import acquaintance
from bot.app.acquaintance import acquaint
from bot.calendar import Calendar, Quiet
from bot.errors import TryLater
from bot.people import Account, Division, Person, Profile
from bot.workplace import Workplace
from storage import open_store
from tests.empty import empty
from tests.paper import PaperMessenger


class Listed(PaperMessenger):
    """A messenger with a directory."""

    def __init__(self, *profiles: Profile) -> None:
        super().__init__()
        self.listed = list(profiles)

    async def directory(self) -> AsyncIterator[Profile | Division]:
        for profile in self.listed:
            yield profile
        yield Division(self.name, "d1", "Sales")


class Silent(PaperMessenger):
    async def directory(self) -> AsyncIterator[Profile | Division]:
        raise TryLater(3)
        yield


WORKPLACE = Workplace("Office", "en", "Asia/Shanghai", Calendar.of(), Quiet())


@pytest.fixture
async def store(tmp_path):
    store = open_store(empty(tmp_path / "office.db"))
    yield store
    await store.close()


def profile(user: str, name: str, **more) -> Profile:
    return Profile(Account("paper", user), name, **more)


async def everybody(store):
    directory = await store.read(lambda records: records.people.directory())
    return {person.name: person for person in directory.people.values()}


async def test_everybody_is_met_once(store):
    many = [profile(f"u{n}", f"Somebody {n}", timezone="Europe/Madrid", language="es-ES") for n in range(250)]
    for _ in range(2):
        await acquaint(store, WORKPLACE, Listed(*many))
    people = await everybody(store)
    assert len(people) == 250
    assert people["Somebody 7"].timezone == "Europe/Madrid"


async def test_somebody_imported_is_the_same_person_by_their_address(store):
    await store.write(
        lambda records: records.people.save(Person(0, "李四", "Asia/Tokyo", "zh-Hans", email="li@example.com"))
    )
    await acquaint(store, WORKPLACE, Listed(profile("u1", "lisi", email="LI@example.com", timezone="UTC")))
    people = await everybody(store)
    assert list(people) == ["李四"]
    assert people["李四"].accounts == (Account("paper", "u1"),)
    assert people["李四"].timezone == "Asia/Tokyo"


async def test_who_has_left_with_their_only_account_is_inactive(store):
    two = [profile("u1", "Ann"), profile("u2", "Bo")]
    await acquaint(store, WORKPLACE, Listed(*two))
    ann = (await everybody(store))["Ann"]
    await store.write(
        lambda records: records.people.save(replace(ann, accounts=(*ann.accounts, Account("web", "ann"))))
    )
    await acquaint(store, WORKPLACE, Listed(*(replace(one, active=False) for one in two)))
    people = await everybody(store)
    assert (people["Ann"].active, people["Bo"].active) == (True, False)


async def test_who_was_gone_before_is_never_met(store):
    await acquaint(store, WORKPLACE, Listed(profile("u1", "Ann", active=False)))
    assert await everybody(store) == {}


async def test_a_messenger_that_does_not_tell_is_said(store):
    with pytest.raises(TryLater):
        await acquaint(store, WORKPLACE, Silent())


async def test_news_is_read_soon_and_not_more_often_than_it_may(store):
    acquaintance.SOONEST, before = 0.01, acquaintance.SOONEST
    news, messenger = asyncio.Event(), Listed(profile("u1", "Ann"))
    keeping = asyncio.create_task(acquaintance.keep_acquainted(store, WORKPLACE, messenger, news))
    try:
        await until(lambda people: "Ann" in people, store)
        messenger.listed.append(profile("u2", "Bo"))
        news.set()
        await until(lambda people: "Bo" in people, store)
    finally:
        acquaintance.SOONEST = before
        keeping.cancel()
        await asyncio.wait({keeping})


async def until(so, store) -> None:
    for _ in range(500):
        if so(await everybody(store)):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"only {list(await everybody(store))}")
