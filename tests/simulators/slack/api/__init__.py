"""The Web API's methods: each with its answer, its scopes and its tier (sheet 4.2)."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.simulators.slack.api import auth, chat, conversations, files, users, views
from tests.simulators.slack.api.asked import Asked
from tests.simulators.slack.values import Json


@dataclass(frozen=True)
class Method:
    """`scopes`: any of them will do. Tier 0 is special: auth.test's own, or paced by channel."""

    answer: Callable[[Asked], Json]
    tier: int
    scopes: tuple[str, ...] = ()


METHODS = {
    "auth.test": Method(auth.test, 0),
    "auth.revoke": Method(auth.revoke, 3),
    "bots.info": Method(users.bots_info, 3, ("users:read",)),
    "chat.postMessage": Method(chat.post_message, 0, ("chat:write",)),
    "chat.update": Method(chat.update, 3, ("chat:write",)),
    "chat.delete": Method(chat.delete, 3, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, 0),
    "chat.scheduleMessage": Method(chat.schedule_message, 3, ("chat:write",)),
    "chat.deleteScheduledMessage": Method(chat.delete_scheduled_message, 3, ("chat:write",)),
    "chat.scheduledMessages.list": Method(chat.scheduled_messages_list, 3),
    "conversations.open": Method(conversations.open_, 3),
    "conversations.info": Method(conversations.info, 3),
    "conversations.members": Method(conversations.members, 4),
    "conversations.list": Method(conversations.list_, 2),
    "conversations.join": Method(conversations.join, 3),
    "conversations.leave": Method(conversations.leave, 3, ("channels:manage", "channels:join", "chat:write")),
    "conversations.history": Method(conversations.history, 3),
    "conversations.replies": Method(conversations.replies, 3),
    "files.getUploadURLExternal": Method(files.get_upload_url_external, 4, ("files:write",)),
    "files.completeUploadExternal": Method(files.complete_upload_external, 4, ("files:write",)),
    "files.info": Method(files.info, 4),
    "team.info": Method(users.team_info, 3, ("team:read",)),
    "usergroups.list": Method(users.usergroups_list, 2, ("usergroups:read",)),
    "usergroups.users.list": Method(users.usergroups_users_list, 2, ("usergroups:read",)),
    "users.conversations": Method(conversations.users_conversations, 3),
    "users.info": Method(users.info, 4, ("users:read",)),
    "users.list": Method(users.list_, 2, ("users:read",)),
    "users.lookupByEmail": Method(users.lookup_by_email, 3, ("users:read.email",)),
    "views.open": Method(views.open_, 4),
    "views.push": Method(views.push, 4),
    "views.update": Method(views.update, 4),
    "views.publish": Method(views.publish, 4),
}
