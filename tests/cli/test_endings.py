"""However a workplace ends while people work, what was acknowledged is there, once: SIGTERM, and kill -9 twenty-five times.

The people are pages as ours are: what was not acknowledged is sent again under the same id. What they are told
afterwards (requests to the owner) is checked too: one for each item, none twice.
"""

import asyncio
import random
import re
import signal
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import closing
from functools import partial

import pytest

from tests.adapters.warm import Warm, leases_run_out, warm
from tests.cli.client import Persistent
from tests.cli.conftest import Shop, started

pytestmark = pytest.mark.slow

PEOPLE = "name,email,language\nAnn,ann@example.com,en\nBo,bo@example.com,en\nCy,cy@example.com,en\n"
KILLS, STOPS = 25, 4
TITLE = r"item [0-9a-f]{24}"
TO_THE_WEB = "SELECT body FROM messages WHERE author = 'bihuan' AND key LIKE 'post:%'"


class Mortal:
    """`bihuan run` in a folder, on one port, that is ended and started again. `bot` forks it (tests/adapters/warm.py)."""

    def __init__(self, shop: Shop) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        # Never quiet: the owners' requests go out at once, whatever the hour.
        shop.configures(
            f'server.port = {self.port}\nworkplace.quiet = "00:00-00:00"\nworkplace.workday = "Mon-Sun 09:00-18:00"'
        )
        people = shop.folder / "people.csv"
        people.write_text(PEOPLE)
        assert shop.types("import", "people", str(people), "--yes").exit_code == 0
        self.shop = shop
        self.bot: Warm | None = None
        self.ended: list[float] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def is_killed(self, after: float) -> None:
        """Starts, answers for so long, is gone."""
        assert self.bot is not None
        await self.bot.starts("run", "--config", str(self.shop.config))
        assert await self.bot.address() == self.address
        await asyncio.sleep(after)
        await self.bot.killed()

    async def lives(self, until: Callable[[], Awaitable[object]]) -> None:
        """Starts, answers for so long, is asked to end, and does."""
        process = await asyncio.to_thread(started, "run", "--config", str(self.shop.config), folder=self.shop.folder)
        assert process.stdout is not None
        assert self.address in await asyncio.to_thread(process.stdout.readline)
        await until()
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.to_thread(process.communicate, timeout=30)
        self.ended.append(time.monotonic() - begun)
        assert process.returncode == 0, errors
        assert "Traceback" not in errors, errors


async def work_through(mortal: Mortal, ends: Sequence[Callable[[], Awaitable[None]]]) -> list[Persistent]:
    """Three people work while the process lives and dies; then all that is left is said and delivered."""
    people = [Persistent(f"p{n}", owner, lambda: mortal.address) for n, owner in ((1, "Bo"), (2, "Cy"), (3, "Ann"))]
    stop = asyncio.Event()
    working = [asyncio.create_task(one.work(stop)) for one in people]
    for end in ends:
        await end()
    stop.set()
    leases_run_out(mortal.shop.database)

    async def all_is_told() -> None:
        await asyncio.gather(*working)
        for _ in range(600):
            if not waiting(mortal):
                return
            await asyncio.sleep(0.05)

    await mortal.lives(all_is_told)
    return people


async def killed(mortal: Mortal, moments: Iterable[float]) -> list[Persistent]:
    async with warm(mortal.shop.folder, "adapters.web") as mortal.bot:
        return await work_through(mortal, [partial(mortal.is_killed, after) for after in moments])


async def stopped(mortal: Mortal, moments: Iterable[float]) -> list[Persistent]:
    return await work_through(mortal, [partial(mortal.lives, partial(asyncio.sleep, after)) for after in moments])


def waiting(mortal: Mortal) -> int:
    """Notices that nobody has been told yet."""
    with closing(sqlite3.connect(mortal.shop.database)) as db:
        found: int = db.execute("SELECT count(*) FROM outbox WHERE fate = 'pending'").fetchone()[0]
        return found


def check(mortal: Mortal, people: list[Persistent]) -> None:
    acknowledged = Counter(title for one in people for title in one.said)
    with sqlite3.connect(mortal.shop.database) as db:
        kept = Counter(text for (text,) in db.execute("SELECT text FROM actions"))
        made = dict(db.execute("SELECT subject, count(*) FROM history WHERE verb = 'add' GROUP BY subject"))
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert set(acknowledged.values()) == {1}
    assert acknowledged - kept == Counter(), "acknowledged and lost"
    assert kept - acknowledged == Counter(), "kept twice, or by nobody's word"
    assert set(made.values()) == {1}
    assert len(made) == len(kept)
    with sqlite3.connect(mortal.shop.folder / "shop-web.db") as db:
        told = Counter(re.findall(TITLE, " ".join(body for (body,) in db.execute(TO_THE_WEB))))
    assert told.keys() == kept.keys(), "an owner who is never asked"
    assert set(told.values()) == {1}, "an owner who was asked twice"


@pytest.mark.timeout(180)
def test_killed_twenty_five_times_nothing_acknowledged_is_lost_and_nothing_is_there_twice(shop):
    chance = random.Random(7)
    mortal = Mortal(shop)
    people = asyncio.run(killed(mortal, [chance.uniform(0.0, 0.5) for _ in range(KILLS)]))
    check(mortal, people)
    assert sum(one.resent for one in people) >= KILLS, "nobody was ever interrupted"


@pytest.mark.timeout(120)
def test_stopped_while_commands_arrive_it_ends_in_time_with_all_it_began(shop):
    mortal = Mortal(shop)
    people = asyncio.run(stopped(mortal, [0.4] * STOPS))
    check(mortal, people)
    assert max(mortal.ended) < 10
