"""A workspace takes our token back, or the app is taken out there: which one is said to the admins once, by a way that still
works, and by `bihuan check` (A4 rows 20 and 24). How it is said once, and by whom, is tests/app/test_connections.py."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from adapters import Finding
from adapters.slack import Options, sockets
from adapters.slack.examination import examined, visited
from adapters.slack.standing import CONSOLE
from bot.errors import TryLater
from bot.operations.connections import standing
from bot.people import Account, Room
from storage import beside, open_store
from tests.adapters.cut_off import comes_to, promoted, promoted_here, told
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
        await comes_to(lambda: office.messenger.connections()[-1].at)
        await office.looks()
        office.labs.uninstalls()
        await office.acme.settled()
        await office.looks()
        known = await office.store.read(standing)
        assert [(one.name, bool(one.fault)) for one in known] == [
            (f"Slack · Labs ({office.labs.id})", True), (SOCKET, False), (f"Slack · Acme ({office.acme.id})", False),
        ]  # fmt: skip
        assert ann.sees().count("断开了") == 1


# --- the only one ---


async def staffed(office: Company) -> PaperMessenger:
    """张三 is an admin, in Slack and elsewhere, and would rather be written to in Slack."""
    office.zhang = office.hires("zhang", "张三")
    return await promoted(office, "张三")


@pytest.mark.parametrize("silently", [False, True])
async def test_the_only_workspace_goes_and_comes_back(tmp_path, silently):
    async with company(tmp_path, "socket", "zh-Hans", PaperMessenger()) as office:
        paper = await staffed(office)
        if silently:
            office.workspace.installation.dead = "account_inactive"
            with pytest.raises(TryLater, match="account_inactive"):
                await office.messenger.members(Room("slack", office.channel("产品").id))
        else:
            office.workspace.revokes()
        for _ in range(2):
            await office.hears_again()
            await office.looks()
        assert told(paper) == [f"Slack · Acme ({office.workspace.id}) 断开了"]
        office.workspace.installation.dead = ""
        await office.hears_again()
        await office.looks()
        assert "恢复了" in office.workspace.direct(office.zhang.user).messages[-1].text


# --- the app's own token ---

SOCKET = "Slack · Socket Mode"
OPEN = "apps.connections.open"


async def alone(office: Company) -> None:
    """张三 is an admin, in Slack and nowhere else."""
    office.zhang = office.hires("zhang", "张三")
    await comes_to(lambda: office.messenger.connections()[1].at)
    await promoted_here(office, "张三")


async def test_a_dead_app_token_is_said_in_slack_itself(tmp_path):
    """Nobody is heard, but what the bot has to say still goes out by its own token."""
    async with company(tmp_path) as office:
        await alone(office)
        old, office.workspace.app.app_token = office.workspace.app.app_token, "xapp-another"
        office.workspace.slack.sockets.drops()
        for _ in range(2):
            await office.looks()
            await asyncio.wait({office.listening}, timeout=10)
            await office.hears_again()
            await office.looks()
        sees = office.zhang.sees()
        assert sees.count(f"{SOCKET} 断开了") == 1
        assert "invalid_auth" in sees
        assert "slack.app_token" in sees
        assert "闭环自己的消息照常发送" in sees
        assert office.messenger.reaches(Account("slack", office.zhang.id))
        await asyncio.wait({office.listening}, timeout=10)
        office.workspace.app.app_token = old
        await office.hears_again()
        await comes_to(lambda: not office.messenger.connections()[1].fault)
        for _ in range(2):
            await office.looks()
        sees = office.zhang.sees()
        assert (sees.count(f"{SOCKET} 断开了"), sees.count(f"{SOCKET} 恢复了")) == (1, 1)


@pytest.mark.parametrize(
    "word",
    ["not_authed", "invalid_auth", "token_revoked", "token_expired", "account_inactive", "org_login_required",
     "not_allowed_token_type", "missing_scope"],
)  # fmt: skip
async def test_words_after_which_no_socket_will_open(tmp_path, word):
    async with company(tmp_path) as office:
        office.workspace.faults.always(OPEN, word)
        office.workspace.slack.sockets.drops()
        await asyncio.wait({office.listening}, timeout=10)
        with pytest.raises(sockets.Deaf, match=word):
            office.listening.result()
        (_, found) = office.messenger.connections()
        assert (found.name, found.fault, found.mend, found.deaf) == (SOCKET, word, "mend-token", True)
        office.workspace.faults.clear()


async def test_socket_mode_switched_off_is_said_in_slack_itself(tmp_path):
    async with company(tmp_path) as office:
        await alone(office)
        await office.workspace.slack.sockets.disables()
        for _ in range(2):
            await asyncio.wait({office.listening}, timeout=10)
            await office.looks()
            await office.hears_again()
        sees = office.zhang.sees()
        assert sees.count(f"{SOCKET} 断开了") == 1
        assert "link_disabled" in sees
        assert "https://api.slack.com/apps" in sees
        assert "slack.app_token" not in sees, "another token would mend nothing"
        await asyncio.wait({office.listening}, timeout=10)
        office.workspace.app.socket_mode = True
        await office.hears_again()
        await comes_to(lambda: not office.messenger.connections()[1].fault)
        await office.looks()
        assert office.zhang.sees().count(f"{SOCKET} 恢复了") == 1


async def test_switched_off_before_we_came_is_said_by_what_slack_answers(tmp_path):
    """Nobody has told us by which word; it is none that another token would mend."""
    async with company(tmp_path) as office:
        office.workspace.faults.always(OPEN, "a_word_of_tomorrow")
        office.workspace.slack.sockets.drops()
        await asyncio.wait({office.listening}, timeout=10)
        (_, found) = office.messenger.connections()
        assert (found.fault, found.mend, found.about) == ("a_word_of_tomorrow", "mend-socket", CONSOLE)
        office.workspace.faults.clear()


async def test_slack_away_just_after_switching_off_takes_nothing_back(tmp_path):
    async with company(tmp_path) as office:
        office.workspace.faults.always(OPEN, faults.fails(503))
        await office.workspace.slack.sockets.disables()
        await asyncio.wait({office.listening}, timeout=10)
        with pytest.raises(sockets.Deaf, match="link_disabled"):
            office.listening.result()
        office.workspace.faults.clear()


async def test_the_word_for_switching_off_may_be_said_by_people(tmp_path):
    async with company(tmp_path) as office:
        await alone(office)
        await office.zhang.types('/action add {"type": "disconnect", "reason": "link_disabled"} 2030-11-29')
        office.workspace.faults.always(OPEN, faults.fails(503))
        office.workspace.slack.sockets.drops()
        await asyncio.sleep(3 * sockets.LOOK_EVERY)
        assert not office.listening.done()
        office.workspace.faults.clear()


@pytest.mark.parametrize("fault", [faults.fails(503), faults.closes(), "ratelimited", "internal_error"])
async def test_a_socket_that_does_not_open_just_now_is_nobodys_to_hear(tmp_path, fault):
    async with company(tmp_path) as office:
        await alone(office)
        office.workspace.faults.always(OPEN, fault)
        asked = len(office.workspace.calls(OPEN))
        office.workspace.slack.sockets.drops()
        await comes_to(lambda: len(office.workspace.calls(OPEN)) >= asked + 2)
        await asyncio.sleep(2 * sockets.LOOK_EVERY)
        await office.looks()
        assert office.zhang.sees() == ""
        assert not office.listening.done()
        office.workspace.faults.clear()


async def test_a_line_that_is_left_hears_whatever_was_answered_to_the_other(tmp_path):
    async with company(tmp_path) as office:
        await alone(office)
        office.workspace.faults.always(OPEN, "invalid_auth")
        asked = len(office.workspace.calls(OPEN))
        office.workspace.slack.sockets.lines[0].cuts()
        await comes_to(lambda: len(office.workspace.calls(OPEN)) > asked)
        await asyncio.sleep(2 * sockets.LOOK_EVERY)
        assert not office.listening.done()
        assert office.messenger.connections()[1].fault == ""
        office.workspace.faults.clear()


async def test_at_the_door_it_is_slack_who_knocks(tmp_path):
    async with company(tmp_path, "http") as office:
        assert [one.name.split(" · ")[0] for one in office.messenger.connections()] == ["Slack"]
        assert SOCKET not in [one.name for one in office.messenger.connections()]


async def test_a_dead_app_token_is_every_workspaces_and_said_once(tmp_path):
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        await office.promotes("安娜")
        await comes_to(lambda: office.messenger.connections()[-1].at)
        await office.looks()
        office.acme.app.app_token = "xapp-another"
        office.acme.slack.sockets.drops()
        await asyncio.wait({office.listening}, timeout=10)
        for _ in range(2):
            await office.looks()
        assert (ann.sees().count(f"{SOCKET} 断开了"), eve.sees()) == (1, "")
        assert ann.sees().count("断开了") == 1, "the workspaces themselves are not lost"


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


async def test_check_of_a_socket_that_does_not_open_just_now_accuses_no_token_and_tells_no_ticket(acme):
    acme.slack.sockets.refused_upgrades = 1
    async with acme.serving() as url:
        found = await examined(Options(acme.token, acme.app.app_token, "", "socket", f"{url}/api"), acme.clock)
    reason = "WSServerHandshakeError: 503 Invalid response status"
    assert found[-1] == Finding("check-messenger-away", {"name": "Slack", "reason": reason})


async def test_check_of_a_socket_that_slack_refuses_accuses_the_app_token(acme):
    async with acme.serving() as url:
        found = await examined(Options(acme.token, "xapp-another", "", "socket", f"{url}/api"), acme.clock)
    assert (found[-1].text, found[-1].args["key"]) == ("check-messenger-token", "app_token")


async def test_check_reads_no_installation_that_is_not_admitted(tmp_path, acme, labs):
    found = await visits(tmp_path, acme, acme, labs, admitted=(acme.id,))
    assert [one.args["where"] for one in found] == ["Acme"]
    assert {call.team for call in acme.calls("auth.test")} == {acme.id}
