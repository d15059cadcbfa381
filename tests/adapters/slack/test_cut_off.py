"""A workspace takes our token back, or the app is taken out there: which one is said to the admins once, by a way that still
works, and by `bihuan check` (A4 rows 20 and 24). How it is said once, and by whom, is tests/app/test_connections.py."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from adapters import Finding
from adapters.slack import Options
from adapters.slack.examination import visited
from bot.errors import TryLater
from bot.operations.connections import standing
from bot.people import Account, Person, Profile, Room
from storage import beside, open_store
from tests.adapters.slack.company import Company, company
from tests.adapters.slack.neighbours import installed, neighbours
from tests.adapters.slack.office import MODES, app
from tests.paper import PaperMessenger
from tests.simulators.slack import Workspace, faults

pytestmark = [
    pytest.mark.slow,
    # slack_sdk 3.47 names the client by a class that aiohttp 3.14 wants to be rid of.
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]

ROOT = Account("paper", "root")


# --- one of several ---


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("how", ["revokes", "uninstalls"])
async def test_one_of_several_goes_and_comes_back(tmp_path, mode, how):
    async with neighbours(tmp_path, mode) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        await office.promotes("安娜")
        await office.looks()
        assert ann.sees() == ""
        getattr(office.labs, how)()
        for _ in range(3):
            await office.acme.settled()
            await office.looks()
        gone = f"Slack · Labs ({office.labs.id}) 断开了"
        assert ann.sees().count(gone) == 1
        assert "/slack/install" in ann.sees(), "the way out is said"
        office.labs.installed or office.labs.installs(office.labs.app.scopes)
        await office.installs(eve)
        for _ in range(3):
            await office.looks()
        assert ann.sees().count(f"Slack · Labs ({office.labs.id}) 恢复了") == 1
        assert ann.sees().count(gone) == 1


async def test_a_token_that_died_in_silence_is_found_by_the_next_message(tmp_path):
    """An event may be lost, and Slack sends none for an account that was switched off."""
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        await office.promotes("安娜")
        office.labs.installation.dead = "account_inactive"
        await ann.types("/action add 写流程 @伊芙 2030-11-29")
        await office.delivers()
        assert not office.messenger.reaches((await office.person("伊芙")).accounts[0])
        await office.messenger.look()
        await office.looks()
        assert "Labs" in ann.sees()
        assert "account_inactive" in ann.sees()
        assert office.messenger.reaches((await office.person("安娜")).accounts[0])


async def test_a_call_that_was_refused_by_mistake_cuts_nothing_off(tmp_path):
    """Slack itself stumbles now and then; whose token it is, is asked once more before anybody is told."""
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        await office.promotes("安娜")
        office.acme.faults.next("conversations.open", "invalid_auth")
        await ann.types("/action add 写流程 @伊芙 2030-11-29")
        await office.delivers()
        await office.messenger.look()
        await office.looks()
        assert "断开" not in ann.sees()
        await eve.types("/action list")
        assert "写流程" in eve.sees(), "and it was heard all the time"


async def test_the_workspace_of_the_configuration_may_be_the_one(tmp_path):
    async with neighbours(tmp_path) as office:
        office.acme.hires("ann", "安娜")
        eve = office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        await office.promotes("伊芙")
        office.acme.revokes()
        await office.acme.settled()
        await office.looks()
        assert f"Slack · Acme ({office.acme.id}) 断开了" in eve.sees()
        assert "slack.bot_token" in eve.sees(), "there a new token is needed, no installation"


async def test_what_is_known_stands_in_the_database_for_every_process(tmp_path):
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        await office.promotes("安娜")
        await office.looks()
        office.labs.uninstalls()
        await office.acme.settled()
        await office.looks()
        known = await office.store.read(standing)
        assert [(one.name, bool(one.fault)) for one in known] == [
            (f"Slack · Labs ({office.labs.id})", True), (f"Slack · Acme ({office.acme.id})", False),
        ]  # fmt: skip
        assert ann.sees().count("断开了") == 1


# --- the only one ---


async def promoted(office: Company) -> PaperMessenger:
    """张三 is an admin, in Slack and elsewhere."""
    zhang = office.hires("zhang", "张三")
    office.zhang = zhang
    paper = office.delivery.messengers["paper"]
    assert isinstance(paper, PaperMessenger)
    paper.profiles["root"] = Profile(ROOT, "张三")
    accounts = (Account("slack", zhang.id), ROOT)
    person = Person(0, "张三", "Asia/Shanghai", "zh-Hans", accounts=accounts, admin=True, prefers="slack")
    await office.store.write(lambda records: records.people.save(person))
    return paper


async def heard_again(office: Company) -> None:
    """As the watch does it: what ended is started again."""
    await asyncio.wait({office.listening}, timeout=10)
    assert office.listening.done()
    assert office.listening.exception(), "an ear that ends without a reason"
    office.listening = asyncio.create_task(office.messenger.listen(office.receive))
    await asyncio.wait({office.listening, asyncio.ensure_future(office.messenger.listening.wait())}, timeout=10,
                       return_when=asyncio.FIRST_COMPLETED)  # fmt: skip


@pytest.mark.parametrize("silently", [False, True])
async def test_the_only_workspace_goes_and_comes_back(tmp_path, silently):
    async with company(tmp_path, "socket", "zh-Hans", PaperMessenger()) as office:
        paper = await promoted(office)
        await office.looks()
        if silently:
            office.workspace.installation.dead = "account_inactive"
            with pytest.raises(TryLater, match="account_inactive"):
                await office.messenger.members(Room("slack", office.channel("产品").id))
        else:
            office.workspace.revokes()
        for _ in range(2):
            await heard_again(office)
            await office.looks()
        titles = [sheet.card.title for sheet in paper.to(ROOT)]
        assert titles == [f"Slack · Acme ({office.workspace.id}) 断开了"]
        office.workspace.installation.dead = ""
        await heard_again(office)
        await office.looks()
        assert "恢复了" in office.workspace.direct(office.zhang.user).messages[-1].text


# --- bihuan check ---


async def visits(
    folder: Path, acme: Workspace, *there: Workspace, admitted: tuple[str, ...], **more: Any
) -> list[Finding]:
    """What `bihuan check` hears where the app is installed `there`."""
    database = f"sqlite:///{folder / 'office.db'}"
    await open_store(database).close()
    engine = beside(database)
    for workspace in there:
        installed(workspace, engine)
    async with acme.serving() as url:
        options = Options(
            api_url=f"{url}/api", client_id=acme.app.client_id, client_secret=acme.app.client_secret,
            workspaces=admitted, **more,
        )  # fmt: skip
        return await visited(options, acme.clock, engine)


@pytest.fixture
def acme() -> Workspace:
    return Workspace(app=app())


@pytest.fixture
def labs(acme: Workspace) -> Workspace:
    return Workspace(slack=acme.slack, name="Labs")


async def test_check_says_plainly_that_nobody_has_installed_it(tmp_path, acme):
    found = await visits(tmp_path, acme, admitted=(acme.id,))
    assert found == [Finding("check-messenger-nowhere", {"name": "Slack", "page": "/slack/install"}, fault=False)]


async def test_check_asks_every_workspace(tmp_path, acme, labs):
    """One works, one lacks a scope, one has died, one was never installed."""
    labs.installs(tuple(one for one in labs.app.scopes if one != "files:write"))
    dead = Workspace(slack=acme.slack, name="Dead")
    dead.installation.dead = "account_inactive"
    found = await visits(
        tmp_path, acme, acme, labs, dead, admitted=(acme.id, labs.id, dead.id, "T0NOBODY001"), bot_token="xoxb-own"
    )
    page = {"page": "/slack/install"}
    assert found == [
        Finding("check-messenger-met", {"name": "Slack", "where": "Acme"}, fault=False),
        Finding("check-messenger-scopes", {"name": f"Slack · Labs ({labs.id})", "scopes": "files:write"}),
        Finding("check-messenger-met", {"name": "Slack", "where": "Labs"}, fault=False),
        Finding("check-messenger-lost", {"name": f"Slack · Dead ({dead.id})", "reason": "account_inactive", **page}),
        Finding("check-messenger-uninstalled", {"name": "Slack · T0NOBODY001", **page}, fault=False),
    ]


async def test_check_of_a_slack_that_does_not_answer_accuses_no_token(tmp_path, acme):
    acme.faults.next("auth.test", faults.fails(503))
    (found,) = await visits(tmp_path, acme, acme, admitted=(acme.id,))
    assert (found.text, found.args["name"]) == ("check-messenger-away", f"Slack · Acme ({acme.id})")


async def test_check_reads_no_installation_that_is_not_admitted(tmp_path, acme, labs):
    found = await visits(tmp_path, acme, acme, labs, admitted=(acme.id,))
    assert [one.args["where"] for one in found] == ["Acme"]
    assert {call.team for call in acme.calls("auth.test")} == {acme.id}
