"""One workplace in one asyncio process: dispatch, delivery, scheduler and the messengers, watched, and stopped cleanly.

The order of stopping is that of the flow: nothing new comes in, what was begun is finished, then the database closes.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from starlette.routing import BaseRoute

from bot.app.connections import Connections
from bot.app.health import Health
from bot.app.metrics import Metrics
from bot.app.server import server
from bot.app.watch import Watch
from bot.cards import Answer
from bot.clock import Clock
from bot.dispatch import Dispatch
from bot.logs import bound_contextvars, get_logger
from bot.messenger import Incoming, Messenger
from bot.outbox import Delivery, Pace
from bot.scheduler import Scheduler
from bot.store import Store
from bot.workplace import Workplace

log = get_logger()

Parts = Mapping[str, Callable[[], Awaitable[None]]]

STOP_WITHIN = 9.0
"""Seconds from the signal to the end: service managers kill after ten."""


class Running:
    """The parts. `messengers`, their `paces` and which are `translating` may be filled until `start`: some of them need
    the scheduler, which is made here."""

    def __init__(self, store: Store, workplace: Workplace, clock: Clock) -> None:
        self.store = store
        self.workplace = workplace
        self.clock = clock
        self.messengers: dict[str, Messenger] = {}
        self.metrics = Metrics()
        self.watch = Watch()
        self.paces: dict[str, Pace] = {}
        self.translating: set[str] = set()
        self.delivery = Delivery(
            store, workplace, clock, self.messengers, paces=self.paces, translating=self.translating
        )
        self.dispatch = Dispatch(
            store, workplace, clock, self.messengers, self.delivery.wake, self.metrics.observe
        )  # fmt: skip
        self.scheduler = Scheduler(store, workplace, clock, self.delivery)
        self.connections = Connections(store, workplace, clock, self.messengers, self.delivery.wake)
        self.health = Health(store, clock, self.watch, self.metrics)

    async def receive(self, incoming: Incoming) -> Answer | None:
        """The door for every messenger; whatever is logged on the way carries the event's id."""
        with bound_contextvars(incoming=incoming.id, messenger=incoming.by.messenger):
            return await self.dispatch.receive(incoming)

    def start(self, parts: Parts | None = None) -> None:
        """Delivery, the scheduler, the look at connections and `parts`, then every messenger's ear."""
        self.watch.start("delivery", self.delivery.run)
        self.watch.start("scheduler", self.scheduler.run)
        self.watch.start("connections", self.connections.watch)
        for name, part in (parts or {}).items():
            self.watch.start(name, part)
        for name, messenger in self.messengers.items():
            self.watch.start(name, partial(messenger.listen, self.receive))

    async def stop(self) -> None:
        """Finishes what is in flight and closes the database; within STOP_WITHIN even when something hangs."""
        try:
            await asyncio.wait_for(self.watch.stop(), STOP_WITHIN)
        except TimeoutError:
            log.warning("something was still under way when time was up; it is taken up at the next start")
        await self.store.close()


def _watched() -> bool:
    """Whether somebody's terminal goes when SIGHUP comes. Without one it comes from who expects a configuration to be read
    anew; ending by it would be for good, because systemd takes that for an end that was wanted."""
    return sys.stdin is not None and sys.stdin.isatty()


def _stay() -> None:
    log.info("SIGHUP: nothing is read anew; a restart reads the configuration")


async def serve(
    running: Running, bound: socket.socket, routes: Sequence[BaseRoute], parts: Parts, ready: Callable[[], None]
) -> None:
    """Serves until SIGTERM or SIGINT. When the first request would be answered, `parts` and the rest are started, so that
    what they load and ask does not keep it waiting, and `ready` is called."""

    def begin() -> None:
        running.start(parts)
        ready()

    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # whom nohup has started is deaf to it
        loop.add_signal_handler(signal.SIGHUP, asked.set if _watched() else _stay)
    web = server([*running.health.routes, *routes], begin)
    serving, stopping = asyncio.create_task(web.serve(sockets=[bound])), asyncio.create_task(asked.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        log.info("stopping")
        stopping.cancel()
        web.should_exit = True
        await running.stop()
        await serving
