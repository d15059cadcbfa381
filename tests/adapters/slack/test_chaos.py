"""Twenty-five times kill -9 while commands and messages arrive: nothing that was acknowledged is lost, nothing sent twice."""

import asyncio
import random
import signal
import sqlite3
from collections import Counter
from dataclasses import dataclass, field

import pytest

from adapters.slack.outgoing import key_of
from tests.adapters.slack.office import app
from tests.adapters.slack.test_running import bihuan, configured
from tests.adapters.started import address_of
from tests.simulators.slack import Colleague, Workspace

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

KILLS = {"socket": 13, "http": 12}
LIFE = (0.1, 0.7)
"""Seconds that the bot lives after it has connected."""
QUIET = 1.0


@dataclass
class Traffic:
    """Somebody who types commands and somebody who writes messages, for as long as it goes on; `sure` are the items
    whose recording was acknowledged: a command's by its answer, a message's by Slack's own acknowledgement."""

    workspace: Workspace
    ann: Colleague
    kim: Colleague
    sure: set[str] = field(default_factory=set)
    sent: int = 0
    over: bool = False

    async def commands(self) -> None:
        while not self.over:
            title = self._title("typed")
            done = await self.ann.types(f"/action add {title} @Bo by 2030-11-29")
            if done.acknowledged and "recorded" in str(done.body):
                self.sure.add(title)
            await asyncio.sleep(0.08)

    async def messages(self) -> None:
        """Unacknowledged ones come again from Slack's side, and are looked at in the end."""
        while not self.over:
            await self.kim.says(f"new {self._title('said')} @Kim by 2030-11-29")
            await asyncio.sleep(0.2)

    def acknowledged_messages(self) -> set[str]:
        brought = [one for one in self.workspace.deliveries("message") if one.payload["event"]["user"] == self.kim.id]
        return {one.payload["event"]["text"].split()[1] for one in brought if one.acknowledged}

    def _title(self, kind: str) -> str:
        self.sent += 1
        return f"{kind}-{self.sent}"


@pytest.mark.parametrize(("mode", "kills"), KILLS.items())
async def test_kills_lose_nothing_acknowledged_and_send_nothing_twice(tmp_path, mode, kills):
    workspace = Workspace(app=app(mode))
    workspace.unverified.resend_after = (0.5,) * 20
    workspace.slack.pace.off()  # so many starts in a minute are nothing that Slack would let pass
    people = [workspace.hires(name, name.title(), locale="en-GB") for name in ("ann", "bo", "kim")]
    bo = people[1]
    traffic = Traffic(workspace, people[0], people[2])
    lots = random.Random(7)
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url, signed(workspace) if mode == "http" else "")
        coming = [asyncio.create_task(traffic.commands()), asyncio.create_task(traffic.messages())]
        for _ in range(kills):
            async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
                await heard(workspace, process)
                await asyncio.sleep(lots.uniform(*LIFE))
                process.send_signal(signal.SIGKILL)
                await process.wait()
            workspace.slack.sockets.drops()
        traffic.over = True
        await asyncio.gather(*coming)
        async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
            await heard(workspace, process)
            await settled(workspace, tmp_path)
    recorded, pending, integrity = kept(tmp_path)
    sure = traffic.sure | traffic.acknowledged_messages()
    assert integrity == "ok"
    assert len(sure) > kills, "too little happened to show anything"
    assert sure - recorded.keys() == set(), "acknowledged and lost"
    assert [title for title, times in recorded.items() if times > 1] == []
    keys = Counter(key for one in workspace.direct(bo.user).messages if (key := key_of({"metadata": one.metadata})))
    assert [key for key, times in keys.items() if times > 1] == [], "sent twice"
    assert pending == 0
    assert len(keys) == sum("typed" in title for title in recorded), "each of Bo's items was told once"
    print(f"{traffic.sent} sent, {len(sure)} acknowledged, {sum(recorded.values())} recorded, {len(keys)} messages")


def signed(workspace: Workspace) -> str:
    """What the section needs for the HTTP mode."""
    return f'mode = "http"\nsigning_secret = "{workspace.app.signing_secret}"\n'


async def heard(workspace: Workspace, process: asyncio.subprocess.Process) -> None:
    """Until the bot hears: it has a socket, or has said where its door is."""
    if workspace.app.socket_mode:
        await workspace.slack.sockets.connected(1, within=30)
        return
    address = await address_of(process)
    workspace.slack.door.url = f"{address}/slack/events"


async def settled(workspace: Workspace, folder) -> None:
    """Until Slack has nothing left to bring again and the outbox nothing left to send."""
    still = 0.0
    for _ in range(1_200):
        await asyncio.sleep(0.1)
        busy = len(workspace.slack.agenda) or kept(folder)[1]
        still = 0.0 if busy else still + 0.1
        if still >= QUIET:
            return


def kept(folder) -> tuple[Counter, int, str]:
    """Items by title, rows that wait, and SQLite's own verdict."""
    with sqlite3.connect(folder / "shop.db", timeout=10) as file:
        titles = Counter(text for (text,) in file.execute("SELECT text FROM actions"))
        pending = file.execute("SELECT count(*) FROM outbox WHERE fate = 'pending'").fetchone()[0]
        return titles, pending, file.execute("PRAGMA integrity_check").fetchone()[0]
