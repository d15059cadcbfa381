"""What people do in Feishu, one kind of event at a time: read, handed to the core, acknowledged after its commit.

Feishu gives three seconds. An event that is not acknowledged comes again; a press never does, so its acknowledgement
carries what pops up and the card that takes a form's place. When the core takes longer, what pops up says that nothing is
recorded yet, and the answer follows.
"""

import asyncio
from math import inf
from typing import Any

import structlog
from msgspec.structs import replace

from adapters.busy import Busy
from adapters.feishu import bubbles, forms, incoming, outgoing
from adapters.feishu.calls import Calls
from adapters.feishu.carried import Errand, read
from adapters.feishu.entities import FILES, READ, Spoken, spoken
from adapters.feishu.faults import Json
from adapters.feishu.identity import Identity
from adapters.feishu.people import People
from adapters.feishu.showing import Showing, Way, pops_up
from adapters.feishu.words import plain, toast
from bot.cards import Answer, Card, File, Form, Toast
from bot.errors import Delivery
from bot.messenger import Attachment, Incoming, Quoted, Receive
from bot.people import Place

log = structlog.get_logger()

LATEST = 2.0
"""Seconds, from when it came, after which a press is acknowledged whatever becomes of it in the core."""
SHOWN_BY = 2.6
"""Seconds, from when it came, that a press may wait for Feishu to take its answer."""
SHOWN_WITHIN = 0.8
"""Seconds that showing an answer may hold an acknowledgement up; then it goes on beside it."""
UNSHOWN = "an answer was not shown"
ACTION = "card.action.trigger"


class Hearing:
    """Hears one app's events for one `receive`."""

    def __init__(
        self, receive: Receive, me: Identity, calls: Calls, people: People, showing: Showing, news: asyncio.Event
    ) -> None:
        self._receive = receive
        self._me = me
        self._calls = calls
        self._people = people
        self._posting = showing.posting
        self._showing = showing
        self._news = news
        self._busy = Busy()
        self.stop = self._busy.stop

    async def hear(self, payload: Json) -> Json | None:
        """One event: returns when it may be acknowledged, with what the acknowledgement carries. Raises KeyError,
        TypeError or ValueError for what cannot be read."""
        with self._busy.under_way():
            return await self._heard_of(payload)

    async def _heard_of(self, payload: Json) -> Json | None:
        header = payload["header"]
        if header.get("app_id") not in (None, self._me.app_id) or incoming.foreign(payload):
            return {} if header["event_type"] == ACTION else None
        match header["event_type"]:
            case "card.action.trigger":
                return await self._acted(payload)
            case "im.message.receive_v1":
                await self._message(payload["event"])
            case "application.bot.menu_v6":
                await self._menu(payload)
            case "im.chat.member.bot.added_v1":
                await self._welcome(incoming.joined(payload, direct=False))
            case "im.chat.access_event.bot_p2p_chat_entered_v1" if not payload["event"].get("last_message_id"):
                await self._welcome(incoming.joined(payload, direct=True))
            case "contact.user.created_v3" | "contact.user.updated_v3":
                self._people.forget(str((payload["event"].get("object") or {}).get("open_id")))
                self._news.set()
            case "contact.user.deleted_v3":
                gone = payload["event"].get("object") or {}
                self._people.left(str(gone.get("open_id")), str(gone.get("name") or ""))
                self._news.set()
            case "contact.department.created_v3" | "contact.department.updated_v3" | "contact.department.deleted_v3":
                self._news.set()
            case "contact.scope.updated_v3":  # what the app may see is another part of the company now
                self._news.set()
        return None

    # --- messages and comings ---

    async def _message(self, event: Json) -> None:
        user = incoming.sender(event)
        if not user or user == self._me.open_id:
            return
        async with self._busy.turn(user):
            heard = await self._heard(event)
            if heard is None:
                return
            answer = await self._receive(heard)
        if answer is not None:
            await self._show(answer, Way(user, heard.id, _room(heard.where)))

    async def _heard(self, event: Json) -> Incoming | None:
        """The message as the core hears it; None for a kind that nobody reads."""
        said = event["message"]
        group = "" if said["chat_type"] == "p2p" else str(said["chat_id"])
        if said["message_type"] not in (*READ, *FILES):
            await self._unreadable(event, group)
            return None
        words = self._spoken(said["message_type"], said["content"], said.get("mentions") or ())
        words = words if group else replace(words, text=bubbles.line(words.text))
        quoted, held = await self._quoted(event, words, group)
        name = await self._people.group(group)
        return incoming.message(event, words, name, quoted, self._attached(said["chat_id"], (*words.files, *held)))

    def _spoken(self, kind: str, content: str, mentions: Any) -> Spoken:
        for one in mentions:
            id = one.get("id")
            self._people.meet(
                str((id if isinstance(id, dict) else {}).get("open_id") or ""), str(one.get("name") or "")
            )
        return spoken(kind, content, mentions, self._me.open_id)

    def _attached(self, chat: str, files: tuple[str, ...]) -> tuple[Attachment, ...]:
        return tuple(Attachment(name, self._me.link(chat)) for name in files)

    async def _quoted(self, event: Json, words: Spoken, group: str) -> tuple[Quoted | None, tuple[str, ...]]:
        """The message that was replied to, and the files in it, where that may matter: said to us."""
        said = event["message"]
        parent = str(said.get("parent_id") or "")
        to_us = words.called or not group or words.text.lstrip().startswith(("/", "／"))
        known = self._posting.text_of(parent)
        if not parent or not (to_us or known is not None):
            return None, ()
        found = await self._parent(parent)
        if found is None:
            return None, ()
        kind, content = str(found.get("msg_type")), str((found.get("body") or {}).get("content") or "{}")
        theirs = None
        if kind in (*READ, *FILES):
            theirs = self._spoken(kind, content, _mentions(found))
        where = group or incoming.sender(event)
        quoted = incoming.quoted(found, self._me.app_id, theirs, self._me.link(said["chat_id"]), known, where)
        return quoted, theirs.files if theirs and quoted.posted is None else ()

    async def _parent(self, id: str) -> Json | None:
        try:
            found = await self._calls.call("GET", f"im/v1/messages/{id}")
        except Delivery as fault:
            log.info("the message that was replied to cannot be read", reason=str(fault))
            return None
        return next(iter(found.get("items") or ()), None)

    async def _unreadable(self, event: Json, group: str) -> None:
        """In the direct conversation nothing stays without a word."""
        if not group:
            once = f"message:{event['message']['message_id']}"
            await self._show(Toast(plain("kind")), Way(incoming.sender(event), once))

    async def _menu(self, payload: Json) -> None:
        heard = incoming.menu(payload)
        if heard is None:
            log.info("an entry of the menu that is not ours", key=payload["event"].get("event_key"))
            return
        answer = await self._committed(heard)
        if answer is not None:
            await self._show(answer, Way(heard.by.user_id, heard.id))

    async def _welcome(self, heard: Incoming) -> None:
        """First words, for everybody in the group; they are the bot's own, so they are posted."""
        answer = await self._receive(heard)
        if answer is None:
            return
        to, card = heard.where.room or heard.by, outgoing.asked(answer)
        try:
            posted = await self._posting.post(to, card, f"answer:{heard.id}")
        except Delivery as fault:
            log.warning("not welcomed", reason=str(fault))
            return
        if heard.where.direct:
            await self._showing.follow(posted, card)

    # --- presses and forms ---

    async def _acted(self, payload: Json) -> Json:
        event, begun = payload["event"], _now()
        try:
            errand = read(event["action"].get("value"))
        except ValueError:
            return {"toast": toast("unread", "error")}
        name = await self._people.group(errand.room)
        form_value = event["action"].get("form_value")
        if errand.fields or isinstance(form_value, dict):
            return await self._submitted(payload, errand, form_value or {}, name, begun)
        heard = incoming.pressed(payload, errand, name)
        way = Way(heard.by.user_id, heard.id, errand.room)
        self._showing.pressed(event["context"]["open_message_id"], way)
        return await self._answered(heard, way, "", begun)

    async def _submitted(self, payload: Json, errand: Errand, sent: Json, name: str, begun: float) -> Json:
        values, problems = forms.values(sent, errand)
        if problems:
            return {"toast": toast(next(iter(problems.values())), "warning")}
        heard = incoming.submitted(payload, errand, values, name)
        way, card = Way(heard.by.user_id, heard.id, errand.room), payload["event"]["context"]["open_message_id"]
        self._showing.pressed(card, way)
        return await self._answered(heard, way, card if errand.own else "", begun)

    async def _answered(self, heard: Incoming, way: Way, form: str, begun: float) -> Json:
        """Waits for the commit as long as Feishu lets us. `form`: the card that was one person's form."""
        asked = self._busy.start(self._committed(heard))
        await asyncio.wait({asked}, timeout=max(0.0, begun + LATEST - _now()))
        if not asked.done():
            self._busy.aside(self._show_later(asked, way), UNSHOWN)
            return {"toast": toast("slow", "info")}
        answer = asked.result()
        if answer is None:
            return {}
        if form and not isinstance(answer, File):
            return await self._in_place(answer, way, form, begun + SHOWN_BY)
        if not pops_up(answer):
            await self._show(answer, way, begun + SHOWN_BY)
        return {"toast": toast("shown", "info") if isinstance(answer, Form) else outgoing.toast(answer)}

    async def _in_place(self, answer: Answer, way: Way, form: str, by: float) -> Json:
        """The answer where the form stood. A card that only one person sees cannot be changed: the next one comes, and
        it goes. What cannot be drawn in time comes as another message."""
        if way.room:
            await self._show(answer, way, by)
            self._busy.aside(self._showing.vanish(form), UNSHOWN)
            return {"toast": outgoing.toast(answer)}
        card = outgoing.asked(answer)
        data = await self._drawn(card, by, own=isinstance(answer, Form))
        if data is None:
            self._busy.aside(self._showing.show(answer, way), UNSHOWN)
            return {"toast": outgoing.toast(answer)}
        self._busy.aside(self._files_of(card, way), UNSHOWN)
        return {"toast": outgoing.toast(answer), "card": {"type": "raw", "data": data}}

    async def _drawn(self, card: Card, by: float, *, own: bool) -> Json | None:
        """None when Feishu takes too long for its pictures, or does not take them now."""
        try:
            async with asyncio.timeout_at(by):
                return await self._posting.drawn(card, "", own=own)
        except (Delivery, TimeoutError) as fault:
            log.info("an answer comes as another message", reason=str(fault))
            return None

    async def _files_of(self, card: Card, way: Way) -> None:
        """What a card that took a form's place cannot hold."""
        for place, file in enumerate(self._posting.files_of(card)):
            await self._showing.show(file, Way(way.user, f"{way.once}:{place}"))

    async def _show_later(self, asked: "asyncio.Task[Answer | None]", way: Way) -> None:
        answer = await asked
        if answer is not None:
            await self._showing.show(answer, way)

    async def _show(self, answer: Answer, way: Way, by: float = inf) -> None:
        """Shows it; the acknowledgement does not wait for long, nor beyond `by`."""
        showing = self._busy.aside(self._showing.show(answer, way), UNSHOWN)
        await asyncio.wait({showing}, timeout=max(0.0, min(SHOWN_WITHIN, by - _now())))

    async def _committed(self, heard: Incoming) -> Answer | None:
        async with self._busy.turn(heard.by.user_id):
            return await self._receive(heard)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _room(where: Place) -> str:
    return where.room.id if where.room else ""


def _mentions(found: Json) -> list[Json]:
    """A message that is read back names who is mentioned in another way than an event."""
    return [{**one, "id": {"open_id": one.get("id")}} for one in found.get("mentions") or () if isinstance(one, dict)]
