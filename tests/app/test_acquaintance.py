"""People and departments of a messenger are known before anybody speaks; who has left is nobody to ask; what people settled
is theirs."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

from bot.app import acquaintance
from bot.app.acquaintance import acquaint
from bot.app.watch import Watch
from bot.calendar import Calendar, Quiet
from bot.cli import housing
from bot.dispatch import met
from bot.errors import TryLater
from bot.people import Account, Department, Division, Hidden, Person, Profile, Unseen
from bot.store import Unavailable
from bot.workplace import Workplace
from storage import open_store
from tests.conversation import START, SetClock
from tests.empty import empty
from tests.paper import PaperMessenger


class Listed(PaperMessenger):
    """A messenger with a directory."""

    def __init__(self, *profiles: Profile) -> None:
        super().__init__()
        self.listed = list(profiles)
        self.departments = [Division(self.name, "d1", "Sales")]
        self.asked: list[str] = []

    async def directory(self) -> AsyncIterator[Profile | Division | Hidden]:
        entries: list[Profile | Division | Hidden] = [*self.listed, *self.departments, *self.hidden]
        for entry in entries:
            yield entry

    async def person(self, user_id: str) -> Profile:
        self.asked.append(user_id)
        return await super().person(user_id)


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
    many = [profile(f"u{n}", f"Somebody {n}", timezone="Europe/Madrid", language="es-ES") for n in range(600)]
    for _ in range(2):
        await acquaint(store, WORKPLACE, Listed(*many), START)
    people = await everybody(store)
    assert len(people) == 600
    assert people["Somebody 7"].timezone == "Europe/Madrid"


async def test_a_name_that_was_cut_in_the_middle_of_an_emoji_keeps_nobody_away(store):
    paper = Listed(profile("u1", "小明\ud83d"), profile("u2", "Bo"))
    paper.departments = [Division("paper", "d1", "产品\ud83d", heads=("u1",))]
    reading = await acquaint(store, WORKPLACE, paper, START)
    assert (reading.people, reading.new) == (2, 2)
    assert set(await everybody(store)) == {"小明\ufffd", "Bo"}


async def test_somebody_imported_is_the_same_person_by_their_address(store):
    await store.write(
        lambda records: records.people.save(Person(0, "李四", "Asia/Tokyo", "zh-Hans", email="li@example.com"))
    )
    await acquaint(store, WORKPLACE, Listed(profile("u1", "lisi", email="LI@example.com", timezone="UTC")), START)
    people = await everybody(store)
    assert list(people) == ["李四"]
    assert people["李四"].accounts == (Account("paper", "u1"),)
    assert people["李四"].timezone == "Asia/Tokyo"


async def test_who_has_left_is_inactive(store):
    """An account in a messenger that shows nobody (the web workplace gives everybody one) does not keep them here."""
    two = [profile("u1", "Ann"), profile("u2", "Bo")]
    await acquaint(store, WORKPLACE, Listed(*two), START)
    ann = (await everybody(store))["Ann"]
    await store.write(
        lambda records: records.people.save(replace(ann, accounts=(*ann.accounts, Account("web", "ann"))))
    )
    reading = await acquaint(store, WORKPLACE, Listed(*(replace(one, active=False) for one in two)), START)
    people = await everybody(store)
    assert (people["Ann"].active, people["Bo"].active, reading.gone) == (False, False, 2)


async def test_who_was_gone_before_is_never_met(store):
    await acquaint(store, WORKPLACE, Listed(profile("u1", "Ann", active=False)), START)
    assert await everybody(store) == {}


async def test_a_head_whom_the_directory_does_not_show_is_met_first(store):
    messenger = Listed(profile("u1", "Ann", division="d1"))
    messenger.profiles["u9"] = profile("u9", "Wei")
    messenger.departments = [
        Division("paper", "d1", "Sales", heads=("u9",)),
        Division("paper", "d2", "Old", heads=("?",)),
    ]
    reading = await acquaint(store, WORKPLACE, messenger, START)
    assert (reading.people, reading.departments, reading.new, reading.arranged) == (1, 2, 2, 2)
    directory = await store.read(lambda records: records.people.directory())
    people = {person.name: person for person in directory.people.values()}
    assert directory.department("Sales").head == people["Wei"].id
    assert directory.department("Old").head is None
    assert directory.department_of(people["Ann"].id).name == "Sales"


async def test_a_head_who_leaves_or_comes_back_by_the_same_reading(store):
    """One reading is enough: who has left heads nothing, whatever the department says."""
    ann, bo = profile("u1", "Ann"), profile("u2", "Bo")
    for here, expected in ((True, "Ann"), (False, "Bo"), (True, "Ann")):
        messenger = Listed(replace(ann, active=here), bo)
        messenger.departments = [Division("paper", "d1", "Sales", heads=("u1", "u2"))]
        for _ in range(2):
            await acquaint(store, WORKPLACE, messenger, START)
            directory = await store.read(lambda records: records.people.directory())
            assert directory.person(directory.department("Sales").head).name == expected


async def test_what_is_hidden_is_said_and_keeps_nothing_else_away(store):
    hidden = Hidden("paper", Unseen.PEOPLE, "no dept authority", "Board")
    messenger = Listed(profile("u1", "Ann"))
    messenger.hidden = [hidden]
    reading = await acquaint(store, WORKPLACE, messenger, START)
    assert (reading.people, reading.hidden) == (1, (hidden,))


async def test_who_is_not_shown_any_more_is_asked_for_once_and_only_who_left_is_gone(store):
    ann, bo, cid = profile("u1", "Ann"), profile("u2", "Bo"), profile("u3", "Cid")
    await acquaint(store, WORKPLACE, Listed(ann, bo, cid), START)
    messenger = Listed(ann)
    messenger.profiles = {"u2": replace(bo, active=False), "u3": cid}
    for _ in range(2):
        await acquaint(store, WORKPLACE, messenger, START)
    people = await everybody(store)
    assert [people[name].active for name in ("Ann", "Bo", "Cid")] == [True, False, True]
    assert messenger.asked == ["u2", "u3"]


async def test_nobody_is_gone_whom_the_messenger_does_not_tell_of_now(store):
    ann, bo, cid = profile("u1", "Ann"), profile("u2", "Bo"), profile("u3", "Cid")
    await acquaint(store, WORKPLACE, Listed(ann, bo, cid), START)
    messenger = Listed(cid)
    messenger.silent = True
    await acquaint(store, WORKPLACE, messenger, START)
    messenger.silent = False
    messenger.profiles = {"u1": replace(ann, active=False)}
    await acquaint(store, WORKPLACE, messenger, START)
    people = await everybody(store)
    assert (people["Ann"].active, people["Bo"].active) == (False, True)


async def test_nobody_is_asked_for_when_nobody_is_shown(store):
    await acquaint(store, WORKPLACE, Listed(profile("u1", "Ann")), START)
    messenger = Listed()
    messenger.hidden = [Hidden("paper", Unseen.EVERYBODY, "no scope")]
    await acquaint(store, WORKPLACE, messenger, START)
    assert messenger.asked == []
    assert (await everybody(store))["Ann"].active


async def test_who_is_shown_on_two_pages_is_one(store):
    twice = [profile("u1", "Ann", division="d2"), profile("u1", "Ann", division="d1")]
    for pages in (twice, twice[::-1]):
        messenger = Listed(*pages)
        messenger.departments = [Division("paper", "d1", "Sales"), Division("paper", "d2", "Board")]
        await acquaint(store, WORKPLACE, messenger, START)
        directory = await store.read(lambda records: records.people.directory())
        assert [directory.department_of(one).name for one in directory.people] == ["Sales"]


async def test_who_spoke_first_moves_with_the_directory_like_everybody(store):
    ann = profile("u1", "Ann", department="Sales", division="d1")
    await store.write(lambda records: records.people.save_department(Department(0, "Sales")))

    def speaks(records):
        return met(records, records.people.directory(), ann, WORKPLACE)

    assert (await store.write(speaks)).department == 1
    messenger = Listed(replace(ann, department="Board", division="d2"))
    messenger.departments = [Division("paper", "d1", "Sales"), Division("paper", "d2", "Board")]
    await acquaint(store, WORKPLACE, messenger, START)
    assert (await everybody(store))["Ann"].department == 2


async def test_a_messenger_that_does_not_tell_is_said(store):
    with pytest.raises(TryLater):
        await acquaint(store, WORKPLACE, Silent(), START)


async def test_news_is_read_soon_and_not_more_often_than_it_may(store):
    acquaintance.SOONEST, before = 0.01, acquaintance.SOONEST
    news, messenger = asyncio.Event(), Listed(profile("u1", "Ann"))
    keeping = asyncio.create_task(acquaintance.keep_acquainted(store, WORKPLACE, SetClock(START), messenger, news))
    try:
        await until(lambda people: "Ann" in people, store)
        messenger.listed.append(profile("u2", "Bo"))
        news.set()
        await until(lambda people: "Bo" in people, store)
    finally:
        acquaintance.SOONEST = before
        keeping.cancel()
        await asyncio.wait({keeping})


class Away:
    """A database that is away while `away` is set; the real one behind it."""

    def __init__(self, store) -> None:
        self.store, self.away, self.refused, self.often = store, True, 0, asyncio.Event()

    async def read(self, work):
        return await self._do(self.store.read, work)

    async def write(self, work):
        return await self._do(self.store.write, work)

    async def _do(self, how, work):
        if self.away:
            self.refused += 1
            if self.refused == 5:
                self.often.set()
            raise Unavailable("the cable is out")
        return await how(work)


async def test_an_outage_of_the_database_ends_no_part(store):
    """/readyz is green when the database is back, and not when the watch has waited."""
    acquaintance.SOONEST, before = 0.01, acquaintance.SOONEST
    housing._SECONDS, second = 0.01, housing._SECONDS
    away: Any = Away(store)
    watch, news, shown = Watch(), asyncio.Event(), list[str]()

    async def renew(people) -> None:
        shown.extend(one.name for one in people)

    paper = Listed(profile("u1", "Ann"))
    try:
        watch.start("people", lambda: acquaintance.keep_acquainted(away, WORKPLACE, SetClock(START), paper, news))
        watch.start("web people", lambda: housing.house(away, WORKPLACE, renew))
        await away.often.wait()
        away.away = False
        news.set()
        await until(lambda people: "Ann" in people and "Ann" in shown, store)
        assert watch.faults == {}
    finally:
        acquaintance.SOONEST, housing._SECONDS = before, second
        await watch.stop()


async def until(so, store) -> None:
    for _ in range(500):
        if so(await everybody(store)):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"only {list(await everybody(store))}")
