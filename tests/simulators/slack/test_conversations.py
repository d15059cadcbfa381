"""conversations.* and users.*: what the bot can look up, page by page."""

import pytest

pytestmark = pytest.mark.slow


async def everything(method, key, **args):
    """Follows the cursors to their end; the pages as they came."""
    pages, cursor = [], ""
    while True:
        answer = await method(**args, **({"cursor": cursor} if cursor else {}))
        pages.append(answer[key])
        cursor = answer.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return pages


async def test_a_history_is_newest_first_and_without_replies(office):
    first = await office.ann.says("一", office.product)
    await office.bo.says("答", office.product, thread=first)
    await office.ann.says("二", office.product)
    history = (await office.client.conversations_history(channel=office.product.id))["messages"]
    assert [one["text"] for one in history] == ["二", "一"]
    assert history[1]["reply_count"] == 1
    replies = await office.client.conversations_replies(channel=office.product.id, ts=first.ts)
    assert [one["text"] for one in replies["messages"]] == ["一", "答"]


async def test_a_history_has_bounds(office):
    one, two, three = [await office.ann.says(word, office.product) for word in "一二三"]

    async def between(**args):
        answer = await office.client.conversations_history(channel=office.product.id, **args)
        return [each["text"] for each in answer["messages"]]

    assert await between(oldest=one.ts) == ["三", "二"]
    assert await between(oldest=one.ts, inclusive=True) == ["三", "二", "一"]
    assert await between(latest=three.ts) == ["二", "一"]
    assert await between(oldest=two.ts, latest=two.ts, inclusive=True) == ["二"]
    assert await between(oldest=f"{float(one.ts) - 5:.6f}") == ["三", "二", "一"]


async def test_metadata_comes_whole_only_when_asked_for(office):
    metadata = {"event_type": "card", "event_payload": {"key": "act-42"}}
    await office.client.chat_postMessage(channel=office.product.id, text="a", metadata=metadata)
    where = {"channel": office.product.id}
    assert (await office.client.conversations_history(**where))["messages"][0]["metadata"] == {"event_type": "card"}
    whole = await office.client.conversations_history(**where, include_all_metadata=True)
    assert whole["messages"][0]["metadata"] == metadata


async def test_a_history_needs_membership(office):
    elsewhere = office.workspace.channel("elsewhere", office.ann, bot=False)
    secret = office.workspace.channel("secret", office.ann, bot=False, private=True)
    assert await office.refused("conversations.history", channel=elsewhere.id) == "not_in_channel"
    assert await office.refused("conversations.history", channel=secret.id) == "channel_not_found"
    assert (await office.client.conversations_info(channel=elsewhere.id))["channel"]["is_member"] is False
    assert await office.refused("conversations.info", channel=secret.id) == "channel_not_found"
    await office.client.conversations_join(channel=elsewhere.id)
    await office.client.conversations_history(channel=elsewhere.id)


async def test_what_can_be_joined(office):
    secret = office.workspace.channel("secret", office.ann, private=True)
    refused = await office.refused("conversations.join", channel=secret.id)
    assert refused == "method_not_supported_for_channel_type"
    gone = office.workspace.channel("gone", office.ann, bot=False)
    gone.archives()
    assert await office.refused("conversations.join", channel=gone.id) == "is_archived"
    assert (await office.client.conversations_join(channel=office.product.id))["warning"] == "already_in_channel"


async def test_opening_a_direct_conversation_twice_gives_the_same(office):
    first = await office.client.conversations_open(users=office.ann.id)
    again = await office.client.conversations_open(users=[office.ann.id])
    assert first["channel"]["id"] == again["channel"]["id"]
    assert ("already_open" in first.data, again["already_open"]) == (False, True)
    group = await office.client.conversations_open(users=[office.ann.id, office.bo.id])
    assert group["channel"]["id"][0] == "G"
    assert await office.refused("conversations.open", users="") == "users_list_not_supplied"
    assert await office.refused("conversations.open", users="U0SIM99999") == "user_not_found"


async def test_members_come_in_pages_of_any_size_and_end_with_an_empty_cursor(office):
    for number in range(5):
        await office.workspace.hires(f"p{number}").joins(office.product)
    members = office.product.place.members
    office.workspace.page_size = 3
    pages = await everything(office.client.conversations_members, "members", channel=office.product.id, limit=200)
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [one for page in pages for one in page] == members
    office.workspace.empty_page = True
    pages = await everything(office.client.conversations_members, "members", channel=office.product.id, limit=200)
    assert [len(page) for page in pages] == [3, 0, 3, 0, 2]
    assert [one for page in pages for one in page] == members


@pytest.mark.parametrize(("limit", "error"), [(1000, ""), (1001, "invalid_limit"), (-1, "invalid_limit")])
async def test_a_page_has_a_most(office, limit, error):
    args = {"channel": office.product.id, "limit": limit}
    if error:
        assert await office.refused("conversations.members", **args) == error
    else:
        await office.client.conversations_members(**args)


async def test_a_cursor_must_be_one_that_was_given(office):
    refused = await office.refused("conversations.members", channel=office.product.id, cursor="bm90IGEgY3Vyc29y")
    assert refused == "invalid_cursor"


async def test_lists_show_what_the_bot_may_know(office):
    office.workspace.channel("open", office.ann, bot=False)
    office.workspace.channel("secret", office.ann, bot=False, private=True)
    office.workspace.channel("ours", office.ann, private=True)
    answer = await office.client.conversations_list(types="public_channel,private_channel")
    assert [one["name"] for one in answer["channels"]] == ["product", "open", "ours"]
    mine = await office.client.users_conversations(types="public_channel,private_channel")
    assert [one["name"] for one in mine["channels"]] == ["product", "ours"]
    assert await office.refused("conversations.list", types="rooms") == "invalid_types"


# --- people ---


async def test_a_person_with_zone_and_locale(office):
    amy = office.workspace.hires("amy", "Amy", tz="Europe/Madrid", locale="es-ES")
    user = (await office.client.users_info(user=amy.id, include_locale=True))["user"]
    assert (user["tz"], user["locale"], user["profile"]["email"]) == ("Europe/Madrid", "es-ES", "amy@acme.example")
    assert user["tz_offset"] in (3600, 7200)
    assert "locale" not in (await office.client.users_info(user=amy.id))["user"]
    assert await office.refused("users.info", user="U0SIM99999") == "user_not_found"


async def test_an_email_needs_its_scope(office):
    scopes = tuple(one for one in office.workspace.installation.scopes if one != "users:read.email")
    office.workspace.installation.scopes = scopes
    assert "email" not in (await office.client.users_info(user=office.ann.id))["user"]["profile"]


async def test_somebody_who_left_is_listed_without_a_zone(office):
    await office.bo.leaves_company()
    members = {one["id"]: one for one in (await office.client.users_list())["members"]}
    assert members[office.bo.id]["deleted"] is True
    assert "tz" not in members[office.bo.id]
    assert await office.refused("users.lookupByEmail", email="bo@acme.example") == "users_not_found"
    assert (await office.client.users_lookupByEmail(email="ann@acme.example"))["user"]["id"] == office.ann.id


async def test_slackbot_is_listed_as_somebody_and_nobody_can_write_to_it(office):
    members = {one["id"]: one for one in (await office.client.users_list())["members"]}
    assert members["USLACKBOT"]["is_bot"] is False
    bot = office.workspace.installation.bot_user
    assert members[bot]["is_bot"] is True
    for account in ("USLACKBOT", bot):
        assert await office.refused("conversations.open", users=account) == "cannot_dm_bot"
        assert await office.refused("chat.postMessage", channel=account, text="早") == "cannot_dm_bot"


async def test_a_group_is_its_people(office):
    group = office.workspace.usergroup("leads", office.ann)
    assert (await office.client.usergroups_list())["usergroups"][0]["handle"] == "leads"
    assert (await office.client.usergroups_users_list(usergroup=group.id))["users"] == [office.ann.id]
    assert await office.refused("usergroups.users.list", usergroup="S0SIM99999") == "no_such_subteam"
