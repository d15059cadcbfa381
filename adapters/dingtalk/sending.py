"""Robot messages: each sent once by the name of its part, the same words to several people with one call.

DingTalk counts and paces calls, not receivers, and takes twenty of them at once (platform sheet 4.3, 8.1): people who are
sent the same are gathered for a moment, and each ends as the answer says of them. A robot's message has no key that
DingTalk would know again: it is written down as being sent before it leaves, and one that may have arrived (with twenty
receivers: all of theirs) is never sent a second time (RELIABILITY C2, A4 row 18).
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from msgspec import Struct, field

from adapters.dingtalk.blocks import Json
from adapters.dingtalk.faults import Refused, Stopped, Unclear
from adapters.dingtalk.limits import RECEIVERS
from adapters.dingtalk.memory import Memory
from bot.errors import Delivery, TryLater, Uncertain, Undeliverable

DIRECT, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
GATHERING = 0.1
"""Seconds in which the same message to other people joins a call: delivery hands over twenty rows within them."""
HELD_BACK = 900.0
MOST_HELD_BACK = 4
"""Seconds until a message is tried again that DingTalk's flow control kept from its person, and how often it is tried."""
STOPPED = frozenset(
    "bot.stopped robot.oto.notExist resource.not.found invalidParameter.robotCode.auth "
    "invalidParameter.robotCode.notExsit".split()
)
"""Of a message to a person: the robot was stopped, is not published, or is another app's (platform sheet 4.3). Of one into a
group the same words are about that group, where there may be no robot any more."""


class Message(Struct, frozen=True):
    """What a robot says: its msgKey, and its msgParam, which is JSON as text."""

    kind: str
    param: str


class Receiver(Struct, frozen=True):
    """One person's message by the name of its `part`; `arrived` becomes its processQueryKey, or what was wrong."""

    user: str
    part: str
    arrived: "asyncio.Future[str]"


class Batch(Struct, frozen=True):
    """People who are sent the same with one call, as they come; nobody twice."""

    receivers: list[Receiver] = field(default_factory=list)
    full: asyncio.Event = field(default_factory=asyncio.Event)

    def takes(self, user: str) -> bool:
        return not self.full.is_set() and all(one.user != user for one in self.receivers)

    def add(self, receiver: Receiver) -> None:
        self.receivers.append(receiver)
        if len(self.receivers) == RECEIVERS:
            self.full.set()


class Caller(Protocol):
    """What sending needs of calls.py."""

    async def call(self, path: str, body: Json, verb: str = "POST", leaving: Callable[[], None] = ...) -> Json: ...


class Sending:
    """Sends for one robot. `gathering`: seconds."""

    def __init__(self, calls: Caller, memory: Memory, robot: str, gathering: float = GATHERING) -> None:
        self._calls = calls
        self._memory = memory
        self._robot = robot
        self._gathering = gathering
        self._open: dict[Message, Batch] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._held_back: Counter[str] = Counter()
        self.stopped: Callable[[Refused], None] = _unheard
        self.taken: Callable[[], None] = _unheeded
        """Told that the robot may write to nobody, and that a message or card of its reached a person."""

    async def send(
        self, conversation: str, direct: bool, kind: str, param: dict[str, str], part: str, *, gathers: bool = False
    ) -> str:
        """One message, once by the name of its part; its processQueryKey. `gathers`: to one person, with others who get the
        same. Raises TryLater, Undeliverable or Uncertain."""
        state, pqk = self._memory.state(part)
        if state == "sent":
            return pqk
        if state == "sending":
            raise Uncertain("an earlier try may have arrived, and DingTalk cannot be asked")
        message = Message(kind, json.dumps(param, ensure_ascii=False))
        if not direct:
            return await self._to_group(conversation, message, part)
        receiver = Receiver(conversation, part, asyncio.get_running_loop().create_future())
        if gathers:
            self._joins(message, receiver)
        else:
            await self._to(message, [receiver])
        return await receiver.arrived

    async def finish(self, seconds: float) -> None:
        """What is being gathered leaves now, and has so long to land."""
        for batch in self._open.values():
            batch.full.set()
        if self._leaving:
            await asyncio.wait(list(self._leaving), timeout=seconds)

    async def _to_group(self, group: str, message: Message, part: str) -> str:
        body = {**self._body(message), "openConversationId": group}
        try:
            answer = await self._calls.call(GROUP, body, leaving=partial(self._memory.sending, part))
        except Unclear as unclear:
            raise _uncertain(unclear) from unclear
        except Delivery:
            self._memory.not_sent(part)
            raise
        pqk = _key(answer)
        self._memory.sent(pqk, part)
        return pqk

    def _joins(self, message: Message, receiver: Receiver) -> None:
        """Into the open call for this message, or a new one that leaves in a moment."""
        batch = self._open.get(message)
        if batch is None or not batch.takes(receiver.user):
            batch = self._open[message] = Batch()
            task = asyncio.create_task(self._leaves(message, batch))
            self._leaving.add(task)
            task.add_done_callback(partial(self._left, batch))
        batch.add(receiver)

    async def _leaves(self, message: Message, batch: Batch) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._gathering):
                await batch.full.wait()
        batch.full.set()
        if self._open.get(message) is batch:
            del self._open[message]
        await self._to(message, [one for one in batch.receivers if not one.arrived.done()])

    def _left(self, batch: Batch, task: "asyncio.Task[None]") -> None:
        """Nobody waits for ever for a call that ended by a fault of ours."""
        self._leaving.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            _fail(batch.receivers, fault)

    async def _to(self, message: Message, receivers: list[Receiver]) -> None:
        """One call for these people; each of them hears how their own message fared."""
        if not receivers:
            return
        parts = [one.part for one in receivers]
        body = {**self._body(message), "userIds": [one.user for one in receivers]}
        try:
            answer = await self._calls.call(DIRECT, body, leaving=partial(self._memory.sending, *parts))
        except Unclear as unclear:
            _fail(receivers, _uncertain(unclear))
        except Delivery as fault:
            self._memory.not_sent(*parts)
            if isinstance(fault, Refused) and fault.code in STOPPED:
                self.stopped(fault)
                _fail(receivers, Stopped(str(fault)))
            elif isinstance(fault, Refused) and not fault.scopes and len(receivers) > 1:
                await self._one_by_one(message, receivers)
            else:
                _fail(receivers, fault)
        else:
            self.taken()
            self._answered(receivers, answer)

    async def _one_by_one(self, message: Message, receivers: list[Receiver]) -> None:
        """The whole call was refused and nothing arrived: whom that is about is not said, and is nobody else's fault."""
        for one in receivers:
            await self._to(message, [one])

    def _answered(self, receivers: list[Receiver], answer: Json) -> None:
        """HTTP 200 does not mean delivered: the two lists say to whom it was not."""
        unknown, held = answer.get("invalidStaffIdList") or (), answer.get("flowControlledStaffIdList") or ()
        got = [one for one in receivers if one.user not in unknown and one.user not in held]
        self._memory.sent(_key(answer), *(one.part for one in got))
        self._memory.not_sent(*(one.part for one in receivers if one not in got))
        for one in got:
            self._held_back.pop(one.part, None)
            if not one.arrived.done():
                one.arrived.set_result(_key(answer))
        _fail([one for one in receivers if one.user in unknown], Undeliverable("DingTalk knows nobody by this id"))
        for one in receivers:
            if one.user in held and one.user not in unknown:
                _fail([one], self._flow_controlled(one.part))

    def _flow_controlled(self, part: str) -> Delivery:
        """So many for one person at a time (the number is not told): it is tried again for an hour or so."""
        self._held_back[part] += 1
        if self._held_back[part] < MOST_HELD_BACK:
            return TryLater(HELD_BACK, "DingTalk holds back the robot's messages to this person", well=True)
        del self._held_back[part]
        return Undeliverable("DingTalk goes on holding back the robot's messages to this person")

    def _body(self, message: Message) -> Json:
        return {"robotCode": self._robot, "msgKey": message.kind, "msgParam": message.param}


def _unheard(_fault: Refused) -> None:
    """Nobody asked."""


def _unheeded() -> None:
    """Nobody asked."""


def _key(answer: Json) -> str:
    """Empty where DingTalk gives none: then a reply to the message is not known, and it cannot be taken back."""
    return str(answer.get("processQueryKey") or "")


def _uncertain(unclear: Unclear) -> Uncertain:
    return Uncertain(f"it may have arrived, and DingTalk cannot be asked: {unclear.reason}")


def _fail(receivers: list[Receiver], fault: BaseException) -> None:
    for one in receivers:
        if not one.arrived.done():
            one.arrived.set_exception(fault)
