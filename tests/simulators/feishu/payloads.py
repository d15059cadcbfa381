"""The envelopes of events and callbacks, as they come over the wire (sheet 2, 4.6)."""

from typing import TYPE_CHECKING, Any

from tests.simulators.feishu.values import Chat, Json, Message, User

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant


def envelope(tenant: "Tenant", kind: str, event: Json, *, micro: bool = False) -> Json:
    """`create_time` is in milliseconds; of callbacks in microseconds."""
    stamp = int(tenant.clock.now().timestamp() * (1_000_000 if micro else 1_000))
    header = {
        "event_id": tenant.ids.hex(32), "event_type": kind, "create_time": str(stamp),
        "token": tenant.app.verification_token, "app_id": tenant.app.id, "tenant_key": tenant.key,
    }  # fmt: skip
    return {"schema": "2.0", "header": header, "event": event}


def ids(user: User) -> Json:
    return {"union_id": user.union_id, "user_id": user.user_id, "open_id": user.open_id}


def received(tenant: "Tenant", user: User, chat: Chat, message: Message, mentions: list[Json]) -> Json:
    """im.message.receive_v1."""
    stamp = str(int(message.at.timestamp() * 1000))
    said: Json = {
        "message_id": message.id, "create_time": stamp, "update_time": stamp, "chat_id": chat.id,
        "chat_type": "p2p" if chat.p2p else "group", "message_type": message.kind, "content": message.content,
    }  # fmt: skip
    if mentions:
        said["mentions"] = mentions
    if message.parent:
        said |= {"root_id": message.root, "parent_id": message.parent}
    sender = {"sender_id": ids(user), "sender_type": "user", "tenant_key": tenant.key}
    return envelope(tenant, "im.message.receive_v1", {"sender": sender, "message": said})


def entered(tenant: "Tenant", user: User, chat: Chat) -> Json:
    """im.chat.access_event.bot_p2p_chat_entered_v1."""
    last = chat.messages[-1] if chat.messages else None
    more = {} if last is None else {
        "last_message_id": last.id, "last_message_create_time": str(int(last.at.timestamp() * 1000)),
    }  # fmt: skip
    event = {"chat_id": chat.id, "operator_id": ids(user), **more}
    return envelope(tenant, "im.chat.access_event.bot_p2p_chat_entered_v1", event)


def bot_in_group(tenant: "Tenant", user: User, chat: Chat, *, added: bool) -> Json:
    kind = f"im.chat.member.bot.{'added' if added else 'deleted'}_v1"
    event = {"chat_id": chat.id, "operator_id": ids(user), "external": False, "operator_tenant_key": tenant.key}
    return envelope(tenant, kind, {**event, "name": chat.name, "i18n_names": {"zh_cn": chat.name}})


def menu(tenant: "Tenant", user: User, key: str) -> Json:
    """application.bot.menu_v6; the timestamp is in seconds."""
    operator = {"operator_name": user.name, "operator_id": ids(user)}
    event = {"operator": operator, "event_key": key, "timestamp": int(tenant.clock.now().timestamp())}
    return envelope(tenant, "application.bot.menu_v6", event)


def changed(tenant: "Tenant", user: User, *, gone: bool) -> Json:
    """contact.user.updated_v3, or deleted_v3 of somebody who resigned."""
    kind = f"contact.user.{'deleted' if gone else 'updated'}_v3"
    return envelope(tenant, kind, {"object": {**ids(user), "name": user.name, "department_ids": user.departments}})


def reorganised(tenant: "Tenant", department: str) -> Json:
    """contact.department.updated_v3."""
    return envelope(tenant, "contact.department.updated_v3", {"object": {"open_department_id": department}})


def action(tenant: "Tenant", user: User, message: Message, token: str, **acted: Any) -> Json:
    """card.action.trigger."""
    event = {
        "operator": {"tenant_key": tenant.key, **ids(user)}, "token": token, "action": acted, "host": "im_message",
        "context": {"open_message_id": message.id, "open_chat_id": message.chat},
    }  # fmt: skip
    return envelope(tenant, "card.action.trigger", event, micro=True)


def mention(tenant: "Tenant", key: str, user: User | None) -> Json:
    """A mention in a message; None: of the bot."""
    if user is None:
        id = {"union_id": tenant.bot_union, "user_id": "", "open_id": tenant.bot_id}
        return {"key": key, "id": id, "mentioned_type": "bot", "name": tenant.app.name, "tenant_key": tenant.key}
    return {"key": key, "id": ids(user), "mentioned_type": "user", "name": user.name, "tenant_key": tenant.key}
