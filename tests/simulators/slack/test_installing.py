"""The app in a workspace: installed by OAuth, its tokens rotated and revoked, taken out again; next to a neighbour."""

import re
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.file import FileInstallationStore
from slack_sdk.oauth.state_store.file import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.simulators.slack import App, Workspace
from tests.simulators.slack.browser import installs
from tests.simulators.slack.conftest import Office

pytestmark = [
    pytest.mark.slow,
    # slack_sdk 3.47 names the client by a class that aiohttp 3.14 wants to be rid of.
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]

SCOPES = ["chat:write", "commands", "im:history"]


@pytest.fixture
async def shop(office: Office, tmp_path):
    """A bolt app that anybody may install; the address of its pages, and what it hears."""
    office.workspace.app.socket_mode = False
    heard: list[tuple[str, str]] = []
    apps: list[AsyncApp] = []

    async def answers(request):
        asked, (app,) = await to_bolt_request(request), apps
        flow = app.oauth_flow
        assert flow is not None
        if request.path == "/slack/install":
            return await to_aiohttp_response(await flow.handle_installation(asked))
        if request.path == "/slack/oauth_redirect":
            return await to_aiohttp_response(await flow.handle_callback(asked))
        return await to_aiohttp_response(await app.async_dispatch(asked))

    served = web.Application()
    served.router.add_route("*", "/slack/{page}", answers)
    runner = web.AppRunner(served, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/slack"
    office.workspace.slack.door.url = f"{base}/events"
    apps.append(installable(office, base, tmp_path, heard))
    yield base, heard
    await runner.cleanup()


def installable(office, base, folder, heard):
    """bolt with its OAuth flow and stores in files."""
    known = office.workspace.app
    settings = AsyncOAuthSettings(
        client_id=known.client_id,
        client_secret=known.client_secret,
        scopes=SCOPES,
        redirect_uri=f"{base}/oauth_redirect",
        installation_store=FileInstallationStore(base_dir=str(folder)),
        state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(folder)),
        authorization_url=f"{office.url}/oauth/v2/authorize",
    )
    client = AsyncWebClient(base_url=f"{office.url}/api/", retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=known.signing_secret, oauth_settings=settings)

    @app.event(re.compile(".*"))
    async def hears(body, context):
        heard.append((body["team_id"], context.bot_token))

    return app


async def test_bolts_own_flow_installs_the_app(office, shop):
    base, heard = shop
    neighbour = Workspace(slack=office.workspace.slack, name="Labs", installed=False)
    eve = neighbour.hires("eve")
    status, _ = await installs(eve, f"{base}/install")
    assert status == 200
    assert neighbour.installation.scopes == tuple(SCOPES)
    await eve.says("早")
    assert heard == [(neighbour.id, neighbour.token)]


async def test_each_workspace_has_a_token_and_people_of_its_own(office):
    neighbour = Workspace(slack=office.workspace.slack, name="Labs")
    eve = neighbour.hires("eve")
    assert neighbour.token != office.workspace.token
    assert await office.refused("users.info", user=eve.id) == "user_not_found"
    theirs = AsyncWebClient(neighbour.token, f"{office.url}/api/")
    assert (await theirs.auth_test())["team"] == "Labs"
    assert (await theirs.users_info(user=eve.id))["user"]["team_id"] == neighbour.id


async def code(office, **query):
    """What the browser brings back after Allow."""
    ask = {"client_id": office.workspace.app.client_id, "scope": "chat:write", "redirect_uri": "http://bot.example/r"}
    who = {"team": office.workspace.id, "user": office.ann.id, "state": "s"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{office.url}/oauth/v2/authorize", params=ask | who | query, allow_redirects=False) as answer,
    ):
        location = answer.headers.get("Location", "")
        return parse_qs(urlsplit(location).query)["code"][0] if location else (answer.status, await answer.text())


async def access(office, **args):
    app = office.workspace.app
    return await office.client.oauth_v2_access(
        **{"client_id": app.client_id, "client_secret": app.client_secret} | args
    )


async def test_a_code_is_good_once(office):
    given = await code(office)
    answer = await access(office, code=given)
    assert (answer["team"]["id"], answer["scope"]) == (office.workspace.id, "chat:write")
    assert (answer["access_token"], answer["authed_user"]["id"]) == (office.workspace.token, office.ann.id)
    with pytest.raises(SlackApiError, match="code_already_used"):
        await access(office, code=given)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"code": "no-code"}, "invalid_code"),
        ({"client_id": "9.9"}, "invalid_client_id"),
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"redirect_uri": "http://elsewhere.example/"}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token", "refresh_token": "xoxe-1-none"}, "invalid_refresh_token"),
    ],
)
async def test_what_gets_no_token(office, args, error):
    given = await code(office)
    with pytest.raises(SlackApiError, match=error):
        await access(office, **{"code": given} | args)


async def test_the_page_asks_and_refuses_strangers(office):
    assert (await code(office, client_id="9.9"))[1] == "invalid_client_id"
    office.workspace.app.redirect_urls = ("http://bot.example/",)
    assert (await code(office, redirect_uri="http://evil.example/"))[1] == "bad_redirect_uri"
    status, page = await code(office, user="")
    assert (status, "Allow in Acme as 安娜" in page) == (200, True)


async def test_a_rotating_token_lives_twelve_hours_and_its_refresh_token_once():
    workspace = Workspace(app=App(rotates_tokens=True))
    async with workspace.serving() as url:
        first, refresh = workspace.token, workspace.installation.refresh
        assert first.startswith("xoxe.xoxb-")
        client = AsyncWebClient(first, f"{url}/api/")
        await client.auth_test()
        await workspace.advance(hours=12, seconds=1)
        with pytest.raises(SlackApiError, match="token_expired"):
            await client.auth_test()
        asked = {
            "client_id": workspace.app.client_id,
            "client_secret": workspace.app.client_secret,
            "grant_type": "refresh_token",
            "refresh_token": refresh,
        }
        fresh = await client.oauth_v2_access(**asked)
        assert fresh["expires_in"] == 43_200
        await client.auth_test(token=fresh["access_token"])
        with pytest.raises(SlackApiError, match="invalid_refresh_token"):
            await client.oauth_v2_access(**asked)


async def test_a_revoked_token_is_dead_before_anybody_is_told(office, bot):
    await office.ann.says("早")
    await office.client.auth_revoke()
    await office.workspace.settled()
    assert bot.names() == ["message", "tokens_revoked"]
    assert bot.heard[-1]["event"]["tokens"] == {"oauth": [], "bot": [office.workspace.installation.bot_user]}
    assert await office.refused("auth.test") == "token_revoked"


@pytest.mark.parametrize("revoked_first", [False, True])
async def test_an_app_that_is_taken_out(office, on_sockets, revoked_first):
    token = office.workspace.token
    office.workspace.uninstalls(revoked_first=revoked_first)
    await office.workspace.settled()
    told = ["app_uninstalled", "tokens_revoked"]
    assert [one.name for one in office.workspace.deliveries()] == (told[::-1] if revoked_first else told)
    assert on_sockets.names() == [one.name for one in office.workspace.deliveries()]
    assert await office.refused("auth.test") == "account_inactive"
    office.workspace.installs(office.workspace.app.scopes)
    assert office.workspace.token != token
    await office.client.auth_test(token=office.workspace.token)


# --- what else is told ---


async def test_the_home_tab_brings_its_view_once_there_is_one(office, bot):
    await office.ann.opens_home()
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    await office.client.views_publish(user_id=office.ann.id, view=home)
    await office.ann.opens_home()
    await office.ann.opens_messages()
    events = [body["event"] for body in bot.heard]
    assert [(one["tab"], "view" in one) for one in events] == [("home", False), ("home", True), ("messages", False)]
    assert events[1]["view"]["hash"] == office.ann.home.hash
    assert events[0]["channel"] == office.ann.bot_chat.id


async def test_coming_and_going(office, bot):
    cy = office.workspace.hires("cy")
    await cy.joins(office.product)
    await cy.leaves(office.product)
    await cy.leaves_company()
    assert sorted(bot.names()) == ["member_joined_channel", "member_left_channel", "message", "user_change"]
    joined = next(b["event"] for b in bot.heard if b["event"]["type"] == "member_joined_channel")
    assert (joined["user"], joined["channel"], joined["channel_type"]) == (cy.id, office.product.id, "C")


def test_an_app_from_its_manifest():
    app = App.of(
        {
            "display_information": {"name": "Action Desk"},
            "features": {
                "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
                "bot_user": {"display_name": "actiondesk"},
                "shortcuts": [{"name": "Make action item", "type": "message", "callback_id": "m", "description": "d"}],
                "slash_commands": [{"command": "/action", "description": "d", "should_escape": True}],
            },
            "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
            "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}, "socket_mode_enabled": True},
        }
    )
    assert (app.name, app.commands, app.scopes) == ("actiondesk", ("/action",), ("chat:write", "commands"))
    assert (app.events, app.shortcuts) == (("app_mention",), (("message", "m", "Make action item"),))
    assert (app.should_escape, app.socket_mode, app.home_tab, app.messages_tab) == (True, True, True, True)
