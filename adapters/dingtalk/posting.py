"""Cards into conversations: posted once by their key, changed in place, on whichever rung the workplace stands.

A card has a key that DingTalk knows again (outTrackId): a doubtful try is simply made again. A robot's message has none;
how that one is sent once all the same stands in sending.py. A card that does not reach its person goes as a message: it may,
and where it may not either, DingTalk says by a word which of the two is to be mended, the robot or the address.
"""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from weakref import WeakValueDictionary

import structlog

from adapters.dingtalk.blocks import MESSENGER, Json
from adapters.dingtalk.calls import Calls
from adapters.dingtalk.faults import SOON, Refused, Unclear
from adapters.dingtalk.limits import RECALLABLE_HOURS, WORDS
from adapters.dingtalk.memory import Memory, Post
from adapters.dingtalk.merging import merged
from adapters.dingtalk.outgoing import PICTURES, PUBLIC_TEMPLATE, RUNGS, Rung, Shown, all_presses, sendable, shown
from adapters.dingtalk.sending import Sending
from adapters.dingtalk.template import TIPS
from bot.cards import Card, File, Form, plain
from bot.clock import Clock
from bot.errors import Delivery, TryLater, Uncertain, Undeliverable
from bot.messenger import Posted
from bot.people import Account, Room

log = structlog.get_logger()

CREATE, UPDATE = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances"
RECALL_DIRECT, RECALL_GROUP = "/v1.0/robot/otoMessages/batchRecall", "/v1.0/robot/groupMessages/recall"
_NO_TEMPLATE = frozenset({"param.templateNotExist", "param.templateUnpublished", "param.cardTemplateIdEmpty"})


class Posting:
    """Posts and updates for one organisation. `rung`: where it stands now; it steps down when DingTalk has no template."""

    def __init__(self, calls: Calls, memory: Memory, clock: Clock, robot: str, template: str, rung: Rung) -> None:
        self.rung = rung
        self._calls = calls
        self._memory = memory
        self._clock = clock
        self._robot = robot
        self._templates = {"template": template, "public": PUBLIC_TEMPLATE}
        self.sending = Sending(calls, memory, robot)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def post(
        self, to: Account | Room, card: Card, key: str, *, only_for: str = "", gathers: bool = False
    ) -> Posted:  # fmt: skip
        """Shows the card there once; in a group `only_for` one person where the rung can. `gathers`: what is a message may
        wait a moment for others who get the same. Raises TryLater (with `unclear` when it may have arrived), Undeliverable
        or Uncertain."""
        conversation, direct = _destination(to)
        track = track_of(key)
        async with self._turns.setdefault(track, asyncio.Lock()):
            post = self._memory.post(track)
            if post is None and await self._stands_in_another(track, conversation):
                return Posted(MESSENGER, conversation, track)
            if post is None:
                post = await self._posted(track, conversation, direct, card, only_for, gathers)
                self._keep(post, card)
            whose, alone = (only_for, True) if only_for else (conversation, direct)
            await self._attach(track, whose, alone, shown(card, _rung(post), direct=direct, standing=True).files)
        return Posted(MESSENGER, conversation, track)

    async def post_together(self, to: Account, cards: Mapping[str, Card]) -> dict[str, Posted]:
        """Shows cards by their keys to one person as one message; where each stands. Raises as `post` does, for all of them."""
        if len(cards) > 1:
            await self._post_merged(to, cards)
        else:
            for key, card in cards.items():
                await self.post(to, card, key, gathers=True)
        return {key: Posted(MESSENGER, to.user_id, track_of(key)) for key in cards}

    async def finish(self, seconds: float) -> None:
        """What waits for others who get the same leaves now, and has so long to land."""
        await self.sending.finish(seconds)

    def was_tried(self, key: str) -> bool:
        """Whether an earlier try of this message left, alone or with others."""
        track = track_of(key)
        return bool(self._memory.post(track) or self._memory.whole(track) or self._memory.state(track)[0])

    async def update(self, posted: Posted, card: Card) -> None:
        """Changes a message of ours; one that stands in another with others is left as it is. Raises TryLater, Undeliverable
        or Uncertain."""
        post = self._memory.post(posted.id)
        if posted.messenger != MESSENGER or post is None or post.conversation != posted.conversation:
            raise Undeliverable(f"no message of ours in DingTalk: {posted}")
        drawn = shown(card, _rung(post), direct=post.direct, standing=True)
        if _digest(drawn) == post.digest:
            return
        if self._calls.quota.spares:
            raise Undeliverable("the month's calls are nearly used up: cards are left as they stand")
        self._memory.keep_presses(drawn.presses)
        pqk = await self._changed(post, drawn, card)
        if pqk != post.pqk:
            await self._take_back(post)
        self._memory.keep(self._kept(post.track, post.conversation, post.direct, _rung(post), pqk, card, drawn))
        await self._attach(post.track, post.conversation, post.direct, drawn.files)

    async def send_file(self, conversation: str, direct: bool, file: File, part: str) -> None:
        """A file, once by the name of its part. Raises as `post` does."""
        state, _ = self._memory.state(part)
        if state == "sent":
            return
        file = File(file.name, file.media_type, file.content or b"\n")  # DingTalk takes no empty one
        picture = file.media_type in PICTURES
        file = file if picture else sendable(file)
        media = await self._calls.upload(file.name, file.content, "image" if picture else "file")
        kind = file.name.rpartition(".")[2].lower()
        named = {"mediaId": media, "fileName": file.name, "fileType": kind}
        key, param = ("sampleImageMsg", {"photoURL": media}) if picture else ("sampleFile", named)
        await self.sending.send(conversation, direct, key, param, part)

    async def _posted(
        self, track: str, conversation: str, direct: bool, card: Card, only_for: str, gathers: bool
    ) -> Post:  # fmt: skip
        rung: Rung = "links" if self._memory.state(_failed_card(track))[0] else self.rung
        drawn = shown(card, rung, direct=direct)
        self._memory.keep_presses(drawn.presses)
        if not drawn.values and only_for:
            raise Undeliverable("a message would be everybody's")
        if not drawn.values:
            pqk = await self._say(conversation, direct, drawn, track, gathers=gathers and self._may_gather(card))
            return self._kept(track, conversation, direct, "links" if rung != "text" else "text", pqk, card, drawn)
        try:
            pqk = await self._create(track, conversation, direct, drawn, only_for)
        except Undeliverable as fault:
            self._lower(rung, fault, track, direct)
            return await self._posted(track, conversation, direct, card, only_for, gathers)
        return self._kept(track, conversation, direct, rung, pqk, card, drawn)

    def _keep(self, post: Post, card: Card) -> None:
        """Also what it asks: a reply to a question takes it up again, however long ago it was left (hearing.py)."""
        for block in card.blocks:
            if isinstance(block, Form):
                self._memory.keep_form(post.track, block.command)
        self._memory.keep(post)

    def _lower(self, rung: Rung, fault: Undeliverable, track: str, direct: bool) -> None:
        """What could be no card here goes by the next rung, or as a message. Raises `fault` where that would change nothing."""
        if isinstance(fault, Refused) and (fault.code in _NO_TEMPLATE or fault.scopes):
            self._step_down(rung, fault)
        elif direct:
            log.info("a card did not reach its person, and goes as a message", reason=str(fault))
            self._memory.sent("", _failed_card(track))
        else:
            raise fault

    def _step_down(self, rung: Rung, refused: Refused) -> None:
        """No card can be made on this rung: the next one serves, until the next start."""
        if self.rung == rung:
            self.rung = RUNGS[RUNGS.index(rung) + 1] if not refused.scopes else "links"
            log.error("DingTalk shows no cards of this template", rung=rung, now=self.rung, reason=str(refused))

    def _kept(
        self, track: str, conversation: str, direct: bool, rung: Rung, pqk: str, card: Card, drawn: Shown
    ) -> Post:  # fmt: skip
        now = self._clock.now().timestamp()
        return Post(track, conversation, direct, rung, pqk, now, plain(card)[:WORDS], _digest(drawn))

    # --- several in one (saving.py) ---

    async def _post_merged(self, to: Account, cards: Mapping[str, Card]) -> None:
        """Which message holds them is written down before it leaves: a later try of one of them asks about that one."""
        key = "\n".join(cards)
        self._memory.merge(track_of(key), [track_of(one) for one in cards])
        try:
            await self.post(to, merged(list(cards.values())), key, gathers=True)
        except (TryLater, Undeliverable) as fault:
            if not (isinstance(fault, TryLater) and fault.unclear):
                self._memory.unmerge(track_of(key))
            raise

    async def _stands_in_another(self, track: str, conversation: str) -> bool:
        """Whether this message has arrived in another that holds it. Raises TryLater or Uncertain while that is not known."""
        whole = self._memory.whole(track)
        if not whole:
            return False
        async with self._turns.setdefault(whole, asyncio.Lock()):
            if self._memory.post(whole) is not None:
                return True
            state, pqk = self._memory.state(whole)
            if state == "sending":
                raise Uncertain("an earlier try may have arrived, and DingTalk cannot be asked")
            if state == "sent" or await self._is_there(whole):
                now, rung = self._clock.now().timestamp(), "text" if state else self.rung
                self._memory.keep(Post(whole, conversation, True, rung, pqk, now, "", ""))
                return True
            self._memory.unmerge(whole)
            return False

    async def _is_there(self, track: str) -> bool:
        """Whether DingTalk has this card: it is asked by a change that changes nothing."""
        body = {
            "outTrackId": track, "cardData": {"cardParamMap": {TIPS: ""}},
            "cardUpdateOptions": {"updateCardDataByKey": True},
        }  # fmt: skip
        try:
            await self._calls.call(UPDATE, body, "PUT")
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear
        except Refused as refused:
            if refused.code != "param.cardNotExist":
                raise Uncertain(f"it may have arrived, and DingTalk does not say: {refused}") from refused
            return False
        return True

    # --- cards ---

    async def _create(self, track: str, conversation: str, direct: bool, drawn: Shown, only_for: str) -> str:
        """The card's carrierId; empty when it was there already. HTTP 200 and success do not mean delivered."""
        body = self._card(track, conversation, direct, drawn, only_for)
        try:
            result = (await self._calls.call(CREATE, body)).get("result")
        except Refused as refused:
            if refused.code != "param.cardAlreadyExist":
                raise
            result = {}
        except Unclear as unclear:
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear
        results = (result or {}).get("deliverResults") or []
        if not results:  # an earlier try made it: what it shows may be older
            await self._put(track, drawn)
            return ""
        for one in results:
            if one.get("success") not in (True, "true"):
                raise Undeliverable(f"not delivered: {one.get('errorMsg') or 'DingTalk does not say why'}")
        if direct:
            self.sending.taken()
        return str(results[0].get("carrierId") or "")

    def _card(self, track: str, conversation: str, direct: bool, drawn: Shown, only_for: str) -> Json:
        seen = {"supportForward": False, "lastMessageI18n": {"ZH_CN": drawn.title}}
        seen["notification"] = {"alertContent": drawn.title, "notificationOff": False}
        body: Json = {
            "cardTemplateId": self._templates[self.rung], "outTrackId": track, "callbackType": "STREAM", "userIdType": 1,
            "cardData": {"cardParamMap": drawn.values},
        }  # fmt: skip
        if direct:
            deliver = {"spaceType": "IM_ROBOT", "robotCode": self._robot}
            return body | {
                "openSpaceId": f"dtv1.card//IM_ROBOT.{conversation}", "imRobotOpenSpaceModel": seen,
                "imRobotOpenDeliverModel": deliver,
            }  # fmt: skip
        called = {"atUserIds": drawn.calls} if drawn.calls else {}
        alone = {"recipients": [only_for]} if only_for else {}
        return body | {
            "openSpaceId": f"dtv1.card//IM_GROUP.{conversation}", "imGroupOpenSpaceModel": seen,
            "imGroupOpenDeliverModel": {"robotCode": self._robot, **called, **alone},
        }  # fmt: skip

    async def _put(self, track: str, drawn: Shown) -> None:
        """The whole of it for everybody: what is not named becomes empty."""
        try:
            await self._calls.call(UPDATE, {"outTrackId": track, "cardData": {"cardParamMap": drawn.values}}, "PUT")
        except Unclear as unclear:  # the same again does no harm
            raise TryLater(SOON, unclear.reason, unclear=True) from unclear

    # --- messages ---

    def _may_gather(self, card: Card) -> bool:
        """What has presses goes alone: it changes when its reader acts, and what several people got with one call can only
        be taken back from all of them at once. Near the month's end nothing is taken back, and every call counts."""
        return not all_presses(card) or self._calls.quota.spares

    async def _say(self, conversation: str, direct: bool, drawn: Shown, part: str, *, gathers: bool) -> str:
        param = {"title": drawn.title, "text": drawn.text}
        return await self.sending.send(conversation, direct, "sampleMarkdown", param, part, gathers=gathers)

    async def _changed(self, post: Post, drawn: Shown, card: Card) -> str:
        """Shows the new state; the message's processQueryKey afterwards. A message cannot be edited: the new one is sent, for
        as long as the old one can be taken back."""
        if drawn.values:
            await self._put(post.track, drawn)
            return post.pqk
        if self._clock.now().timestamp() - post.sent > RECALLABLE_HOURS * 3600:
            raise Undeliverable("too old to be taken back and sent anew")
        part = f"{post.track}#{_digest(drawn)}#{post.pqk}"
        return await self._say(post.conversation, post.direct, drawn, part, gathers=self._may_gather(card))

    async def _take_back(self, post: Post) -> None:
        """The old message; of several people's only when the last of them has another (recalling knows keys, not people)."""
        if not post.pqk or self._memory.is_others(post.pqk, post.track):
            return
        body: Json = {"robotCode": self._robot, "processQueryKeys": [post.pqk]}
        group = {} if post.direct else {"openConversationId": post.conversation}
        try:
            await self._calls.call(RECALL_DIRECT if post.direct else RECALL_GROUP, {**body, **group})
        except Delivery as fault:  # the new one is there; the old one stays beside it
            log.warning("an old message was not taken back", reason=str(fault))

    async def _attach(self, track: str, conversation: str, direct: bool, files: tuple[File, ...]) -> None:
        for file in files:
            mark = hashlib.sha256(file.name.encode() + b"\0" + file.content).hexdigest()[:16]
            await self.send_file(conversation, direct, file, f"{track}#file-{mark}")


def track_of(key: str) -> str:
    """The outTrackId of an outbox key."""
    return f"bh-{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _failed_card(track: str) -> str:
    """The part that is kept of a card that was made, but brought to nobody: made again it would seem to be there."""
    return f"{track}#card"


def _destination(to: Account | Room) -> tuple[str, bool]:
    """Its id, and whether it is a person."""
    id = to.user_id if isinstance(to, Account) else to.id
    if to.messenger != MESSENGER or not id or ";" in id or (isinstance(to, Account) and "." in id):
        raise Undeliverable(f"not in DingTalk: {to}")
    return id, isinstance(to, Account)


def _rung(post: Post) -> Rung:
    return next(rung for rung in RUNGS if rung == post.rung)


def _digest(drawn: Shown) -> str:
    said = json.dumps([drawn.title, drawn.values, drawn.text], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
