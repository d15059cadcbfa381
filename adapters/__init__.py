"""The messengers by name, each imported only when it is used: a workplace pays for no SDK that it does not need.

A package that connects to a messenger of somebody else's offers `build(section, clock)`, a Connected of its section of
the configuration, and `examine(section, clock)`, what `bihuan check` says of it; `examine_kept` where it keeps something.
docs/messengers.md says how one is added.
"""

import asyncio
import gc
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct, field
from starlette.routing import BaseRoute

from bot.clock import Clock
from bot.messenger import Messenger
from bot.people import Hidden, Unseen

OWN = ("web", "shell")
"""The messengers that are nobody else's: people have accounts in them, and no section connects them."""
LATER = ("slack",)
"""Those that load aiohttp when they first call; the others load it with their first line."""
PLACES_SHOWN = 5
"""Departments that are named where more are hidden for one reason."""


@runtime_checkable
class Connected(Messenger, Protocol):
    """A messenger that the running application serves: `routes` to mount, `pace`, most messages a second to one
    conversation and over all, `news`, set when somebody has come to its directory or gone, `remembers`, how long the
    other side knows a message's key (None: what became of a doubtful try can be found out at any time), `translates`,
    whether each reader's own client chooses among a room card's `readings`, `spread`, over how long what is set for a full
    or half hour goes out (0: at once)."""

    news: asyncio.Event
    remembers: timedelta | None
    translates: bool
    spread: timedelta

    @property
    def routes(self) -> Sequence[BaseRoute]: ...

    @property
    def pace(self) -> tuple[float, float]: ...

    async def close(self) -> None:
        """Lets its connections go, for who asked without listening."""
        ...


@runtime_checkable
class Keeping(Protocol):
    """A messenger that keeps something of its own in the workplace's database: it is given SQLAlchemy's engine before
    anything else is asked of it, also its routes."""

    def keep_in(self, engine: Any) -> None: ...


@runtime_checkable
class ExaminesKept(Protocol):
    """The package of such a messenger: what `bihuan check` says of what is kept, in the database that is there."""

    async def examine_kept(self, section: Any, clock: Clock, engine: Any) -> "list[Finding]": ...


class Finding(Struct, frozen=True):
    """What an examination found: catalogue entry `text` (check-messenger-…, hidden-…) with `args`; a `fault` keeps it from
    working, anything else is worth knowing."""

    text: str
    args: dict[str, str] = field(default_factory=dict)
    fault: bool = True


def unseen(name: str, hidden: Iterable[Hidden]) -> list[Finding]:
    """What a directory does not show, for reading: one line for each kind and reason, with where."""
    places: dict[tuple[Unseen, str], list[str]] = {}
    for one in hidden:
        places.setdefault((one.what, one.why), []).extend([one.where] if one.where else [])
    return [_unseen(name, what, why, where) for (what, why), where in places.items()]


def _unseen(name: str, what: Unseen, why: str, places: Sequence[str]) -> Finding:
    """In marks that every language has: the first few places, and how many there are."""
    more = [f"… ({len(places)})"] if len(places) > PLACES_SHOWN else []
    where = " · ".join([*places[:PLACES_SHOWN], *more])
    args = {"name": name, "why": why, "places": "some" if places else "none", "where": where}
    return Finding(f"hidden-{what}", args, fault=False)


def messenger(name: str) -> ModuleType:
    """The package of a messenger that has a section (sections.py)."""
    package = f"adapters.{name}"
    return import_module(package) if name in LATER else outbound(package)


def outbound(module: str) -> ModuleType:
    """The module, of those that call others by aiohttp. Raises what importing it raises."""
    import_module("adapters.outward")  # before somebody else loads aiohttp
    return import_module(module)


async def loaded(module: str) -> ModuleType:
    """The module, loaded beside the loop if it is not yet: for what a messenger needs only when it calls, or is answered.

    Raises what importing it raises."""
    return await asyncio.to_thread(_loaded, module)


def _loaded(module: str) -> ModuleType:
    with _loading, _beside_the_loop():
        return outbound(module)


_loading = threading.Lock()
_TURN = 0.0005
"""Seconds until a thread that loads lets the loop have its turn. With Python's own five milliseconds a start is not ready
sooner than if everything had been loaded before it, for it asks for the turn a dozen times."""


@contextmanager
def _beside_the_loop() -> Iterator[None]:
    """What is loaded is no garbage, so the collector rests as it does while a start loads the rest."""
    turn, collecting = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_TURN)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        if collecting:
            gc.enable()
