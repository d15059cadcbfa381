"""Typing: what the client makes of words, what a command carries, and what the bot's answer shows to whom."""

import pytest

from tests.simulators.slack import Barred
from tests.simulators.slack.conftest import section

pytestmark = pytest.mark.slow


async def test_a_command_carries_who_where_and_what(office, bot):
    await office.ann.types("/action add 一", office.product)
    (body,) = bot.heard
    expected = {
        "command": "/action",
        "text": "add 一",
        "user_id": office.ann.id,
        "user_name": "ann",
        "channel_id": office.product.id,
        "channel_name": "product",
        "team_id": office.workspace.id,
        "is_enterprise_install": "false",
    }
    assert expected.items() <= body.items()
    assert body["response_url"].startswith(f"{office.url}/commands/")
    assert body["trigger_id"]
    assert "thread_ts" not in body
    await office.ann.types("/action")
    assert (bot.heard[1].get("text", ""), bot.heard[1]["channel_name"]) == ("", "directmessage")


async def test_what_is_picked_becomes_a_token(office, bot):
    office.workspace.usergroup("leads", office.ann)
    secret = office.workspace.channel("secret", office.ann, private=True)
    await office.ann.types(
        "/action 给 @薄一 在 #product 或 #secret 见 https://a.example/?b=1&c=2 @leads @here a<b", None
    )
    text = bot.heard[0]["text"]
    assert text == (
        f"给 <@{office.bo.id}|bo> 在 <#{office.product.id}|product> 或 <#{secret.id}|> 见 "
        f"<https://a.example/?b=1&amp;c=2> <!subteam^S0SIM00001|@leads> <!here> a&lt;b"
    )


async def test_without_should_escape_it_stays_as_typed(office, bot):
    office.workspace.app.should_escape = False
    await office.ann.types("/action 给 @薄一 a<b")
    assert bot.heard[0]["text"] == "给 @薄一 a<b"


async def test_a_phones_quotes_and_raw_entities_on_demand(office, bot):
    office.workspace.unverified.smart_quotes = True
    office.workspace.unverified.escaped_slash_text = False
    await office.ann.types('/action add "一 & 二"')
    assert bot.heard[0]["text"] == "add “一 & 二”"


async def test_the_answer_is_the_askers(office, bot):
    bot.answer = {"text": "记下了"}
    await office.ann.types("/action add 一", office.product)
    assert office.ann.sees(office.product) == "记下了"
    assert office.bo.sees(office.product) == ""


async def test_an_answer_in_the_channel_shows_the_typed_command_too(office, bot):
    """Sheet 1.3: the leak that keeps the bot's answers ephemeral."""
    bot.answer = {"text": "记下了", "response_type": "in_channel"}
    await office.ann.types("/action add 秘密", office.product)
    assert office.bo.sees(office.product) == "/action add 秘密\n记下了"


async def test_an_answer_slack_cannot_show_is_a_failure(office, bot):
    bot.answer = {"text": "a", "blocks": [section("字" * 3001)]}
    await office.ann.types("/action", office.product)
    assert office.ann.sees(office.product) == '/action failed with the error "dispatch_failed"'
    assert "must be less than 3001 characters" in office.workspace.complaints[0]


async def test_what_the_client_does_not_send(office):
    first = await office.ann.says("早", office.product)
    with pytest.raises(Barred, match="not supported in threads"):
        await office.ann.types("/action", office.product, thread=first)
    with pytest.raises(Barred, match="not a valid command"):
        await office.ann.types("/weather", office.product)
    stranger = office.workspace.hires("cy")
    with pytest.raises(Barred, match="not in #product"):
        await stranger.says("早", office.product)
    office.workspace.app.messages_tab = False
    with pytest.raises(Barred, match="turned off"):
        await office.ann.says("早")
    office.product.archives()
    with pytest.raises(Barred, match="archived"):
        await office.ann.says("早", office.product)


async def test_a_mention_is_two_events_of_one_message(office, bot):
    message = await office.ann.mentions_bot("帮助", office.product)
    events = [body["event"] for body in bot.heard]
    assert sorted(one["type"] for one in events) == ["app_mention", "message"]
    assert len({body["event_id"] for body in bot.heard}) == 2
    assert {(one["channel"], one["ts"]) for one in events} == {(office.product.id, message.ts)}
    assert {one["text"] for one in events} == {f"<@{office.workspace.installation.bot_user}> 帮助"}


async def test_direct_words_are_no_mention(office, bot):
    await office.ann.says("@闭环 帮助")
    (body,) = bot.heard
    assert (body["event"]["type"], body["event"]["channel_type"]) == ("message", "im")


async def test_a_reply_names_its_thread(office, bot):
    first = await office.ann.says("早", office.product)
    await office.bo.says("早啊", office.product, thread=first)
    assert bot.heard[1]["event"]["thread_ts"] == first.ts


async def test_a_file_is_a_subtype(office, bot):
    await office.ann.says("看", office.product, files=("纪要.docx",))
    event = bot.heard[0]["event"]
    assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "纪要.docx")


async def test_the_bots_own_words_come_back_and_bolt_lets_them_be(office, bot):
    await office.client.chat_postMessage(channel=office.product.id, text="早")
    await office.workspace.settled()
    (delivery,) = office.workspace.deliveries("message")
    assert delivery.payload["event"]["bot_id"] == office.workspace.installation.bot
    assert delivery.acknowledged
    assert bot.heard == []


async def test_edits_and_deletions_are_told(office, bot):
    message = await office.ann.says("早", office.product)
    await office.ann.edits(message, "早上好", office.product)
    assert bot.heard[1]["event"]["subtype"] == "message_changed"
    assert bot.heard[1]["event"]["message"]["text"] == "早上好"
    assert office.bo.sees(office.product) == "早上好"


async def test_what_is_not_subscribed_or_not_granted_is_not_sent(office, bot):
    office.workspace.app.events = ("app_mention",)
    await office.ann.says("早", office.product)
    assert bot.heard == []
    await office.ann.mentions_bot("早", office.product)
    assert bot.names() == ["app_mention"]
    office.workspace.installation.scopes = ("chat:write",)
    await office.ann.mentions_bot("早", office.product)
    assert len(bot.heard) == 1


async def test_where_the_bot_is_not_it_hears_nothing(office, bot):
    elsewhere = office.workspace.channel("elsewhere", office.ann, bot=False)
    await office.ann.mentions_bot("早", elsewhere)
    assert bot.heard == []
    elsewhere.invites_bot()
    await office.workspace.settled()
    assert "member_joined_channel" in bot.names()
    await office.ann.mentions_bot("早", elsewhere)
    assert "app_mention" in bot.names()
