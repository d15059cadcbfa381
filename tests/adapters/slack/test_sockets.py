"""Socket Mode when it goes wrong: refreshes, refused upgrades, broken and half-open lines, dead tokens, a clean stop."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from adapters.slack import SlackMessenger, sockets
from adapters.slack.errors import Revoked
from bot.errors import TryLater
from bot.people import Account
from tests.adapters.slack.office import MODES, app, connected
from tests.contracts.harness import Core, listening
from tests.contracts.messenger import card
from tests.simulators.slack import Workspace, faults

pytestmark = pytest.mark.slow


@pytest.fixture
async def workspace() -> Workspace:
    return Workspace(app=app())


@pytest.fixture
async def messenger(workspace) -> AsyncIterator[SlackMessenger]:
    async with connected(workspace) as messenger:
        yield messenger


async def answers(workspace, core, who, text: str) -> None:
    """The bot hears and answers, by whichever line there is."""
    core.answer = card(f"答 {text}")
    await who.types(f"/action {text}")
    assert f"答 {text}" in who.sees()


async def test_two_connections_and_one_stays_while_the_other_is_renewed(workspace, messenger):
    core, ann = Core(), workspace.hires("ann")
    async with listening(messenger, core.receive):
        await workspace.connected(2)
        await answers(workspace, core, ann, "一")
        await workspace.slack.sockets.warns()
        await answers(workspace, core, ann, "二")
        await workspace.slack.sockets.refreshes()
        await workspace.connected(2)
        await answers(workspace, core, ann, "三")


@pytest.mark.parametrize("refused", [1, 2, 3])
async def test_a_refused_upgrade_asks_for_a_new_ticket(workspace, messenger, refused, caplog):
    """The stale-ticket loop of slack_sdk (platform sheet 6.4), at the first connect."""
    workspace.slack.sockets.refused_upgrades = refused
    async with listening(messenger, Core().receive):
        await workspace.connected(2)
    assert len(workspace.calls("apps.connections.open")) > 2
    assert "ticket=" not in caplog.text.replace("ticket=…", ""), "a ticket is a secret until it is used"


async def test_a_broken_line_comes_again_even_when_the_next_upgrade_is_refused(workspace, messenger):
    core, ann = Core(), workspace.hires("ann")
    async with listening(messenger, core.receive):
        await workspace.connected(2)
        workspace.slack.sockets.refused_upgrades = 2
        workspace.slack.sockets.drops()
        await asyncio.sleep(0.1)
        await workspace.slack.sockets.connected(2, within=10)
        await answers(workspace, core, ann, "还在")


async def test_half_open_lines_are_noticed(workspace, messenger):
    core, _ann = Core(), workspace.hires("ann")
    async with listening(messenger, core.receive):
        await workspace.connected(2)
        before = workspace.slack.sockets.opened
        workspace.slack.sockets.freezes()
        for _ in range(100):
            await asyncio.sleep(0.1)
            if workspace.slack.sockets.opened >= before + 2:
                break
        await asyncio.sleep(0.2)
        assert workspace.slack.sockets.opened >= before + 2


async def test_connecting_is_asked_for_again_when_slack_is_away(workspace, messenger):
    workspace.faults.next("apps.connections.open", faults.fails(503), faults.fails(500, "empty"), faults.closes())
    async with listening(messenger, Core().receive):
        await workspace.slack.sockets.connected(2, within=10)


async def test_deaf_for_long_is_said(workspace, messenger, caplog):
    """A part that ends is started again, and what it said stands in /readyz."""
    workspace.slack.sockets.refused_upgrades = 10_000
    caplog.set_level(logging.CRITICAL)
    before, sockets.DEAF_FOR = sockets.DEAF_FOR, 1.5
    try:
        with pytest.raises(sockets.Deaf):
            await asyncio.wait_for(messenger.listen(Core().receive), 10)
    finally:
        sockets.DEAF_FOR = before


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("first", [True, False])
async def test_an_uninstalled_app_stops_sending_and_says_so(mode, first):
    """A4 row 24: no error storm, nothing lost."""
    workspace = Workspace(app=app(mode))
    ann = workspace.hires("ann")
    async with connected(workspace, mode) as messenger:
        task = asyncio.create_task(messenger.listen(Core().receive))
        await messenger.listening.wait()
        if mode == "socket":
            await workspace.connected(2)
        await messenger.post(Account("slack", ann.id), card("一"), key="1", again=False)
        sent = len(workspace.calls())
        workspace.uninstalls(revoked_first=not first)
        with pytest.raises(Revoked):
            await asyncio.wait_for(task, 5)
        for number in range(100):
            with pytest.raises(TryLater) as later:
                await messenger.post(Account("slack", ann.id), card("二"), key=f"k{number}", again=False)
            assert later.value.seconds == 900
        assert len([call for call in workspace.calls()[sent:] if call.method == "chat.postMessage"]) == 0


async def test_somebody_elses_revoked_token_is_nothing_to_us(workspace, messenger):
    ann = workspace.hires("ann")
    async with listening(messenger, Core().receive):
        await workspace.connected(2)
        inner = {"type": "tokens_revoked", "tokens": {"oauth": [ann.id], "bot": []}, "event_ts": "1.0"}
        workspace.tells(inner)
        await workspace.settled()
        assert workspace.deliveries("tokens_revoked")[0].acknowledged
        await messenger.post(Account("slack", ann.id), card("一"), key="1", again=False)
    assert "一" in ann.sees()


async def test_a_dead_token_at_the_start_is_said(workspace, messenger):
    workspace.installation.dead = "invalid_auth"
    with pytest.raises(Revoked, match="invalid_auth"):
        await messenger.listen(Core().receive)


async def test_everything_that_comes_is_acknowledged_also_what_is_not_for_us(workspace, messenger):
    ann = workspace.hires("ann")
    room = workspace.channel("r", ann)
    async with listening(messenger, Core().receive):
        await workspace.connected(2)
        message = await ann.says("一", room)
        await ann.edits(message, "二", room)
        await ann.leaves(room)
        await ann.joins(room)
        room.archives()
        workspace.user_changed(ann.user)
        await workspace.settled()
    assert [one.name for one in workspace.deliveries() if not one.acknowledged] == []


async def test_stopping_leaves_no_task_and_no_line(workspace, messenger):
    task = asyncio.create_task(messenger.listen(Core().receive))
    await workspace.connected(2)
    others = asyncio.all_tasks()
    task.cancel()
    begun = asyncio.get_running_loop().time()
    await asyncio.wait({task})
    assert asyncio.get_running_loop().time() - begun < 2
    await asyncio.sleep(0.1)
    assert workspace.slack.sockets.lines == []
    left = [
        one
        for one in asyncio.all_tasks() & others
        if "slack" in repr(one.get_coro()).lower() and "SocketModeClient" in repr(one)
    ]
    assert left == []
