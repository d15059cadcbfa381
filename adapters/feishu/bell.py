"""Urgent (加急): a message that may disturb (T3) rings at its person, once, where the administrator has switched it on.

Whatever becomes of it, the message stands: a bell that did not ring is logged, never repeated, and fails nothing.
"""

import asyncio
from collections import OrderedDict

import structlog

from adapters.feishu.calls import Calls
from bot.errors import Delivery
from bot.messenger import Posted

log = structlog.get_logger()

RINGS_WITHIN = 5.0
"""Seconds that a message's delivery may wait for its bell."""
REMEMBERED = 5_000


class Bell:
    """Rings for messages of one app; `on` is the administrator's switch."""

    def __init__(self, calls: Calls, *, on: bool) -> None:
        self._calls = calls
        self._on = on
        self._known: OrderedDict[str, bool] = OrderedDict()
        """By the message's key, whether it is through with ringing."""

    def owes(self, key: str, *, again: bool) -> None:
        """A try that ended before it could ring begins. A key of an earlier process may have rung already, and is not rung
        for: who was disturbed twice would switch it off."""
        if self._on:
            self._known.setdefault(key, again)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)

    async def ring(self, posted: Posted, key: str) -> None:
        """At whoever it was posted to, once for each key that `owes` was told of."""
        if self._known.get(key, True):
            return
        self._known[key] = True
        try:
            async with asyncio.timeout(RINGS_WITHIN):
                await self._ring(posted.id, posted.conversation)
        except (Delivery, TimeoutError) as fault:
            log.warning("not rung for an urgent message", message=posted.id, reason=str(fault))

    async def _ring(self, message: str, user: str) -> None:
        path = f"im/v1/messages/{message}/urgent_app"
        answer = await self._calls.call("PATCH", path, {"user_id_list": [user]}, user_id_type="open_id")
        if user in (answer.get("invalid_user_id_list") or ()):
            log.warning("not rung for an urgent message", message=message, reason="they are not in the conversation")
