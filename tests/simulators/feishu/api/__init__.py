"""The operations of the open API that the app may call, by method and path."""

from tests.simulators.feishu.api import bot, contact, files, messages, slash
from tests.simulators.feishu.wire import TOKEN, Operation

_SEND = ("im:message:send_as_bot", "im:message")
_READ = ("im:message:readonly", "im:message")

OPERATIONS: dict[str, Operation] = {
    f"POST {TOKEN}": Operation(bot.nothing, bare=True),
    "GET bot/v3/info": Operation(bot.info, bare=True),
    "GET application/v6/scopes": Operation(bot.scopes),
    "POST im/v1/messages": Operation(messages.create, _SEND),
    "POST im/v1/messages/:id/reply": Operation(messages.reply, _SEND),
    "PUT im/v1/messages/:id": Operation(messages.edit, _SEND),
    "PATCH im/v1/messages/:id": Operation(messages.patch, _SEND),
    "DELETE im/v1/messages/:id": Operation(messages.recall, _SEND),
    "GET im/v1/messages/:id": Operation(messages.get, _READ),
    "PATCH im/v1/messages/:id/urgent_app": Operation(messages.urgent, ("im:message.urgent",)),
    "POST im/v1/messages/:id/push_follow_up": Operation(messages.follow_up, _SEND),
    "POST ephemeral/v1/send": Operation(messages.ephemeral, _SEND),
    "POST ephemeral/v1/delete": Operation(messages.ephemeral_gone, _SEND),
    "POST im/v1/images": Operation(files.image, ("im:resource", "im:resource:upload")),
    "POST im/v1/files": Operation(files.file, ("im:resource", "im:resource:upload")),
    "GET im/v1/chats": Operation(bot.chats, ("im:chat:read", "im:chat", "im:chat:readonly")),
    "GET im/v1/chats/:id/members": Operation(bot.members, ("im:chat.members:read", "im:chat", "im:chat:readonly")),
    "GET contact/v3/users/find_by_department": Operation(contact.of_department, ("contact:contact.base:readonly",)),
    "GET contact/v3/users/:id": Operation(contact.user, ("contact:contact.base:readonly",)),
    "GET contact/v3/departments/:id/children": Operation(contact.children, ("contact:contact.base:readonly",)),
    "GET contact/v3/departments/:id": Operation(contact.department, ("contact:contact.base:readonly",)),
    "GET contact/v3/scopes": Operation(contact.scopes, ("contact:contact.base:readonly",)),
    "GET application/v7/app_slash_commands": Operation(slash.listed, ("application:app_slash_command:write",)),
    "POST application/v7/app_slash_commands": Operation(slash.create, ("application:app_slash_command:write",)),
    "PATCH application/v7/app_slash_commands/:id": Operation(slash.change, ("application:app_slash_command:write",)),
    "DELETE application/v7/app_slash_commands/:id": Operation(slash.remove, ("application:app_slash_command:write",)),
}
