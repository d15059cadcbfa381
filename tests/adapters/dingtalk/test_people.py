"""The directory: departments with heads, people of both ids, who has left, and what the app may not see."""

import asyncio

import pytest

from adapters.dingtalk.memory import Known
from bot.errors import Undeliverable
from bot.people import Account, Division, Profile
from tests.adapters.dingtalk.office import connected
from tests.contracts.messenger import Core, listening
from tests.simulators.dingtalk import Organisation

pytestmark = pytest.mark.slow


@pytest.fixture
def organisation():
    organisation = Organisation()
    wang = organisation.hires("0001wang", "王五", 7)
    organisation.department(7, "产品部", 1, wang)
    organisation.department(8, "设计组", 7)
    organisation.hires("0456ann", "安娜", 8)
    organisation.hires("0123bo", "薄一", 8, 7)
    return organisation


@pytest.fixture
async def messenger(organisation, tmp_path):
    async with connected(organisation, "template", tmp_path / "memory.db") as messenger:
        yield messenger


async def read(messenger):
    return [entry async for entry in messenger.directory()]


async def test_departments_have_parents_and_heads_and_everybody_comes_once(messenger):
    found = await read(messenger)
    divisions = {one.name: one for one in found if isinstance(one, Division)}
    assert (divisions["产品部"].parent, divisions["产品部"].heads) == ("1", ("0001wang",))
    assert divisions["设计组"].parent == "7"
    people = [one for one in found if isinstance(one, Profile)]
    assert sorted(one.name for one in people) == ["安娜", "王五", "薄一"]
    assert next(one for one in people if one.name == "安娜").department == "设计组"


async def test_more_people_than_a_page_holds(organisation, messenger):
    for number in range(230):
        organisation.hires(f"p{number:03}", f"同事{number}", 8)
    assert sum(isinstance(one, Profile) for one in await read(messenger)) == 233
    assert sum(organisation.quota.calls.values()) == 0, "the directory costs nothing of the month"


def gone(found):
    return [one for one in found if isinstance(one, Profile) and not one.active]


async def test_who_has_left_is_inactive(organisation, messenger):
    await read(messenger)
    organisation.members["0456ann"].left = True
    for _ in range(2):
        assert gone(await read(messenger)) == [Profile(Account("dingtalk", "0456ann"), "安娜", active=False)]


async def test_who_is_only_out_of_sight_is_not_gone(organisation, messenger):
    await read(messenger)
    organisation.members["0456ann"].departments = [9]
    organisation.department(9, "看不见的", 0)
    organisation.scope = {1, 7, 8}
    assert gone(await read(messenger)) == []


async def test_who_spoke_and_was_never_listed_is_not_gone(organisation, messenger):
    messenger.memory.meet(Known("0999far", "u", "远方"))
    assert gone(await read(messenger)) == []


async def test_who_comes_or_goes_is_news(organisation, messenger):
    async with listening(messenger, Core().receive):
        await organisation.gateway.connected()
        for kind, news in (("chat_update_title", False), ("user_add_org", True)):
            event = await organisation.gateway.pushes("EVENT", "*", {"userId": ["x"]}, {"eventType": kind})
            await asyncio.wait_for(event.answered.wait(), 5)
            assert messenger.news.is_set() is news
    assert messenger.quota.used("pushes") == 1, "contact events are free"


async def test_nobody_is_gone_because_the_app_may_not_look(organisation, messenger):
    await read(messenger)
    organisation.app.rights.clear()
    with pytest.raises(Undeliverable):
        await read(messenger)
    assert len(messenger.memory.known()) == 3


async def test_both_ids_of_a_person_are_kept(messenger):
    await messenger.person("0456ann")
    assert messenger.memory.known()["0456ann"] == Known("0456ann", "u0456ann", "安娜")
    await read(messenger)
    assert messenger.memory.known()["0456ann"].union_id == "u0456ann", "a list without it does not wipe it"


async def test_somebody_outside_the_contact_scope_is_nobody(organisation, messenger):
    organisation.scope = {1}
    with pytest.raises(Undeliverable):
        await messenger.person("0456ann")
