"""Messages: created, replied to, edited, patched, recalled; strict bodies and the rules of state (sheet 3.1, 3.4, 9.1)."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.kit.cards import Known, judge
from tests.simulators.feishu.kit.languages import CODES
from tests.simulators.feishu.values import Chat, Json, Message
from tests.simulators.feishu.wire import Call

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

RECEIVERS = frozenset("open_id union_id user_id email chat_id".split())
KINDS = frozenset("text post image file interactive".split())
UUID_LASTS = timedelta(hours=1)
UPDATABLE = timedelta(days=14)
FOLLOWED_FOR = timedelta(seconds=600)
MOST_RUNG, MOST_UNREAD, MOST_BUBBLES = 200, 200, 3
MOST_UUID, MOST_TEXT, MOST_POST, MOST_EDITS = 50, 150 * 1024, 30 * 1024, 20


def create(tenant: "Tenant", call: Call) -> Json:
    if call.query.get("receive_id_type") not in RECEIVERS:
        raise _invalid("receive_id_type")
    chat = _receiver(tenant, str(call.query["receive_id_type"]), str(call.body.get("receive_id", "")))
    return _sent(tenant, call, chat)


def reply(tenant: "Tenant", call: Call) -> Json:
    to = _message(tenant, call)
    if to.recalled:
        raise FeishuError(230011, "The message was withdrawn.")
    return _sent(tenant, call, _open(tenant, tenant.chats[to.chat]), to)


def edit(tenant: "Tenant", call: Call) -> Json:
    """Texts and posts only: a card is refused (sheet 8)."""
    message = _own(tenant, call)
    if message.kind not in ("text", "post") or call.body.get("msg_type") not in ("text", "post"):
        raise FeishuError(230001, "Your request contains an invalid request parameter, ext=msg_type.")
    if message.edits >= MOST_EDITS:
        raise FeishuError(230072, "The message has reached the number of times it can be edited.")
    _content(tenant, call.body)
    message.content, message.edits = call.body["content"], message.edits + 1
    return _document(tenant, message)


def patch(tenant: "Tenant", call: Call) -> Json:
    message = _own(tenant, call)
    if message.kind != "interactive" or message.only_for:
        raise FeishuError(230001, "Your request contains an invalid request parameter, ext=not a card.")
    if tenant.clock.now() - message.at > UPDATABLE:
        raise FeishuError(230031, "The card message has expired.")
    card = _card(tenant, call.body.get("content"))
    tenant.pace.message(f"card:{message.id}")
    message.versions.append(card)
    message.content = call.body["content"]
    message.values.clear()
    return {}


def recall(tenant: "Tenant", call: Call) -> Json:
    _own(tenant, call).recalled = True
    return {}


def get(tenant: "Tenant", call: Call) -> Json:
    message = _message(tenant, call)
    if message.only_for:
        raise FeishuError(230050, "The message is invisible to the operator.")
    return {"items": [_document(tenant, message)]}


def urgent(tenant: "Tenant", call: Call) -> Json:
    """Rings at people who are in the conversation; each call rings again."""
    message = _own(tenant, call)
    people = call.body.get("user_id_list")
    if call.query.get("user_id_type") != "open_id" or set(call.body) != {"user_id_list"}:
        raise _invalid("user_id_type")
    if (
        not isinstance(people, list)
        or not 0 < len(people) <= MOST_RUNG
        or not all(isinstance(one, str) for one in people)
    ):
        raise _invalid("user_id_list")
    inside = [one for one in people if one in tenant.chats[message.chat].members]
    if not inside:
        raise FeishuError(230001, "Your request contains an invalid request parameter, ext=user_id_list.")
    if any(len(tenant.users[one].rung) >= MOST_UNREAD for one in inside):
        raise FeishuError(230023, "The user has too many unread urgent messages.")
    for one in inside:
        tenant.users[one].rung.append(message.id)
    return {"invalid_user_id_list": [one for one in people if one not in inside]}


def follow_up(tenant: "Tenant", call: Call) -> Json:
    """Bubbles under the newest message of a direct conversation; these codes mean other things elsewhere."""
    message = _message(tenant, call)
    chat = tenant.chats[message.chat]
    if not chat.p2p or message.sender != tenant.app.id:
        raise FeishuError(230003, "only support p2p chat.")
    if tenant.clock.now() - message.at > FOLLOWED_FOR:
        raise FeishuError(230002, "expired message.")
    if chat.messages[-1] is not message:
        raise FeishuError(230006, "only support latest message.")
    if message.bubbles:
        raise FeishuError(230008, "follow up already exist.")
    message.bubbles = [_bubble(one) for one in _bubbles(call.body)]
    return {}


def _bubbles(body: Json) -> list[Any]:
    bubbles = body.get("follow_ups")
    if set(body) != {"follow_ups"} or not isinstance(bubbles, list) or not 0 < len(bubbles) <= MOST_BUBBLES:
        raise FeishuError(230007, "invalid follow up.")
    return bubbles


def _bubble(one: Any) -> Json:
    said = [one, *one.get("i18n_contents", [])] if isinstance(one, dict) else [one]
    known = isinstance(one, dict) and set(one) <= {"content", "i18n_contents"}
    if not known or not all(isinstance(text.get("content"), str) and 0 < len(text["content"]) <= 200 for text in said):
        raise FeishuError(230007, "invalid follow up.")
    if any(set(text) != {"content", "language"} or text["language"] not in CODES for text in said[1:]):
        raise FeishuError(230007, "invalid follow up.")
    found: Json = one
    return found


def ephemeral(tenant: "Tenant", call: Call) -> Json:
    """A card in a group that one person sees; an object, not a text."""
    chat = _open(tenant, tenant.chats.get(str(call.body.get("chat_id", ""))))
    reader = str(call.body.get("open_id", ""))
    if chat.p2p or reader not in chat.members or call.body.get("msg_type") != "interactive":
        raise FeishuError(230001, "Your request contains an invalid request parameter, ext=ephemeral.")
    card = _judged(tenant, call.body.get("card"))
    tenant.pace.message(chat.id)
    message = Message(tenant.ids.next("om"), chat.id, tenant.app.id, "interactive", "", tenant.clock.now())
    message.only_for, message.versions = reader, [card]
    chat.messages.append(message)
    return {"message_id": message.id}


def ephemeral_gone(tenant: "Tenant", call: Call) -> Json:
    found = tenant.message(str(call.body.get("message_id", "")))
    if found is None or not found.only_for:
        raise FeishuError(230001, "Your request contains an invalid request parameter, ext=message_id.")
    tenant.chats[found.chat].messages.remove(found)
    return {}


def known(tenant: "Tenant") -> Known:
    """What cards may name here."""
    return Known(frozenset({*tenant.users, tenant.bot_id}), frozenset(tenant.images))


def _sent(tenant: "Tenant", call: Call, chat: Chat, to: Message | None = None) -> Json:
    uuid = call.body.get("uuid", "")
    if not isinstance(uuid, str) or len(uuid) > MOST_UUID:
        raise _invalid("uuid")
    before = _before(tenant, uuid)
    if before is not None:
        return _document(tenant, before) if tenant.unverified.duplicate_is_answered else {}
    content = _content(tenant, call.body)
    tenant.pace.message(chat.id)
    message = Message(
        tenant.ids.next("om"), chat.id, tenant.app.id, call.body["msg_type"], call.body["content"],
        tenant.clock.now(), uuid, to.id if to else "", (to.root or to.id) if to else "",
    )  # fmt: skip
    message.versions = [content] if message.kind == "interactive" else []
    chat.messages.append(message)
    return _document(tenant, message)


def _before(tenant: "Tenant", uuid: str) -> Message | None:
    """At most one success per uuid in an hour."""
    since = tenant.clock.now() - UUID_LASTS
    said = (one for chat in tenant.chats.values() for one in chat.messages)
    return next((one for one in said if uuid and one.uuid == uuid and one.at > since), None)


def _receiver(tenant: "Tenant", kind: str, id: str) -> Chat:
    if kind == "chat_id":
        return _open(tenant, tenant.chats.get(id))
    user = next((one for one in tenant.users.values() if getattr(one, kind) == id), None)
    if user is None:
        raise FeishuError(99992361 if id.startswith("ou_") else 99992351, "not a valid open_id")
    if not user.available or user.resigned:
        raise FeishuError(230013, "Bot has NO availability to this user.")
    if user.blocks_bot:
        raise FeishuError(230053, "The user has stopped the bot from sending messages.")
    if not tenant.app.bot:
        raise FeishuError(230006, "Bot ability is not activated.")
    return tenant.direct(user)


def _open(tenant: "Tenant", chat: Chat | None) -> Chat:
    del tenant
    if chat is None:
        raise FeishuError(230034, "The receive_id is invalid.")
    if chat.dissolved:
        raise FeishuError(232009, "The chat has been dissolved.")
    if not chat.bot:
        raise FeishuError(230002, "Bot can NOT be out of the chat.")
    return chat


def _message(tenant: "Tenant", call: Call) -> Message:
    if not call.ids[0].startswith("om_"):
        raise FeishuError(99992354, "The request you send is not a valid {message_id}.")
    found = tenant.message(call.ids[0])
    if found is None:
        raise FeishuError(230110, "The message has been deleted.")
    return found


def _own(tenant: "Tenant", call: Call) -> Message:
    message = _message(tenant, call)
    if message.sender != tenant.app.id:
        raise FeishuError(230012, "Not your own message.")
    if message.recalled:
        raise FeishuError(230011, "The message was withdrawn.")
    return message


def _content(tenant: "Tenant", body: Json) -> Json:
    kind = body.get("msg_type")
    if kind not in KINDS:
        raise _invalid("msg_type")
    if kind == "interactive":
        return _card(tenant, body.get("content"))
    content = _parsed(body.get("content"))
    if len(body["content"].encode()) > (MOST_TEXT if kind == "text" else MOST_POST):
        raise FeishuError(230025, "The length of the message content reaches its limit.")
    key = {"text": "text", "image": "image_key", "file": "file_key"}.get(kind)
    if key and not isinstance(content.get(key), str):
        raise FeishuError(230001, f"Your request contains an invalid request parameter, ext={key}.")
    uploads = {"image": tenant.images, "file": tenant.files}.get(kind)
    if uploads is not None and content[str(key)] not in uploads:
        raise FeishuError(230055, "The type of file upload does not match.")
    return content


def _card(tenant: "Tenant", content: object) -> Json:
    return _judged(tenant, _parsed(content))


def _judged(tenant: "Tenant", card: Any) -> Json:
    judge(card, known(tenant))
    found: Json = card
    return found


def _parsed(content: object) -> Json:
    """`content` is a text that holds JSON, not an object."""
    if not isinstance(content, str):
        raise _invalid("content")
    try:
        found = json.loads(content)
    except ValueError:
        raise FeishuError(230001, "Your request contains an invalid request parameter, ext=content.") from None
    if not isinstance(found, dict):
        raise _invalid("content")
    return found


def _invalid(name: str) -> FeishuError:
    return FeishuError(99992402, "field validation failed", field_violations=[{"field": name, "description": name}])


def _document(tenant: "Tenant", message: Message) -> Json:
    stamp = str(int(message.at.timestamp() * 1000))
    ours = message.sender == tenant.app.id
    sender = {
        "id": message.sender,
        "id_type": "app_id" if ours else "open_id",
        "sender_type": "app" if ours else "user",
    }
    lossy = json.dumps({"title": None, "elements": [[{"tag": "text", "text": "请升级至最新版本客户端，以查看内容"}]]})
    content = lossy if message.kind == "interactive" else message.content
    return {
        "message_id": message.id, "root_id": message.root, "parent_id": message.parent, "thread_id": "",
        "msg_type": message.kind, "create_time": stamp, "update_time": stamp, "deleted": message.recalled,
        "updated": len(message.versions) > 1, "chat_id": message.chat,
        "sender": {**sender, "tenant_key": tenant.key}, "body": {"content": content}, "mentions": [],
    }  # fmt: skip
