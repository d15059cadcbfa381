"""DING: a message that may disturb (T3) rings at its person, once, where the administrator has switched it on.

DingTalk keeps this for its paid editions (platform sheet 4.5), inside its own app here, never by SMS or phone. Whatever
becomes of it, the message stands: a bell that did not ring is logged, never repeated, and fails nothing.
"""

import asyncio
from functools import partial

import structlog

from adapters.dingtalk.blocks import Json
from adapters.dingtalk.calls import Calls
from adapters.dingtalk.memory import Memory
from adapters.dingtalk.posting import track_of
from bot.errors import Delivery

log = structlog.get_logger()

DING = "/v1.0/robot/ding/send"
RINGS_WITHIN = 5.0
"""Seconds that a message's delivery may wait for its bell."""


class Bell:
    """Rings for one robot's messages; `on` is the administrator's switch."""

    def __init__(self, calls: Calls, memory: Memory, robot: str, *, on: bool) -> None:
        self._calls = calls
        self._memory = memory
        self._robot = robot
        self._on = on

    async def ring(self, user: str, title: str, key: str) -> None:
        """At whoever was sent the message of this key. One that may have rung is not rung again: who was disturbed twice
        would switch it off. Near the end of a month's calls nothing rings."""
        part = f"{track_of(key)}#ding"
        if not self._on or self._calls.quota.spares or self._memory.state(part)[0]:
            return
        try:
            async with asyncio.timeout(RINGS_WITHIN):
                answer = await self._calls.call(
                    DING, rung(self._robot, user, title), leaving=partial(self._memory.sending, part)
                )
        except (Delivery, TimeoutError) as fault:
            log.warning("not rung for an urgent message", reason=str(fault))
            return
        if user in (answer.get("failedList") or ()):
            log.warning("not rung for an urgent message", reason="DingTalk does not let it through")


def rung(robot: str, user: str, title: str) -> Json:
    """What the bell is rung with: inside the app (remindType 1)."""
    return {"robotCode": robot, "remindType": 1, "receiverUserIdList": [user], "content": title}
