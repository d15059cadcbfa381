"""chat.*: the bot speaks, changes what it said, and takes it back."""

from tests.simulators.slack import documents, payloads
from tests.simulators.slack.agenda import seconds
from tests.simulators.slack.api import content
from tests.simulators.slack.api.asked import Asked
from tests.simulators.slack.errors import SlackError
from tests.simulators.slack.values import Conversation, Json, Message

MOST_SCHEDULED = 30
FURTHEST = 120 * 24 * 3600


def post_message(asked: Asked) -> Json:
    if not asked.text("channel"):
        raise SlackError("channel_not_found")
    text, blocks, metadata = content.text(asked), content.blocks(asked), content.metadata(asked)
    if not text and not blocks:
        raise SlackError("no_text")
    place = _target(asked)
    thread = content.thread(asked, place)
    _paced(asked, place)
    message = asked.workspace.says(
        place,
        Message(
            "",
            asked.bot,
            text,
            blocks or [],
            asked.installation.bot,
            metadata or None,
            thread,
            broadcast=asked.flag("reply_broadcast"),
        ),
    )
    return {
        "channel": place.id,
        "ts": message.ts,
        "message": documents.message(asked.workspace, message, metadata="all"),
    }


def update(asked: Asked) -> Json:
    place = asked.conversation()
    message = asked.own(place, asked.text("ts"), "cant_update_message")
    if place.archived:
        raise SlackError("is_archived")
    if not asked.workspace.unverified.edits_after_leaving:
        asked.inside(place)
    text, blocks, metadata = content.edited(asked), content.blocks(asked), content.metadata(asked)
    if "text" not in asked.args and blocks is None:
        raise SlackError("no_text")
    _change(asked, message, text, blocks, metadata)
    asked.workspace.changed(place, message)
    shown = documents.message(asked.workspace, message, metadata="all")
    return {"channel": place.id, "ts": message.ts, "text": message.text, "message": shown}


def _change(asked: Asked, message: Message, text: str, blocks: list[Json] | None, metadata: Json | None) -> None:
    """Text without blocks takes the blocks away; metadata stays unless {} is sent (sheet 4.5)."""
    if "text" in asked.args:
        message.text = text
        message.edited = payloads.stamp(asked.workspace)
    message.blocks = blocks or []
    if metadata is not None:
        message.metadata = metadata or None


def delete(asked: Asked) -> Json:
    place = asked.conversation()
    message = asked.own(place, asked.text("ts"), "cant_delete_message")
    asked.workspace.takes_back(place, message)
    return {"channel": place.id, "ts": message.ts}


def post_ephemeral(asked: Asked) -> Json:
    place = asked.inside(asked.conversation())
    reader = asked.user(asked.text("user"), "user_not_in_channel")
    if reader.id not in place.members:
        raise SlackError("user_not_in_channel")
    text, blocks = content.text(asked), content.blocks(asked)
    if not text and not blocks:
        raise SlackError("no_text")
    message = Message(
        "",
        asked.bot,
        text,
        blocks or [],
        asked.installation.bot,
        None,
        content.thread(asked, place),
        only_for=reader.id,
    )
    return {"message_ts": asked.workspace.says(place, message).ts}


def get_permalink(asked: Asked) -> Json:
    place = asked.conversation()
    message = place.message(asked.text("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    return {"channel": place.id, "permalink": asked.workspace.permalink(place, message)}


def schedule_message(asked: Asked) -> Json:
    place, at = asked.conversation(), asked.number("post_at", 0)
    text, blocks, metadata = content.text(asked), content.blocks(asked), content.metadata(asked)
    now = seconds(asked.workspace.clock.now())
    if at <= now:
        raise SlackError("time_in_past")
    if at > now + FURTHEST:
        raise SlackError("time_too_far")
    if not text and not blocks:
        raise SlackError("no_text")
    asked.inside(place)
    near = [one for one in asked.workspace.scheduled.values() if one["channel_id"] == place.id]
    if sum(abs(one["post_at"] - at) < 300 for one in near) >= MOST_SCHEDULED:
        raise SlackError("restricted_too_many")
    id = asked.workspace.slack.ids.next("Q")
    message = Message("", asked.bot, text, blocks or [], asked.installation.bot, metadata or None)
    asked.workspace.schedules(id, place, at, message)
    delayed = {"type": "delayed_message", "text": text, "user": asked.bot, "bot_id": asked.installation.bot}
    return {"channel": place.id, "scheduled_message_id": id, "post_at": at, "message": delayed}


def delete_scheduled_message(asked: Asked) -> Json:
    id = asked.text("scheduled_message_id")
    one = asked.workspace.scheduled.get(id)
    if one is None or one["channel_id"] != asked.text("channel"):
        raise SlackError("invalid_scheduled_message_id")
    del asked.workspace.scheduled[id]
    return {}


def scheduled_messages_list(asked: Asked) -> Json:
    waiting = list(asked.workspace.scheduled.values())
    return {"scheduled_messages": waiting, "response_metadata": {"next_cursor": ""}}


def _target(asked: Asked) -> Conversation:
    """Where it goes: a conversation the bot may speak in; a user's id stands for the direct one with them."""
    if asked.text("channel")[:1] in "UW":
        who = asked.person(asked.user(asked.text("channel"), "channel_not_found"))
        return _open(asked, asked.workspace.direct(who))
    place = asked.conversation()
    if place.archived:
        raise SlackError("is_archived")
    if place.kind == "public" and "chat:write.public" in asked.installation.scopes:
        return place
    return _open(asked, asked.inside(place))


def _open(asked: Asked, place: Conversation) -> Conversation:
    """A direct conversation needs the Messages tab, and somebody who is still there."""
    if place.kind != "im":
        return place
    if not asked.workspace.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    others = [asked.workspace.users[one] for one in place.members if one != asked.bot]
    if any(one.deleted for one in others):
        raise SlackError(asked.workspace.unverified.post_to_deactivated)
    return place


def _paced(asked: Asked, place: Conversation) -> None:
    workspace = asked.workspace
    burst = workspace.unverified.posts_in_a_burst
    wait = workspace.slack.pace.post(workspace.id, place.id, burst, workspace.clock.now())
    if wait:
        raise SlackError("ratelimited", retry_after=wait)
