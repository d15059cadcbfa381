"""`bihuan sync people`: reads now what every messenger's directory shows, and says what that came to and what is hidden."""

import asyncio
from pathlib import Path

from adapters import Connected, Keeping, messenger, unseen
from bot.app.acquaintance import Reading, acquaint
from bot.cli.opening import opened
from bot.cli.terminal import DONE, FAILED, Stopped, ends, settings, terminal
from bot.clock import SystemClock
from bot.config import Settings
from bot.errors import Delivery
from bot.store import Store
from storage import beside


@ends
def sync_people(config: Path | None) -> int:
    """Also while the workplace runs. Exit code 1 when a messenger could not be read; the others are."""
    given = settings(config)
    if not given.messengers:
        raise Stopped("sync-nobody")
    return asyncio.run(_synced(given))


async def _synced(given: Settings) -> int:
    store = opened(given)
    try:
        read = [await _read(given, store, name) for name in given.messengers]
    finally:
        await store.close()
    return DONE if all(read) else FAILED


async def _read(given: Settings, store: Store, name: str) -> bool:
    """One messenger; whether it told."""
    clock = SystemClock()
    built: Connected = messenger(name).build(getattr(given, name), clock)
    if isinstance(built, Keeping):
        built.keep_in(beside(given.database.url.get_secret_value()))
    try:
        _tell(name, await acquaint(store, given.core(), built, clock.now()))
    except Delivery as fault:
        terminal.complain("sync-away", name=name, reason=str(fault))
        return False
    finally:
        await built.close()
    return True


def _tell(name: str, reading: Reading) -> None:
    terminal.say(
        "sync-read", name=name, people=reading.people, departments=reading.departments, new=reading.new,
        gone=reading.gone, arranged=reading.arranged,
    )  # fmt: skip
    for one in unseen(name, reading.hidden):
        terminal.line(f"· {terminal.words(one.text, **one.args)}")
