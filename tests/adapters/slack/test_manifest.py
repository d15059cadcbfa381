"""The manifest that creates the app: Slack's own rules for it (platform sheet 7), and that it asks for what we use."""

import re
from pathlib import Path

import pytest
import yaml

from adapters.slack.examination import NEEDED, SCOPES
from bot.commands import COMMANDS, read
from tests.simulators.slack import App

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "slack-manifest.yaml").read_text(encoding="utf-8")
MANIFEST = yaml.safe_load(TEXT)
KNOWN = {
    "": {"_metadata", "display_information", "features", "oauth_config", "settings"},
    "display_information": {"name", "description", "background_color", "long_description"},
    "features": {"app_home", "bot_user", "shortcuts", "slash_commands", "unfurl_domains"},
    "oauth_config": {"redirect_urls", "scopes"},
    "settings": {
        "event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "is_hosted",
        "token_rotation_enabled",
    },
}  # fmt: skip
HEARD = {
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "team_join",
    "tokens_revoked",
    "user_change",
}
"""Inner events that hearing.py and listeners.py do something with; `message.*` besides."""
EVENT_SCOPES = {
    "app_mention": "app_mentions:read", "message.channels": "channels:history", "message.groups": "groups:history",
    "message.im": "im:history", "message.mpim": "mpim:history", "user_change": "users:read", "team_join": "users:read",
    "member_joined_channel": "channels:read",
}  # fmt: skip
METHOD_SCOPES = {
    "apps.connections.open": "", "auth.test": "", "chat.getPermalink": "", "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write", "chat.update": "chat:write", "conversations.history": "channels:history",
    "conversations.info": "channels:read", "conversations.members": "channels:read", "conversations.open": "im:write",
    "conversations.replies": "channels:history", "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write", "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read", "users.info": "users:read", "users.list": "users:read",
    "views.open": "", "views.publish": "", "views.update": "",
}  # fmt: skip
"""What each method needs; of those that there are four of, for channels, groups, direct and several people, the first."""


def at(path: str):
    found = MANIFEST
    for part in filter(None, path.split(".")):
        found = found[part]
    return found


@pytest.mark.parametrize("path", KNOWN)
def test_no_key_that_slack_does_not_know(path):
    assert set(at(path)) <= KNOWN[path]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("display_information.name", 35),
        ("display_information.description", 140),
        ("features.bot_user.display_name", 80),
    ],
)
def test_names_fit(path, most):
    assert 0 < len(at(path)) <= most


def test_the_colour_is_one():
    assert re.fullmatch(r"#[0-9a-f]{6}", at("display_information.background_color"))


def test_commands():
    commands = at("features.slash_commands")
    assert len(commands) <= 50
    assert len({one["command"] for one in commands}) == len(commands)
    for one in commands:
        assert set(one) <= {"command", "description", "usage_hint", "should_escape", "url"}
        assert re.fullmatch(r"/[a-z]{1,31}", one["command"])
        assert 0 < len(one["description"]) <= 2_000
        assert len(one.get("usage_hint", "")) <= 1_000
        assert one["should_escape"] is True, "without it a mention is a name that anybody may have"


def test_every_command_of_the_core_is_a_slash_command_and_no_other():
    """The list is the core's (bot/commands): a noun that is added there is missed here at once."""
    assert {one["command"] for one in at("features.slash_commands")} == {f"/{command.noun}" for command in COMMANDS}


@pytest.mark.parametrize("one", at("features.slash_commands"), ids=lambda one: one["command"])
def test_what_is_hinted_at_is_understood(one):
    """Slack shows the hint while somebody types: each of its examples must be a line that the core reads as that command."""
    for example in filter(None, one.get("usage_hint", "").strip("[]").split(", ")):
        line = read(f"{one['command']} {example}", bare=False)
        assert line is not None, example
        assert f"/{line.noun}" == one["command"], example


def test_over_http_every_address_is_ours():
    """docs/slack.md: take the comment signs away and switch Socket Mode off; then nothing lacks an address."""
    text = re.sub(r"^( *)# ((?:request_)?url: )", r"\1\2", TEXT, flags=re.MULTILINE).replace(
        "socket_mode_enabled: true", "socket_mode_enabled: false"
    )
    made = yaml.safe_load(text)
    asked = [*made["features"]["slash_commands"], made["settings"]["interactivity"]]
    found = [one.get("url") or one.get("request_url") for one in asked]
    found.append(made["settings"]["event_subscriptions"]["request_url"])
    assert set(found) == {"https://bihuan.example.com/slack/events"}
    assert not App.of(made).socket_mode


def test_shortcuts():
    shortcuts = at("features.shortcuts")
    assert len(shortcuts) <= 10
    for one in shortcuts:
        assert set(one) == {"name", "type", "callback_id", "description"}
        assert (len(one["name"]) <= 24, len(one["callback_id"]) <= 255, len(one["description"]) <= 150) == (True,) * 3
    assert {one["type"] for one in shortcuts} == {"message", "global"}


def test_it_asks_for_every_scope_that_is_used_and_no_other():
    scopes = at("oauth_config.scopes.bot")
    assert scopes == sorted(set(scopes))
    assert tuple(scopes) == SCOPES, "an installation by OAuth asks for the same"
    assert set(scopes) - NEEDED == {"chat:write.public", "mpim:history", "mpim:read"}


def test_every_event_is_heard_and_its_scope_asked_for():
    events = at("settings.event_subscriptions.bot_events")
    assert {one for one in events if not one.startswith("message.")} == HEARD
    assert {EVENT_SCOPES[one] for one in events if one in EVENT_SCOPES} <= set(at("oauth_config.scopes.bot"))


def test_people_can_write_to_the_bot_and_see_its_home():
    assert at("features.app_home") == {
        "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
    }  # fmt: skip


def test_the_set_up_says_what_every_scope_is_for_and_of_no_other():
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    table = page.partition("## What each scope is for")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = [scope for row in rows for scope in re.findall(r"`([^`]+)`", row)]
    assert sorted(named) == at("oauth_config.scopes.bot")


def test_the_set_up_names_every_command():
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    assert [one["command"] for one in at("features.slash_commands") if f"`{one['command']}`" not in page] == []


def every_method() -> set[str]:
    """Every Web API method that the adapter names."""
    source = "".join(one.read_text(encoding="utf-8") for one in (ROOT / "adapters" / "slack").glob("*.py"))
    return set(re.findall(r'"((?:chat|conversations|files|users|usergroups|views|auth|apps)\.[A-Za-z.]+)"', source))


def test_every_method_that_is_called_has_its_scope():
    """Platform sheet 4.2; a method that it does not list fails here until somebody has looked up what it needs."""
    needed = {METHOD_SCOPES[one] for one in every_method() if "." in one}
    assert needed - {""} <= set(at("oauth_config.scopes.bot"))


def test_pasting_it_creates_the_app():
    app = App.of(MANIFEST)
    assert (app.socket_mode, app.home_tab, app.messages_tab, app.should_escape) == (True,) * 4
