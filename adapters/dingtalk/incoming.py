"""DingTalk's payloads → Incoming: who did what, where and when, under an id that a redelivery has again.

| payload | id | what |
|---|---|---|
| robot message | its msgId | Said |
| card callback | the frame's messageId: a second click is a second event, a redelivered one is not | Pressed |

Everything here is a pure function of what came over the wire and of what was looked up beforehand. Field shapes differ
between pages and clients (platform sheet 3 and 5.5), so each is read leniently and nothing is trusted.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import Struct

from adapters.dingtalk.blocks import MESSENGER, Json
from adapters.dingtalk.template import PARAM
from bot.messenger import Attachment, Incoming, Posted, Pressed, Quoted, Said
from bot.pattern import pattern
from bot.people import Account, Place, Room

_BLANKS = pattern(r"[^\S\n]+|[\u2005\u00a0\u200b]+")
_NAME = r"[@＠](?:闭环|閉環|bihuan)(?![A-Za-z0-9])"
_BOT = pattern(_NAME, re.IGNORECASE)
_BOT_FIRST = pattern(rf"^\s*{_NAME}(?=[\s,，:：]|$)[\s,，:：]*", re.IGNORECASE)
"""The bot's name where somebody typed it without picking it."""


class Click(Struct, frozen=True):
    """A press of a card: which, by whom, with what keys, and where it stands."""

    track: str
    user: str
    keys: tuple[str, ...]
    space: str


def account(user: str) -> Account:
    """Somebody of this messenger."""
    return Account(MESSENGER, user)


def place(data: Json) -> Place:
    """A group, else the direct conversation with the bot. The conversation's type is a text."""
    if str(data.get("conversationType")) != "2":
        return Place(MESSENGER, None)
    return Place(MESSENGER, Room(MESSENGER, str(data["conversationId"]), str(data.get("conversationTitle") or "")))


def moment(data: Json, arrived: datetime) -> datetime:
    """When it was said; a number or a text of milliseconds. What cannot be read was said when it arrived."""
    try:
        return datetime.fromtimestamp(int(data["createAt"]) / 1000, UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return arrived


def sender(data: Json) -> str:
    """The user id of whoever spoke; empty for people of other organisations and until a version is published."""
    return str(data.get("senderStaffId") or "")


def is_outsider(data: Json) -> bool:
    """Whether whoever spoke is of another organisation."""
    corp = str(data.get("senderCorpId") or "")
    return bool(corp) and corp != str(data.get("chatbotCorpId") or corp)


def is_over_quota(data: Json) -> bool:
    """A message without its words: the organisation's pushes of the month are used up (both spellings)."""
    return bool(data.get("errorCode") or data.get("errCode"))


def text(data: Json) -> str | None:
    """The words; None for a kind of message that has none to read."""
    kind, content = data.get("msgtype"), _part(data, "content")
    match kind:
        case "text":
            return _blanked(_BOT_FIRST.sub("", str(_part(data, "text").get("content") or "")))
        case "richText":
            pieces = _parts(content, "richText")
            return _blanked(_BOT.sub("", "".join(str(one.get("text") or "") for one in pieces), count=1))
        case "audio":
            return _blanked(str(content.get("recognition") or "")) or None
        case "picture" | "file" | "video":
            return ""
        case _:
            return None


def downloads(data: Json) -> dict[str, str]:
    """Names by download code of what came along."""
    content = _part(data, "content")
    parts = [content, *_parts(content, "richText")]
    kind = str(data.get("msgtype") or "file")
    return {str(one["downloadCode"]): str(one.get("fileName") or kind) for one in parts if one.get("downloadCode")}


def mentions(data: Json) -> tuple[str, ...]:
    """User ids of the people mentioned, the bot left out; a set without order. Who has no id here is not among them."""
    bot = data.get("chatbotUserId")
    users = [one for one in _parts(data, "atUsers") if one.get("dingtalkId") != bot]
    return tuple(dict.fromkeys(str(one["staffId"]) for one in users if one.get("staffId")))


def ordered(users: tuple[str, ...], names: Mapping[str, str], said: str) -> tuple[str, ...]:
    """In reading order where the names stand in the words (rich text keeps them); the others after them."""
    places = {user: said.find(f"@{names[user]}") if user in names else -1 for user in users}
    return tuple(sorted(users, key=lambda user: (places[user] < 0, places[user])))


def quoted_key(data: Json) -> str:
    """The processQueryKey of the message of ours that this replies to; empty for none."""
    return str(data.get("originalProcessQueryKey") or "")


def quoted(data: Json, posted: Posted | None, words: str) -> Quoted | None:
    """What was replied to. `words` are those that we keep of a message of ours: a card comes without."""
    holder = _part(data, "text") or _part(data, "content")
    replied = _part(holder, "repliedMsg")
    if not (replied or holder.get("isReplyMsg") or posted):
        return None
    given = replied.get("content")
    text = str(given.get("text") or "") if isinstance(given, dict) else str(given or "")
    return Quoted(words or text, None, "", posted)


def continued(command: str, words: str) -> str:
    """A reply to a question goes on with the line that it asked to complete (`command`; empty: it was no question), as the
    next message after it does; a command with its slash is one of its own."""
    return f"{command} {words}" if command and words and not words.startswith(("/", "／")) else words


def message(data: Json, said: Said, arrived: datetime) -> Incoming:
    """A message, however often it came."""
    return Incoming(f"message:{data['msgId']}", moment(data, arrived), place(data), account(sender(data)), said)


def is_called(data: Json, words: str) -> bool:
    """In a group the robot hears only what mentions it; a command with its slash stands by itself."""
    return str(data.get("conversationType")) == "2" and not words.startswith(("/", "／"))


def attachments(urls: Mapping[str, str]) -> tuple[Attachment, ...]:
    """Files by name."""
    return tuple(Attachment(name, url) for name, url in urls.items())


def click(data: Json) -> Click:
    """A card's callback. Raises ValueError for what is none: `content` and `value` are JSON texts, either may be missing,
    and `params` may stand beside the private data."""
    for name in ("content", "value"):
        held = _loaded(data.get(name))
        private = _part(held, "cardPrivateData")
        params = _part(private, "params") or _part(held, "params")
        ids = private.get("actionIds")
        keys = [str(params[PARAM])] if params.get(PARAM) else []
        keys += [str(one) for one in ids] if isinstance(ids, list) else []
        if keys and data.get("outTrackId") and data.get("userId"):
            space = str(data.get("spaceId") or "") if data.get("spaceType") == "IM_GROUP" else ""
            return Click(str(data["outTrackId"]), str(data["userId"]), tuple(keys), space)
    raise ValueError("no press of a card")


def pressed(found: Click, once: str, command: str, version: int, where: Place, at: datetime) -> Incoming:
    """A press."""
    return Incoming(f"press:{once}", at, where, account(found.user), Pressed(command, version))


def _blanked(words: str) -> str:
    """Blanks of every kind are one; lines stay."""
    return "\n".join(" ".join(line.split()) for line in _BLANKS.sub(" ", words).split("\n")).strip()


def _part(data: Json, name: str) -> Json:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _parts(data: Json, name: str) -> list[Json]:
    found = data.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _loaded(value: object) -> Json:
    if isinstance(value, dict):
        return value
    try:
        found = json.loads(value) if isinstance(value, str) else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
