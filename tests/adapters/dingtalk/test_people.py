"""The directory: departments with heads, people of both ids, who has left, and what the app may not see."""

import asyncio

import pytest

from adapters.dingtalk.memory import Known
from adapters.dingtalk.organisation import division
from bot.errors import Undeliverable
from bot.people import Account, Division, Hidden, Profile, Unseen
from tests.adapters.dingtalk.office import connected
from tests.contracts.harness import Core, listening
from tests.simulators.dingtalk import Organisation, faults

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
    found = await read(messenger)
    assert {type(one) for one in found} == {Hidden}
    assert Hidden("dingtalk", Unseen.EVERYBODY, "qyapi_get_department_list") in found
    assert len(messenger.memory.known()) == 3


async def test_without_departments_there_are_still_the_people_of_the_organisation_itself(organisation, messenger):
    organisation.hires("0789boss", "老板", 1)
    organisation.app.rights -= {"qyapi_get_department_list"}
    found = await read(messenger)
    assert [one.name for one in found if isinstance(one, Profile)] == ["老板"]
    assert [one for one in found if isinstance(one, Hidden)] == [
        Hidden("dingtalk", Unseen.EVERYBODY, "qyapi_get_department_list")
    ]


async def test_who_is_in_several_departments_is_in_the_first_and_in_the_organisation_itself_last(
    organisation, messenger
):
    organisation.hires("0789lead", "主管", 1, 8, 7)
    found = {one.name: one.division for one in await read(messenger) if isinstance(one, Profile)}
    assert found == {"王五": "7", "薄一": "7", "主管": "7", "安娜": "8"}
    assert (await messenger.person("0789lead")).division == "8", "looked up alone, as DingTalk orders them"


async def test_where_the_scope_is_a_part_the_reading_begins_there(organisation, messenger):
    """Departments with all below them, and people by themselves; the range is asked for once a day."""
    organisation.hires("0789boss", "老板", 1)
    organisation.department(9, "看不见的", 1)
    organisation.scope, organisation.scope_people = {7, 8}, {"0789boss"}
    for _ in range(2):
        found = await read(messenger)
        assert [(one.name, one.parent) for one in found if isinstance(one, Division)] == [
            ("产品部", "1"),
            ("设计组", "7"),
        ]
        assert sorted(one.name for one in found if isinstance(one, Profile)) == ["安娜", "王五", "老板", "薄一"]
        assert [one.what for one in found if isinstance(one, Hidden)] == [Unseen.EVERYBODY]
    assert len(organisation.calls("/auth/scopes")) == 1
    assert messenger.quota.used("calls") == sum(organisation.quota.calls.values()) == 1


@pytest.mark.parametrize("named", [True, False])
async def test_one_hidden_branch_keeps_no_other_away(organisation, messenger, named):
    organisation.unverified.hidden_children_listed = named
    organisation.department(9, "董事会", 1)
    organisation.hires("0789boss", "老板", 9)
    organisation.scope = {1, 7, 8}
    found = await read(messenger)
    assert [one.name for one in found if isinstance(one, Division)] == ["公司", "产品部", "设计组"]
    hidden = [(one.what, one.where) for one in found if isinstance(one, Hidden)]
    assert hidden == ([(Unseen.DEPARTMENTS, "董事会")] if named else [])


async def test_people_of_one_department_who_are_hidden_keep_no_other_away(organisation, messenger):
    organisation.faults.next("/topapi/user/listsimple", faults.old_refuses(50002, "no"))
    found = await read(messenger)
    assert sorted(one.name for one in found if isinstance(one, Profile)) == ["安娜", "薄一"]
    assert [(one.what, one.where) for one in found if isinstance(one, Hidden)] == [(Unseen.PEOPLE, "产品部")]


async def test_a_limit_is_waited_for_and_the_organisation_read_to_its_end(organisation, messenger):
    organisation.faults.next("/topapi/v2/department/listsub", faults.old_refuses(90018, "slow down"))
    assert sum(isinstance(one, Division) for one in await read(messenger)) == 3


async def test_heads_that_are_not_told_are_not_nobody():
    assert division({"name": "产品部"}, 7, "1").heads is None
    assert division({"name": "产品部", "dept_manager_userid_list": []}, 7, "1").heads == ()
    assert division({"name": "设计组", "parent_id": 7}, 8, None).parent == "7"


async def test_both_ids_of_a_person_are_kept(messenger):
    await messenger.person("0456ann")
    assert messenger.memory.known()["0456ann"] == Known("0456ann", "u0456ann", "安娜")
    await read(messenger)
    assert messenger.memory.known()["0456ann"].union_id == "u0456ann", "a list without it does not wipe it"


async def test_somebody_outside_the_contact_scope_is_nobody(organisation, messenger):
    organisation.scope = {1}
    with pytest.raises(Undeliverable):
        await messenger.person("0456ann")
