"""The fence around calls: connections that stay, a timeout on each, one token for each domain, Feishu's world and Lark's."""

import asyncio

import pytest

from adapters.feishu.calls import Calls
from adapters.feishu.faults import Rejected, Unclear, refusal
from adapters.feishu.identity import Identity
from bot.errors import TryLater
from tests.simulators.feishu import App, Tenant, faults

pytestmark = pytest.mark.slow

INFO = "bot/v3/info"


@pytest.fixture
async def tenant():
    tenant = Tenant()
    async with tenant.serving():
        yield tenant


def calls_of(tenant: Tenant, timeout: float = 5.0) -> Calls:
    return Calls(tenant.app.id, tenant.app.secret, tenant.url, timeout=timeout)


async def test_a_hundred_calls_go_over_one_connection(tenant):
    """The SDK opens one for each call, and on https shakes hands for each (sheet 1.3)."""
    calls = calls_of(tenant)
    for _ in range(100):
        await calls.whole("GET", INFO)
    assert len({call.line for call in tenant.calls()}) == 1
    await calls.close()
    await calls.whole("GET", INFO)
    assert len({call.line for call in tenant.calls()}) == 2, "a session that was let go is made anew"
    await calls.close()


@pytest.mark.parametrize("operation", [f"GET {INFO}", "POST auth/v3/tenant_access_token/internal"])
async def test_nothing_waits_for_ever(tenant, operation):
    calls = calls_of(tenant, timeout=0.2)
    tenant.faults.always(operation, faults.answers_after(30))
    expected = Unclear if operation.startswith("GET") else TryLater
    async with asyncio.timeout(5):
        with pytest.raises(expected) as fault:
            await calls.whole("GET", INFO)
    assert "in time" in str(fault.value)
    await calls.close()


@pytest.mark.parametrize("lacks", [{}, {"tenant_access_token": "t-1"}, {"expire": 7200}])
async def test_an_answer_without_a_token_is_none(tenant, lacks):
    calls = calls_of(tenant)
    tenant.faults.next("POST auth/v3/tenant_access_token/internal", faults.answers({"code": 0, **lacks}))
    with pytest.raises(TryLater, match="no token"):
        await calls.whole("GET", INFO)
    await calls.whole("GET", INFO)
    await calls.close()


async def test_two_domains_with_one_app_id_have_a_token_each(tenant):
    """The SDK keeps one for both, and the second domain refuses it (sheet 1.2)."""
    other = Tenant(app=App(id=tenant.app.id))
    async with other.serving():
        for _ in range(2):
            for one in (tenant, other):
                calls = calls_of(one)
                await calls.whole("GET", INFO)
                await calls.close()
    for one in (tenant, other):
        assert all(call.ok for call in one.calls())


@pytest.mark.parametrize(
    ("domain", "link"),
    [
        ("https://open.feishu.cn", "https://applink.feishu.cn/client/chat/open?openChatId=oc_1"),
        ("https://open.larksuite.com", "https://applink.larksuite.com/client/chat/open?openChatId=oc_1"),
        ("http://127.0.0.1:9100", "http://127.0.0.1:9100/client/chat/open?openChatId=oc_1"),
    ],
)
def test_feishus_world_and_larks(domain, link):
    assert Identity("cli_1", "ou_1", "闭环", domain).link("oc_1") == link
    assert Calls("cli_1", "s", f"{domain}/").domain == domain


def test_a_rejected_cards_reason_holds_nothing_that_people_wrote():
    """Feishu cites the value that it does not take; the reason goes into the log, and to admins."""
    said = (
        "Failed to create card content, ext=ErrCode: 200570; ErrPath: ROOT -> body; ErrMsg: bad; ErrorValue: 客户名单; "
    )
    found = refusal(400, {"code": 230099, "msg": said}, {})
    assert isinstance(found, Rejected)
    assert found.sub == 200570
    assert found.reason == "230099 " + said.partition("ErrorValue")[0].strip()
