"""Brings events and callbacks to the app: events up to five times over seven hours, callbacks once and within 3 s (sheet 2.1)."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.simulators.feishu.values import Json

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

WITHIN = 3.0


@dataclass
class Reply:
    """What came back on one try; `reason` empty: it was taken. `code`: what the client shows for a callback."""

    reason: str = ""
    body: Any = None
    code: int = 200341

    @property
    def acknowledged(self) -> bool:
        return not self.reason


@dataclass
class Delivery:
    """One event or callback on its way, with every try."""

    payload: Json
    tries: list[Reply] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.payload["header"]["event_type"])

    @property
    def callback(self) -> bool:
        return self.kind == "card.action.trigger"

    @property
    def acknowledged(self) -> bool:
        return any(one.acknowledged for one in self.tries)


class Courier:
    """Carries by the long connection or to the request URL, whichever the app has. `log` keeps everything."""

    def __init__(self, tenant: "Tenant") -> None:
        self.tenant = tenant
        self.log: list[Delivery] = []
        self.patience = WITHIN
        self._under_way: set[asyncio.Task[Any]] = set()

    async def brings(self, payload: Json) -> Delivery:
        """One try now; the others wait on the agenda while nobody acknowledges."""
        delivery = Delivery(payload)
        self.log.append(delivery)
        await self._tries(delivery)
        return delivery

    async def repeats(self, delivery: Delivery) -> None:
        """The same once more, though it may have been acknowledged."""
        delivery.tries.append(await self._carry(delivery))

    def soon(self, work: Coroutine[Any, Any, Any]) -> None:
        """Has it done beside everything else; `settled` waits for it."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def settled(self) -> None:
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def stop(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _tries(self, delivery: Delivery) -> None:
        delivery.tries.append(await self._carry(delivery))
        waits, done = self.tenant.unverified.redelivered_after, len(delivery.tries)
        if not delivery.tries[-1].acknowledged and not delivery.callback and done <= len(waits):
            self.tenant.agenda.after(waits[done - 1], partial(self._tries, delivery))

    async def _carry(self, delivery: Delivery) -> Reply:
        if self.tenant.app.socket:
            return await self.tenant.sockets.carry(delivery, self.patience)
        return await self.tenant.door.carry(delivery, self.patience)
