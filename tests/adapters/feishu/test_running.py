"""`bihuan run` and `bihuan check` with [feishu], as processes of their own, against a strict local Feishu."""

import asyncio
import signal
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from tests.adapters.feishu.office import app
from tests.adapters.forked import forked
from tests.adapters.started import address_of, bihuan, commanded, eventually
from tests.cli.test_run import free
from tests.simulators.feishu import Tenant, faults
from tests.simulators.feishu.app import SCOPES

pytestmark = pytest.mark.slow

CUT_OFF = "Feishu: 99991662 app is disabled, since "
quickly = partial(forked, loads="adapters.feishu.client")


@pytest.fixture
def tenant() -> Tenant:
    tenant = Tenant(app=app())
    tenant.pace.off()
    return tenant


def configured(folder: Path, tenant: Tenant, url: str, more: str = "", port: int = 0) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'database.url = "sqlite:///{folder / "shop.db"}"\nweb.enabled = false\nserver.port = {port or free()}\n'
        f'workplace.language = "en"\nworkplace.quiet = "00:00-00:01"\nworkplace.calendar = "none"\n'
        f'workplace.workday = "Mon-Sun 00:01-23:59"\n[feishu]\napp_id = "{tenant.app.id}"\n'
        f'app_secret = "{tenant.app.secret}"\ndomain = "{url}"\n{more}'
    )
    return file


async def test_a_workplace_on_feishu_from_the_command_to_the_verified_item(tenant, tmp_path):
    ann, bo = tenant.hires("Ann", language="en_us"), tenant.hires("Bo", language="en_us")
    product = tenant.group("product", ann, bo)
    async with tenant.serving() as url:
        file = configured(tmp_path, tenant, url)
        async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
            await tenant.connected(2, within=20)
            await eventually(lambda: tenant.calls("GET contact/v3/users/find_by_department"))
            await ann.says("@闭环 add ship it @Bo by 2030-11-29", product)
            assert "A-1 recorded" in await ann.will_see("A-1 recorded", product)
            assert "A-1 recorded" not in bo.sees(product)
            await bo.will_see("A-1 is yours")
            await bo.presses("Accept")
            await bo.says("submit A-1 https://example.com/it")
            await ann.will_see("A-1 is delivered")
            await ann.presses("Accept", ann.messages()[-1])
            await ann.says("@闭环 show A-1", product)
            assert "done" in await ann.will_see("done", product)
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 15)
            assert process.returncode == 0, errors.decode()
            for secret in (tenant.app.secret, tenant.tokens.issued[0].text, "ticket="):
                assert secret not in errors.decode()
    assert tenant.complaints == []


async def test_the_same_by_webhook(tenant, tmp_path):
    tenant.app.socket = False
    tenant.unverified.redelivered_after = (0.3,) * 20  # whoever is not listening yet says so, and it comes again
    ann, port = tenant.hires("Ann", language="en_us"), free()
    more = f'mode = "webhook"\nencrypt_key = "{tenant.app.encrypt_key}"\n'
    more += f'verification_token = "{tenant.app.verification_token}"\n'
    async with tenant.serving() as url:
        file = configured(tmp_path, tenant, url, more, port)
        tenant.door.url = f"http://127.0.0.1:{port}/feishu/events"
        async with bihuan("run", "--config", str(file), folder=tmp_path):
            for _ in range(200):
                if not await tenant.door.saves_url():
                    break
                await asyncio.sleep(0.1)
            await ann.says("add ship it @Ann by 2030-11-29")
            await ann.will_see("A-1 recorded")
    assert tenant.complaints == []


async def test_an_app_that_is_off_is_said_by_readiness_and_not_a_crash(tenant, tmp_path):
    async with tenant.serving() as url:
        file = configured(tmp_path, tenant, url)
        tenant.app.enabled = False
        async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
            address = await address_of(process)
            for _ in range(100):
                if CUT_OFF in (reasons := await readiness(f"{address}/readyz")):
                    break
                await asyncio.sleep(0.1)
            assert CUT_OFF in reasons
            assert "Feishu does not accept the app: 99991662" in reasons
            assert process.returncode is None


async def test_check_says_that_all_is_well_and_what_it_cannot_see(tenant, tmp_path):
    tenant.hires("Ann")
    async with tenant.serving() as url:
        code, out = await checked(tmp_path, configured(tmp_path, tenant, url), bihuan)
    assert (code, "Feishu: connected to 闭环." in out) == (0, True), out
    assert "card.action.trigger" in out


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"secret": "another"}, "app_secret is not accepted"),
        ({"bot": False}, "cannot act as a bot"),
        ({"socket": False}, "no long connection"),
        ({"scopes": frozenset()}, "lacks im:chat:read, contact:contact.base:readonly"),
        ({"scopes": frozenset({"contact:contact.base:readonly", "im:chat:read"})}, "lacks contact:user.base:readonly"),
        (
            {"scopes": SCOPES - {"im:message.p2p_msg:readonly", "im:resource"}},
            "lacks im:message.p2p_msg:readonly, im:resource",
        ),
        (
            {
                "scopes": SCOPES - {"im:chat.members:bot_access"},
                "unapproved": frozenset({"im:chat.members:bot_access"}),
            },
            "lacks im:chat.members:bot_access",
        ),
    ],
    ids=range(7),
)
async def test_check_finds_the_usual_mistakes(tenant, tmp_path, wrong, said):
    tenant.hires("Ann")
    async with tenant.serving() as url:
        file = configured(tmp_path, tenant, url)
        for name, value in wrong.items():
            setattr(tenant.app, name, value)
        code, out = await checked(tmp_path, file)
    assert (code, said in out) == (1, True), out


@pytest.mark.parametrize(("scope", "said"), [(True, "need no mention"), (False, "only what mentions the bot")])
async def test_check_says_which_messages_of_groups_are_heard(tenant, tmp_path, scope, said):
    tenant.hires("Ann")
    tenant.app.scopes = SCOPES if scope else SCOPES - {"im:message.group_msg"}
    async with tenant.serving() as url:
        code, out = await checked(tmp_path, configured(tmp_path, tenant, url))
    assert (code, said in out) == (0, True), out


@pytest.mark.parametrize(("urgent", "code"), [("true", 1), ("false", 0)])
async def test_check_says_when_it_should_ring_and_may_not(tenant, tmp_path, urgent, code):
    tenant.hires("Ann")
    tenant.app.scopes -= {"im:message.urgent"}
    async with tenant.serving() as url:
        file = configured(tmp_path, tenant, url, f"urgent = {urgent}\n")
        found, out = await checked(tmp_path, file)
        assert (found, "lacks im:message.urgent" in out) == (code, code == 1), out
        tenant.app.scopes |= {"im:message.urgent"}
        assert (await checked(tmp_path, file))[0] == 0
    assert all(one.rung == [] for one in tenant.users.values()), "asking disturbs nobody"


async def test_check_says_when_the_app_sees_nobody(tenant, tmp_path):
    async with tenant.serving() as url:
        code, out = await checked(tmp_path, configured(tmp_path, tenant, url))
    assert (code, "shows the app nobody" in out) == (0, True), out


async def test_check_says_what_the_scopes_hide(tenant, tmp_path):
    tech = tenant.department("技术部")
    tenant.hires("Ann", tech)
    tenant.range = {tech.id}
    tenant.app.scopes -= {"contact:department.organize:readonly", "contact:user.department:readonly"}
    async with tenant.serving() as url:
        code, out = await checked(tmp_path, configured(tmp_path, tenant, url))
    assert code == 0, out
    assert "· Feishu does not show the whole organisation (40004" in out
    assert "· Feishu does not show who heads a department and what is below what (contact:department.organize:" in out
    assert "· Feishu does not show who is in which department (contact:user.department:readonly)" in out


async def test_sync_says_what_was_read_and_what_is_hidden(tenant, tmp_path):
    tenant.hires("Ann", tenant.department("技术部"))
    tenant.app.scopes -= {"contact:user.employee:readonly"}
    async with tenant.serving() as url:
        code, out = await commanded(
            quickly, tmp_path, "sync", "people", "--config", str(configured(tmp_path, tenant, url))
        )
        assert code == 0, out
        assert (
            "feishu: 1 person and 1 department read. 1 person is new, nobody has left, 1 department has changed." in out
        )
        assert "· feishu does not show who has left (contact:user.employee:readonly)." in out
        tenant.faults.always("*", faults.limits("120"))
        code, out = await commanded(quickly, tmp_path, "sync", "people", "--config", str(tmp_path / "config.toml"))
    assert (code, "feishu: nothing was read, and nothing changed" in out) == (1, True), out


async def test_check_without_feishu_in_reach_or_on_the_wrong_host(tenant, tmp_path):
    code, out = await checked(tmp_path, configured(tmp_path, tenant, "http://127.0.0.1:9"))
    assert (code, "Feishu cannot be reached" in out) == (1, True), out
    tenant.sockets.refusals = [(1000040351, "wrong domain")]
    async with tenant.serving() as url:
        code, out = await checked(tmp_path, configured(tmp_path, tenant, url))
    assert (code, "check that domain fits" in out) == (1, True), out


async def checked(folder: Path, file: Path, start=quickly) -> tuple[int | None, str]:
    return await commanded(start, folder, "check", "--config", str(file))


async def readiness(address: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        said = await answer.json()
    return " ".join([*said["reasons"], *said["cut_off"]])
