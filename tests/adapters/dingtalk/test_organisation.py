"""Departments of a DingTalk organisation in a whole workplace: who hears as a head, who moves, who leaves, reading twice."""

import pytest

from bot.people import Account
from tests.adapters.dingtalk.company import Company, company

pytestmark = pytest.mark.slow


@pytest.fixture
async def office(tmp_path):
    async with company(tmp_path, "links") as office:
        office.wang = office.hires("0001wang", "王五", 7)
        office.organisation.department(7, "技术部", 1, office.wang)
        office.organisation.department(8, "销售部")
        office.zhang, office.li = office.hires("0002zhang", "张三", 8), office.hires("0003li", "李四", 7)
        office.room = office.group("产品", office.zhang, office.li)
        await office.meets()
        yield office


async def directory(office: Company):
    return await office.store.read(lambda records: records.people.directory())


async def test_the_head_hears_of_the_risk(office: Company):
    await office.zhang.says("@闭环 新增 输出流程 @李四 11月20日", office.room)
    await office.delivers()
    await office.li.says("接受 A-1")
    await office.until("2026-11-27 12:00")
    assert "风险：A-1" in office.wang.sees()
    assert "技术部" in office.wang.sees()


async def test_reading_twice_changes_nothing(office: Company):
    before = await directory(office)
    await office.meets()
    assert await directory(office) is before


async def test_who_moves_is_in_the_new_department_and_the_next_head_is_its_head(office: Company):
    office.organisation.members["0003li"].departments = [8]
    office.organisation.departments[8].heads = ["0003li"]
    await office.meets()
    found = await directory(office)
    li = found.by_account(Account("dingtalk", "0003li"))
    assert (found.department_of(li.id).name, found.head(li.department)) == ("销售部", li.id)


async def test_who_leaves_is_handed_over_and_the_head_above_stands_in_for_the_head(office: Company):
    boss = office.hires("0009boss", "老板", 1)
    office.organisation.departments[1].heads = [boss.id]
    await office.meets()
    await office.zhang.says("@闭环 新增 输出流程 @李四 11月27日", office.room)
    for gone in ("0003li", "0001wang"):
        office.organisation.members[gone].left = True
    office.organisation.departments[7].heads = []
    await office.meets()
    await office.delivers()
    assert "A-1 需要换人：李四已不在这里" in office.zhang.sees()
    found = await directory(office)
    assert not found.by_account(Account("dingtalk", "0003li")).active
    technology = found.department("技术部")
    assert technology.head is None
    assert found.person(found.head(technology.id)).name == "老板"


async def test_a_part_of_the_organisation_that_is_hidden_later_loses_nobody_and_nothing(office: Company):
    before = await directory(office)
    office.organisation.scope = {8}
    await office.meets()
    after = await directory(office)
    assert (after.people, after.departments) == (before.people, before.departments)
