"""The parts of a running workplace by themselves: the watch, the lock, the socket, the kept clock, the figures."""

import asyncio
import resource
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.lock import Held, Lock
from bot.app.metrics import Metrics, lateness
from bot.app.server import MOST_OPEN, PortTaken, addresses, listening, room_for_connections, room_in, wanted_of
from bot.app.timemachine import KeptClock, Machine
from bot.app.watch import Watch

ROOT = Path(__file__).resolve().parents[2]


async def test_a_part_that_fails_is_said_and_started_again():
    watch, starts = Watch(), []

    async def part():
        starts.append(1)
        if len(starts) == 1:
            raise OSError("the cable is out")
        await asyncio.Event().wait()

    watch.start("ear", part)
    await until(lambda: bool(watch.faults))
    assert "the cable is out" in watch.faults["ear"]
    await until(lambda: len(starts) == 2 and not watch.faults)
    await watch.stop()


async def test_a_part_that_only_ends_is_a_fault_too():
    watch = Watch()

    async def part():
        return

    watch.start("ear", part)
    await until(lambda: bool(watch.faults))
    assert watch.faults == {"ear": "ear ended"}
    await watch.stop()


async def test_stopping_lets_every_part_finish_what_it_must():
    watch, ended = Watch(), []

    async def part():
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)
            ended.append(1)

    for name in ("one", "two"):
        watch.start(name, part)
    await asyncio.sleep(0.01)
    await watch.stop()
    assert (ended, watch.faults) == ([1, 1], {})


def test_a_lock_is_one_processs_and_says_whose(tmp_path):
    with Lock(tmp_path / "lock") as lock:
        lock.note("http://127.0.0.1:8080, a long address")
        lock.note("http://x")
        with pytest.raises(Held) as held:
            Lock(tmp_path / "lock")
        assert held.value.note == "http://x"
    assert (tmp_path / "lock").read_text() == ""
    with Lock(tmp_path / "lock"), pytest.raises(Held) as held:
        Lock(tmp_path / "lock")
    assert held.value.note == ""


def test_the_next_free_port_or_the_one_that_was_asked_for():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with listening("127.0.0.1", port, exact=False) as other:
            assert port < other.getsockname()[1] < port + 50
            assert addresses(other) == f"http://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(PortTaken) as refused:
            listening("127.0.0.1", port, exact=True)
        assert (refused.value.host, refused.value.port) == ("127.0.0.1", port)


def test_an_address_that_is_not_this_machines():
    with pytest.raises(PortTaken):
        listening("192.0.2.1", 8080, exact=False)


def test_files_are_left_for_messengers_however_many_connect():
    """The usual 1,024 files are raised as far as the system allows; what it does not allow is not taken from the rest."""
    for hard, room in ((256, 128), (1_024, 624), (524_288, MOST_OPEN), (resource.RLIM_INFINITY, MOST_OPEN)):
        assert room_in(wanted_of(hard)) == room
    assert room_for_connections() == room_in(resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def test_a_kept_clock_goes_on_in_every_process_that_reads_it(tmp_path):
    one, other = KeptClock(tmp_path / "clock", Still()), KeptClock(tmp_path / "clock", Still())
    assert one.now() == other.now() == Still.moment
    one.advance_to(Still.moment + timedelta(days=7))
    assert other.now() == Still.moment + timedelta(days=7)
    assert KeptClock(tmp_path / "clock", Still()).now() == other.now()
    with pytest.raises(ValueError, match="forward"):
        other.advance_to(Still.moment)
    assert one.now() == Still.moment + timedelta(days=7)


def test_figures_are_told_as_prometheus_reads_them():
    metrics = Metrics()
    metrics.observe("action add", "done", 0.004)
    metrics.observe("action add", "refused", 0.2)
    lines = metrics.text().decode().splitlines()
    assert 'bihuan_commands_total{command="action add",outcome="done"} 1.0' in lines
    assert 'bihuan_command_seconds_bucket{le="0.005"} 1.0' in lines
    assert "bihuan_command_seconds_count 2.0" in lines
    assert any(line.startswith("bihuan_build_info{version=") for line in lines)


@pytest.mark.parametrize(("due", "late"), [(None, 0), (timedelta(hours=1), 0), (timedelta(seconds=-90), 90)])
def test_lateness(due, late):
    now = Still.moment
    assert lateness(now + due if due else None, now) == late


class Still:
    moment = datetime(2026, 11, 18, 2, tzinfo=UTC)

    def now(self):
        return self.moment


async def until(holds, seconds=10.0):
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


def test_a_lock_goes_with_its_process(tmp_path):
    """A process that was killed holds nothing."""
    script = "import sys, time; from bot.app.lock import Lock; from pathlib import Path; kept = Lock(Path(sys.argv[1])); print(1, flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "lock")], stdout=subprocess.PIPE, cwd=ROOT)
    assert holder.stdout is not None
    holder.stdout.read(1)
    with pytest.raises(Held):
        Lock(tmp_path / "lock")
    holder.kill()
    holder.communicate()
    Lock(tmp_path / "lock").close()


@pytest.mark.parametrize("lapse", [timedelta(seconds=-1), timedelta(days=367), timedelta(days=2_900_000)])
async def test_the_time_machine_goes_neither_back_nor_to_the_end_of_time(tmp_path, lapse):
    """What lies on the way is lived through, morning by morning; a clock at the year 9999 could never be read again."""
    clock = KeptClock(tmp_path / "clock", Still())
    reached = []

    async def live_until(moment):
        reached.append(moment)

    machine = Machine(clock, live_until)
    with pytest.raises(ValueError, match="by a year at most"):
        await machine.move(Still.moment + lapse)
    assert (clock.now(), reached) == (Still.moment, [])
    await machine.move(Still.moment + timedelta(days=366))
    assert reached == [Still.moment + timedelta(days=366)]
