"""What Slack sends to the app: events, slash commands and interactions, as JSON (sheet 1.1, 2, 5)."""

import secrets
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.simulators.slack import documents
from tests.simulators.slack.agenda import seconds, written
from tests.simulators.slack.values import Conversation, Hook, Json, Message, Trigger, User, View

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace


def event(workspace: "Workspace", inner: Json) -> Json:
    """The envelope around an event; its id stays the same over all tries."""
    where = inner.get("channel", "")
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.id,
        "context_team_id": workspace.id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app.id,
        "event": inner,
        "type": "event_callback",
        "event_id": workspace.slack.ids.next("Ev"),
        "event_time": documents.event_time(workspace),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.id,
                "user_id": workspace.installation.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{inner['type']}-{workspace.id}-{where if isinstance(where, str) else where.get('id', '')}",
    }


def said(workspace: "Workspace", place: Conversation, message: Message) -> Json:
    """A `message` event."""
    inner = documents.message(workspace, message, metadata="all")
    inner |= {
        "channel": place.id,
        "channel_type": documents.CHANNEL_TYPE[place.kind],
        "event_ts": message.ts,
    }
    if not message.bot and not message.subtype:
        inner |= {"client_msg_id": str(uuid4()), "blocks": message.blocks or _rich(message.text)}
    return inner


def mentioned(workspace: "Workspace", place: Conversation, message: Message) -> Json:
    """The `app_mention` that comes beside the `message` of the same words, under an id of its own."""
    inner = said(workspace, place, message)
    del inner["channel_type"]
    return inner | {"type": "app_mention"}


def command(
    workspace: "Workspace", who: User, place: Conversation, name: str, text: str, trigger: Trigger, hook: Hook
) -> Json:
    """A slash command; the values are all words, as the form has them."""
    names = {"im": "directmessage", "private": workspace.unverified.private_channel_name, "mpim": place.name}
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": place.id,
        "channel_name": names.get(place.kind, place.name),
        "user_id": who.id,
        "user_name": who.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": workspace.slack.url + hook.path,
        "trigger_id": trigger.id,
    }


def interaction(workspace: "Workspace", kind: str, who: User, **more: object) -> Json:
    """What every interaction has, and `more`."""
    return {
        "type": kind,
        "team": {"id": workspace.id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": who.id, "username": who.name, "name": who.name, "team_id": workspace.id},
        "api_app_id": workspace.app.id,
        "token": workspace.app.verification_token,
        **more,
    }


def message_origin(workspace: "Workspace", place: Conversation, message: Message) -> Json:
    """Where a press on a message came from; an ephemeral message is not carried along (sheet 2.1)."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": place.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    origin: Json = {"container": container, "channel": {"id": place.id, "name": place.name}}
    if not message.only_for:
        origin["message"] = documents.message(workspace, message, metadata="all")
    return origin


def view_origin(workspace: "Workspace", view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": documents.view(workspace, view)}


def home_opened(workspace: "Workspace", who: User, place: Conversation, tab: str, view: View | None) -> Json:
    """`view` only when something has been published before (sheet 3.4)."""
    inner: Json = {
        "type": "app_home_opened",
        "user": who.id,
        "channel": place.id,
        "tab": tab,
        "event_ts": stamp(workspace),
    }
    return inner | ({"view": documents.view(workspace, view)} if view and tab == "home" else {})


def joined(workspace: "Workspace", who: User, place: Conversation, inviter: str = "", *, left: bool = False) -> Json:
    inner = {
        "type": "member_left_channel" if left else "member_joined_channel",
        "user": who.id,
        "channel": place.id,
        "channel_type": {"public": "C", "private": "G"}.get(place.kind, "C"),
        "team": workspace.id,
        "event_ts": stamp(workspace),
    }
    return inner | ({"inviter": inviter} if inviter else {})


def stamp(workspace: "Workspace") -> str:
    """An event_ts or action_ts of now."""
    return written(seconds(workspace.clock.now()))


def _rich(text: str) -> list[Json]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}] if text else []}
    return [{"type": "rich_text", "block_id": secrets.token_hex(2), "elements": [section]}]


def shortcut(workspace: "Workspace", who: User, callback: str, on: tuple[Conversation, Message] | None) -> Json:
    """A global shortcut, or one of a message with where it stands (sheet 2.6)."""
    common: Json = {
        "callback_id": callback,
        "action_ts": stamp(workspace),
        "trigger_id": workspace.screens.trigger(who).id,
    }
    if on is None:
        return interaction(workspace, "shortcut", who, **common)
    place, message = on
    shown = documents.message(workspace, message, metadata="all")
    if message.bot:
        shown.pop("user", None)
    hook = workspace.hooks.new("app", who, place, message)
    around = {
        "channel": {"id": place.id, "name": place.name},
        "message": shown,
        "message_ts": message.ts,
        "response_url": workspace.slack.url + hook.path,
    }
    return interaction(workspace, "message_action", who, **common, **around)
