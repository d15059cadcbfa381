"""conversations.*: where the bot may look and whom it may talk to."""

from typing import Any

from tests.simulators.slack import documents
from tests.simulators.slack.api.asked import Asked, page
from tests.simulators.slack.errors import SlackError, invalid
from tests.simulators.slack.values import Conversation, Json, Message, User

KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def info(asked: Asked) -> Json:
    return {"channel": documents.conversation(asked.conversation(right="read"), asked.bot)}


def open_(asked: Asked) -> Json:
    """A direct conversation with one person, a group with up to eight; or the one that `channel` names."""
    if asked.text("channel"):
        return _opened(asked, asked.conversation(), already=True)
    ids = [one for one in asked.text("users").split(",") if one]
    if not ids:
        raise SlackError("users_list_not_supplied")
    if len(ids) > 8:
        raise SlackError("too_many_users")
    people = [asked.person(asked.user(one)) for one in ids]
    if any(one.deleted for one in people):
        raise SlackError("user_disabled")
    asked.needs("im:write" if len(people) == 1 else "mpim:write")
    return _with(asked, people)


def _with(asked: Asked, people: list[User]) -> Json:
    before = len(asked.workspace.conversations)
    place = asked.workspace.direct(people[0]) if len(people) == 1 else asked.workspace.group(people)
    return _opened(asked, place, already=len(asked.workspace.conversations) == before)


def _opened(asked: Asked, place: Conversation, *, already: bool) -> Json:
    whole = documents.conversation(place, asked.bot) if asked.flag("return_im") else {"id": place.id}
    return {"channel": whole} | ({"no_op": True, "already_open": True} if already else {})


def members(asked: Asked) -> Json:
    """Bots and those who have left too (sheet 4.5)."""
    place = asked.conversation(right="read")
    most = asked.workspace.unverified.most_members
    some, more = page(asked, place.members, 100, most)
    return {"members": some, "response_metadata": more}


def list_(asked: Asked) -> Json:
    names = (asked.text("types") or "public_channel").split(",")
    if any(name not in KINDS for name in names):
        raise SlackError("invalid_types")
    for name in names:
        asked.needs(f"{documents.FAMILY[KINDS[name]]}:read")
    kinds = {KINDS[name] for name in names}
    seen = [one for one in asked.workspace.conversations.values() if one.kind in kinds and _visible(asked, one)]
    if asked.flag("exclude_archived"):
        seen = [one for one in seen if not one.archived]
    some, more = page(asked, seen, 100, 1000)
    return {"channels": [documents.conversation(one, asked.bot) for one in some], "response_metadata": more}


def users_conversations(asked: Asked) -> Json:
    """users.conversations: those that the bot (or `user`) is in."""
    who = asked.text("user") or asked.bot
    kinds = {KINDS.get(name, "") for name in (asked.text("types") or "public_channel").split(",")}
    for kind in kinds:
        asked.needs(f"{documents.FAMILY.get(kind, 'channels')}:read")
    seen = [one for one in asked.workspace.conversations.values() if one.kind in kinds and who in one.members]
    some, more = page(asked, [one for one in seen if _visible(asked, one)], 100, 999)
    return {"channels": [documents.conversation(one, asked.bot) for one in some], "response_metadata": more}


def _visible(asked: Asked, place: Conversation) -> bool:
    return place.kind == "public" or asked.bot in place.members


def join(asked: Asked) -> Json:
    asked.needs("channels:join")
    place = asked.conversation()
    if place.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if place.archived:
        raise SlackError("is_archived")
    already = asked.bot in place.members
    if not already:
        asked.workspace.adds(place, asked.workspace.users[asked.bot])
    whole = {"channel": documents.conversation(place, asked.bot)}
    return whole | ({"warning": "already_in_channel"} if already else {})


def leave(asked: Asked) -> Json:
    place = asked.conversation()
    if asked.bot not in place.members:
        return {"not_in_channel": True}
    asked.workspace.removes(place, asked.workspace.users[asked.bot])
    return {}


def history(asked: Asked) -> Json:
    """Newest first; replies stay in their threads; ephemeral messages are nobody's history."""
    place = asked.inside(asked.conversation(right="history"))
    said = [one for one in place.messages if not one.only_for and (not one.thread_ts or one.broadcast)]
    return _told(asked, place, [one for one in reversed(said) if _within(asked, one)])


def replies(asked: Asked) -> Json:
    """A thread: its parent, then the answers, oldest first."""
    place = asked.inside(asked.conversation(right="history"))
    parent = place.message(asked.text("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    said = [one for one in place.messages if not one.only_for and (one.ts == root or one.thread_ts == root)]
    return _told(asked, place, [one for one in said if one.ts == root or _within(asked, one)])


def _told(asked: Asked, place: Conversation, said: list[Message]) -> Json:
    some, more = page(asked, said, 100, 999)
    metadata = "all" if asked.flag("include_all_metadata") else "type"
    threads = _threads(place)
    messages = [_counted(threads, documents.message(asked.workspace, one, metadata=metadata)) for one in some]
    has_more = bool(more["next_cursor"])
    return {"messages": messages, "has_more": has_more} | ({"response_metadata": more} if has_more else {})


def _threads(place: Conversation) -> dict[str, list[Message]]:
    """The answers in each thread."""
    threads: dict[str, list[Message]] = {}
    for one in place.messages:
        if one.thread_ts and not one.only_for:
            threads.setdefault(one.thread_ts, []).append(one)
    return threads


def _counted(threads: dict[str, list[Message]], shown: Json) -> Json:
    """A thread's parent says how many answers it has."""
    answers = threads.get(shown["ts"])
    if not answers:
        return shown
    return shown | {"thread_ts": shown["ts"], "reply_count": len(answers), "latest_reply": answers[-1].ts}


def _within(asked: Asked, one: Message) -> bool:
    at, inclusive = float(one.ts), asked.flag("inclusive")
    oldest, latest = _bound(asked, "oldest"), _bound(asked, "latest")
    after = oldest is None or at > oldest or (inclusive and at == oldest)
    return after and (latest is None or at < latest or (inclusive and at == latest))


def _bound(asked: Asked, name: str) -> float | None:
    value: Any = asked.args.get(name)
    try:
        return None if value in (None, "") else float(value)
    except (TypeError, ValueError):
        raise invalid(f"invalid_ts_{name}", [f"must be a timestamp [json-pointer:/{name}]"]) from None
