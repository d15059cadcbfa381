"""Slack's user groups, picked in a form: whoever is in them is meant."""

import pytest

from adapters.slack import people
from tests.adapters.slack.company import company
from tests.adapters.slack.neighbours import neighbours
from tests.simulators.slack import faults

pytestmark = [
    pytest.mark.slow,
    # slack_sdk 3.47 names the client by a class that aiohttp 3.14 wants to be rid of.
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]

MENU = "supporters~teams"
ASKED = {"text": "评估", "owner": "张三", "due": "2026-11-29"}


@pytest.fixture
async def office(tmp_path):
    async with company(tmp_path) as office:
        office.zhang, office.li = office.hires("zhang", "张三"), office.hires("li", "李四")
        office.wang = office.hires("wang", "王五")
        office.room = office.channel("产品", office.zhang, office.li, office.wang)
        await office.meets()
        yield office


async def supporters(office) -> set[str]:
    directory = await office.store.read(lambda records: records.people.directory())
    return {directory.people[one.person].name for one in (await office.action(1)).supporters}


async def test_everybody_in_a_group_that_is_picked(office):
    office.workspace.usergroup("core", office.li, office.wang)
    await office.zhang.types("/action add", office.room)
    await office.zhang.fills({**ASKED, MENU: ["core"]})
    assert await supporters(office) == {"李四", "王五"}


async def test_a_group_and_one_of_its_people_are_no_two(office):
    office.workspace.usergroup("core", office.li, office.wang)
    await office.zhang.types("/action add", office.room)
    await office.zhang.fills({**ASKED, "supporters": [office.li], MENU: ["core"]})
    assert len((await office.action(1)).supporters) == 2


@pytest.mark.parametrize("fault", [faults.fails(503), "missing_scope", faults.answers_after(people.LOOK_UP + 5)])
async def test_a_group_that_cannot_be_looked_up_is_said_at_its_field_and_nothing_is_recorded(office, fault):
    office.workspace.usergroup("core", office.li)
    await office.zhang.types("/action add", office.room)
    office.workspace.faults.next("usergroups.users.list", fault)
    await office.zhang.fills({**ASKED, MENU: ["core"]})
    assert office.zhang.modal.errors == {MENU: "现在查不到这个用户组里有谁。请再试一次，或者逐个选人。"}
    assert await office.actions() == []
    await office.zhang.fills()
    assert await supporters(office) == {"李四"}


@pytest.mark.parametrize("fault", [faults.fails(503), "missing_scope", faults.answers_after(5)])
async def test_a_form_opens_without_groups_where_slack_does_not_name_them(office, fault):
    office.workspace.usergroup("core", office.li)
    office.workspace.faults.always("usergroups.list", fault)
    for _ in range(2):
        await office.zhang.types("/action add", office.room)
        assert office.zhang.modal.sent["title"]["text"] == "新增行动项"
        assert "用户组" not in office.zhang.sees()
    assert len(office.workspace.calls("usergroups.list")) == 1, "it is asked again in a while"


async def test_the_people_of_a_group_in_another_workspace_are_its_own(tmp_path):
    async with neighbours(tmp_path) as office:
        eve, max_ = office.labs.hires("eve", "伊芙"), office.labs.hires("max", "马克斯")
        await office.installs(eve)
        await office.meets()
        office.labs.usergroup("core", max_)
        await eve.types("/action add")
        await eve.fills({**ASKED, "owner": "伊芙", MENU: ["core"]})
        await office.delivers()
        assert "评估" in max_.sees()
