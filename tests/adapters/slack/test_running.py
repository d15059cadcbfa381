"""`bihuan run` and `bihuan check` with [slack], as processes of their own, against a strict local Slack."""

import asyncio
import signal
from functools import partial
from pathlib import Path

import pytest

from storage import beside
from tests.adapters.forked import forked
from tests.adapters.slack.neighbours import installed
from tests.adapters.slack.office import app
from tests.adapters.started import address_of, bihuan, commanded, eventually
from tests.cli.test_run import free
from tests.simulators.slack import Workspace
from tests.simulators.slack.browser import installs

pytestmark = pytest.mark.slow

quickly = partial(forked, loads="adapters.slack.client")


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(app=app())


def configured(folder: Path, workspace: Workspace, url: str, more: str = "", database: str = "") -> Path:
    """`bihuan run`'s configuration; SQLite in the folder, unless `database` names another."""
    file, database = folder / "config.toml", database or f"sqlite:///{folder / 'shop.db'}"
    file.write_text(
        f'database.url = "{database}"\nweb.enabled = false\nserver.port = {free()}\n'
        f'workplace.quiet = "00:00-00:01"\nworkplace.calendar = "none"\nworkplace.workday = "Mon-Sun 00:01-23:59"\n[slack]\nbot_token = "{workspace.token}"\n'
        f'app_token = "{workspace.app.app_token}"\napi_url = "{url}/api"\n{more}'
    )
    return file


async def test_a_workplace_on_slack_from_the_command_to_the_verified_item(workspace, tmp_path):
    ann, bo = workspace.hires("ann", "Ann", locale="en-GB"), workspace.hires("bo", "Bo", locale="en-GB")
    product = workspace.channel("product", ann, bo)
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url)
        async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
            await asyncio.wait_for(workspace.connected(2), 20)
            await eventually(lambda: workspace.calls("users.list"))
            await ann.types("/action add ship it @Bo by 2030-11-29", product)
            assert "A-1 recorded" in ann.sees(product)
            assert "A-1 recorded" not in bo.sees(product)
            await bo.will_see("A-1 is yours")
            await bo.presses("Accept")
            await bo.types("/action submit A-1 https://example.com/it")
            await ann.will_see("A-1 is delivered")
            await ann.presses("Accept", ann.messages()[-1])
            await ann.types("/action show A-1", product)
            assert "done" in ann.sees(product)
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 15)
            assert process.returncode == 0, errors.decode()
            assert workspace.token not in errors.decode()
    assert workspace.complaints == []


async def test_the_log_holds_no_secret_also_when_it_is_talkative(workspace, tmp_path):
    ann = workspace.hires("ann", "Ann", locale="en-GB")
    workspace.slack.sockets.refused_upgrades = 1
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url)
        async with bihuan("run", "--verbose", "--config", str(file), folder=tmp_path) as process:
            await workspace.slack.sockets.connected(2, within=40)
            await ann.types("/action add")
            await ann.closes()
            await ann.types("/action list")
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 15)
    log = errors.decode()
    hooks = [path.rpartition("/")[2] for path in workspace.hooks.known]
    assert len(hooks) == 2
    for secret in (workspace.token, workspace.app.app_token, *hooks):
        assert secret not in log
    assert "ticket=" not in log.replace("ticket=…", "")
    assert "Failed to connect" in log, "what went wrong is told"


async def test_over_http_the_same_server_takes_slacks_requests(tmp_path):
    workspace = Workspace(app=app("http"))
    ann, bo = workspace.hires("ann", "Ann", locale="en-GB"), workspace.hires("bo", "Bo", locale="en-GB")
    async with workspace.serving() as url:
        more = f'mode = "http"\nsigning_secret = "{workspace.app.signing_secret}"\n'
        file = configured(tmp_path, workspace, url, more)
        async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
            address = await address_of(process)
            workspace.slack.door.url = f"{address}/slack/events"
            await eventually(lambda: workspace.calls("users.list"))
            await eventually_async(lambda: _answered(ann, "/action add ship it @Bo by 2030-11-29", "A-1 recorded"))
            await bo.will_see("A-1 is yours")
    assert workspace.complaints == []


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_a_second_workspace_is_installed_while_it_runs(tmp_path):
    workspace = Workspace(app=app("http"))
    labs = Workspace(slack=workspace.slack, name="Labs", installed=False)
    ann, eve = workspace.hires("ann", "Ann", locale="en-GB"), labs.hires("eve", "Eve", locale="en-GB")
    known = workspace.app
    async with workspace.serving() as url:
        more = f'mode = "http"\nsigning_secret = "{known.signing_secret}"\nclient_id = "{known.client_id}"\n'
        more += f'client_secret = "{known.client_secret}"\nworkspaces = ["{labs.id}"]\n'
        async with bihuan(
            "run", "--config", str(configured(tmp_path, workspace, url, more)), folder=tmp_path
        ) as process:
            address = await address_of(process)
            workspace.slack.door.url = f"{address}/slack/events"
            workspace.app.redirect_urls = (f"{address}/slack/oauth_redirect",)
            await eventually_async(lambda: _answered(ann, "/help", "/action add"))
            assert (await installs(eve, f"{address}/slack/install"))[0] == 200
            await eventually_async(lambda: _answered(eve, "/action add ship it @Ann by 2030-11-29", "A-1 recorded"))
            await ann.will_see("A-1 is yours")
            process.send_signal(signal.SIGTERM)
            _, errors = await asyncio.wait_for(process.communicate(), 15)
            assert process.returncode == 0, errors.decode()
            for secret in (labs.token, known.client_secret):
                assert secret not in errors.decode()
    assert workspace.complaints == labs.complaints == []


async def _answered(who, line: str, words: str) -> bool:
    await who.types(line)
    return words in who.sees()


async def test_a_dead_token_is_said_by_readiness_and_not_a_crash(workspace, tmp_path):
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url)
        workspace.installation.dead = "token_revoked"
        async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
            address = await address_of(process)
            reasons = await eventually_async(lambda: _readiness(f"{address}/readyz"))
            assert "token_revoked" in reasons
            cut_off = await eventually_async(lambda: _readiness(f"{address}/readyz", "cut_off"))
            assert cut_off.startswith("Slack: token_revoked, since ")
            assert process.returncode is None
        code, out = await checked(tmp_path, file)
        assert (code, "Slack: bot_token is not accepted" in out) == (1, True), out
        assert "Slack was last found cut off, since " in out


async def test_check_says_that_all_is_well_and_in_which_workspace(workspace, tmp_path):
    async with workspace.serving() as url:
        code, out = await checked(tmp_path, configured(tmp_path, workspace, url), bihuan)
    assert (code, "Slack: connected to Acme." in out) == (0, True), out


async def test_check_names_what_is_missing(workspace, tmp_path):
    workspace.installs(tuple(scope for scope in workspace.app.scopes if scope not in ("users:read.email", "im:write")))
    async with workspace.serving() as url:
        code, out = await checked(tmp_path, configured(tmp_path, workspace, url))
    assert code == 1
    assert "the token lacks im:write, users:read.email" in out


@pytest.mark.parametrize(("wrong", "named"), [("bot_token", "bot_token"), ("app_token", "app_token")])
async def test_check_names_the_token_that_is_wrong(workspace, tmp_path, wrong, named):
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url)
        good = workspace.token if wrong == "bot_token" else workspace.app.app_token
        file.write_text(file.read_text().replace(good, good + "x"))
        code, out = await checked(tmp_path, file)
    assert code == 1
    assert f"Slack: {named} is not accepted" in out


async def test_check_where_the_app_is_installed_by_oauth(workspace, tmp_path):
    """Nobody yet, then Acme, without a token in the configuration."""
    known = workspace.app
    more = (
        f'client_id = "{known.client_id}"\nclient_secret = "{known.client_secret}"\nworkspaces = ["{workspace.id}"]\n'
    )
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url, more)
        file.write_text(file.read_text().replace(f'bot_token = "{workspace.token}"\n', ""))
        code, out = await checked(tmp_path, file)
        assert (code, "no workspace has installed the app yet" in out, "/slack/install" in out) == (0, True, True), out
        installed(workspace, beside(f"sqlite:///{tmp_path / 'shop.db'}"))
        code, out = await checked(tmp_path, file)
        assert (code, "Slack: connected to Acme." in out) == (0, True), out
        assert workspace.token not in out
        workspace.installation.dead = "account_inactive"
        code, out = await checked(tmp_path, file)
        gone = f"Slack · Acme ({workspace.id}): the app is no longer accepted there (account_inactive)"
        assert (code, gone in out) == (1, True), out


async def test_check_without_slack_in_reach(workspace, tmp_path):
    code, out = await checked(tmp_path, configured(tmp_path, workspace, "http://127.0.0.1:9"))
    assert code == 1
    assert "Slack cannot be reached" in out


async def checked(folder: Path, file: Path, start=quickly) -> tuple[int | None, str]:
    return await commanded(start, folder, "check", "--config", str(file))


async def _readiness(address: str, which: str = "reasons") -> str:
    import aiohttp

    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        said = await answer.json()
    return " ".join(said[which])


async def eventually_async(ask, seconds: float = 10.0):
    for _ in range(int(seconds / 0.1)):
        if found := await ask():
            return found
        await asyncio.sleep(0.1)
    raise AssertionError("it never came")
