"""Pressing and filling in: what an interaction carries, what its answer does, what the client does not let through."""

import pytest

from tests.simulators.slack import Barred
from tests.simulators.slack.conftest import button, modal, question, section

pytestmark = pytest.mark.slow

OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("高", "低")]
TEXT = {"type": "plain_text_input", "max_length": 5}
FORM = modal(
    question("行动", TEXT),
    question("负责人", {"type": "users_select"}, optional=True),
    question("配合", {"type": "multi_users_select", "max_selected_items": 1}, optional=True),
    question("截止", {"type": "datepicker"}, optional=True),
    question("优先", {"type": "static_select", "options": OPTIONS}, optional=True),
    question("选项", {"type": "checkboxes", "options": OPTIONS}, optional=True),
)


async def card(office, *elements, **more):
    blocks = [section("请确认"), {"type": "actions", "block_id": "act:42", "elements": list(elements or [button()])}]
    await office.client.chat_postMessage(channel=office.product.id, text="a", blocks=blocks, **more)
    return office.product.messages[-1]


async def form(office, view=FORM):
    """Opens a form before ann."""
    trigger = office.workspace.screens.trigger(office.ann.user).id
    await office.client.views_open(trigger_id=trigger, view=view)
    return office.ann.modal


async def test_a_press_on_a_message(office, bot):
    message = await card(office)
    await office.bo.presses("接受")
    (body,) = bot.heard
    assert body["type"] == "block_actions"
    assert body["user"]["id"] == office.bo.id
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": office.product.id,
        "is_ephemeral": False,
    }
    assert body["message"]["blocks"] == message.blocks
    assert body["state"] == {"values": {}}
    (action,) = body["actions"]
    assert {"type": "button", "action_id": "act", "block_id": "act:42", "value": "42"}.items() <= action.items()
    assert body["response_url"].startswith(f"{office.url}/actions/")


async def test_a_press_on_an_ephemeral_message_brings_no_message(office, bot):
    await office.client.chat_postEphemeral(
        channel=office.product.id, user=office.ann.id, text="a", blocks=[section("a", accessory=button())]
    )
    await office.ann.presses("接受")
    assert bot.heard[0]["container"]["is_ephemeral"] is True
    assert "message" not in bot.heard[0]
    with pytest.raises(Barred, match="sees no '接受'"):
        await office.bo.presses("接受")


async def test_a_press_in_a_thread_names_it(office, bot):
    parent = await office.ann.says("早", office.product)
    await card(office, thread_ts=parent.ts)
    await office.ann.presses("接受")
    assert bot.heard[-1]["container"]["thread_ts"] == parent.ts


async def test_the_newest_of_a_label_is_pressed_or_the_one_that_is_meant(office, bot):
    first = await card(office, button(value="1"))
    await card(office, button(value="2"))
    await office.ann.presses("接受")
    await office.ann.presses("接受", on=first)
    assert [body["actions"][0]["value"] for body in bot.heard] == ["2", "1"]


async def test_an_overflow_menu_and_a_date(office, bot):
    await card(office, {"type": "overflow", "action_id": "more", "options": OPTIONS}, {"type": "datepicker"})
    await office.ann.presses("低")
    assert bot.heard[0]["actions"][0]["selected_option"] == OPTIONS[1]
    picker = office.product.messages[-1].blocks[1]["elements"][1]["action_id"]
    await office.ann.presses(picker, choosing="2026-12-01")
    assert bot.heard[1]["actions"][0]["selected_date"] == "2026-12-01"


async def test_a_press_that_nobody_takes_shows_trouble(office):
    await card(office)
    await office.ann.presses("接受", on=office.product)
    assert "trouble connecting" in office.ann.sees(office.product)
    assert "trouble connecting" not in office.bo.sees(office.product)


async def test_an_answer_to_a_press_is_the_bots_mistake(office, bot):
    await card(office)
    bot.answer = {"text": "好的"}
    await office.ann.presses("接受")
    assert "nobody sees the answer to block_actions" in office.workspace.complaints[0]


async def test_who_has_left_and_an_app_that_is_gone_press_nothing(office, bot):
    await card(office)
    await office.bo.leaves_company()
    with pytest.raises(Barred, match="bo has left"):
        await office.bo.presses("接受")
    with pytest.raises(Barred, match="bo has left"):
        await office.bo.says("早", office.product)
    office.workspace.uninstalls()
    with pytest.raises(Barred, match="not installed"):
        await office.ann.presses("接受")
    with pytest.raises(Barred, match="not a valid command"):
        await office.ann.types("/action", office.product)
    await office.ann.says("没人听", office.product)


async def test_an_open_modal_hides_what_is_behind_it(office, bot):
    await card(office)
    await form(office)
    with pytest.raises(Barred):
        await office.ann.presses("接受")
    await office.ann.closes()
    await office.ann.presses("接受")
    assert bot.names() == ["block_actions"]


async def test_a_press_in_the_home_tab(office, bot):
    home = {"type": "home", "blocks": [section("等我", accessory=button())]}
    await office.client.views_publish(user_id=office.ann.id, view=home)
    await office.ann.presses("接受")
    (body,) = bot.heard
    assert body["container"] == {"type": "view", "view_id": office.ann.home.id}
    assert body["view"]["hash"] == office.ann.home.hash
    assert not {"channel", "message", "response_url"} & set(body)


# --- forms ---


async def test_a_submission_carries_every_field_touched_or_not(office, bot):
    await form(office)
    await office.ann.fills({"行动": "评估", "配合": [office.bo], "截止": "2026-12-01", "优先": "高", "选项": ["低"]})
    values = {name: value["v"] for name, value in bot.heard[0]["view"]["state"]["values"].items()}
    assert values == {
        "行动": {"type": "plain_text_input", "value": "评估"},
        "负责人": {"type": "users_select", "selected_user": None},
        "配合": {"type": "multi_users_select", "selected_users": [office.bo.id]},
        "截止": {"type": "datepicker", "selected_date": "2026-12-01"},
        "优先": {"type": "static_select", "selected_option": OPTIONS[0]},
        "选项": {"type": "checkboxes", "selected_options": [OPTIONS[1]]},
    }
    assert "channel" not in bot.heard[0]
    assert bot.heard[0]["response_urls"] == []
    assert office.ann.modal is None


async def test_first_values_are_sent_where_nobody_changes_them(office, bot):
    await form(office, modal(question("行动", {"type": "plain_text_input", "initial_value": "评估"})))
    await office.ann.fills()
    assert bot.heard[0]["view"]["state"]["values"]["行动"]["v"]["value"] == "评估"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "'行动' is required"),
        ({"行动": ""}, "'行动' is required"),
        ({"行动": "一二三四五六"}, "does not take 6 characters"),
        ({"行动": "一", "配合": ["ann", "bo"]}, "takes 1 at most"),
        ({"行动": "一", "优先": "中"}, "no option '中'"),
        ({"行动": "一", "负责人": "nobody"}, "nobody is called"),
        ({"天气": "晴"}, "no field '天气'"),
    ],
)
async def test_what_the_client_does_not_submit(office, bot, values, words):
    await form(office)
    with pytest.raises(Barred, match=words):
        await office.ann.fills(values)
    assert bot.heard == []


async def test_faults_are_shown_at_their_fields(office, bot):
    await form(office)
    bot.answer = {"response_action": "errors", "errors": {"行动": "说清楚一点"}}
    await office.ann.fills({"行动": "一"})
    assert "行动\n一\n说清楚一点" in office.ann.sees()
    bot.answer = {}
    await office.ann.fills({"行动": "二"})
    assert office.ann.modal is None


async def test_a_fault_at_a_field_that_is_not_there_is_the_bots_mistake(office, bot):
    await form(office)
    bot.answer = {"response_action": "errors", "errors": {"天气": "晴"}}
    await office.ann.fills({"行动": "一"})
    assert "trouble connecting" in office.ann.sees()
    assert len(office.workspace.complaints) == 1


async def test_another_view_or_a_deeper_one_or_none(office, bot):
    first = await form(office)
    bot.answer = {"response_action": "push", "view": modal(question("原因", TEXT))}
    await office.ann.fills({"行动": "一"})
    assert (office.ann.modal.previous, office.ann.modal.root) == (first.id, first.id)
    bot.answer = {"response_action": "update", "view": modal(section("好了"))}
    await office.ann.fills({"原因": "二"})
    assert office.ann.sees() == "新增\n好了\n[保存]"
    bot.answer = {"response_action": "clear"}
    await office.ann.fills()
    assert office.ann.modal is None


async def test_an_empty_answer_closes_only_the_top_one(office, bot):
    first = await form(office)
    bot.answer = {"response_action": "push", "view": modal(question("原因", TEXT))}
    await office.ann.fills({"行动": "一"})
    bot.answer = {}
    await office.ann.fills({"原因": "二"})
    assert office.ann.modal is first


async def test_a_view_slack_refuses_is_the_bots_mistake(office, bot):
    await form(office)
    bot.answer = {"response_action": "update", "view": modal(section("字" * 3001))}
    await office.ann.fills({"行动": "一"})
    assert len(office.workspace.complaints) == 1


@pytest.mark.parametrize("told", [True, False])
async def test_closing_is_told_where_it_was_asked_for(office, bot, told):
    await form(office, FORM | {"notify_on_close": told})
    await office.ann.closes()
    assert bot.names() == ["view_closed"] * told
    assert [body["is_cleared"] for body in bot.heard] == [False] * told


async def test_the_cross_clears_the_stack(office, bot):
    first = await form(office, FORM | {"notify_on_close": True})
    bot.answer = {"response_action": "push", "view": modal(question("原因", TEXT))}
    await office.ann.fills({"行动": "一"})
    await office.ann.closes(everything=True)
    assert (bot.heard[-1]["is_cleared"], bot.heard[-1]["view"]["id"]) == (True, first.id)
    assert office.ann.modal is None


async def test_a_picker_may_bring_a_response_url(office, bot):
    picker = {"type": "conversations_select", "response_url_enabled": True}
    await form(office, modal(question("发到", picker)))
    await office.ann.fills({"发到": office.product})
    (url,) = bot.heard[0]["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == (office.product.id, "发到", "v")


async def test_options_are_looked_up_after_three_characters(office, bot):
    await form(office, modal(question("会议", {"type": "external_select"})))
    bot.answer = {"options": OPTIONS}
    assert await office.ann.searches("会议", "需求评") == OPTIONS
    assert (bot.heard[0]["type"], bot.heard[0]["value"]) == ("block_suggestion", "需求评")
    with pytest.raises(Barred):
        await office.ann.searches("会议", "需")


# --- shortcuts ---


async def test_a_message_shortcut_brings_the_message(office, bot):
    office.workspace.app.shortcuts = (("message", "to_action", "转为行动项"),)
    message = await office.bo.says("登录要修", office.product)
    await office.ann.shortcut("转为行动项", message)
    body = bot.heard[-1]
    assert (body["type"], body["callback_id"]) == ("message_action", "to_action")
    assert (body["message"]["text"], body["message"]["user"]) == ("登录要修", office.bo.id)
    assert body["message_ts"] == message.ts
    await office.client.chat_postMessage(channel=office.product.id, text="早")
    await office.ann.shortcut("to_action", office.product.messages[-1])
    assert "user" not in bot.heard[-1]["message"]
    assert bot.heard[-1]["message"]["bot_id"]


async def test_a_global_shortcut_is_from_nowhere(office, bot):
    office.workspace.app.shortcuts = (("global", "new_action", "新增"),)
    await office.ann.shortcut("新增")
    assert not {"channel", "message", "response_url"} & set(bot.heard[0])
    with pytest.raises(Barred):
        await office.ann.shortcut("别的")


async def test_what_is_chosen_in_a_message_goes_with_the_next_press(office, bot):
    priority = {"type": "static_select", "action_id": "s", "options": OPTIONS}
    await card(office, priority, button())
    message = office.product.messages[-1]
    office.ann.puts_in({"s": "高"}, message)
    await office.ann.presses("接受")
    assert bot.heard[0]["state"]["values"]["act:42"]["s"]["selected_option"] == OPTIONS[0]
