"""The manifest that creates the app: Slack's own rules for it (platform sheet 7), and that it asks for what we use."""

import re
from pathlib import Path

import pytest
import yaml

from adapters.slack.examination import NEEDED
from tests.simulators.slack import App

ROOT = Path(__file__).resolve().parents[3]
MANIFEST = yaml.safe_load((ROOT / "slack-manifest.yaml").read_text(encoding="utf-8"))
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
    assert set(scopes) >= NEEDED
    assert set(scopes) - NEEDED == {"chat:write.public", "mpim:history", "mpim:read"}


def test_every_event_is_heard_and_its_scope_asked_for():
    events = at("settings.event_subscriptions.bot_events")
    assert {one for one in events if not one.startswith("message.")} == HEARD
    assert {EVENT_SCOPES[one] for one in events if one in EVENT_SCOPES} <= set(at("oauth_config.scopes.bot"))


def test_people_can_write_to_the_bot_and_see_its_home():
    assert at("features.app_home") == {
        "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
    }  # fmt: skip


def test_the_set_up_says_what_every_scope_is_for():
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    assert [scope for scope in at("oauth_config.scopes.bot") if f"`{scope}`" not in page] == []
    assert [one["command"] for one in at("features.slash_commands") if f"`{one['command']}`" not in page] == []


def test_pasting_it_creates_the_app():
    app = App.of(MANIFEST)
    assert (app.socket_mode, app.home_tab, app.messages_tab, app.should_escape) == (True,) * 4
