"""Pressing, filling in and what the client does with the answer (sheet 4.4, 4.6)."""

import pytest

from tests.simulators.feishu import Barred
from tests.simulators.feishu.conftest import button, card, div, form, plain

FIELDS = (
    {"tag": "input", "name": "text", "required": True, "max_length": 5},
    {"tag": "select_person", "name": "owner"},
    {"tag": "multi_select_person", "name": "with"},
    {"tag": "date_picker", "name": "due", "initial_date": "2026-06-05"},
    {"tag": "select_static", "name": "prio", "options": [{"text": plain("高"), "value": "p1"}]},
)


async def test_a_press_brings_its_value_and_who_it_was(office, bot):
    bot.answer = {"toast": {"type": "success", "content": "好了", "i18n": {"en_us": "Done"}}}
    await office.sends(card(button("接受")), to=office.product)
    await office.bo.presses("接受")
    event = bot.heard[-1]["event"]
    assert event["action"] == {"value": {"c": "接受"}, "tag": "button"}
    assert event["operator"]["open_id"] == office.bo.id
    assert len(bot.heard[-1]["header"]["create_time"]) == 16
    assert "Done" in office.bo.sees(office.product), "in the language of who pressed"
    assert "好了" not in office.ann.sees(office.product)


async def test_a_new_card_takes_the_old_ones_place(office, bot):
    bot.answer = {"card": {"type": "raw", "data": card(div("已接受"))}}
    await office.sends(card(button("接受")))
    await office.ann.presses("接受")
    assert "已接受" in office.ann.sees()
    assert office.ann.buttons() == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, 200672),
        ({"text": "x"}, 200672),
        ({"toast": {"type": "loud", "content": "x"}}, 200672),
        ({"card": {"type": "raw", "data": {"elements": []}}}, 200830),
        ({"card": {"type": "raw", "data": card({"tag": "note"})}}, 200673),
        ({"card": card()}, 200672),
    ],
    ids=range(6),
)
async def test_answers_that_the_client_can_do_nothing_with(office, bot, answer, code):
    bot.answer = answer
    await office.sends(card(button("接受")))
    await office.ann.presses("接受")
    assert f"code: {code}" in office.ann.sees()
    assert office.tenant.complaints


async def test_a_callback_is_never_repeated_and_late_is_late(office, bot):
    office.tenant.courier.patience, bot.delay = 0.1, 0.3
    await office.sends(card(button("接受")))
    await office.ann.presses("接受")
    await office.tenant.advance(hours=8)
    assert "code: 200341" in office.ann.sees()
    assert len(office.tenant.deliveries("card.action.trigger")[0].tries) == 1
    bot.delay, bot.code, office.tenant.courier.patience = 0, 500, 3
    await office.ann.presses("接受")
    assert "code: 200671" in office.ann.sees()


async def test_without_the_callback_tab_a_button_does_nothing(office, bot):
    office.tenant.app.callbacks = frozenset()
    await office.sends(card(button("接受")))
    await office.ann.presses("接受")
    assert "code: 200340" in office.ann.sees()
    assert bot.heard == []


async def test_a_form_sends_what_stands_in_it(office, bot):
    bot.answer = {}
    await office.sends(card(form(*FIELDS)), to=office.product)
    await office.ann.fills({"text": "评估", "owner": office.bo, "with": [office.ann, office.bo], "prio": "高"})
    action = bot.heard[-1]["event"]["action"]
    assert (action["name"], action["tag"]) == ("ok", "button")
    assert action["form_value"] == {
        "text": "评估", "owner": office.bo.id, "with": [office.ann.id, office.bo.id], "due": "2026-06-05 +0800", "prio": "p1",
    }  # fmt: skip


@pytest.mark.parametrize("sent", [True, False])
async def test_emptied_fields_come_empty_or_not_at_all(office, bot, sent):
    bot.answer = {}
    office.tenant.unverified.emptied_fields_are_sent = sent
    await office.sends(card(form(*FIELDS)))
    await office.ann.fills({"text": "评估", "due": ""})
    assert ("due" in bot.heard[-1]["event"]["action"]["form_value"]) is sent


@pytest.mark.parametrize(
    "values", [{}, {"text": ""}, {"text": "六个字太长了"}, {"text": "x", "prio": "低"}, {"text": "x", "nothing": 1}],
    ids=range(5),
)  # fmt: skip
async def test_the_client_does_not_let_it_through(office, bot, values):
    await office.sends(card(form(*FIELDS)))
    with pytest.raises(Barred):
        await office.ann.fills(values)
    assert bot.heard == []


async def test_only_who_is_offered_can_be_picked(office, bot):
    stranger = office.tenant.hires("外人")
    await office.sends(card(form(*FIELDS)), to=office.product)
    with pytest.raises(Barred):
        await office.ann.fills({"text": "x", "owner": stranger})


async def test_a_button_that_only_opens_a_link_sends_nothing(office, bot):
    link = {"behaviors": [{"type": "open_url", "default_url": "https://x.example"}]}
    await office.sends(card(button("打开") | link))
    assert await office.ann.presses("打开") is None
    with pytest.raises(Barred):
        await office.ann.presses("没有的")
    with pytest.raises(Barred):
        await office.ann.fills({})
    assert bot.heard == []


async def test_typing_picks_who_stands_after_an_at(office, bot):
    await office.ann.says("@闭环 新增 @薄一 周五", office.product)
    message = bot.heard[-1]["event"]["message"]
    assert message["content"] == '{"text": "@_user_1 新增 @_user_2 周五"}'
    assert [one["id"]["open_id"] for one in message["mentions"]] == [office.tenant.bot_id, office.bo.id]
    await office.ann.says("@闭环 好")
    assert "mentions" not in bot.heard[-1]["event"]["message"], "nobody is picked in a conversation with the bot"


@pytest.mark.parametrize(
    ("lacking", "group", "heard"),
    [
        ("im:message.group_msg", True, False),
        ("im:message.p2p_msg:readonly", False, False),
        ("im:message.group_at_msg:readonly", True, True),
    ],
)
async def test_scopes_settle_what_is_heard(office, bot, lacking, group, heard):
    office.tenant.app.scopes -= {lacking}
    await office.ann.says("大家早", office.product if group else None)
    assert bool(bot.heard) is heard


async def test_comings_the_menu_and_the_first_look(office, bot):
    office.tenant.app.menu = ("help",)
    await office.ann.taps_menu("help")
    with pytest.raises(Barred):
        await office.ann.taps_menu("nothing")
    await office.ann.opens_chat()
    await office.sends()
    await office.ann.opens_chat()
    await office.product.removes_bot(office.ann)
    await office.product.adds_bot(office.ann)
    await office.tenant.resigns(office.bo)
    kinds = [one["header"]["event_type"] for one in bot.heard]
    assert kinds == [
        "application.bot.menu_v6", "im.chat.access_event.bot_p2p_chat_entered_v1",
        "im.chat.access_event.bot_p2p_chat_entered_v1", "im.chat.member.bot.deleted_v1", "im.chat.member.bot.added_v1",
        "contact.user.deleted_v3",
    ]  # fmt: skip
    assert "last_message_id" not in bot.heard[1]["event"]
    assert "last_message_id" in bot.heard[2]["event"]


async def test_an_event_that_is_not_subscribed_to_is_not_sent(office, bot):
    office.tenant.app.events = frozenset()
    await office.ann.says("大家早")
    await office.ann.opens_chat()
    assert bot.heard == []
