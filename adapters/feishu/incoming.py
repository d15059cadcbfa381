"""Feishu's events → Incoming: who did what, where and when, under an id that a redelivery has again.

| event | id | what |
|---|---|---|
| im.message.receive_v1 | the message's, as Feishu itself asks for (sheet 2.1) | Said |
| card.action.trigger of a button | the event's | Pressed |
| card.action.trigger of a form | the card and a digest of its values: a double click is one event, a mended form another | Submitted |
| application.bot.menu_v6 | the event's | Said, the command of the menu's entry |
| bot added to a group | the event's | Joined |
| first opening of the conversation | the chat | Joined |

Everything here is a pure function of what came over the wire and of what was looked up beforehand.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from adapters.feishu.carried import Errand
from adapters.feishu.entities import Json, Spoken
from adapters.feishu.limits import written
from adapters.feishu.markup import MESSENGER
from bot.messenger import Attachment, Incoming, Joined, Posted, Pressed, Quoted, Said, Submitted
from bot.people import Account, Place, Room

MENU = {
    "my_items": "/action list", "waiting": "/action home", "new_action": "/action add", "help": "/help",
}  # fmt: skip
"""What the bot menu's entries send, by the event keys that docs/feishu.md asks for."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def account(open_id: str) -> Account:
    """Somebody of this messenger."""
    return Account(MESSENGER, open_id)


def place(room: str, name: str = "", thread: str = "") -> Place:
    """A group, else the direct conversation with the bot."""
    return Place(MESSENGER, Room(MESSENGER, room, name), thread) if room else Place(MESSENGER, None)


def moment(stamp: object) -> datetime:
    """Milliseconds of Unix time as an instant; microseconds too, which callbacks come with. Raises ValueError."""
    number = int(str(stamp))
    return _EPOCH + timedelta(microseconds=number if number > 10**14 else number * 1_000)


def message(event: Json, spoken: Spoken, name: str, quoted: Quoted | None, files: tuple[Attachment, ...]) -> Incoming:
    """A message, however often it came; `name` is the group's."""
    said = event["message"]
    room = "" if said["chat_type"] == "p2p" else str(said["chat_id"])
    where = place(room, name, str(said.get("thread_id") or ""))
    what = Said(spoken.text, tuple(account(one) for one in spoken.mentions), files, quoted, spoken.called)
    return Incoming(f"message:{said['message_id']}", moment(said["create_time"]), where, account(sender(event)), what)


def pressed(payload: Json, errand: Errand, name: str) -> Incoming:
    """A press."""
    header = payload["header"]
    by = account(payload["event"]["operator"]["open_id"])
    what = Pressed(errand.command, errand.version)
    return Incoming(f"press:{header['event_id']}", moment(header["create_time"]), place(errand.room, name), by, what)


def submitted(payload: Json, errand: Errand, values: dict[str, str], name: str) -> Incoming:
    """A form that was sent."""
    event = payload["event"]
    card = event["context"]["open_message_id"]
    digest = hashlib.sha256(written([errand.command, sorted(values.items())]).encode()).hexdigest()[:24]
    by, what = account(event["operator"]["open_id"]), Submitted(errand.command, values, errand.version)
    id = f"form:{card}:{by.user_id}:{digest}"
    return Incoming(id, moment(payload["header"]["create_time"]), place(errand.room, name), by, what)


def menu(payload: Json) -> Incoming | None:
    """An entry of the bot's menu; None for one that is not ours."""
    header, event = payload["header"], payload["event"]
    line = MENU.get(str(event.get("event_key")))
    if line is None:
        return None
    by = account(event["operator"]["operator_id"]["open_id"])
    return Incoming(f"menu:{header['event_id']}", moment(header["create_time"]), place(""), by, Said(line))


def joined(payload: Json, *, direct: bool) -> Incoming:
    """The bot was added to a group, or somebody opened the conversation with it."""
    header, event = payload["header"], payload["event"]
    id = f"joined:{event['chat_id']}" if direct else f"joined:{header['event_id']}"
    where = place("" if direct else str(event["chat_id"]), str(event.get("name") or ""))
    return Incoming(id, moment(header["create_time"]), where, account(event["operator_id"]["open_id"]), Joined())


def sender(event: Json) -> str:
    """The open id of who said it; empty for another bot."""
    who = event.get("sender") or {}
    if who.get("sender_type", "user") != "user":
        return ""
    return str((who.get("sender_id") or {}).get("open_id") or "")


def quoted(found: Json, app_id: str, spoken: Spoken | None, url: str, known: str | None, conversation: str) -> Quoted:
    """The message that was replied to; `known` are the words of one of ours, where we remember them; `conversation` is
    the group, or the person whose direct conversation it is."""
    who = found.get("sender") or {}
    ours = who.get("sender_type") == "app" and who.get("id") == app_id
    text = known if known is not None else spoken.text if spoken else ""
    by = account(str(who["id"])) if who.get("sender_type") == "user" and who.get("id") else None
    posted = Posted(MESSENGER, conversation, str(found["message_id"])) if ours else None
    return Quoted(text, by, url, posted)


def foreign(payload: Json) -> bool:
    """Whether whoever did it is of another company than the one the event is for (a shared group)."""
    event = payload["event"]
    home = payload["header"].get("tenant_key")
    theirs = (event.get("sender") or {}).get("tenant_key") or (event.get("operator") or {}).get("tenant_key")
    return bool(theirs and home and theirs != home)
