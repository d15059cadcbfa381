"""DingTalk takes the app no more (its secret was reset, it was stopped, its robot was): the admins hear it once, by a way that
still works, and once when it is over (A4 rows 20 and 24). How once is kept is tests/app/test_connections.py."""

import pytest

from bot.operations.connections import standing
from bot.people import Account
from tests.adapters.cut_off import ROOT, comes_to, promoted, promoted_here, told
from tests.adapters.dingtalk.company import Company, company
from tests.paper import PaperMessenger
from tests.simulators.dingtalk import faults

pytestmark = pytest.mark.slow

OUT, BACK = "DingTalk 断开了", "DingTalk 恢复了"
TOKEN, OPEN = "/v1.0/oauth2/accessToken", "/v1.0/gateway/connections/open"
DIRECT, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"


async def staffed(office: Company) -> PaperMessenger:
    """张三 is an admin, in DingTalk and elsewhere, and would rather be written to in DingTalk."""
    office.zhang, office.li = office.hires("0001zhang", "张三"), office.hires("0002li", "李四")
    office.room = office.group("产品", office.zhang, office.li)
    return await promoted(office, "张三")


async def arrives_later(office: Company) -> None:
    """What was held back for a quarter of an hour."""
    await office.until("2026-11-18 10:40")


# --- the credentials ---


@pytest.mark.parametrize("shows", ["token", "gateway"])
async def test_a_secret_that_was_reset_and_put_right(tmp_path, shows):
    """By the token that is renewed, or by the connection, whichever is first; the message waits, and arrives."""
    async with company(tmp_path, "links", PaperMessenger()) as office:
        paper = await staffed(office)
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        old, office.organisation.app.client_secret = office.organisation.app.client_secret, "changed"
        office.organisation.revokes_token()
        if shows == "gateway":
            await office.organisation.gateway.closes()
        else:
            await office.delivers()
        for _ in range(2):
            await office.hears_again()
            await office.looks()
        assert told(paper) == [OUT]
        said = str(paper.to(ROOT)[0].card)
        assert "invalidClientIdOrSecret" in said
        assert "dingtalk.client_secret" in said
        assert "照常发送" not in said
        assert not office.messenger.reaches(Account("dingtalk", office.zhang.id))
        office.organisation.app.client_secret = old
        await office.hears_again()
        await office.looks()
        await arrives_later(office)
        assert (told(paper), office.zhang.sees().count(BACK)) == ([OUT], 1)
        assert "写流程" in office.li.sees()


async def test_credentials_that_were_refused_by_mistake_cut_nothing_off(tmp_path):
    """They are asked about once more before anybody is told, and who speaks is heard all the time."""
    async with company(tmp_path, "links", PaperMessenger()) as office:
        paper = await staffed(office)
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        asked = len(office.organisation.calls(TOKEN))
        office.organisation.revokes_token()
        office.organisation.faults.next(TOKEN, faults.refuses("invalidClientIdOrSecret"))
        await office.delivers()
        await comes_to(lambda: len(office.organisation.calls(TOKEN)) == asked + 2)
        await office.looks()
        assert told(paper) == []
        assert not office.listening.done()
        assert office.organisation.gateway.connections == 1
        await arrives_later(office)
        assert "写流程" in office.li.sees()


@pytest.mark.parametrize(
    "fault", [faults.qps(), faults.quota(), faults.punished(), faults.fails(), faults.fails(500), faults.closes()]
)
async def test_what_passes_by_itself_is_nobodys_to_hear(tmp_path, fault):
    """The pace, the month's calls, a gate that shuts for minutes, an edge that stumbles: for messages, token and gateway."""
    async with company(tmp_path, "links", PaperMessenger()) as office:
        paper = await staffed(office)
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        for path in (DIRECT, TOKEN, OPEN):
            office.organisation.faults.always(path, fault)
        office.organisation.revokes_token()
        opened = len(office.organisation.calls(OPEN))
        await office.organisation.gateway.closes()
        await comes_to(lambda: len(office.organisation.calls(OPEN)) >= opened + 2)
        await office.delivers()
        await office.looks()
        assert (told(paper), office.messenger.connections()[0].fault) == ([], "")
        office.organisation.faults.clear()


# --- the app ---


async def test_an_app_that_was_stopped_and_started_again(tmp_path):
    async with company(tmp_path, "links", PaperMessenger()) as office:
        paper = await staffed(office)
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        opened = len(office.organisation.calls(OPEN))
        office.organisation.app.published = False
        await office.delivers()
        await office.organisation.gateway.closes()
        await comes_to(lambda: len(office.organisation.calls(OPEN)) >= opened + 2)
        for _ in range(2):
            await office.looks()
        assert told(paper) == [OUT]
        assert "https://open-dev.dingtalk.com" in str(paper.to(ROOT)[0].card)
        office.organisation.app.published = True
        await office.organisation.gateway.connected()
        await arrives_later(office)
        assert "写流程" in office.li.sees(), "it waited, and was not lost"
        await office.looks()
        assert (told(paper), office.zhang.sees().count(BACK)) == ([OUT], 1)


@pytest.mark.parametrize(
    ("rung", "refuses"), [("links", False), ("template", False), ("template", True), ("public", False)]
)
async def test_a_robot_that_was_stopped_alone(tmp_path, rung, refuses):
    """Its connection stands; the next message or card that is taken says that it works again. A card that was made and
    brought to nobody is not taken for one that is there."""
    async with company(tmp_path, rung, PaperMessenger()) as office:
        paper = await staffed(office)
        office.organisation.unverified.stopped_refuses_cards = refuses
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        office.organisation.app.stopped = True
        await office.delivers()
        for _ in range(2):
            await office.looks()
        assert told(paper) == [OUT]
        assert "bot.stopped" in str(paper.to(ROOT)[0].card)
        office.organisation.app.stopped = False
        await arrives_later(office)
        assert office.li.sees().count("写流程") == 1
        await office.looks()
        assert office.zhang.sees().count(BACK) == 1


async def test_a_card_says_that_the_robot_works_again(tmp_path):
    """Nothing else may be sent for days."""
    async with company(tmp_path, "template", PaperMessenger()) as office:
        paper = await staffed(office)
        office.organisation.faults.always(DIRECT, faults.refuses("bot.stopped"))
        office.organisation.app.stopped = True
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        await office.delivers()
        assert office.messenger.connections()[0].fault.startswith("bot.stopped")
        office.organisation.app.stopped = False
        await office.zhang.says("/action list")
        await comes_to(lambda: office.messenger.connections()[0].fault == "")
        await office.looks()
        assert told(paper) == []


async def test_a_group_that_the_robot_was_put_out_of_is_about_that_group(tmp_path):
    async with company(tmp_path, "links", PaperMessenger()) as office:
        paper = await staffed(office)
        office.organisation.faults.always(GROUP, faults.refuses("bot.stopped"))
        await office.zhang.says("@闭环 /action add 写流程 @李四 2026-11-29", office.room)
        await office.delivers()
        await office.looks()
        assert OUT not in told(paper)
        assert office.messenger.reaches(Account("dingtalk", office.zhang.id))


@pytest.mark.parametrize(
    ("code", "mend", "about"),
    [("bot.stopped", "mend-app", "https://open-dev.dingtalk.com"),
     ("robot.oto.notExist", "mend-app", "https://open-dev.dingtalk.com"),
     ("resource.not.found", "mend-app", "https://open-dev.dingtalk.com"),
     ("invalidParameter.robotCode.auth", "mend-setting", "dingtalk.robot_code"),
     ("invalidParameter.robotCode.notExsit", "mend-setting", "dingtalk.robot_code")],
)  # fmt: skip
async def test_what_mends_a_robot_that_may_write_to_nobody(tmp_path, code, mend, about):
    async with company(tmp_path, "links", PaperMessenger()) as office:
        await staffed(office)
        office.organisation.faults.always(DIRECT, faults.refuses(code))
        await office.zhang.says("/action add 写流程 @李四 2026-11-29")
        await office.delivers()
        (found,) = office.messenger.connections()
        assert (found.fault.split(":")[0], found.mend, found.about, found.deaf) == (code, mend, about, False)


# --- the Stream ---


@pytest.mark.parametrize(
    "fault",
    [None, faults.refuses("Forbidden.AccessDenied.IpNotInWhiteList", 403), faults.refuses("InvalidParameter", 400)],
)
async def test_a_stream_that_was_switched_off_is_said_in_dingtalk_itself(tmp_path, fault):
    """Nobody is heard, but what the bot has to say still goes out; there may be no other messenger."""
    async with company(tmp_path, "links") as office:
        zhang = office.hires("0001zhang", "张三")
        await promoted_here(office, "张三")
        if fault:
            office.organisation.faults.always(OPEN, fault)
        office.organisation.app.stream = bool(fault)
        opened = len(office.organisation.calls(OPEN))
        await office.organisation.gateway.closes()
        await comes_to(lambda: len(office.organisation.calls(OPEN)) >= opened + 2)
        for _ in range(2):
            await office.looks()
        assert zhang.sees().count(OUT) == 1
        assert "闭环自己的消息照常发送" in zhang.sees()
        office.organisation.app.stream = True
        office.organisation.faults.clear()
        await office.organisation.gateway.connected()
        await comes_to(office.messenger.listening.is_set)
        for _ in range(2):
            await office.looks()
        assert (zhang.sees().count(OUT), zhang.sees().count(BACK)) == (1, 1)


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_gateway_that_is_not_found_is_no_refusal_of_the_app(tmp_path, everywhere):
    """An edge, or a proxy between: nobody at DingTalk has said anything about us."""
    async with company(tmp_path, "links") as office:
        for path in (OPEN, TOKEN) if everywhere else (OPEN,):
            office.organisation.faults.always(path, faults.refuses("InvalidAction.NotFound", 404))
        opened = len(office.organisation.calls(OPEN))
        await office.organisation.gateway.closes()
        await comes_to(lambda: len(office.organisation.calls(OPEN)) >= opened + 2)
        assert office.messenger.connections()[0].fault == ""
        office.organisation.faults.clear()


async def test_an_odd_answer_for_a_token_ends_no_listening(tmp_path):
    async with company(tmp_path, "links") as office:
        office.organisation.faults.always(TOKEN, faults.refuses("InvalidAction.NotFound", 404))
        office.organisation.faults.next(OPEN, faults.refuses("invalid.stream.mode"))
        await office.organisation.gateway.closes()
        await comes_to(lambda: office.organisation.gateway.connections == 2)
        assert not office.listening.done()
        office.organisation.faults.clear()


async def test_a_connection_that_is_refused_is_not_told_while_dingtalk_does_not_say_whether_it_is_the_secret(tmp_path):
    async with company(tmp_path, "links") as office:
        office.organisation.faults.always(TOKEN, faults.fails())
        office.organisation.app.stream = False
        opened = len(office.organisation.calls(OPEN))
        await office.organisation.gateway.closes()
        await comes_to(lambda: len(office.organisation.calls(OPEN)) >= opened + 2)
        assert office.messenger.connections()[0].fault == ""
        office.organisation.faults.clear()


async def test_an_app_that_is_refused_from_the_start_stands_in_the_database(tmp_path):
    async with company(tmp_path, "links") as office:
        office.organisation.app.client_secret = "changed"
        await office.organisation.gateway.closes()
        await office.hears_again()
        await office.looks()
        (known,) = await office.store.read(standing)
        assert (known.name, known.fault) == ("DingTalk", "invalidClientIdOrSecret")
