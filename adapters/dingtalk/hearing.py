"""What people do in DingTalk: read, handed to the core, acknowledged after its commit.

A robot message that nobody acknowledges comes again after a minute, so its answer is shown before the acknowledgement
(for so long as SHOWN_WITHIN). A click has two seconds: it is acknowledged when the core has committed, a short word
travels in the acknowledgement, anything longer follows. A commit that takes longer is seen by the clicker as the client's
own failure, never as a success.
"""

import asyncio
import json

import structlog

from adapters.busy import Busy
from adapters.dingtalk import incoming
from adapters.dingtalk.blocks import MESSENGER, Json
from adapters.dingtalk.calls import Calls, held
from adapters.dingtalk.limits import VALUE, size
from adapters.dingtalk.memory import Known, Memory, Post
from adapters.dingtalk.people import People
from adapters.dingtalk.showing import Showing, Way
from adapters.dingtalk.template import TIPS
from adapters.dingtalk.words import word
from bot.cards import Answer, Button, Buttons, Card, Toast
from bot.clock import Clock
from bot.errors import Delivery
from bot.messenger import Incoming, Posted, Receive, Said
from bot.people import Place, Room

log = structlog.get_logger()

SHOWN_WITHIN = 20.0
"""Seconds after which a message is acknowledged though its answer is not shown yet; it is committed."""
UNSHOWN = "an answer was not shown"
HEARD = '{"response": null}'
NOTHING = '{"response": {}}'
_CONTACTS = ("user_add_org", "user_modify_org", "user_leave_org", "org_dept_")
TAKEN = '{"status": "SUCCESS"}'


class Hearing:
    """Hears one organisation for one `receive`. `robot` is the app's robotCode; `news` is set when its directory changes."""

    def __init__(
        self,
        receive: Receive,
        calls: Calls,
        people: People,
        memory: Memory,
        showing: Showing,
        clock: Clock,
        robot: str,
        news: asyncio.Event,
    ) -> None:
        self._news = news
        self._receive = receive
        self._calls = calls
        self._people = people
        self._memory = memory
        self._showing = showing
        self._clock = clock
        self._robot = robot
        self._busy = Busy()
        self.stop = self._busy.stop

    async def message(self, headers: Json, data: Json) -> str:
        """A robot message."""
        del headers
        self._calls.quota.push()
        if not data.get("msgId"):
            log.warning("a message without an id is let be")
        elif incoming.is_over_quota(data):
            log.error("DingTalk brings no words: the month's pushes are used up")
        elif not incoming.sender(data):
            await self._declined(data, "outside" if incoming.is_outsider(data) else "unpublished")
        else:
            async with self._busy.turn(incoming.sender(data)):
                await self._said(data)
        return HEARD

    async def click(self, headers: Json, data: Json) -> str:
        """A card's button."""
        self._calls.quota.push()
        try:
            found = incoming.click(data)
        except ValueError:
            log.warning("a click that cannot be read")
            return NOTHING
        if self._memory.post(found.track) is None:
            log.warning(
                "a card that this process did not make, or long ago: is there a second one with this client id?",
                track=found.track,
            )
        once = str(headers.get("messageId") or "")
        way = Way(found.user, f"press:{once}", Room(MESSENGER, found.space) if found.space else None)
        press = next((press for key in found.keys if (press := self._memory.press(key))), None)
        if press is None:
            self._busy.aside(self._showing.show(Toast(word("", "unread"), "bad"), way), UNSHOWN)
            return NOTHING
        if press.confirm:
            self._busy.aside(self._showing.show(_sure(press), way), UNSHOWN)
            return NOTHING
        where = Place(MESSENGER, way.room)
        event = incoming.pressed(found, once, press.command, press.version, where, self._clock.now())
        async with self._busy.turn(found.user):
            answer = await self._receive(event)
        return self._answered_click(answer, way)

    async def event(self, headers: Json, data: Json) -> str:
        """An event: who comes to the organisation or leaves it is news (and free of the quota); the others are taken."""
        del data
        if str(headers.get("eventType") or "").startswith(_CONTACTS):
            self._news.set()
        else:
            self._calls.quota.push()
        return TAKEN

    async def _said(self, data: Json) -> None:
        words = incoming.text(data)
        if words is None:
            await self._declined(data, "unsupported")
            return
        event = await self._heard(data, words)
        answer = await self._receive(event)
        if answer is not None:
            shown = self._busy.aside(
                self._showing.show(answer, Way(event.by.user_id, event.id, event.where.room)), UNSHOWN
            )
            await asyncio.wait({shown}, timeout=SHOWN_WITHIN)

    async def _heard(self, data: Json, words: str) -> Incoming:
        users = incoming.mentions(data)
        names = await self._people.names(users)
        self._remember(data, users)
        post = self._replied_to(data)
        posted = Posted(MESSENGER, post.conversation, post.track) if post else None
        words = incoming.continued(self._memory.form(post.track), words) if post else words
        said = Said(
            words,
            tuple(incoming.account(user) for user in incoming.ordered(users, names, words)),
            incoming.attachments(await self._files(data)),
            incoming.quoted(data, posted, post.words if post else ""),
            incoming.is_called(data, words),
        )
        return incoming.message(data, said, self._clock.now())

    def _replied_to(self, data: Json) -> Post | None:
        """Our message that this quotes, in the conversation it was quoted in."""
        key, room = incoming.quoted_key(data), incoming.place(data).room
        if key and not self._memory.knows(key):
            log.warning(
                "a reply to a message that this process did not send, or long ago: is there a second one with this client id?"
            )
        return self._memory.by_pqk(key, room.id if room else incoming.sender(data))

    def _remember(self, data: Json, users: tuple[str, ...]) -> None:
        sender = incoming.sender(data)
        self._memory.meet(Known(sender, str(data.get("senderUnionId") or ""), str(data.get("senderNick") or "")))
        room = incoming.place(data).room
        if room is not None:
            self._memory.saw(room.id, sender, *users)

    async def _files(self, data: Json) -> dict[str, str]:
        """Addresses by name of what came along; one that cannot be had is only named."""
        found: dict[str, str] = {}
        for code, name in incoming.downloads(data).items():
            asked = {"downloadCode": code, "robotCode": str(data.get("robotCode") or self._robot)}
            try:
                found[name] = held(await self._calls.call("/v1.0/robot/messageFiles/download", asked), "downloadUrl")
            except Delivery as fault:
                log.info("a file's address cannot be had", reason=str(fault))
                found[name] = ""
        return found

    async def _declined(self, data: Json, why: str) -> None:
        """A polite no, by the address that came along: whoever has no id here can be reached by nothing else."""
        near = incoming.text(data) or str(data.get("senderNick") or "")
        body = {"msgtype": "text", "text": {"content": word(near, why)}}
        await self._calls.webhook(str(data.get("sessionWebhook") or ""), body)

    def _answered_click(self, answer: Answer | None, way: Way) -> str:
        """A short word stands on the card, for the clicker alone; anything else follows the acknowledgement."""
        if isinstance(answer, Toast) and size(answer.text) <= VALUE:
            values = {"cardParamMap": {TIPS: answer.text}}
            response = {"cardUpdateOptions": {"updateCardDataByKey": True}, "cardData": values}
            return json.dumps({"response": response}, ensure_ascii=False)
        if answer is not None:
            self._busy.aside(self._showing.show(answer, way), UNSHOWN)
        return NOTHING


def _sure(press: Button) -> Card:
    """The question before a press that cannot be taken back lightly; the same press answers it."""
    label = word(press.label, "sure", label=press.label)
    return Card(press.confirm, (Buttons((Button(label, press.command, press.style, version=press.version),)),), "warn")
