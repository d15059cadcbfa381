"""`bihuan run`: a real workplace, assembled from its configuration."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from starlette.routing import BaseRoute

from adapters import Connected, Keeping, messenger
from bot import logs
from bot.app.acquaintance import keep_acquainted
from bot.app.lock import Held, Lock
from bot.app.running import Running, serve
from bot.app.server import PortTaken, addresses, listening
from bot.cli.housing import house
from bot.cli.opening import alone, conversations, opened
from bot.cli.terminal import DONE, FAILED, Stopped, ends, settings, terminal
from bot.clock import SystemClock
from bot.commands import catalogue
from bot.config import Settings
from bot.later import for_good
from bot.operations.appointing import appoint
from bot.outbox import Pace
from storage import beside

Part = Callable[[], Awaitable[None]]


@ends
def run(config: Path | None, *, verbose: bool) -> int:
    """Serves until it is stopped."""
    given = settings(config)
    logs.configure("DEBUG" if verbose else "INFO", given.secrets())
    try:
        with alone(given) as lock:
            return asyncio.run(_served(given, lock))
    except Held as held:
        raise Stopped("run-runs", address=held.note or "?") from None
    except PortTaken as taken:
        raise Stopped("run-port", code=FAILED, host=taken.host, port=str(taken.port), reason=taken.reason) from None


async def _served(given: Settings, lock: Lock | None) -> int:
    running = Running(opened(given), given.core(), SystemClock())
    with _web(running, given) as (routes, parts):
        with for_good():
            more, others = _connect(running, given)
        routes, parts = [*routes, *more], {**parts, **others}
        server = given.server
        bound = listening(server.host, server.port, exact=given.port_chosen)
        await appoint(running.store, running.workplace)
        await serve(running, bound, routes, parts, lambda: _tell(given, bound, lock))
    return DONE


def _connect(running: Running, given: Settings) -> tuple[list[BaseRoute], dict[str, Part]]:
    """Every messenger that has a section, among the running ones: the routes they want, and what knows their people."""
    routes: list[BaseRoute] = []
    parts: dict[str, Part] = {}
    for name in given.messengers:
        built: Connected = messenger(name).build(getattr(given, name), running.clock)
        if isinstance(built, Keeping):
            built.keep_in(beside(given.database.url.get_secret_value()))
        running.messengers[name] = built
        running.paces[name] = Pace(*built.pace, built.remembers, built.spread)
        running.translating |= {name} if built.translates else set()
        routes += built.routes
        parts[f"{name} people"] = partial(
            keep_acquainted, running.store, running.workplace, running.clock, built, built.news
        )
    return routes, parts


@contextmanager
def _web(running: Running, given: Settings) -> Iterator[tuple[Sequence[BaseRoute], dict[str, Part]]]:
    """The web workplace among the messengers, where it is on: its routes, and what keeps its people up to date."""
    if not given.web.enabled:
        yield (), {}
        return
    with for_good():
        from adapters.web import WebMessenger
        from adapters.web.guard import LOOPBACK as OWN_NAMES

    token = given.web.access_token.get_secret_value().strip()
    with closing(conversations(archive_path(given))) as archive:
        web = WebMessenger(
            archive, running.clock, token=token, hosts=AnyName() if token else OWN_NAMES,
            commands=catalogue, workplace=given.workplace.name,
        )  # fmt: skip
        running.messengers[web.name] = web
        yield web.routes, {"web people": lambda: house(running.store, running.workplace, web.renew)}


class AnyName(frozenset[str]):
    """Behind the access token a workplace may be called by any name: the token's cookie belongs to that name alone."""

    def __contains__(self, name: object) -> bool:
        return True


def archive_path(given: Settings) -> Path:
    """The web workplace's conversations stand beside a SQLite database, else in the working directory."""
    file = given.database.file
    return file.with_name(f"{file.stem}-web.db") if file else Path("bihuan-web.db")


def _tell(given: Settings, bound: socket.socket, lock: Lock | None) -> None:
    """Two lines: what and where, and how to stop."""
    address, port = addresses(bound), str(given.server.port)
    if lock:
        lock.note(address)
    text = "run-started" if address.endswith(f":{port}") else "run-started-elsewhere"
    terminal.mention(
        text if given.web.enabled else "run-started-headless", name=given.workplace.name, address=address, port=port
    )
    terminal.mention("run-stop")
