"""`bihuan run` and `bihuan check` with [dingtalk], as processes of their own, against a strict local DingTalk."""

import asyncio
import dataclasses
import signal
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.adapters.forked import forked
from tests.adapters.started import bihuan, commanded, eventually
from tests.cli.test_run import free
from tests.simulators.dingtalk import Organisation, faults
from tests.simulators.dingtalk.values import OWN_TEMPLATE

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals")]


@pytest.fixture
def organisation() -> Organisation:
    return Organisation()


def configured(folder: Path, organisation: Organisation, url: str, more: str = "") -> Path:
    file, app = folder / "config.toml", organisation.app
    file.write_text(
        f'database.url = "sqlite:///{folder / "shop.db"}"\nweb.enabled = false\nserver.port = {free()}\n'
        'workplace.language = "zh-Hans"\nworkplace.quiet = "00:00-00:01"\nworkplace.calendar = "none"\n'
        'workplace.workday = "Mon-Sun 00:01-23:59"\n[dingtalk]\n'
        f'client_id = "{app.client_id}"\nclient_secret = "{app.client_secret}"\nrobot_code = "{app.robot_code}"\n'
        f'memory = "{folder / "dingtalk.db"}"\napi_url = "{url}/api"\noapi_url = "{url}/oapi"\n{more}'
    )
    return file


quickly = partial(forked, loads="adapters.dingtalk.client")
OWN = f'card_template_id = "{OWN_TEMPLATE.id}"\n'


@pytest.mark.parametrize(
    "more", [OWN, "", 'cards = "links"\n', 'cards = "text"\n'], ids=["template", "public", "links", "text"]
)
async def test_a_workplace_from_the_command_to_the_verified_item(organisation, tmp_path, more):
    ann, bo = organisation.hires("0456ann", "安娜"), organisation.hires("0123bo", "薄一")
    weekly = organisation.group("项目周会", ann, bo)
    async with organisation.serving() as url:
        file = configured(tmp_path, organisation, url, more)
        start = bihuan if more == OWN else quickly
        async with start("run", "--config", str(file), folder=tmp_path) as process:
            await organisation.gateway.connected()
            await eventually(lambda: knows(tmp_path, "薄一"))
            await ann.says("@闭环 新增 输出流程 @薄一 2030-11-29", weekly)
            await bo.will_see("请确认：A-1 由你负责")
            assert "已记录 A-1" in ann.sees(weekly) + ann.sees()
            assert "已记录" not in bo.sees(weekly), "an answer is the asker's alone"
            await (bo.says("接受 A-1") if "text" in more else bo.presses("接受"))
            await eventually(lambda: "进行中" in bo.sees() or "已接受" in bo.sees())
            await bo.says("完成 A-1 https://example.com/it")
            await ann.will_see("A-1 已提交，请验收")
            await (ann.says("通过 A-1") if "text" in more else ann.presses("通过"))
            await ann.says("查看 A-1")
            await ann.will_see("已完成")
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 15)
            assert process.returncode == 0, errors.decode()
            assert organisation.app.client_secret not in errors.decode()
    assert organisation.complaints == []


async def test_the_log_holds_no_secret_also_when_it_is_talkative(organisation, tmp_path):
    ann = organisation.hires("0456ann", "安娜")
    async with organisation.serving() as url:
        file = configured(tmp_path, organisation, url)
        async with bihuan("run", "--verbose", "--config", str(file), folder=tmp_path) as process:
            await organisation.gateway.connected()
            await organisation.gateway.closes()
            await organisation.gateway.connected()
            await ann.says("列表")
            await ann.will_see("行动项")
            process.send_signal(signal.SIGTERM)
            out, errors = await asyncio.wait_for(process.communicate(), 15)
    log = out.decode() + errors.decode()
    assert "the stream begins again" in log, "what went wrong is told"
    for secret in (organisation.app.client_secret, organisation.token(), "ticket=", "session="):
        assert secret not in log


async def test_check_says_that_all_is_well_and_on_which_rung(organisation, tmp_path):
    code, out = await checked(tmp_path, organisation, OWN, start=bihuan)
    assert code == 0, out
    assert "cards are shown by the workplace's own template" in out
    assert "of 5000 API calls used this month" in out
    assert organisation.messages == [], "a check says nothing to anybody"


async def test_check_names_a_wrong_secret(organisation, tmp_path):
    code, out = await checked(tmp_path, organisation, OWN, secret="wrong")
    assert code == 1
    assert "DingTalk: client_secret is not accepted" in out


@pytest.mark.parametrize("right", ["qyapi_robot_sendmsg", "Card.Instance.Write", "qyapi_get_department_list"])
async def test_check_prints_the_link_to_apply_for_a_missing_permission(organisation, tmp_path, right):
    organisation.app.rights.remove(right)
    code, out = await checked(tmp_path, organisation, OWN)
    assert code == 1
    assert f"https://open-dev.dingtalk.com/appscope/apply?content=dingabc%23{right}" in out


async def test_check_finds_an_app_without_a_published_version(organisation, tmp_path):
    organisation.app.published = False
    code, out = await checked(tmp_path, organisation, OWN)
    assert code == 1
    assert "Publish a version of the app" in out
    assert "robot_code is not this app's, or the robot is not published" in out


async def test_check_finds_an_unpublished_template_and_a_narrow_contact_scope(organisation, tmp_path):
    organisation.app.templates[OWN_TEMPLATE.id] = dataclasses.replace(OWN_TEMPLATE, published=False)
    organisation.scope = {7}
    code, out = await checked(tmp_path, organisation, OWN)
    assert code == 1
    assert "card_template_id cannot be used (param.templateUnpublished)" in out
    assert "may not see the organisation's people" in out


async def test_check_tries_the_bell_where_it_is_switched_on(organisation, tmp_path):
    assert (await checked(tmp_path, organisation, OWN))[0] == 0
    code, out = await checked(tmp_path, organisation, f"{OWN}urgent = true\n")
    assert code == 1
    assert "https://open-dev.dingtalk.com/appscope/apply?content=dingabc%23Premium.Ding.Write" in out


async def test_check_finds_a_list_of_addresses_that_lacks_ours(organisation, tmp_path):
    shut = faults.refuses("Forbidden.AccessDenied.IpNotInWhiteList", 403)
    organisation.faults.always("*", shut)
    code, out = await checked(tmp_path, organisation, OWN)
    assert code == 1
    assert "takes no calls from this machine's address" in out


async def test_check_finds_an_unpublished_template_every_time(organisation, tmp_path):
    assert (await checked(tmp_path, organisation, OWN))[0] == 0
    organisation.app.templates[OWN_TEMPLATE.id] = dataclasses.replace(OWN_TEMPLATE, published=False)
    code, out = await checked(tmp_path, organisation, OWN)
    assert code == 1
    assert "param.templateUnpublished" in out


async def test_check_says_what_is_hidden_and_a_part_of_the_organisation_is_no_fault(organisation, tmp_path):
    organisation.department(7, "产品部")
    organisation.department(9, "董事会", 7)
    organisation.hires("0456ann", "安娜", 7)
    organisation.scope = {7}
    code, out = await checked(tmp_path, organisation, OWN)
    assert code == 0, out
    assert "· DingTalk does not show the whole organisation (50004" in out
    assert "· DingTalk does not show what is below 董事会 (50004" in out


async def test_check_tries_looking_somebody_up(organisation, tmp_path):
    organisation.hires("0456ann", "安娜")
    organisation.app.rights -= {"qyapi_get_member"}
    code, out = await checked(tmp_path, organisation, OWN)
    assert (code, "lacks the permission qyapi_get_member" in out) == (1, True), out


async def test_sync_says_what_was_read(organisation, tmp_path):
    organisation.hires("0456ann", "安娜")
    organisation.department(7, "产品部")
    async with organisation.serving() as url:
        file = configured(tmp_path, organisation, url)
        for new in ("1 person is new", "Nobody is new"):
            async with quickly("sync", "people", "--config", str(file), folder=tmp_path) as process:
                out, errors = await asyncio.wait_for(process.communicate(), 30)
            said = out.decode()
            assert (process.returncode, said.count("dingtalk: 1 person and 2 departments read.")) == (0, 1), (
                errors.decode()
            )
            assert new in said
            assert organisation.calls("/v1.0/gateway/connections/open") == [], "nothing is taken from who listens"


async def test_check_without_dingtalk_in_reach(organisation, tmp_path):
    file = configured(tmp_path, organisation, "http://127.0.0.1:9")
    async with quickly("check", "--config", str(file), folder=tmp_path) as process:
        out, _ = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert "DingTalk cannot be reached" in out.decode()


def knows(folder: Path, name: str) -> bool:
    """Whether the directory was read, and kept."""
    with closing(sqlite3.connect(folder / "shop.db", timeout=10)) as file:
        return file.execute("SELECT 1 FROM people WHERE name = ?", (name,)).fetchone() is not None


async def checked(folder, organisation, more, secret="", start=quickly):
    async with organisation.serving() as url:
        file = configured(folder, organisation, url, more)
        if secret:
            file.write_text(file.read_text().replace(organisation.app.client_secret, secret))
        return await commanded(start, folder, "check", "--config", str(file))
