"""RELIABILITY C2b: a bot killed while sixteen write: whatever was acknowledged is there, whole, and the file is sound."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from storage import open_store
from tests.contracts.stored.making import item

WRITER = """
import asyncio, os, sys
from storage import open_store
from tests.contracts.stored.transactions import everything

async def main():
    store = open_store(sys.argv[1])
    async def caller(name):
        for number in range(1_000_000):
            await store.write(lambda records: everything(records, name * 1_000_000 + number))
            os.write(1, f"{name * 1_000_000 + number}\\n".encode())
    await asyncio.gather(*(caller(name) for name in range(16)))

asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.05, 0.2, 0.35, 0.5, 0.8])
async def test_nothing_acknowledged_is_lost_to_a_kill(file, after):
    acknowledged = write_until_killed(f"sqlite:///{file}", after)
    assert acknowledged, "killed before anything was written says nothing"
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        texts = {int(row[0]) for row in connection.execute("SELECT text FROM actions")}
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("actions", "history", "alarms", "outbox", "outbox_subjects", "inbox", "settings")
        }
    assert acknowledged <= texts
    # Each command wrote one of each: one without the others would be half a transaction.
    assert set(counts.values()) == {len(texts)}
    store = open_store(f"sqlite:///{file}")
    assert (await store.write(lambda records: records.actions.add(item()))).number > len(acknowledged)
    await store.close()


def write_until_killed(url: str, after: float) -> set[int]:
    """What a child process was told to be kept before it was killed, `after` seconds from its first word."""
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    child = subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, env=environment)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read()
    child.stdout.close()
    child.wait()
    lines = (first + rest).split(b"\n")
    # The last piece has no end of line: the child died in the middle of saying it.
    return {int(line) for line in lines[:-1]}
