"""chat.*: where the bot may speak, what it may say, and what becomes of it."""

import pytest

from tests.simulators.slack.conftest import button, section

pytestmark = pytest.mark.slow


async def post(office, **args):
    return await office.client.chat_postMessage(**{"channel": office.product.id, "text": "早"} | args)


async def test_what_is_posted_is_seen_and_comes_back_whole(office):
    answer = await post(
        office, text="fallback", blocks=[section("请 <@" + office.bo.id + "> 确认", accessory=button())]
    )
    assert answer["channel"] == office.product.id
    assert answer["message"]["bot_id"] == office.workspace.installation.bot
    assert answer["message"]["blocks"][0]["block_id"], "every block has an id"
    assert office.ann.sees(office.product) == "请 @薄一 确认\n[接受]"


async def test_ts_grow_within_a_channel_even_in_one_moment(office):
    office.workspace.slack.pace.off()
    stamps = [(await post(office))["ts"] for _ in range(20)]
    assert stamps == sorted(set(stamps), key=float)
    assert all(len(one.partition(".")[2]) == 6 for one in stamps)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"channel": ""}, "channel_not_found"),
        ({"channel": "C0SIM99999"}, "channel_not_found"),
        ({"channel": "U0SIM99999"}, "channel_not_found"),
        ({"channel": "#product"}, "channel_not_found"),
        ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"text": "", "markdown_text": "字" * 12_001}, "msg_too_long"),
        ({"markdown_text": "a"}, "markdown_text_conflict"),
        ({"thread_ts": "1700000000.000100"}, "thread_not_found"),
        ({"metadata": {"event_type": "card"}}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "A card", "event_payload": {}}}, "invalid_metadata_schema"),
        ({"metadata": {"event_type": "card", "event_payload": {"a": {"b": 1}}}}, "invalid_metadata_schema"),
        ({"metadata": {"event_type": "card", "event_payload": {"a": "x" * 16_384}}}, "metadata_too_large"),
    ],
)
async def test_what_is_refused(office, args, error):
    sent = {"channel": office.product.id, "text": "早"} | args
    assert await office.refused("chat.postMessage", **sent) == error
    assert office.product.messages == []


async def test_invalid_blocks_are_told_with_their_places(office):
    refusal = await office.refusal("chat.postMessage", channel=office.product.id, blocks=[section("字" * 3001)])
    place = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refusal["errors"] == [place]
    assert refusal["response_metadata"]["messages"] == [f"[ERROR] {place}"]


async def test_two_tables_are_one_too_many(office):
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
    await post(office, blocks=[table])
    refusal = await office.refusal("chat.postMessage", channel=office.product.id, blocks=[table, table])
    assert (refusal["error"], refusal["errors"]) == ("invalid_attachments", ["only_one_table_allowed"])


@pytest.mark.parametrize(("length", "kept"), [(39_999, 39_999), (40_000, 40_000), (40_001, 40_000)])
async def test_a_text_is_cut_at_forty_thousand(office, length, kept):
    assert len((await post(office, text="字" * length))["message"]["text"]) == kept


@pytest.mark.parametrize(("letter", "in_bytes"), [("a", True), ("字", False)])
@pytest.mark.parametrize(("length", "error"), [(3999, ""), (4000, ""), (4001, "msg_too_long")])
async def test_an_edit_is_refused_above_four_thousand(office, letter, in_bytes, length, error):
    office.workspace.unverified.edit_counts_bytes = in_bytes
    where = {"channel": office.product.id, "ts": (await post(office))["ts"]}
    if error:
        assert await office.refused("chat.update", **where, text=letter * length) == error
    else:
        await office.client.chat_update(**where, text=letter * length)


async def test_an_edit_in_chinese_is_counted_in_bytes(office):
    where = {"channel": office.product.id, "ts": (await post(office))["ts"]}
    await office.client.chat_update(**where, text="字" * 1333)
    assert await office.refused("chat.update", **where, text="字" * 1334) == "msg_too_long"


async def test_all_blocks_together_have_a_budget(office):
    """Four sections within their own limit are too much for one message, but not for a response_url."""
    fits = [section("字" * 3000)] * 4 + [section("字" * 950)]
    await post(office, blocks=fits)
    over = [*fits[:4], section("字" * 951)]
    assert await office.refused("chat.postMessage", channel=office.product.id, blocks=over) == "msg_blocks_too_long"
    office.workspace.unverified.blocks_budget = 40_000
    await post(office, blocks=over)


async def test_bare_names_call_nobody_unless_told_to(office):
    await post(office, text="@薄一 @channel a@b.example")
    assert office.bo.notified() == []
    await post(office, text="@薄一 @channel a@b.example", link_names=True)
    assert office.product.messages[-1].text == f"<@{office.bo.id}> <!channel> a@b.example"
    assert office.bo.notified() == ["@薄一 @channel a@b.example"]


async def test_membership(office):
    public, private = (
        office.workspace.channel(name, office.ann, private=private, bot=False)
        for name, private in (("open", False), ("secret", True))
    )
    await post(office, channel=public.id)
    assert await office.refused("chat.postMessage", channel=private.id, text="a") == "channel_not_found"
    scopes = tuple(one for one in office.workspace.installation.scopes if one != "chat:write.public")
    office.workspace.installation.scopes = scopes
    assert await office.refused("chat.postMessage", channel=public.id, text="a") == "not_in_channel"
    await post(office)


async def test_an_archived_channel_takes_nothing(office):
    ts = (await post(office))["ts"]
    office.product.archives()
    assert await office.refused("chat.postMessage", channel=office.product.id, text="a") == "is_archived"
    assert await office.refused("chat.update", channel=office.product.id, ts=ts, text="a") == "is_archived"


async def test_a_users_id_means_the_direct_conversation_but_not_for_an_update(office):
    answer = await post(office, channel=office.ann.id, text="给一个人")
    assert answer["channel"][0] == "D"
    assert office.ann.sees() == "给一个人"
    assert office.bo.sees() == ""
    refused = await office.refused("chat.update", channel=office.ann.id, ts=answer["ts"], text="a")
    assert refused == "channel_not_found"
    await office.client.chat_update(channel=answer["channel"], ts=answer["ts"], text="改了")
    assert office.ann.sees() == "改了"


async def test_who_has_left_gets_nothing(office):
    direct = (await post(office, channel=office.ann.id))["channel"]
    await office.ann.leaves_company()
    assert await office.refused("chat.postMessage", channel=direct, text="a") == "user_disabled"
    assert await office.refused("conversations.open", users=office.ann.id) == "user_disabled"


async def test_an_update_without_blocks_takes_them_away_and_leaves_metadata(office):
    metadata = {"event_type": "card", "event_payload": {"key": "1"}}
    ts = (await post(office, blocks=[section("旧")], metadata=metadata))["ts"]
    answer = await office.client.chat_update(channel=office.product.id, ts=ts, text="新")
    assert "blocks" not in answer["message"]
    assert answer["message"]["metadata"] == metadata
    assert answer["message"]["edited"]
    assert office.ann.sees(office.product) == "新"
    emptied = await office.client.chat_update(channel=office.product.id, ts=ts, text="新", metadata={})
    assert "metadata" not in emptied["message"]


async def test_only_its_own_messages_can_be_changed(office):
    theirs = await office.ann.says("我的", office.product)
    where = {"channel": office.product.id, "ts": theirs.ts}
    assert await office.refused("chat.update", **where, text="a") == "cant_update_message"
    assert await office.refused("chat.delete", **where) == "cant_delete_message"
    gone = {"channel": office.product.id, "ts": "1700000000.000100"}
    assert await office.refused("chat.update", **gone, text="a") == "message_not_found"
    own = (await post(office))["ts"]
    await office.client.chat_delete(channel=office.product.id, ts=own)
    assert office.bo.sees(office.product) == "我的"


async def test_an_ephemeral_message_is_one_persons_and_out_of_reach(office):
    whisper = {"channel": office.product.id, "user": office.ann.id, "text": "只你看"}
    ts = (await office.client.chat_postEphemeral(**whisper))["message_ts"]
    assert office.ann.sees(office.product) == "只你看"
    assert office.bo.sees(office.product) == ""
    for method in ("chat.update", "chat.delete"):
        assert await office.refused(method, channel=office.product.id, ts=ts, text="a") == "message_not_found"
    assert (await office.client.conversations_history(channel=office.product.id))["messages"] == []


async def test_an_ephemeral_message_needs_both_inside(office):
    stranger = office.workspace.hires("cy")
    there = {"channel": office.product.id, "text": "a"}
    assert await office.refused("chat.postEphemeral", user=stranger.id, **there) == "user_not_in_channel"
    office.product.removes_bot()
    assert await office.refused("chat.postEphemeral", user=office.ann.id, **there) == "not_in_channel"


async def test_a_thread_is_its_parents(office):
    parent = (await post(office))["ts"]
    reply = await post(office, text="一", thread_ts=parent)
    nested = await post(office, text="二", thread_ts=reply["ts"])
    assert nested["message"]["thread_ts"] == parent


async def test_a_permalink_names_the_place(office):
    ts = (await post(office))["ts"]
    link = (await office.client.chat_getPermalink(channel=office.product.id, message_ts=ts))["permalink"]
    assert link == f"https://acme.slack.com/archives/{office.product.id}/p{ts.replace('.', '')}"
    missing = {"channel": office.product.id, "message_ts": "1.000001"}
    assert await office.refused("chat.getPermalink", **missing) == "message_not_found"


async def test_what_is_scheduled_is_said_then_and_with_metadata_never(office):
    soon = int(office.workspace.clock.now().timestamp()) + 60
    there = {"channel": office.product.id, "post_at": soon}
    await office.client.chat_scheduleMessage(**there, text="准时")
    await office.client.chat_scheduleMessage(
        **there, text="从不", metadata={"event_type": "card", "event_payload": {"key": "1"}}
    )
    withdrawn = (await office.client.chat_scheduleMessage(**there, text="收回"))["scheduled_message_id"]
    await office.client.chat_deleteScheduledMessage(channel=office.product.id, scheduled_message_id=withdrawn)
    assert office.ann.sees(office.product) == ""
    await office.workspace.advance(minutes=2)
    assert office.ann.sees(office.product) == "准时"


@pytest.mark.parametrize(("seconds", "error"), [(-60, "time_in_past"), (121 * 86_400, "time_too_far")])
async def test_when_nothing_can_be_scheduled(office, seconds, error):
    at = int(office.workspace.clock.now().timestamp()) + seconds
    refused = await office.refused("chat.scheduleMessage", channel=office.product.id, post_at=at, text="a")
    assert refused == error
