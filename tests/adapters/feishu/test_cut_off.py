"""Feishu takes the app no more (it was disabled, its secret was reset, its long connection switched off): the admins hear it once,
by a way that still works, and once when it is over (A4 rows 20 and 24). How once is kept is tests/app/test_connections.py."""

import asyncio

import pytest

from adapters.feishu import Options
from adapters.feishu.examination import examined
from adapters.feishu.faults import Revoked
from adapters.feishu.sockets import Barred, Deaf
from bot.errors import TryLater
from bot.operations.connections import standing
from bot.people import Account
from tests.adapters.cut_off import ROOT, promoted, promoted_here, told
from tests.adapters.feishu.company import Company, company
from tests.adapters.feishu.office import MODES, app
from tests.paper import PaperMessenger
from tests.simulators.feishu import Tenant, faults

pytestmark = pytest.mark.slow

OUT, BACK = "Feishu 断开了", "Feishu 恢复了"
SEND, WHO = "POST im/v1/messages", "GET bot/v3/info"


async def staffed(office: Company) -> PaperMessenger:
    """张三 is an admin, in Feishu and elsewhere, and would rather be written to in Feishu."""
    office.zhang, office.li = office.hires("张三"), office.hires("李四")
    return await promoted(office, "张三")


async def line_refused(office: Company, code: int, why: str) -> None:
    """The long connection ends, and Feishu lets no other one open."""
    office.tenant.sockets.refusals = [(code, why)] * 2
    await office.tenant.sockets.kicks()
    await asyncio.wait({office.listening}, timeout=10)


# --- the app ---


@pytest.mark.parametrize("mode", MODES)
async def test_an_app_that_is_disabled_and_enabled_again(tmp_path, mode):
    """The next message finds it out; it waits, and arrives when the app may work again."""
    async with company(tmp_path, mode, "zh-Hans", PaperMessenger()) as office:
        paper = await staffed(office)
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        office.tenant.app.enabled = False
        await office.delivers()
        for _ in range(2):
            await office.hears_again()
            await office.looks()
        assert told(paper) == [OUT]
        said = paper.to(ROOT)[0].card
        assert "99991662" in str(said)
        assert f"{office.tenant.url}/app" in str(said), "the way out is said"
        assert not office.messenger.reaches(Account("feishu", office.zhang.id))
        office.tenant.app.enabled = True
        await office.hears_again()
        await office.looks()
        await office.tenant.advance(minutes=20)
        await office.delivers()
        assert (told(paper), office.zhang.sees().count(BACK)) == ([OUT], 1)
        assert "写流程" in office.li.sees()


async def test_a_secret_that_was_reset_shows_when_a_line_is_renewed(tmp_path):
    """The token of before would live for two hours more: Feishu is asked for a new one, so that it is said in one message
    that the app is refused, and not first that nobody is heard."""
    async with company(tmp_path, "socket", "zh-Hans", PaperMessenger()) as office:
        paper = await staffed(office)
        old, office.tenant.app.secret = office.tenant.app.secret, "another"
        await office.tenant.sockets.kicks()
        for _ in range(2):
            await office.hears_again()
            await office.looks()
        assert told(paper) == [OUT]
        assert "feishu.app_secret" in str(paper.to(ROOT)[0].card)
        assert "照常发送" not in str(paper.to(ROOT)[0].card)
        office.tenant.app.secret = old
        await office.restarts()
        await office.looks()
        assert (told(paper), office.zhang.sees().count(BACK)) == ([OUT], 1)


@pytest.mark.parametrize("mode", MODES)
async def test_a_secret_that_was_reset_shows_when_the_token_ends(tmp_path, mode):
    async with company(tmp_path, mode, "zh-Hans", PaperMessenger()) as office:
        paper = await staffed(office)
        office.tenant.app.secret = "another"
        office.tenant.tokens.revoked()
        await office.zhang.says("/action list")
        await office.hears_again()
        await office.looks()
        assert told(paper) == [OUT]


async def test_a_call_that_was_refused_by_mistake_cuts_nothing_off(tmp_path):
    """Whose the app is, is asked once more before anybody is told."""
    async with company(tmp_path, "socket", "zh-Hans", PaperMessenger()) as office:
        paper = await staffed(office)
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        office.tenant.faults.next(SEND, faults.refuses(99991662))
        await office.delivers()
        await office.hears_again()
        await office.looks()
        assert told(paper) == []
        assert office.messenger.reaches(Account("feishu", office.li.id))
        await office.tenant.connected(2)
        await office.zhang.says("/action list")
        assert "写流程" in office.zhang.sees(), "and who speaks is heard"


@pytest.mark.parametrize(
    "fault",
    [faults.limits(), faults.limits(None, 400), faults.refuses(230020), faults.refuses(99991403), faults.refuses(99991663),
     faults.fails(), faults.closes()],
)  # fmt: skip
async def test_what_passes_by_itself_is_nobodys_to_hear(tmp_path, fault):
    """Limits, the month's calls, an old token, an edge that stumbles: also while whose the app is, is asked."""
    async with company(tmp_path, "socket", "zh-Hans", PaperMessenger()) as office:
        paper = await staffed(office)
        office.tenant.faults.always(SEND, fault)
        office.tenant.faults.always(WHO, fault)
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        await office.delivers()
        await line_refused(office, 1000040350, "too many")
        with pytest.raises((TryLater, Deaf)) as ended:
            await office.messenger.listen(office.receive)
        assert not isinstance(ended.value, Barred)
        await office.looks()
        assert (told(paper), office.messenger.connections()[0].fault) == ([], "")
        office.tenant.faults.clear()


# --- its long connection ---


async def test_a_long_connection_that_is_switched_off_is_said_in_feishu_itself(tmp_path):
    """Nobody is heard, but what the bot has to say still goes out; there may be no other messenger."""
    async with company(tmp_path) as office:
        zhang = office.hires("张三")
        await promoted_here(office, "张三")
        office.tenant.app.socket = False
        for call in (SEND, WHO):  # the line is given up in the middle of saying so
            office.tenant.faults.always(call, faults.answers_after(0.1))
        await office.tenant.sockets.kicks()
        for _ in range(2):
            await office.hears_again()
            await office.looks()
        assert zhang.sees().count(OUT) == 1
        assert "1000040344 long connection is not enabled" in zhang.sees()
        assert "闭环自己的消息照常发送" in zhang.sees()
        await asyncio.wait({office.listening}, timeout=10)
        office.tenant.app.socket = True
        await office.hears_again()
        await office.tenant.connected(2)
        async with asyncio.timeout(10):
            while BACK not in zhang.sees():
                await office.looks()
                await asyncio.sleep(0.05)
        await office.looks()
        assert (zhang.sees().count(OUT), zhang.sees().count(BACK)) == (1, 1)


@pytest.mark.parametrize(
    ("code", "mend", "about"),
    [(403, "mend-app", ""), (514, "mend-setting", "feishu.app_secret"), (1000040344, "mend-app", ""),
     (1000040346, "mend-setting", "feishu.app_id"), (1000040351, "mend-setting", "feishu.domain")],
)  # fmt: skip
async def test_what_mends_a_connection_that_is_refused(tmp_path, code, mend, about):
    async with company(tmp_path) as office:
        await line_refused(office, code, "no")
        (found,) = office.messenger.connections()
        assert (found.fault, found.mend, found.deaf) == (f"{code} no", mend, True)
        assert found.about == (about or f"{office.tenant.url}/app")
        assert office.messenger.reaches(Account("feishu", "ou_1"))


async def test_fifty_lines_of_others_are_nobodys_to_mend_here(tmp_path):
    async with company(tmp_path) as office:
        await line_refused(office, 1000040350, "too many connections")
        with pytest.raises(Deaf, match="1000040350"):
            office.listening.result()
        assert office.messenger.connections()[0].fault == ""


async def test_whose_connection_is_refused_is_not_told_while_feishu_does_not_say_whether_it_is_the_app(tmp_path):
    async with company(tmp_path) as office:
        office.tenant.faults.next(WHO, faults.fails())
        await line_refused(office, 514, "auth failed")
        assert isinstance(office.listening.exception(), TryLater)
        assert office.messenger.connections()[0].fault == ""


# --- from the start ---


@pytest.mark.parametrize("code", [10014, 10015, 99991543, 99991662, 99991673, 99991401])
async def test_an_app_that_is_refused_from_the_start(tmp_path, code):
    async with company(tmp_path, "webhook") as office:
        office.tenant.faults.always(WHO, faults.refuses(code))
        with pytest.raises(Revoked):
            await office.messenger.listen(office.receive)
        await office.looks()
        (known,) = await office.store.read(standing)
        assert (known.name, known.fault.split()[0]) == ("Feishu", str(code))
        office.tenant.faults.clear()


async def test_check_of_a_line_that_does_not_come_up_tells_no_ticket():
    tenant = Tenant(app=app())
    async with tenant.serving() as url:
        tenant.sockets.handshakes = [(503, "0")]
        found = await examined(Options(tenant.app.id, tenant.app.secret, "socket", url))
    (socket,) = [one for one in found if one.text == "check-messenger-socket"]
    assert socket.args["reason"] == "WSServerHandshakeError: 503 Invalid response status"
