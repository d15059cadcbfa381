"""Answers on their way to whoever asked in a messenger of somebody else's: each event's once, however often it comes."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog

from bot.errors import Delivery

log = structlog.get_logger()

REMEMBERED = 5_000


class Shown:
    """The events of one messenger whose answers stand before their askers."""

    def __init__(self) -> None:
        self._events: OrderedDict[str, None] = OrderedDict()

    async def once(self, event: str, show: Callable[[], Awaitable[None]]) -> None:
        """Shows the answer to this event. What the messenger refuses is logged: the answer stands in the database, and asking
        again shows it."""
        if event in self._events:
            return
        self._events[event] = None
        while len(self._events) > REMEMBERED:
            self._events.popitem(last=False)
        try:
            await show()
        except Delivery as fault:
            self._events.pop(event, None)
            log.warning("an answer could not be shown", reason=str(fault), asked=event)
