"""From the shell to the first answer, and the memory it takes: processes of their own, started one after another."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median

import psutil

from tests.benchmarks import slack
from tests.benchmarks.figures import Table, Took, met, ratio, rounds, typical

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
EMPTY = "an empty web server (starlette, uvicorn)"
BARE = """
import socket, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
app = Starlette(routes=[Route("/readyz", lambda request: PlainTextResponse("ready"))])
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False)
"""

SLACK_ALONE = """
database.url = "sqlite:///{folder}/slack.db"
web.enabled = false
slack = {{ mode = "http", bot_token = "xoxb-benchmark", signing_secret = "benchmark", api_url = "{api}" }}
"""

Start = tuple[float, float, float]
"""Seconds to the first good answer, the processor's seconds by then, and the resident memory in MB a second later, when
what is loaded beside the loop is there too."""
SETTLED = 1.0


def run(folder: Path, *, quick: bool) -> list[Table]:
    """Servers until /readyz is 200, commands until they end."""
    with slack.answering() as api:
        return _run(folder, api, quick=quick)


def _run(folder: Path, api: str, *, quick: bool) -> list[Table]:
    config = folder / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite:///{folder}/run.db"\n', encoding="utf-8")
    alone = folder / "slack.toml"
    alone.write_text(SLACK_ALONE.format(folder=folder, api=api), encoding="utf-8")
    bihuan = [sys.executable, "-m", "bot"]
    served = partial(_served, folder, settling=0.0 if quick else SETTLED)
    servers: dict[str, Callable[[], Start]] = {
        EMPTY: lambda: served([sys.executable, "-c", BARE, "{port}"]),
        "bihuan run, web only": lambda: served([*bihuan, "run", "--config", str(config)]),
        "bihuan run, Slack alone": lambda: served([*bihuan, "run", "--config", str(alone)]),
        "bihuan demo": lambda: served([*bihuan, "demo", "--data", str(folder / "demo"), "--port", "{port}"]),
    }
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "bihuan --help": [*bihuan, "--help"],
        "import bot.dispatch, storage": [sys.executable, "-c", "import bot.dispatch, storage"],
    }
    first = {name: start() for name, start in servers.items()}
    again = {name: [start] for name, start in first.items()} if quick else rounds(5, servers)
    return [_servers(again, first), _commands(rounds(1 if quick else 5, _ended(commands, folder)))]


def _servers(found: dict[str, list[Start]], first: dict[str, Start]) -> Table:
    table = Table(
        "Start to ready, and memory",
        (
            "process",
            "the very first, s",
            "ready after s",
            "CPU s",
            "RSS MB",
            "to the empty one",
            "memory to it",
            "target",
            "met",
        ),
        note="The very first start makes the database; `bihuan demo` then makes its sample workplace too. Memory is that of a "
        "second later.",
    )
    floor = [median(one[figure] for one in found[EMPTY]) for figure in range(3)]
    for name, starts in found.items():
        seconds, cpu, memory = (median(one[figure] for one in starts) for figure in range(3))
        made = f"{first[name][0]:.2f}" if name != EMPTY else ""
        judged = ("≤ 0.7 s, ≤ 95 MB", met(seconds <= 0.7, memory <= 95)) if name != EMPTY else ()
        words = (f"{seconds:.2f}", f"{cpu:.2f}", f"{memory:.0f}", ratio(cpu, floor[1]), ratio(memory, floor[2]))
        table.add(name, made, *words, *judged)
    return table


def _commands(found: dict[str, list[Took]]) -> Table:
    table = Table("Commands and imports, to their end", ("process", "s", "CPU s", "to the empty one"))
    floor = typical(next(iter(found.values())))
    for name, each in found.items():
        took = typical(each)
        table.add(name, f"{took.wall:.2f}", f"{took.cpu:.2f}", ratio(took.cpu, floor.cpu))
    return table


def _ended(commands: dict[str, list[str]], folder: Path) -> dict[str, Callable[[], Took]]:
    def one(command: list[str]) -> Took:
        begun, before = time.perf_counter(), os.times()
        subprocess.run(command, cwd=ROOT, env=_environment(0, folder), check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return Took(time.perf_counter() - begun, cpu)

    return {name: partial(one, command) for name, command in commands.items()}


def _served(folder: Path, command: list[str], *, settling: float) -> Start:
    port = _free()
    begun = time.perf_counter()
    with _running([word.replace("{port}", str(port)) for word in command], port, folder) as process:
        while not _ready(port):
            assert process.poll() is None, f"{command} ended with {process.returncode}"
            assert time.perf_counter() - begun < PATIENCE, f"{command} is not ready"
            time.sleep(0.005)
        ready, spent = time.perf_counter() - begun, _spent(process.pid)
        time.sleep(settling)
        return ready, spent, _resident(process.pid)


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=_environment(port, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _environment(port: int, folder: Path) -> dict[str, str]:
    """With bytecode kept, as on every machine that has not forbidden it: else each start compiles our 150 modules anew."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**given, "BIHUAN_SERVER__PORT": str(port or 8080), "XDG_DATA_HOME": str(folder)}


def _free() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _ready(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE) as asked:
        asked.sendall(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return b" 200 " in asked.recv(100)
    return False


def _spent(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _resident(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss / 2**20)
