"""Several workspaces of one organisation: installed by OAuth where an admin admits them, each with its own token and people."""

import asyncio
import time

import aiohttp
import pytest

from bot.cards import Card, Mention, Plain, Text
from bot.errors import TryLater, Undeliverable
from bot.people import Account, Room
from storage import beside, open_store
from tests.adapters.slack.neighbours import messenger_of, neighbours
from tests.adapters.slack.office import MODES
from tests.simulators.slack import Workspace

pytestmark = [
    pytest.mark.slow,
    # slack_sdk 3.47 names the client by a class that aiohttp 3.14 wants to be rid of.
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]


@pytest.mark.parametrize("mode", MODES)
async def test_people_of_two_workspaces_give_each_other_work(tmp_path, mode):
    async with neighbours(tmp_path, mode) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        status, page = await office.installs(eve)
        assert (status, "Labs" in page) == (200, True), page
        await office.meets()
        await ann.types("/action add 写客诉流程 @伊芙 2030-11-29")
        await office.delivers()
        assert "写客诉流程" in eve.sees()
        await eve.presses("接受")
        await eve.types("/action submit A-1 https://example.com/it")
        await office.delivers()
        assert "A-1" in ann.sees()
        await ann.types("/action approve A-1")
        await eve.types("/action show A-1")
        assert "写客诉流程" in eve.sees()
        assert (await office.person("安娜")).accounts == (Account("slack", ann.id),)
        assert (await office.person("伊芙")).accounts == (Account("slack", f"{office.labs.id}.{eve.id}"),)


async def test_the_same_id_in_two_workspaces_is_two_people(tmp_path):
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙", id="U0TWIN0001")
        twin = office.acme.hires("twin", "双生", id="U0TWIN0001")
        await office.installs(eve)
        await office.meets()
        await ann.types("/action add 各写各的 @伊芙 2030-11-29")
        await office.delivers()
        assert "各写各的" in eve.sees()
        assert "各写各的" not in twin.sees()
        await twin.types("/action accept A-1")
        await twin.types("/action show A-1")
        assert "待伊芙确认" in twin.sees(), "whose id only looks like the owner's accepts nothing"


async def test_a_form_that_picks_somebody_means_somebody_of_that_workspace(tmp_path):
    async with neighbours(tmp_path) as office:
        eve, fay = office.labs.hires("eve", "伊芙"), office.labs.hires("fay", "菲")
        await office.installs(eve)
        await office.meets()
        await eve.types("/action add")
        await eve.fills({"text": "填在表里", "owner": fay, "due": "2030-11-29"})
        await office.delivers()
        assert "填在表里" in fay.sees()


async def test_a_room_of_the_second_workspace(tmp_path):
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        lab = office.labs.channel("lab", eve)
        room = Room("slack", f"{office.labs.id}.{lab.id}")
        assert await office.messenger.members(room) == [Account("slack", f"{office.labs.id}.{eve.id}")]
        await eve.mentions_bot("add 在房间里说 @伊芙 2030-11-29", lab)
        assert office.heard[-1].where.room == room
        theirs = Mention("伊芙", Account("slack", f"{office.labs.id}.{eve.id}"))
        ours = Mention("安娜", Account("slack", ann.id))
        card = Card("请看", (Text((theirs, Plain(" "), ours)),))
        posted = await office.messenger.post(room, card, key="k", again=False)
        assert "@伊芙 @安娜" in eve.sees(lab)
        await office.messenger.update(posted, Card("看过了"))
        assert "看过了" in eve.sees(lab)


async def test_a_workspace_that_is_not_admitted_gets_nothing(tmp_path):
    async with neighbours(tmp_path) as office:
        stranger = Workspace(slack=office.acme.slack, name="Rivals", installed=False)
        sly = stranger.hires("sly", "Sly", locale="en-US")
        status, page = await office.installs(sly)
        assert (status, f"Rivals ({stranger.id})" in page) == (403, True)
        assert [call.method for call in office.acme.calls("auth.revoke")] == ["auth.revoke"]
        stranger.installs(stranger.app.scopes)  # as if by hand, from the app's own page
        asked = await sly.types("/action list")
        assert "请联系管理员" in str(asked.body)
        await sly.says("hello")
        assert office.heard == []
        with pytest.raises(Undeliverable):
            await office.messenger.post(Account("slack", f"{stranger.id}.{sly.id}"), Card("x"), key="k", again=False)


@pytest.mark.parametrize("how", ["revokes", "uninstalls"])
async def test_a_workspace_that_takes_the_app_out_is_its_own_trouble(tmp_path, how):
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        getattr(office.labs, how)()
        await office.acme.settled()
        sent = len(office.acme.calls("chat.postMessage"))
        for n in range(6):
            await ann.types(f"/action add 等着的事{n} @伊芙 2030-11-29")
        await ann.types("/action add 自己的事 @安娜 2030-11-29")
        await office.delivers()
        assert len(office.acme.calls("chat.postMessage")) == sent, "nothing is tried there"
        assert await office.waiting() >= 1
        assert not office.listening.done()
        await ann.says("list")
        assert "自己的事" in ann.sees()
        office.labs.installed or office.labs.installs(office.labs.app.scopes)
        assert (await office.installs(eve))[0] == 200
        await eve.types("/action list")
        assert "等着的事" in eve.sees()


async def test_what_waited_for_a_workspace_goes_out_when_it_is_installed_again(tmp_path):
    async with neighbours(tmp_path) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        await office.installs(eve)
        await office.meets()
        office.labs.uninstalls()
        await office.acme.settled()
        to = Account("slack", f"{office.labs.id}.{eve.id}")
        with pytest.raises(TryLater) as later:
            await office.messenger.post(to, Card("你好"), key="k", again=False)
        assert later.value.well
        await office.installs(eve)
        await office.messenger.post(to, Card("你好"), key="k", again=True)
        assert "你好" in eve.sees()
        assert ann.sees() == ""


async def test_without_a_token_everybody_comes_by_installation(tmp_path):
    async with neighbours(tmp_path, token=False) as office:
        ann, eve = office.acme.hires("ann", "安娜"), office.labs.hires("eve", "伊芙")
        assert [(await office.installs(who))[0] for who in (ann, eve)] == [200, 200]
        await office.meets()
        await eve.types("/action add 都装好了 @安娜 2030-11-29")
        await office.delivers()
        assert "都装好了" in ann.sees()
        assert (await office.person("安娜")).accounts == (Account("slack", f"{office.acme.id}.{ann.id}"),)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
async def test_tokens_that_rotate_are_renewed_before_they_die(tmp_path, zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        async with neighbours(tmp_path, token=False, rotates=True) as office:
            ann = office.acme.hires("ann", "安娜")
            await office.installs(ann)
            for _ in range(3):
                before = office.acme.token
                await office.acme.advance(hours=11)
                await office.messenger.look()
                assert office.acme.token != before
                await ann.types("/action list")
                assert office.heard[-1].by.user_id.endswith(ann.id)
            renewed = [call for call in office.acme.calls("oauth.v2.access") if "refresh_token" in str(call.args)]
            assert len(renewed) == 3
    finally:
        monkeypatch.undo()
        time.tzset()


async def test_another_process_learns_of_an_installation_from_the_database(tmp_path):
    async with neighbours(tmp_path) as office:
        eve = office.labs.hires("eve", "伊芙")
        other = messenger_of(office.acme, office.acme.slack.url, "socket", (office.labs.id,), token=True)
        other.keep_in(beside(f"sqlite:///{tmp_path / 'office.db'}"))
        await office.installs(eve)
        await other.post(Account("slack", f"{office.labs.id}.{eve.id}"), Card("从另一个进程"), key="k", again=False)
        await other.close()
        assert "从另一个进程" in eve.sees()


async def test_a_database_that_does_not_tell_which_workspaces_there_are_makes_nobody_deaf(tmp_path):
    async with neighbours(tmp_path) as office:
        url, to = f"sqlite:///{tmp_path / 'later' / 'office.db'}", Account("slack", f"{office.labs.id}.U0EVE00001")
        other = messenger_of(office.acme, office.acme.slack.url, "socket", (office.labs.id,), token=True)
        other.keep_in(beside(url))
        listening = asyncio.create_task(other.listen(office.receive))
        async with asyncio.timeout(20):
            await other.listening.wait()
        with pytest.raises(TryLater):
            await other.post(to, Card("später"), key="k", again=False)
        (tmp_path / "later").mkdir()
        await open_store(url).close()
        await other.look()
        assert not listening.done()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def test_a_code_without_the_browser_that_asked_is_refused(tmp_path):
    async with neighbours(tmp_path) as office, aiohttp.ClientSession() as session:
        for query in ("", "?error=access_denied", "?code=x&state=guess"):
            async with session.get(f"{office.base}/slack/oauth_redirect{query}") as answer:
                assert answer.status in (200, 400)
                assert "没有装成" in await answer.text() or "Not installed" in await answer.text()
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert office.acme.calls("oauth.v2.access") == []


async def test_the_page_lets_in_only_so_many(tmp_path):
    async with neighbours(tmp_path) as office, aiohttp.ClientSession() as session:
        found = []
        for _ in range(40):
            async with session.get(f"{office.base}/slack/install") as answer:
                found.append(answer.status)
        assert (found[0], found[-1]) == (200, 429)
        assert "access_token" not in str(found)
