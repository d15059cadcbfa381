"""Brings events, commands and interactions to the app: one try, or four over six minutes, and keeps what came of it."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol
from uuid import uuid4

from tests.simulators.slack import payloads
from tests.simulators.slack.values import Json

if TYPE_CHECKING:
    from tests.simulators.slack.server import Slack
    from tests.simulators.slack.workspace import Workspace

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass
class Reply:
    """What came back on one try. `reason` is empty for an acknowledgement, else in the words of x-slack-retry-reason."""

    reason: str = ""
    status: int = 200
    body: Any = None
    no_retry: bool = False

    @property
    def acknowledged(self) -> bool:
        return not self.reason


@dataclass
class Delivery:
    """One event, command or interaction on its way, with every try."""

    kind: Kind
    payload: Json
    envelope: str = field(default_factory=lambda: str(uuid4()))
    tries: list[Reply] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        return any(one.acknowledged for one in self.tries)

    @property
    def body(self) -> Any:
        """What the app answered, if anything."""
        return self.tries[-1].body if self.tries else None

    @property
    def name(self) -> str:
        """What it is: the event's, the command's or the interaction's own word."""
        inner = self.payload.get("event", self.payload)
        return str(inner.get("command") or inner["type"])


class Road(Protocol):
    """A way to the app: sockets or HTTP."""

    async def carry(self, delivery: Delivery, attempt: int, reason: str, patience: float) -> Reply:
        """One try; `patience` seconds for the acknowledgement. Raises nothing."""
        ...


class Courier:
    """`patience` is Slack's three seconds, real ones: what a bot needs it needs by the clock on the wall."""

    def __init__(self, slack: "Slack") -> None:
        self.slack = slack
        self.patience = 3.0
        self.log: list[Delivery] = []
        self.held: list[Delivery] | None = None
        self._under_way: set[asyncio.Task[Any]] = set()
        self._faults: list[BaseException] = []

    def soon(self, what: Coroutine[Any, Any, Any]) -> None:
        """Does it beside everything else; `settled` waits for it."""
        task = asyncio.get_running_loop().create_task(what)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        fault = None if task.cancelled() else task.exception()
        self._faults += [fault] if fault is not None else []

    async def settled(self) -> None:
        """When nothing is under way any more; tries that wait for their minute do not count.

        Raises what went wrong in the simulator itself meanwhile."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._faults:
            raise self._faults.pop()

    async def stop(self) -> None:
        for task in self._under_way:
            task.cancel()
        await self.settled()

    def written(self, workspace: "Workspace", inner: Json) -> Delivery:
        """A new event, as things are now."""
        delivery = Delivery("events_api", payloads.event(workspace, inner))
        self.log.append(delivery)
        return delivery

    async def brings(self, delivery: Delivery) -> None:
        """An event's first try, unless events are held."""
        if self.held is None:
            await self.tries(delivery)
        else:
            self.held.append(delivery)

    def holds(self) -> None:
        """Events stay on their way until `releases`."""
        self.held = []

    async def releases(self, *, backwards: bool = False) -> None:
        """Brings what was held, in order or the last first: Slack promises no order (sheet 5.3)."""
        waiting, self.held = self.held or [], None
        for delivery in reversed(waiting) if backwards else waiting:
            await self.tries(delivery)

    async def asks(self, kind: Kind, payload: Json) -> Delivery:
        """A command or an interaction: one try and never another (sheet 1.3)."""
        delivery = Delivery(kind, payload)
        self.log.append(delivery)
        delivery.tries.append(await self._road.carry(delivery, 0, "", self.patience))
        return delivery

    async def tries(self, delivery: Delivery) -> None:
        """The next try of an event; what is not acknowledged comes again (sheet 5.3)."""
        attempt, last = len(delivery.tries), delivery.tries[-1].reason if delivery.tries else ""
        reply = await self._road.carry(delivery, attempt, last, self.patience)
        delivery.tries.append(reply)
        spacing = self.slack.unverified.resend_after
        if not reply.acknowledged and not reply.no_retry and attempt < len(spacing):
            self.slack.agenda.after(spacing[attempt], partial(self._again, delivery))

    async def _again(self, delivery: Delivery) -> None:
        if not delivery.acknowledged:
            self.soon(self.tries(delivery))

    async def repeats(self, delivery: Delivery) -> Reply:
        """The same once more, as after a lost acknowledgement: same event_id, marked as a retry."""
        reply = await self._road.carry(delivery, max(1, len(delivery.tries)), "timeout", self.patience)
        delivery.tries.append(reply)
        return reply

    @property
    def _road(self) -> Road:
        return self.slack.sockets if self.slack.app.socket_mode else self.slack.door
