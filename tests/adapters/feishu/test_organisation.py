"""Departments of a Feishu company in a whole workplace: who hears as a head, who moves, who leaves, and reading twice."""

import pytest

from tests.adapters.feishu.company import Company, company
from tests.adapters.feishu.test_people import WITHIN

pytestmark = pytest.mark.slow


@pytest.fixture
async def office(tmp_path):
    async with company(tmp_path) as office:
        office.tech = office.tenant.department("技术部")
        office.zhang, office.li = office.hires("张三"), office.hires("李四", office.tech)
        office.wang = office.hires("王五", office.tech)
        office.tech.leaders = [office.wang.id]
        office.room = office.group("产品", office.zhang, office.li)
        await office.meets()
        yield office


async def test_the_head_hears_of_the_risk(office: Company):
    await office.zhang.says("@闭环 新增 输出流程 @李四 11月20日", office.room)
    await office.delivers()
    await office.li.presses("接受")
    await office.until("2026-11-27 12:00")
    assert "风险：A-1" in office.wang.sees()
    assert "技术部" in office.wang.sees()


async def test_reading_twice_changes_nothing(office: Company):
    before = await office.store.read(lambda records: records.people.directory())
    office.tenant.page_size = 1
    await office.meets()
    assert await office.store.read(lambda records: records.people.directory()) is before
    assert len(office.tenant.calls(WITHIN)) > 2


async def test_who_resigns_is_handed_over_and_their_chair_is_free(office: Company):
    await office.zhang.says("@闭环 新增 输出流程 @李四 11月27日", office.room)
    await office.tenant.resigns(office.li)
    office.tech.leaders = []
    await office.tenant.resigns(office.wang)
    assert office.messenger.news.is_set()
    await office.meets()
    await office.delivers()
    assert "A-1 需要换人：李四已不在这里" in office.zhang.sees()
    directory = await office.store.read(lambda records: records.people.directory())
    assert {person.name for person in directory.people.values() if person.active} == {"张三"}
    technology = directory.department("技术部")
    assert technology is not None
    assert technology.head is None
