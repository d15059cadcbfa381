"""The Web API on the wire: encodings, tokens, scopes, and what is kept of each call."""

import aiohttp
import pytest

pytestmark = pytest.mark.slow


async def call(office, method, *, verb="POST", token=None, **sent):
    """One raw request; its decoded answer and its headers."""
    headers = {"Authorization": f"Bearer {office.workspace.token if token is None else token}"} if token != "" else {}
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, f"{office.url}/api/{method}", headers=headers, **sent) as answer,
    ):
        return await answer.json(), answer.headers


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("GET", lambda args: {"params": args}),
        ("POST", lambda args: {"params": args}),
        ("POST", lambda args: {"data": args}),
        ("POST", lambda args: {"json": args}),
    ],
    ids=["get", "query", "form", "json"],
)
async def test_arguments_come_by_every_road(office, verb, sent):
    body, _ = await call(office, "users.info", verb=verb, **sent({"user": office.ann.id}))
    assert body["user"]["real_name"] == "安娜"


async def test_structures_may_come_as_text(office):
    blocks = '[{"type": "divider"}]'
    body, _ = await call(office, "chat.postMessage", data={"channel": office.product.id, "text": "a", "blocks": blocks})
    assert body["message"]["blocks"][0]["type"] == "divider"
    broken, _ = await call(office, "chat.postMessage", data={"channel": office.product.id, "blocks": "[{"})
    assert broken["error"] == "invalid_blocks_format"


async def test_unknown_arguments_are_nothing(office):
    body, _ = await call(office, "auth.test", json={"team_id": "T1", "weather": "fine"})
    assert body["ok"]


async def test_json_that_is_no_object_is_refused(office):
    async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
        for text in ("{", "[]"):
            async with session.post(f"{office.url}/api/auth.test", data=text) as answer:
                assert (await answer.json())["error"] == "invalid_json"


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-somebody-else", "invalid_auth"),
        ("auth.test", "xapp-1-A0SIM00001-1-simulator", "not_allowed_token_type"),
        ("apps.connections.open", None, "not_allowed_token_type"),
        ("apps.connections.open", "", "not_authed"),
        ("apps.connections.open", "xapp-another", "invalid_auth"),
        ("chat.postMassage", None, "unknown_method"),
    ],
)
async def test_whose_token_it_is(office, method, token, error):
    body, _ = await call(office, method, token=token)
    assert body["error"] == error


async def test_the_apps_own_token_only_comes_in_the_header(office):
    token = office.workspace.app.app_token
    assert (await call(office, "apps.connections.open", token=token))[0]["ok"]
    assert (await call(office, "apps.connections.open", token="", data={"token": token}))[0]["error"] == "not_authed"
    assert (await call(office, "auth.test", token="", data={"token": office.workspace.token}))[0]["ok"]


async def test_scopes_are_told_and_missing_ones_named(office):
    office.workspace.installation.scopes = ("chat:write", "commands")
    _, headers = await call(office, "auth.test")
    assert headers["x-oauth-scopes"] == "chat:write,commands"
    body, _ = await call(office, "users.info", json={"user": office.ann.id})
    assert body == {"ok": False, "error": "missing_scope", "needed": "users:read", "provided": "chat:write,commands"}


@pytest.mark.parametrize(
    ("method", "args", "scope"),
    [
        ("chat.postMessage", {"channel": "C0SIM00001", "text": "a"}, "chat:write"),
        ("chat.postEphemeral", {"channel": "C0SIM00001", "user": "U0SIM00002", "text": "a"}, "chat:write"),
        ("users.info", {"user": "U0SIM00002"}, "users:read"),
        ("users.list", {}, "users:read"),
        ("users.lookupByEmail", {"email": "ann@acme.example"}, "users:read.email"),
        ("conversations.info", {"channel": "C0SIM00001"}, "channels:read"),
        ("conversations.members", {"channel": "C0SIM00001"}, "channels:read"),
        ("conversations.history", {"channel": "C0SIM00001"}, "channels:history"),
        ("conversations.list", {"types": "private_channel"}, "groups:read"),
        ("conversations.open", {"users": "U0SIM00002"}, "im:write"),
        ("conversations.open", {"users": "U0SIM00002,U0SIM00003"}, "mpim:write"),
        ("conversations.join", {"channel": "C0SIM00001"}, "channels:join"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 1}, "files:write"),
        ("usergroups.list", {}, "usergroups:read"),
        ("team.info", {}, "team:read"),
    ],
)
async def test_each_method_needs_its_scope(office, method, args, scope):
    granted = office.workspace.installation.scopes
    assert (await call(office, method, json=args))[0]["ok"]
    office.workspace.installation.scopes = tuple(one for one in granted if one != scope)
    refusal, _ = await call(office, method, json=args)
    assert (refusal["error"], refusal["needed"]) == ("missing_scope", scope)


async def test_views_and_auth_need_no_scope(office):
    office.workspace.installation.scopes = ()
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    body, _ = await call(office, "views.publish", json={"user_id": office.ann.id, "view": home})
    assert body["ok"]


async def test_every_call_is_kept_with_its_answer(office):
    await call(office, "chat.postMessage", json={"channel": office.product.id, "text": "早"})
    await call(office, "chat.postMessage", json={"channel": "C0SIM99999", "text": "早"})
    first, second = office.workspace.calls("chat.postMessage")
    assert (first.args["text"], first.ok, first.status, first.team) == ("早", True, 200, office.workspace.id)
    assert (second.ok, second.answer["error"]) == (False, "channel_not_found")


async def test_a_dead_token_opens_nothing(office):
    for error in ("token_revoked", "account_inactive", "token_expired"):
        office.workspace.installation.dead = error
        assert await office.refused("auth.test") == error
        assert await office.refused("chat.postMessage", channel=office.product.id, text="a") == error
