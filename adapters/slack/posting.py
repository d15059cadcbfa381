"""Cards into conversations: posted once by their key, found again after a doubtful try, changed in place.

Each message is marked with its key (message metadata). A try that may have arrived is looked for in the conversation's
history before anything is sent again; where the history cannot be read, nobody guesses (RELIABILITY C2, A4 row 18).
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct, field

from adapters.slack import outgoing
from adapters.slack.blocks import MESSENGER, Json
from adapters.slack.calls import Calls
from adapters.slack.errors import SOON, Unclear
from adapters.slack.identity import Identity
from adapters.slack.outgoing import Message
from adapters.slack.people import People, is_id
from bot.cards import Card, File
from bot.clock import Clock
from bot.errors import TryLater, Uncertain, Undeliverable
from bot.messenger import Posted
from bot.people import Account, Room

REMEMBERED = 5_000
SEARCHED_BACK = timedelta(days=7)
"""How far back a doubtful message is looked for; the outbox gives none up to so late a try."""
PAGES_SEARCHED = 5
PAGE = 200
_QUIETLY = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}


class Sent(Struct):
    """A message that is there, and the files that are under it already."""

    channel: str
    ts: str
    files: set[str] = field(default_factory=set)
    looked: bool = True
    """Whether `files` is all there is; a message found again may have some that we do not know of."""

    @property
    def posted(self) -> Posted:
        return Posted(MESSENGER, self.channel, self.ts)


class Posting:
    """Posts and updates for one workspace. `me` is set when we know who we are."""

    def __init__(self, calls: Calls, people: People, clock: Clock) -> None:
        self.me: Identity | None = None
        self._calls = calls
        self._people = people
        self._clock = clock
        self._direct: dict[str, str] = {}
        self._readers: dict[str, str] = {}
        self._sent: OrderedDict[str, Sent] = OrderedDict()
        self._texts: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def post(self, to: Account | Room, card: Card, key: str, *, again: bool, thread: str = "") -> Posted:
        """Shows the card there once. Raises TryLater (with `unclear` when it may have arrived), Undeliverable or
        Uncertain."""
        sent = self._sent.get(key)
        language = self._people.language(to.user_id) if isinstance(to, Account) else self._people.common
        message = outgoing.message(card, language)
        if sent is None:
            channel = await self._channel(to)
            sent = (await self._found(channel, key) if again else None) or await self._send(
                channel, message, key, thread
            )
            self._remember(key, sent, message)
        await self._attach(sent, message.files)
        return sent.posted

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message of ours. Raises TryLater or Undeliverable."""
        if posted.messenger != MESSENGER or not is_id(posted.conversation, "CDG"):
            raise Undeliverable(f"no message of Slack's: {posted}")
        message = outgoing.message(card, self._language_there(posted.conversation))
        try:
            await self._calls.call(
                "chat.update",
                channel=posted.conversation,
                ts=posted.id,
                text=message.text,
                blocks=message.blocks,
                **_QUIETLY,
            )
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear
        self._texts[posted.conversation, posted.id] = message.text
        if message.files:
            await self._attach(await self._standing(posted), message.files)

    async def direct(self, user: str) -> str:
        """The conversation with somebody. Raises Undeliverable when there can be none."""
        if user not in self._direct:
            if not is_id(user, "UW"):
                raise Undeliverable(f"nobody in Slack is {user!r}")
            try:
                opened = await self._calls.call("conversations.open", users=user)
            except Unclear as unclear:  # opening it again does no harm
                raise TryLater(SOON, unclear.reason) from unclear
            self.opened(user, str(opened["channel"]["id"]))
        return self._direct[user]

    def person_of(self, channel: str) -> str:
        """Whose direct conversation this is, as far as we know; empty for a room."""
        return self._readers.get(channel, "")

    def opened(self, user: str, channel: str) -> None:
        """Somebody's conversation, as an event names it."""
        self._direct[user], self._readers[channel] = channel, user

    def text_of(self, channel: str, ts: str) -> str | None:
        """The words of a message of ours that was shown or changed lately; None when we do not remember."""
        return self._texts.get((channel, ts))

    async def upload(self, channel: str, file: File, thread: str = "") -> None:
        """Shows a file there. Raises TryLater or Undeliverable."""
        if not file.content:  # Slack takes no empty file
            file = File(file.name, file.media_type, b"\n")
        try:
            ticket = await self._calls.call("files.getUploadURLExternal", filename=file.name, length=len(file.content))
            await self._calls.upload(str(ticket["upload_url"]), file.content)
            files = outgoing.as_json([{"id": ticket["file_id"], "title": file.name}])
            await self._calls.call(
                "files.completeUploadExternal", files=files, channel_id=channel, thread_ts=thread or None
            )
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear

    async def _send(self, channel: str, message: Message, key: str, thread: str) -> Sent:
        try:
            answer = await self._calls.call(
                "chat.postMessage", channel=channel, text=message.text, blocks=message.blocks,
                metadata=outgoing.metadata(key), thread_ts=thread or None, **_QUIETLY,
            )  # fmt: skip
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear
        return Sent(str(answer["channel"]), str(answer["ts"]))

    async def _found(self, channel: str, key: str) -> Sent | None:
        """The message that an earlier try left, if it did. Raises Uncertain when that cannot be known."""
        me, cursor = self.me, None
        oldest = f"{(self._clock.now() - SEARCHED_BACK).timestamp():.6f}"
        for _ in range(PAGES_SEARCHED):
            page = await self._history(channel, oldest, cursor)
            for one in page.get("messages") or ():
                if outgoing.key_of(one) == key and (me is None or me.wrote(one)):
                    return Sent(channel, str(one["ts"]), looked=False)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return None
        raise Uncertain("too much has been said there since to find out whether it arrived")

    async def _history(self, channel: str, oldest: str, cursor: str | None) -> Json:
        try:
            return await self._calls.call(
                "conversations.history", channel=channel, oldest=oldest, limit=PAGE, cursor=cursor,
                include_all_metadata=True, inclusive=True,
            )  # fmt: skip
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear
        except Undeliverable as fault:
            raise Uncertain(f"whether it arrived cannot be looked up: {fault.reason}") from fault

    async def _attach(self, sent: Sent, files: Iterable[File]) -> None:
        """Uploads what is not under the message yet, each once."""
        for file in files:
            if not sent.looked:
                sent.files |= await self._files_under(sent)
                sent.looked = True
            mark = _mark(file)
            if mark not in sent.files and file.name not in sent.files:
                await self.upload(sent.channel, file, sent.ts)
                sent.files.add(mark)

    async def _files_under(self, sent: Sent) -> set[str]:
        """Names of the files that stand in the message's thread."""
        return {
            str(file.get("title") or file.get("name"))
            async for one in self._calls.pages("conversations.replies", "messages", channel=sent.channel, ts=sent.ts)
            for file in one.get("files") or ()
        }

    async def _standing(self, posted: Posted) -> Sent:
        known = next((one for one in self._sent.values() if one.posted == posted), None)
        return known or Sent(posted.conversation, posted.id, looked=False)

    async def _channel(self, to: Account | Room) -> str:
        if to.messenger != MESSENGER:
            raise Undeliverable(f"not in Slack: {to}")
        if isinstance(to, Account):
            return await self.direct(to.user_id)
        if not is_id(to.id, "CG"):
            raise Undeliverable(f"no conversation of Slack's is {to.id!r}")
        return to.id

    def _language_there(self, channel: str) -> str:
        user = self.person_of(channel)
        return self._people.language(user) if user else self._people.common

    def _remember(self, key: str, sent: Sent, message: Message) -> None:
        self._sent[key] = sent
        self._texts[sent.channel, sent.ts] = message.text
        for kept in (self._sent, self._texts):
            while len(kept) > REMEMBERED:
                kept.popitem(last=False)


def _mark(file: File) -> str:
    return f"{file.name}:{hashlib.sha256(file.content).hexdigest()}"
