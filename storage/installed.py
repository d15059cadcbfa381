"""Where the app is installed in Slack, as slack_sdk's SQLAlchemy stores keep it: their tables, in our database and versions.

Their columns are slack_sdk's to say (tests/storage/test_installed.py compares); nothing of ours reads or writes them.
"""

from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, String, Table

from storage.tables import METADATA

_EXPIRES = ("bot_refresh_token", String(200)), ("bot_token_expires_at", DateTime)
_BOT = (
    ("team_id", String(32)), ("team_name", String(200)), ("bot_token", String(200)), ("bot_id", String(32)),
    ("bot_user_id", String(32)), ("bot_scopes", String(1000)), *_EXPIRES,
)  # fmt: skip
_USER = (
    ("user_token", String(200)), ("user_scopes", String(1000)), ("user_refresh_token", String(200)),
    ("user_token_expires_at", DateTime), ("incoming_webhook_url", String(200)),
    ("incoming_webhook_channel", String(200)), ("incoming_webhook_channel_id", String(200)),
    ("incoming_webhook_configuration_url", String(200)),
)  # fmt: skip


def _nullable(*columns: tuple[str, Any]) -> list[Column[Any]]:
    return [Column(name, kind) for name, kind in columns]


def _always(*columns: tuple[str, Any]) -> list[Column[Any]]:
    return [Column(name, kind, nullable=False) for name, kind in columns]


def _app() -> list[Column[Any]]:
    named = ("client_id", String(32)), ("app_id", String(32))
    more = ("enterprise_id", String(32)), ("enterprise_name", String(200))
    return [Column("id", Integer, primary_key=True), *_always(*named), *_nullable(*more)]


INSTALLATIONS = Table(
    "slack_installations", METADATA, *_app(), *_nullable(("enterprise_url", String(200)), *_BOT),
    *_always(("user_id", String(32))), *_nullable(*_USER), *_always(("is_enterprise_install", Boolean)),
    *_nullable(("token_type", String(32))), *_always(("installed_at", DateTime)),
    Index("slack_installations_idx", "client_id", "enterprise_id", "team_id", "user_id", "installed_at"),
)  # fmt: skip
BOTS = Table(
    "slack_bots", METADATA, *_app(), *_nullable(*_BOT),
    *_always(("is_enterprise_install", Boolean), ("installed_at", DateTime)),
    Index("slack_bots_idx", "client_id", "enterprise_id", "team_id", "installed_at"),
)  # fmt: skip
STATES = Table(
    "slack_oauth_states", METADATA, Column("id", Integer, primary_key=True),
    *_always(("state", String(200)), ("expire_at", DateTime)),
)  # fmt: skip
