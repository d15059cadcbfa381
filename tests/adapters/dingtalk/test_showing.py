"""What people have before their eyes, on each rung: which it is, what notifications say, what changes for whom, what a reply
is about."""

import asyncio

import pytest
from structlog.testing import capture_logs

from adapters.dingtalk.outgoing import RUNGS
from adapters.dingtalk.posting import UPDATE
from adapters.dingtalk.quota import Quota
from bot.cards import Button, Buttons, Card, Plain, Text
from bot.people import Account, Room
from tests.adapters.dingtalk.office import connected, quoted
from tests.contracts.harness import Core, listening
from tests.simulators.dingtalk import Organisation

pytestmark = pytest.mark.slow

ASKED = Card("🟡 A-42 明天到期：客诉流程", (Buttons((Button("完成", "/action submit A-42", say="完成 A-42"),)),))


@pytest.fixture
def organisation():
    return Organisation()


@pytest.fixture
def people(organisation):
    return organisation.hires("0456ann", "安娜"), organisation.hires("0123bo", "薄一")


@pytest.fixture
def weekly(organisation, people):
    return organisation.group("项目周会", *people)


@pytest.fixture(params=RUNGS)
async def messenger(request, organisation):
    async with connected(organisation, request.param) as messenger:
        yield messenger


async def test_at_its_start_the_bot_says_on_which_rung_it_stands(organisation, messenger):
    with capture_logs() as logs:
        async with listening(messenger, Core().receive):
            await organisation.gateway.connected()
    said = [line for line in logs if "on this rung" in line["event"]]
    assert [line["rung"] for line in said] == [messenger.rung]


async def test_a_notification_shows_the_title_which_carries_the_meaning(messenger, people, weekly):
    ann, _ = people
    await messenger.post(Account("dingtalk", ann.id), ASKED, key="direct", again=False)
    await messenger.post(Room("dingtalk", weekly.id), ASKED, key="group", again=False)
    assert [one.title for one in (*ann.messages(), *ann.messages(weekly))] == [ASKED.title] * 2


@pytest.mark.parametrize("messenger", ["template", "public"], indirect=True)
async def test_a_press_is_acknowledged_first_and_then_changes_the_card_for_everybody(
    organisation, messenger, people, weekly
):
    ann, bo = people
    posted = await messenger.post(Room("dingtalk", weekly.id), ASKED, key="k", again=False)
    changed: list[asyncio.Task[None]] = []

    async def receive(event):
        assert organisation.calls(UPDATE) == [], "never within the callback (sheet 5.6)"
        done = Card("🟢 A-42 已提交", (Text((Plain("安娜 10:32"),)),))
        changed.append(asyncio.create_task(messenger.update(posted, done)))

    async with listening(messenger, receive):
        await organisation.gateway.connected()
        await ann.presses("完成", group=weekly)
        await changed[0]
    assert ann.failures == 0
    for one in (ann, bo):
        assert "🟢 A-42 已提交" in one.sees(weekly)
        assert "[完成]" not in one.sees(weekly), "a button that is gone is gone"


async def test_in_a_group_a_reply_is_about_the_message_it_quotes(organisation, messenger, people, weekly):
    ann, _ = people
    core = Core()
    posted = [
        await messenger.post(Room("dingtalk", weekly.id), Card(f"A-{number}"), key=f"k{number}", again=False)
        for number in (1, 2)
    ]
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        await ann.says("@闭环 完成", weekly, quotes=ann.messages(weekly)[0])
        found = quoted(await core.next())
    assert found.posted == posted[0]
    assert "A-1" in found.text


async def test_a_reply_to_somebodys_words_is_about_none_of_the_bots(organisation, messenger, people, weekly):
    ann, bo = people
    core = Core()
    await bo.says("周五之前我来", weekly)
    async with listening(messenger, core.receive):
        await organisation.gateway.connected()
        await ann.says("@闭环 记下来", weekly, quotes=ann.messages(weekly)[0])
        found = quoted(await core.next())
    assert found.posted is None
    assert "周五之前我来" in found.text


def test_at_four_fifths_and_at_nineteen_twentieths_of_the_month_the_operator_hears_of_it_once(messenger):
    quota = Quota(messenger.memory, Organisation().clock, calls=100, pushes=10)
    with capture_logs() as logs:
        for _ in range(100):
            quota.call(UPDATE)
        for _ in range(8):
            quota.push()
    assert [(line["kind"], line["used"]) for line in logs] == [("calls", 80), ("calls", 95), ("pushes", 8)]


async def test_an_answer_that_dingtalk_refuses_is_said_in_the_log_and_nothing_breaks(organisation, people, messenger):
    ann, _ = people
    core = Core()
    core.answer = ASKED
    organisation.app.stopped = True
    with capture_logs() as logs:
        async with listening(messenger, core.receive):
            await organisation.gateway.connected()
            message = await ann.says("/action show A-42")
            await organisation.gateway.settled()
    (told,) = [line for line in logs if line["log_level"] in ("warning", "error")]
    assert (told["event"], told["asked"]) == ("an answer could not be shown", f"message:{message.id}")
    assert ASKED.title not in str(told), "what people wrote is in no log above DEBUG"
