"""Slack's JSON of its things, as the Web API returns them and as events carry them (sheet 4.2, 5.2)."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.simulators.slack.agenda import seconds
from tests.simulators.slack.values import Conversation, File, Json, Message, User, View

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

FAMILY = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
"""The first half of a scope, by the kind of conversation."""
CHANNEL_TYPE = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def user(one: User, now: datetime, *, locale: bool = False, email: bool = True) -> Json:
    """A user as users.info gives it; `email` as the scope users:read.email allows."""
    profile = {"real_name": one.real_name, "display_name": one.name, "image_72": "", "team": one.team}
    if email and one.email:
        profile["email"] = one.email
    base = {
        "id": one.id,
        "team_id": one.team,
        "name": one.name,
        "deleted": one.deleted,
        "real_name": one.real_name,
        "profile": profile,
        "is_bot": one.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if one.deleted:
        return base
    base |= {"color": "9f69e7", "is_admin": one.admin, "is_owner": False}
    base |= {"is_restricted": one.guest, "is_ultra_restricted": False}
    if not one.is_bot:
        offset = now.astimezone(ZoneInfo(one.tz)).utcoffset()
        base |= {"tz": one.tz, "tz_label": one.tz, "tz_offset": int(offset.total_seconds()) if offset else 0}
    return base | ({"locale": one.locale} if locale else {})


def conversation(one: Conversation, me: str) -> Json:
    """A conversation as conversations.info gives it to the member (or not) `me`."""
    common = {
        "id": one.id,
        "created": 1_700_000_000,
        "is_archived": one.archived,
        "is_im": one.kind == "im",
        "is_mpim": one.kind == "mpim",
        "is_private": one.kind != "public",
        "context_team_id": one.team,
        "updated": 1_700_000_000_000,
    }
    if one.kind == "im":
        other = next((member for member in one.members if member != me), me)
        return common | {"user": other, "is_org_shared": False, "is_open": True, "priority": 0}
    return common | {
        "name": one.name,
        "name_normalized": one.name,
        "is_channel": one.kind == "public",
        "is_group": one.kind == "private",
        "is_general": False,
        "is_member": me in one.members,
        "is_shared": False,
        "is_ext_shared": False,
        "creator": one.members[0] if one.members else "",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(one.members),
    }


def message(workspace: "Workspace", one: Message, *, metadata: str = "type") -> Json:
    """A message. `metadata`: all of it, its type alone (as history gives it unasked), or none."""
    base: Json = {"type": "message", "ts": one.ts, "text": one.text, "team": workspace.id}
    if one.user:
        base["user"] = one.user
    if one.bot:
        base |= {"bot_id": one.bot, "app_id": workspace.app.id, "bot_profile": bot_profile(workspace)}
    if one.blocks:
        base["blocks"] = one.blocks
    if one.thread_ts:
        base["thread_ts"] = one.thread_ts
    if one.subtype:
        base["subtype"] = one.subtype
    if one.edited:
        base["edited"] = {"user": one.user, "ts": one.edited}
    if one.files:
        base |= {"files": [file(workspace, f) for f in one.files], "upload": False}
    if one.metadata and metadata != "none":
        base["metadata"] = one.metadata if metadata == "all" else {"event_type": one.metadata["event_type"]}
    return base


def bot_profile(workspace: "Workspace") -> Json:
    return {
        "id": workspace.installation.bot,
        "app_id": workspace.app.id,
        "name": workspace.app.name,
        "deleted": False,
        "updated": 1_700_000_000,
        "team_id": workspace.id,
        "icons": {},
    }


def file(workspace: "Workspace", one: File) -> Json:
    place = f"https://files.slack.com/files-pri/{workspace.id}-{one.id}/{one.name}"
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title or one.name,
        "size": one.length,
        "user": workspace.installation.bot_user,
        "channels": list(one.shared_in),
        "permalink": f"https://{workspace.domain}.slack.com/files/{one.id}/{one.name}",
        "url_private": place,
        "url_private_download": place,
    }


def view(workspace: "Workspace", one: View) -> Json:
    """A view with the state of its inputs, as every answer and every interaction carries it (sheet 2.2)."""
    sent = one.sent
    return {
        "id": one.id,
        "team_id": one.team,
        "type": sent["type"],
        "blocks": one.blocks,
        "private_metadata": sent.get("private_metadata", ""),
        "callback_id": sent.get("callback_id", ""),
        "external_id": sent.get("external_id", ""),
        "state": {"values": one.values},
        "hash": one.hash,
        "title": sent.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "submit": sent.get("submit"),
        "close": sent.get("close"),
        "clear_on_close": sent.get("clear_on_close", False),
        "notify_on_close": sent.get("notify_on_close", False),
        "previous_view_id": one.previous,
        "root_view_id": one.root,
        "app_id": workspace.app.id,
        "app_installed_team_id": one.team,
        "bot_id": workspace.installation.bot,
    }


def event_time(workspace: "Workspace") -> int:
    return int(seconds(workspace.clock.now()))
