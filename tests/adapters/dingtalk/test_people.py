"""The directory: departments with heads, people of both ids, who has left, and what the app may not see."""

import pytest

from adapters.dingtalk.memory import Known
from bot.errors import Undeliverable
from bot.people import Account, Division, Profile
from tests.adapters.dingtalk.office import connected
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


async def test_who_has_left_is_said_to_be_inactive_once(organisation, messenger):
    await read(messenger)
    organisation.members["0456ann"].left = True
    gone = [one for one in await read(messenger) if isinstance(one, Profile) and not one.active]
    assert gone == [Profile(Account("dingtalk", "0456ann"), "安娜", active=False)]
    assert [one for one in await read(messenger) if isinstance(one, Profile) and not one.active] == []


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
