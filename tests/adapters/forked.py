"""The command line in processes of their own that need no start: for whoever asks what `bihuan check` finds, thirty times,
and for whoever kills a `run` again and again (warm.py).

    async with forked("check", "--config", str(file), folder=tmp_path, loads="adapters.slack.client") as process:
        out, errors = await process.communicate()

One process for each of pytest's loads what a start loads and does nothing else: no thread, no loop, no database. For each
call it forks; the child is the real command line, with pipes, a folder and an end of its own. Nine tenths of such a test were
Python's start. One `run` and one `check` of each messenger still start as a shell starts them, and so does tests/cli.
"""

import array
import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.adapters.started import ROOT, SURROUNDINGS

LOADED = (
    "bot.__main__", "bot.cli.run", "bot.cli.check", "bot.texts", "fluent.runtime", "babel", "storage.sqlite", "uvicorn",
    "uvicorn.protocols.http.httptools_impl", "uvicorn.lifespan.on", "chinese_calendar",
)  # fmt: skip
MOST = 65_536
PATIENCE = 30.0


class Forked:
    """What asyncio.subprocess.Process is to whoever reads it, signals it and waits for it."""

    def __init__(
        self, pid: int, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader, fate: asyncio.StreamReader
    ) -> None:
        self.pid, self.stdout, self.stderr = pid, stdout, stderr
        self._ended = asyncio.create_task(_read_code(fate))

    @property
    def returncode(self) -> int | None:
        """As subprocess has it: minus the signal's number for who was killed by one."""
        return self._ended.result() if self._ended.done() else None

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    async def wait(self) -> int:
        return await asyncio.shield(self._ended)

    async def communicate(self) -> tuple[bytes, bytes]:
        """What it has yet to say, and its end."""
        out, errors = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return out, errors


@asynccontextmanager
async def forked(*words: str, folder: Path, loads: str) -> AsyncIterator[Forked]:
    """`bihuan` with these words in that folder, stopped as a service manager does. `loads`: the module that the
    configuration would load, loaded before the fork."""
    process = await begun(words, folder, (loads,))
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def begun(words: tuple[str, ...], folder: Path, loads: tuple[str, ...]) -> Forked:
    """As `forked`; whoever calls it sees to its end."""
    asked = json.dumps({"words": words, "folder": str(folder), "loads": loads})
    pipes = [os.pipe() for _ in range(3)]
    ours, theirs = zip(*pipes, strict=True)
    _send(_forker(), asked.encode(), theirs)
    for end in theirs:
        os.close(end)
    out, errors, fate = [await _reader(end) for end in ours]
    return Forked(int(await fate.readline()), out, errors, fate)


async def _reader(end: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(end, "rb", 0)
    )
    return reader


async def _read_code(fate: asyncio.StreamReader) -> int:
    return int(await fate.read())


@cache
def _forker() -> socket.socket:
    """The way to this process's forker, which ends with it."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "tests.adapters.forked", str(theirs.fileno())]
    process = subprocess.Popen(command, cwd=ROOT, env=SURROUNDINGS, pass_fds=[theirs.fileno()])
    theirs.close()
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def _send(way: socket.socket, asked: bytes, ends: tuple[int, ...]) -> None:
    way.sendmsg([asked], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", ends))])


def serve(way: socket.socket) -> None:
    """A child for each request, until whoever asks has gone."""
    load(*LOADED)
    while True:
        asked, ends, _, _ = socket.recv_fds(way, MOST, 3)
        if not asked:
            return
        request = json.loads(asked)
        load(*request["loads"])
        if os.fork() == 0:
            way.close()
            _watched(request["words"], request["folder"], *ends)
            return
        for end in ends:
            os.close(end)
        _reap()


def load(*names: str) -> None:
    """Imports them and waits for the threads that some of them begin: who is forked beside one may inherit a lock that
    nobody opens."""
    for name in names:
        import_module(name)
    for thread in set(threading.enumerate()) - {threading.main_thread()}:
        thread.join(PATIENCE)


def _reap() -> None:
    """Those who have ended by now; the others later, so that what they cost is known to whoever waits for us."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _watched(words: list[str], folder: str, out: int, errors: int, fate: int) -> None:
    """Forks once more: one becomes the command line, the other says who that is and, at the end, how it ended."""
    child = os.fork()
    if child == 0:
        os.close(fate)
        _become(words, folder, out, errors)
        return
    os.write(fate, f"{child}\n".encode())
    for end in (out, errors):
        os.close(end)
    _, status = os.waitpid(child, 0)
    os.write(fate, str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(words: list[str], folder: str, out: int, errors: int) -> None:
    """The command line, as `bihuan` is called."""
    from bot.__main__ import main

    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    for end, place in ((out, 1), (errors, 2)):
        os.dup2(end, place)
        os.close(end)
    # As Python opens them for pipes; the forker's own may stand on a file.
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    os.chdir(folder)
    sys.argv = ["bihuan", *words]
    main()


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as way:
        serve(way)
