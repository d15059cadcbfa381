"""Native slash commands: offered once, mended, and never in anybody's way."""

import pytest

from adapters.feishu.calls import Calls
from adapters.feishu.slash import OFFERED, offer
from tests.adapters.feishu.company import company
from tests.simulators.feishu import Tenant, faults

pytestmark = pytest.mark.slow

CREATE = "POST application/v7/app_slash_commands"


@pytest.fixture
async def tenant():
    tenant = Tenant()
    async with tenant.serving():
        yield tenant


async def offered(tenant: Tenant) -> None:
    calls = Calls(tenant.app.id, tenant.app.secret, tenant.url)
    await offer(calls)
    await calls.close()


async def test_offered_once_mended_and_nobody_elses_is_touched(tenant):
    tenant.slash["theirs"] = {"command": "lunch", "description": {"default_value": "Lunch"}}
    for _ in range(2):
        await offered(tenant)
    assert len(tenant.calls(CREATE)) == len(OFFERED)
    assert {one["command"] for one in tenant.slash.values()} == {*OFFERED, "lunch"}
    ours = next(id for id, one in tenant.slash.items() if one["command"] == "help")
    tenant.slash[ours] = {"command": "help", "description": {"default_value": "old"}}
    await offered(tenant)
    assert tenant.slash[ours]["description"]["i18n"]["zh_cn"] == OFFERED["help"][0]
    assert tenant.slash["theirs"]["description"] == {"default_value": "Lunch"}


async def test_without_the_scope_or_in_trouble_nothing_happens(tenant):
    tenant.app.scopes -= {"application:app_slash_command:write"}
    await offered(tenant)
    assert tenant.slash == {}
    tenant.app.scopes |= {"application:app_slash_command:write"}
    tenant.faults.always(CREATE, faults.fails())
    await offered(tenant)
    assert tenant.slash == {}


async def test_choosing_one_is_typing_it(tmp_path):
    async with company(tmp_path) as office:
        zhang = office.hires("张三")
        await office.meets()
        await zhang.says("/action add 输出流程 @张三 周五")
        assert (await office.action(1)).text == "输出流程"
