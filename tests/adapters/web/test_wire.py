"""The socket: resuming, resending, keeping apart what is whose, and what a broken or hasty page may do."""

import asyncio
import json

import pytest

from bot.cards import Card, Form, Toast
from bot.messenger import Joined, Pressed, Said
from bot.people import Account
from tests.adapters.web.browserless import WireTab
from tests.adapters.web.conftest import NOW, PEOPLE, ROOM, Workplace, messenger_on, person
from tests.adapters.web.serving import serving
from tests.contracts.harness import Core, listening

pytestmark = pytest.mark.slow

ANN = Account("web", "ann")
ANNS = "d:ann:bihuan"


async def test_the_greeting_says_who_and_where(workplace: Workplace):
    hello = await (await workplace.tab("ann")).hello()
    assert (hello["me"]["name"], hello["now"], hello["demo"]) == ("安娜", NOW.isoformat(), True)
    assert [one["id"] for one in hello["conversations"]] == [ANNS, "product"]
    assert {one["name"] for one in hello["people"]} == {profile.name for profile in PEOPLE}


async def test_who_is_new_is_told_to_those_who_are_here_once(workplace: Workplace):
    ann = await workplace.tab("ann")
    await ann.hello()
    for _ in range(2):
        await workplace.messenger.renew([person("dd", "丁一"), PEOPLE[1]])
    await ann.act("say", conversation="product", text="之后")
    told = [frame["people"] for frame in ann.frames if frame["type"] == "people"]
    assert len(told) == 1
    assert "丁一" in {one["name"] for one in told[0]}


async def test_nobody_unknown_gets_a_socket(workplace: Workplace):
    socket = await workplace.session.ws_connect(f"{workplace.base}/ws?user=who", headers={"Origin": workplace.base})
    await socket.receive()
    assert socket.close_code == 4404


async def test_a_tab_that_was_away_gets_what_came_and_what_changed(workplace: Workplace):
    kept = await workplace.messenger.post(ROOM, Card("旧的"), key="1", again=False)
    seq = (await (await workplace.tab("ann")).hello())["seq"]
    await workplace.messenger.update(kept, Card("旧的变了"))
    await workplace.messenger.post(ROOM, Card("新来的"), key="2", again=False)
    await workplace.messenger.post(Account("web", "bo"), Card("别人的"), key="3", again=False)
    missed = (await (await workplace.tab("ann", seq)).hello())["missed"]
    assert [message["card"]["title"] for message in missed] == ["旧的变了", "新来的"]


async def test_a_tab_that_had_seen_an_empty_workplace_gets_what_came(workplace: Workplace):
    assert (await (await workplace.tab("ann")).hello())["seq"] == 0
    await workplace.messenger.post(ROOM, Card("第一条"), key="1", again=False)
    missed = (await (await workplace.tab("ann", 0)).hello())["missed"]
    assert [message["card"]["title"] for message in missed] == ["第一条"]


async def test_an_absence_too_long_to_tell_is_said_to_be(workplace: Workplace):
    seq = (await (await workplace.tab("ann")).hello())["seq"] or 1
    for number in range(502):
        await workplace.messenger.post(ROOM, Card(str(number)), key=f"k{number}", again=False)
    assert (await (await workplace.tab("ann", seq)).hello())["missed"] is None


async def test_a_resent_message_stands_once_and_is_heard_under_one_id(workplace: Workplace):
    workplace.core.answer = Toast("记下了")
    for _ in range(2):
        tab = await workplace.tab("ann")
        await tab.act("say", id="one-and-the-same", conversation="product", text="/action add 一")
        await tab.until(lambda frame: frame["type"] == "toast")
    assert len(await tab.history("product")) == 1
    assert len({event.id for event in workplace.core.heard}) == 1
    bo = await workplace.tab("bo")
    await bo.act("say", id="one-and-the-same", conversation="product", text="薄一的")
    assert len({event.id for event in workplace.core.heard}) == 2


async def test_a_private_command_is_nobody_elses_in_any_way(workplace: Workplace):
    workplace.core.answer = Card("你的 3 项")
    bo = await workplace.tab("bo")
    ann = await workplace.tab("ann")
    await ann.act("say", conversation="product", text="／action")
    await ann.act("say", conversation="product", text="大家好")
    await bo.until(lambda frame: frame["type"] == "message")
    assert [frame["message"].get("text") for frame in bo.frames if frame["type"] == "message"] == ["大家好"]
    assert [one.get("text") for one in await bo.history("product")] == ["大家好"]
    private = [one["id"] for one in await ann.history("product") if one["private"]]
    for message in private:
        assert (await bo.get("/api/message", id=message))["status"] == 404
        await bo.act("press", message=message, command="/action cancel A-1")
    assert not [event for event in workplace.core.heard if isinstance(event.what, Pressed)]
    assert ((await bo.hello())["conversations"][1])["unread"] == 0


async def test_what_was_private_is_not_quoted_to_others(workplace: Workplace):
    workplace.core.answer = Card("你的 3 项")
    ann = await workplace.tab("ann")
    await ann.act("say", conversation="product", text="/action")
    answer = (await ann.history("product"))[-1]
    workplace.core.answer = None
    await ann.act("say", conversation="product", text="看看这个", quoted=answer["id"])
    assert "quoted" not in (await ann.history("product"))[-1]


@pytest.mark.parametrize(
    "conversation", ["product", "d:ann:bo", "d:bo:bihuan", "d:bo:ann", "d:cy:nobody", "d:cy:cy", "nowhere"]
)
async def test_nobody_reads_or_writes_where_they_are_not(workplace: Workplace, conversation: str):
    cy = await workplace.tab("cy")
    await cy.act("say", conversation=conversation, text="让我进来")
    await cy.act("submit", conversation=conversation, command="/action add", values={})
    assert (await cy.get("/api/history", conversation=conversation))["status"] == 404
    assert workplace.core.heard == []


async def test_two_people_speak_without_the_bot_but_can_ask_it(workplace: Workplace):
    ann, bo = await workplace.tab("ann"), await workplace.tab("bo")
    await ann.act("say", conversation="d:ann:bo", text="午饭？")
    await bo.until(lambda frame: frame["type"] == "message")
    assert workplace.core.heard == []
    await bo.act("say", conversation="d:ann:bo", text="/action add 订位", quoted=1)
    (event,) = workplace.core.heard
    assert event.where.direct
    assert isinstance(event.what, Said)
    assert event.what.quoted is not None
    assert event.what.quoted.by == ANN
    assert [one["text"] for one in await ann.history("d:ann:bo")] == ["午饭？"]


async def test_the_first_look_at_the_bot_is_told_once(workplace: Workplace):
    ann = await workplace.tab("ann")
    for _ in range(2):
        await ann.send({"type": "read", "conversation": ANNS, "upto": 0})
    await ann.act("say", conversation="d:ann:bo", text="之后")
    assert [event.what for event in workplace.core.heard] == [Joined()]
    assert workplace.core.heard[0].where.direct


async def test_reading_here_reads_in_the_other_tab(workplace: Workplace):
    posted = await workplace.messenger.post(ROOM, Card("新"), key="1", again=False)
    one, other = await workplace.tab("ann"), await workplace.tab("ann")
    assert (await one.hello())["conversations"][1]["unread"] == 1
    await one.send({"type": "read", "conversation": "product", "upto": int(posted.id)})
    await other.until(lambda frame: frame["type"] == "read" and frame["upto"] == int(posted.id))
    assert (await (await workplace.tab("ann")).hello())["conversations"][1]["unread"] == 0


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        '{"type":"shout"}',
        '{"type":"say","id":"short","conversation":"product","text":"x"}',
        json.dumps({"type": "say", "id": "a" * 12, "conversation": "product", "text": "x" * 40_001}),
        json.dumps({"type": "say", "id": "a" * 12, "conversation": "product", "text": "x", "admin": True}),
        json.dumps({"type": "press", "id": "a" * 12, "message": 2**70, "command": "/x"}),
        '{"type":"say","id":"aaaaaaaaaaaa","conversation":"product","text":"\\ud800"}',
    ],
)
async def test_a_broken_frame_ends_the_socket_and_nothing_else(workplace: Workplace, frame: str):
    broken = await workplace.tab("ann")
    await broken.send(frame)
    await broken.ended()
    assert broken.closed_with == 1007
    whole = await workplace.tab("ann")
    await whole.act("say", conversation="product", text="x" * 40_000)
    assert len(workplace.core.heard) == 1


async def test_a_page_in_a_hurry_is_slowed_and_loses_nothing(workplace: Workplace):
    ann = await workplace.tab("ann")
    loop = asyncio.get_running_loop()
    start = loop.time()
    for number in range(45):
        await ann.send({"type": "say", "id": f"in-a-hurry-{number}", "conversation": "product", "text": str(number)})
    await ann.until(lambda frame: frame == {"type": "done", "id": "in-a-hurry-44"})
    assert loop.time() - start > 0.4
    assert [event.what.text for event in workplace.core.heard if isinstance(event.what, Said)] == [
        str(n) for n in range(45)
    ]


async def test_a_form_and_a_toast_reach_the_tab_that_asked(workplace: Workplace):
    workplace.core.answer = Form("新增", "/action add", (), "记录", version=4)
    asked, other = await workplace.tab("ann"), await workplace.tab("ann")
    act = await asked.act("say", conversation=ANNS, text="/action add")
    form = await asked.until(lambda frame: frame["type"] == "form")
    assert (form["id"], form["conversation"], form["form"]["version"]) == (act, ANNS, 4)
    assert not [frame for frame in other.frames if frame["type"] == "form"]


async def test_what_is_said_while_nobody_listens_is_heard_by_the_next(workplace: Workplace, archive):
    messenger = messenger_on(archive)
    async with serving(messenger.routes) as base, WireTab(workplace.session, base, "ann") as tab:
        await tab.hello()
        waiting = asyncio.create_task(tab.act("say", conversation="product", text="有人吗"))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        core = Core()
        async with listening(messenger, core.receive):
            await waiting
        assert [event.what for event in core.heard] == [Said("有人吗")]


async def test_stopping_sends_the_tabs_off_to_come_back(workplace: Workplace, archive):
    messenger = messenger_on(archive)
    async with serving(messenger.routes) as base, WireTab(workplace.session, base, "ann") as tab:
        async with listening(messenger, Core().receive):
            await tab.hello()
        await tab.ended()
        assert tab.closed_with == 1012
