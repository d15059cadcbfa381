"""Answers on their way to whoever asked in a messenger of somebody else's: as a card, and each event's once, however often it
comes."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import assert_never

import structlog

from bot.cards import Answer, Card, File, Form, Toast
from bot.errors import Delivery

log = structlog.get_logger()

REMEMBERED = 5_000


def as_card(answer: Answer, said: Callable[[File], str]) -> Card:
    """Any answer as a card; of a file what is `said`, because it is sent by itself."""
    match answer:
        case Card():
            return answer
        case Toast():
            return Card(answer.text, (), answer.tone)
        case Form():
            return Card(answer.title, (answer,))
        case File():
            return Card(said(answer))
        case _:
            assert_never(answer)


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
