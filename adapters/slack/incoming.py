"""Slack's payloads → Incoming: who did what, where and when, under an id that a redelivery has again.

| payload | id | what |
|---|---|---|
| slash command | its trigger | Said, the command and its text |
| message, app_mention | channel and ts, so that the pair that one message may come as is one event | Said |
| block_actions | its trigger | Pressed |
| view_submission | the view and a digest of its values: a double click is one event, a mended form another | Submitted |
| message shortcut | its trigger | Said `/action add` about the quoted message |
| member_joined_channel of the bot, first opening of its messages | the channel | Joined |

Everything here is a pure function of what came over the wire and of what was looked up beforehand.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from adapters.slack.blocks import MESSENGER, Json
from adapters.slack.carried import Errand, read_button
from adapters.slack.entities import Spoken, unescaped
from bot.messenger import Attachment, Incoming, Joined, Posted, Pressed, Quoted, Said, Submitted
from bot.people import Account, Place, Room

SHORTCUT = "/action add"
HOME = "/action home"
HOME_PLACE = Place(MESSENGER, None, "home")
"""The Home tab is a place of its own: looking at it closes no question that waits in the conversation."""
HEARD = (None, "file_share", "thread_broadcast", "me_message")
"""Subtypes of messages that somebody said; the others tell of edits, deletions and comings."""


def account(user: str) -> Account:
    """Somebody of this messenger."""
    return Account(MESSENGER, user)


def place(channel: str, name: str = "", thread: str = "") -> Place:
    """A room, else the direct conversation with the bot."""
    if not channel or channel.startswith("D"):
        return Place(MESSENGER, None)
    return Place(MESSENGER, Room(MESSENGER, channel, name), thread)


def moment(ts: str) -> datetime:
    """Slack's "1700000000.000100" as an instant. Raises ValueError for anything else."""
    return datetime.fromtimestamp(float(ts), UTC)


def said(spoken: Spoken, *, quoted: Quoted | None = None, files: tuple[Attachment, ...] = ()) -> Said:
    """What was typed, as the core hears it."""
    return Said(spoken.text, tuple(account(one) for one in spoken.mentions), files, quoted, spoken.called)


def command(body: Json, spoken: Spoken, name: str, at: datetime) -> Incoming:
    """A slash command; `name` is the room's. It carries no time of its own, so `at` is that of arrival."""
    line = f"{body['command']} {spoken.text}".rstrip()
    what = said(Spoken(line, spoken.mentions))
    return Incoming(
        f"command:{body['trigger_id']}", at, place(body["channel_id"], name), account(body["user_id"]), what
    )


def message(event: Json, spoken: Spoken, name: str, quoted: Quoted | None) -> Incoming:
    """A message, however often and as whatever it came."""
    where = place(event["channel"], name, event.get("thread_ts") or "")
    what = said(spoken, quoted=quoted, files=attachments(event))
    return Incoming(
        f"message:{event['channel']}:{event['ts']}", moment(event["ts"]), where, account(event["user"]), what
    )


def pressed(body: Json, name: str) -> Incoming:
    """A press. Raises ValueError for a button that none of ours can be."""
    action = body["actions"][0]
    line, version = read_button(str(action.get("value") or ""))
    where = HOME_PLACE if in_home(body) else place((body.get("channel") or {}).get("id", ""), name, thread_of(body))
    at = moment(str(action["action_ts"]))
    return Incoming(f"press:{body['trigger_id']}", at, where, account(body["user"]["id"]), Pressed(line, version))


def submitted(body: Json, errand: Errand, values: dict[str, str], name: str, at: datetime) -> Incoming:
    """A form that was sent from a modal."""
    view = body["view"]
    digest = hashlib.sha256(json.dumps([errand.command, sorted(values.items())]).encode()).hexdigest()[:24]
    where = HOME_PLACE if errand.channel == "home" else place(errand.channel, name, errand.thread)
    what = Submitted(errand.command, values, errand.version)
    return Incoming(f"form:{view['id']}:{digest}", at, where, account(body["user"]["id"]), what)


def shortcut(body: Json, spoken: Spoken, name: str, url: str) -> Incoming:
    """ "Create action item" on a message: its text, author and link come along."""
    message = body["message"]
    by = account(message["user"]) if message.get("user") else None
    what = Said(SHORTCUT, quoted=Quoted(spoken.text, by, url))
    where = place(body["channel"]["id"], name, message.get("thread_ts") or "")
    at = moment(str(body["action_ts"]))
    return Incoming(f"shortcut:{body['trigger_id']}", at, where, account(body["user"]["id"]), what)


def blank(body: Json) -> Incoming:
    """The shortcut without a message: an empty form, for the direct conversation."""
    at = moment(str(body["action_ts"]))
    what = Said(SHORTCUT)
    return Incoming(f"shortcut:{body['trigger_id']}", at, place(""), account(body["user"]["id"]), what)


def joined(event: Json, user: str, name: str) -> Incoming:
    """The bot was added to a room, or somebody opened the conversation with it: once for each channel and day it was."""
    channel = event["channel"]
    once = f"joined:{channel}" if channel.startswith("D") else f"joined:{channel}:{event['event_ts']}"
    return Incoming(once, moment(str(event["event_ts"])), place(channel, name), account(user), Joined())


def home(user: str, id: str, at: datetime, line: str = HOME) -> Incoming:
    """What the Home tab shows, asked for somebody who looks at it."""
    return Incoming(f"home:{id}", at, HOME_PLACE, account(user), Pressed(line))


def quoted(root: Json, channel: str, url: str, ours: bool, text: str) -> Quoted:
    """The message whose thread something was said in."""
    by = account(root["user"]) if root.get("user") and not ours else None
    return Quoted(text, by, url, Posted(MESSENGER, channel, root["ts"]) if ours else None)


def attachments(event: Json) -> tuple[Attachment, ...]:
    """The files that came with a message."""
    files = [one for one in event.get("files") or () if isinstance(one, dict)]
    return tuple(
        Attachment(str(one.get("name") or one.get("title") or one["id"]), str(one.get("permalink") or ""))
        for one in files
    )


def heard(event: Json) -> bool:
    """Whether a message event is something a person said."""
    return event.get("subtype") in HEARD and bool(event.get("user")) and not event.get("bot_id")


def threaded(event: Json) -> str:
    """The ts of the message whose thread this was said in; empty for none, and for the first message itself."""
    thread = str(event.get("thread_ts") or "")
    return thread if thread != event.get("ts") else ""


def in_home(body: Json) -> bool:
    """Whether something was pressed on the Home tab."""
    return (body.get("view") or {}).get("type") == "home"


def thread_of(body: Json) -> str:
    """The thread of the message that was pressed."""
    return str((body.get("container") or {}).get("thread_ts") or "")


def teams(body: Json) -> set[str]:
    """The workspaces that a payload says it, and whoever did it, is of."""
    event, user = body.get("event") or {}, body.get("user")
    of_user = user.get("team_id") if isinstance(user, dict) else None
    found: list[Any] = [body.get("team_id"), (body.get("team") or {}).get("id"), of_user]
    found += [event.get("user_team"), event.get("source_team")]
    return {str(one) for one in found if one}


def shown_text(root: Json) -> str:
    """The words of a message that was replied to. Ours is cited by the text beside its blocks."""
    return unescaped(str(root.get("text") or ""))
