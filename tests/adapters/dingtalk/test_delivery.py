"""The fault matrix of delivery (A4 rows 16–24): what DingTalk refuses, half answers or loses, over real sockets."""

import asyncio

import pytest

from adapters.dingtalk.faults import Refused, Revoked, Spent
from adapters.dingtalk.posting import CREATE, UPDATE
from adapters.dingtalk.sending import DIRECT, GROUP
from bot.cards import Button, Buttons, Card, File, Mention, Picture, Plain, Text
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.people import Account, Room
from tests.adapters.dingtalk.office import connected, messenger_of
from tests.simulators.dingtalk import Organisation, faults

pytestmark = pytest.mark.slow

SEND = {"template": CREATE, "links": DIRECT}


@pytest.fixture
def organisation():
    return Organisation()


@pytest.fixture
def ann(organisation):
    return organisation.hires("0456ann", "安娜")


@pytest.fixture(params=["template", "links"])
async def messenger(request, organisation, ann, tmp_path):
    async with connected(organisation, request.param, tmp_path / "memory.db") as messenger:
        yield messenger


def card(title="🟡 A-42 后天到期", *words):
    return Card(title, tuple(Text((Plain(one),)) for one in words))


def to(ann):
    return Account("dingtalk", ann.id)


async def post(messenger, ann, key="k", again=False, shown=None):
    return await messenger.post(to(ann), shown or card(), key=key, again=again)


@pytest.mark.parametrize(
    "fault",
    [faults.qps(), faults.refuses("send.too.fast"), faults.refuses("x", 429), faults.punished()],
    ids=["qps", "too-fast", "429", "gate"],
)
async def test_the_pace_is_a_403_and_the_same_message_comes_later_once(organisation, messenger, ann, fault):
    organisation.faults.next(SEND[messenger.rung], fault)
    with pytest.raises(TryLater) as later:
        await post(messenger, ann)
    assert not later.value.unclear
    assert later.value.seconds >= 1
    await post(messenger, ann)
    assert len(ann.messages()) == 1


async def test_a_used_up_month_waits_for_the_next(organisation, messenger, ann):
    organisation.faults.next(SEND[messenger.rung], faults.quota())
    with pytest.raises(Spent):
        await post(messenger, ann)
    assert ann.messages() == []


async def test_an_expired_token_is_renewed_once_for_everybody(organisation, messenger, ann):
    await post(messenger, ann, "first")
    organisation.revokes_token()
    await asyncio.gather(*(post(messenger, ann, f"k{n}") for n in range(8)))
    assert len(ann.messages()) == 9
    assert len(organisation.calls("/v1.0/oauth2/accessToken")) == 2


async def test_wrong_credentials_stop_everything_and_lose_nothing(organisation, messenger, ann):
    organisation.app.client_secret = "changed"
    for _ in range(2):
        with pytest.raises(Revoked):
            await post(messenger, ann)
    assert len(organisation.calls("/v1.0/oauth2/accessToken")) == 1, "nobody hammers at a shut door"


async def test_an_answer_without_a_token_is_none(organisation, messenger, ann):
    organisation.faults.next("/v1.0/oauth2/accessToken", faults.answers(expireIn="7200"))
    with pytest.raises(TryLater, match="no token"):
        await post(messenger, ann)
    await post(messenger, ann)
    assert len(ann.messages()) == 1


async def test_a_card_whose_answer_was_lost_is_there_once(organisation, ann, tmp_path):
    async with connected(organisation, "template", tmp_path / "memory.db") as messenger:
        for fault in (
            faults.records_then_fails(),
            faults.records_then_half(),
            faults.fails(),
        ):
            organisation.faults.next(CREATE, fault)
            with pytest.raises(TryLater) as later:
                await post(messenger, ann, str(fault))
            assert later.value.unclear
            organisation.unverified.card_exists_is_error = not organisation.unverified.card_exists_is_error
            await post(messenger, ann, str(fault), again=True)
    assert len(ann.messages()) == 3


@pytest.mark.parametrize("fault", [faults.records_then_fails(), faults.records_then_half(), faults.fails()])
async def test_a_robots_message_whose_answer_was_lost_is_uncertain_and_never_sent_again(
    organisation, ann, tmp_path, fault
):
    async with connected(organisation, "links", tmp_path / "memory.db") as messenger:
        organisation.faults.next(DIRECT, fault)
        with pytest.raises(Uncertain):
            await post(messenger, ann)
        with pytest.raises(Uncertain):
            await post(messenger, ann, again=True)
        another = messenger_of(organisation, organisation.url, "links", tmp_path / "memory.db")
        with pytest.raises(Uncertain):
            await post(another, ann, again=True)
        await another.close()
    assert len(organisation.calls(DIRECT)) == 1
    assert len(ann.messages()) == fault.recorded


async def test_what_never_left_is_simply_sent_later(organisation, ann, tmp_path):
    messenger = messenger_of(organisation, "http://127.0.0.1:9", "links", tmp_path / "memory.db")
    with pytest.raises(TryLater) as later:
        await post(messenger, ann)
    assert not later.value.unclear
    await messenger.close()
    async with connected(organisation, "links", tmp_path / "memory.db") as again:
        await post(again, ann, again=True)
    assert len(ann.messages()) == 1


async def test_200_and_success_are_not_believed(organisation, messenger, ann):
    """A card that did not arrive goes as a message; whom the flow control spares one may get it in a quarter of an hour."""
    ann.member.refuses_robot = True
    for again in (False, True):
        with pytest.raises(TryLater):
            await post(messenger, ann, again=again)
    assert ann.messages() == []
    ann.member.refuses_robot = False
    for again in (True, True):
        await post(messenger, ann, again=again)
    assert len(ann.messages()) == 1


async def test_who_has_left_and_a_group_without_the_robot(organisation, messenger, ann):
    ann.member.left = True
    with pytest.raises(Undeliverable):
        await post(messenger, ann)
    alone = organisation.group("没有机器人", robot=False)
    gone = organisation.group("解散了")
    gone.disbanded = True
    for group in (alone, gone):
        with pytest.raises(Undeliverable):
            await messenger.post(Room("dingtalk", group.id), card(), key=group.id, again=False)


async def test_a_missing_permission_for_messages_names_what_to_tick(organisation, ann, tmp_path):
    organisation.app.rights.remove("qyapi_robot_sendmsg")
    async with connected(organisation, "links") as messenger:
        with pytest.raises(Refused) as refused:
            await post(messenger, ann)
    assert refused.value.scopes == ("qyapi_robot_sendmsg",)


async def test_without_its_template_the_workplace_steps_down_the_ladder(organisation, ann):
    organisation.app.templates.clear()
    async with connected(organisation, "template") as messenger:
        await post(
            messenger, ann, shown=Card("请确认", (Buttons((Button("接受", "/action accept A-1", say="接受 A-1"),)),))
        )
        assert messenger.rung == "links"
    assert ann.messages()[0].card is None
    assert "dtmd://dingtalkclient/sendMessage?content=%E6%8E%A5%E5%8F%97%20A-1" in ann.messages()[0].param["text"]


async def test_without_the_permission_for_cards_messages_serve(organisation, ann):
    organisation.app.rights.remove("Card.Instance.Write")
    async with connected(organisation, "template") as messenger:
        await post(messenger, ann)
        assert messenger.rung == "links"
    assert len(ann.messages()) == 1


async def test_a_message_of_more_than_a_day_ago_is_left_as_it_stands(organisation, ann, tmp_path):
    async with connected(organisation, "links") as messenger:
        posted = await post(messenger, ann)
        await organisation.advance(hours=24)
        with pytest.raises(Undeliverable):
            await messenger.update(posted, card("🔴 A-42 已逾期"))
    assert len(ann.messages()) == 1


async def test_an_update_whose_answer_was_lost_may_be_made_again(organisation, ann):
    async with connected(organisation, "template") as messenger:
        posted = await post(messenger, ann)
        organisation.faults.next(UPDATE, faults.records_then_fails())
        with pytest.raises(TryLater):
            await messenger.update(posted, card("🔴 A-42 已逾期"))
        await messenger.update(posted, card("🔴 A-42 已逾期"))
    assert ann.sees() == "🔴 A-42 已逾期"


async def test_a_public_card_that_grows_too_long_stays_a_card_and_the_whole_follows(organisation, ann):
    async with connected(organisation, "public") as messenger:
        posted = await post(messenger, ann)
        await messenger.update(posted, card("🔴 A-42 已逾期", "长" * 700))
        assert "A-42 后天到期" not in ann.sees()
        assert "长" * 700 in ann.sees(), "in the file that follows"
        await messenger.update(posted, card("🟢 A-42 已完成"))
    assert [one.kind for one in ann.messages()] == ["card", "sampleFile"]
    assert ann.sees().startswith("🟢 A-42 已完成")


async def test_near_the_months_end_cards_stay_as_they_stand(organisation, ann):
    """What else changes then is in test_saving.py."""
    async with connected(organisation, "template", calls=20) as messenger:
        posted = [await post(messenger, ann, f"k{n}") for n in range(19)]
        with pytest.raises(Undeliverable):
            await messenger.update(posted[0], card("🔴 A-42 已逾期"))
    assert len(ann.messages()) == 19


async def test_our_count_of_the_month_is_dingtalks(organisation, ann, tmp_path):
    async with connected(organisation, "template", tmp_path / "memory.db") as messenger:
        for number in range(5):
            posted = await post(messenger, ann, f"k{number}")
        await messenger.update(posted, card("🔴 A-42 已逾期"))
        await messenger.person(ann.id)
        assert messenger.quota.used("calls") == sum(organisation.quota.calls.values()) == 6


async def test_files_follow_once_and_in_kinds_that_dingtalk_takes(organisation, messenger, ann):
    csv = File("行动项.csv", "text/csv", b"A-42")
    png = Picture("gantt.png", "image/png", b"\x89PNG", "甘特图")
    shown = Card("导出", (csv, png))
    for _ in range(2):
        await post(messenger, ann, shown=shown)
    kinds = [one.kind for one in ann.messages() if one.card is None and one.kind != "sampleMarkdown"]
    assert kinds == ["sampleFile", "sampleImageMsg"]
    assert "行动项.csv.zip" in ann.sees()


async def test_whom_a_card_calls_is_called(organisation, ann):
    group = organisation.group("产品", ann)
    async with connected(organisation, "template") as messenger:
        called = Card("请看", (Text((Mention("安娜", to(ann)), Plain(" 请确认 @所有人"))),))
        await messenger.post(Room("dingtalk", group.id), called, key="k", again=False)
    assert organisation.called == [ann.id], "an @ in somebody's words calls nobody"


async def test_hostile_ids_reach_nobody_else(organisation, messenger, ann):
    for user in ("0456ann;IM_ROBOT.0123bo", "", "a.b"):
        with pytest.raises(Undeliverable):
            await messenger.post(Account("dingtalk", user), card(), key=user, again=False)
    assert organisation.calls(CREATE) + organisation.calls(DIRECT) + organisation.calls(GROUP) == []
