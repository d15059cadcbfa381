"""Twenty-five times kill -9 while commands and messages arrive: nothing that was acknowledged is lost, nothing sent twice."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.outgoing import key_of
from tests.adapters.slack.office import app
from tests.adapters.slack.test_running import configured
from tests.adapters.started import address_of, bihuan, eventually
from tests.adapters.warm import leases_run_out, warm
from tests.simulators.slack import Colleague, Workspace, faults

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

KILLS = {"socket": 13, "http": 12}
LIFE = (0.1, 0.7)
"""Seconds that the bot lives after it has taken the first of what comes."""
HEARD_LATE = 0.3
"""Seconds between a message standing in Slack and the bot hearing so: most kills fall between the two for some."""
QUIET = 1.0
OWNERS = ("Bo", "Cy", "Di", "El", "Fe")
"""Several: Slack takes a message a second into one conversation, and it is the kills that are to take the time."""
SPEAKERS = ("Kim", "Lou", "May", "Ned")


@dataclass
class Traffic:
    """Commands and messages at their own pace, whether the bot has taken the last one or not, as from many people; `sure` are
    the items whose recording was acknowledged: a command's by its answer, a message's by Slack's own acknowledgement."""

    workspace: Workspace
    ann: Colleague
    speakers: list[Colleague]
    sure: set[str] = field(default_factory=set)
    sent: int = 0
    over: bool = False
    _typed: int = 0

    async def commands(self) -> None:
        await self._at_pace(0.12, self._command)

    async def messages(self) -> None:
        """Unacknowledged ones come again from Slack's side, and are looked at in the end. From several people: what one person
        says is taken in order, so a heap of one person's would wait for itself."""
        await self._at_pace(0.3, self._message)

    def acknowledged_messages(self) -> set[str]:
        ids = {one.id for one in self.speakers}
        brought = [one for one in self.workspace.deliveries("message") if one.payload["event"]["user"] in ids]
        return {one.payload["event"]["text"].split()[1] for one in brought if one.acknowledged}

    async def _at_pace(self, seconds: float, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async with asyncio.TaskGroup() as begun:
            while not self.over:
                begun.create_task(act())
                await asyncio.sleep(seconds)

    async def _command(self) -> None:
        """One for herself, the next for somebody who has to be told."""
        self._typed += 1
        own = self._typed % 2
        title, who = self._title("own" if own else "given"), "Ann" if own else OWNERS[self._typed // 2 % len(OWNERS)]
        done = await self.ann.types(f"/action add {title} @{who} by 2030-11-29")
        if done.acknowledged and "recorded" in str(done.body):
            self.sure.add(title)

    async def _message(self) -> None:
        title = self._title("said")
        who = self.speakers[self.sent % len(self.speakers)]
        await who.says(f"new {title} @{who.user.real_name} by 2030-11-29")

    def _title(self, kind: str) -> str:
        self.sent += 1
        return f"{kind}-{self.sent}"


@pytest.mark.parametrize(("mode", "kills"), KILLS.items())
async def test_kills_lose_nothing_acknowledged_and_send_nothing_twice(tmp_path, mode, kills):
    workspace = Workspace(app=app(mode))
    workspace.unverified.resend_after = (0.5,) * 20
    workspace.slack.pace.off()  # so many starts in a minute are nothing that Slack would let pass
    workspace.faults.always("chat.postMessage", faults.answers_after(HEARD_LATE))
    ann, *others = [workspace.hires(name.lower(), name, locale="en-GB") for name in ("Ann", *OWNERS, *SPEAKERS)]
    owners, speakers = others[: len(OWNERS)], others[len(OWNERS) :]
    traffic = Traffic(workspace, ann, speakers)
    lots = random.Random(7)
    async with workspace.serving() as url:
        file = configured(tmp_path, workspace, url, signed(workspace) if mode == "http" else "")
        async with warm(tmp_path, "adapters.slack.client", "adapters.slack.listeners") as bot:
            await bot.meets(SPEAKERS[-1], "run", "--config", str(file))
            coming = [asyncio.create_task(traffic.commands()), asyncio.create_task(traffic.messages())]
            for _ in range(kills):
                await bot.starts("run", "--config", str(file))
                await heard(workspace, bot.address())
                await asyncio.sleep(lots.uniform(*LIFE))
                await bot.killed()
                workspace.slack.sockets.drops()
                leases_run_out(tmp_path / "shop.db")
        async with bihuan("run", "--config", str(file), folder=tmp_path) as process:
            await heard(workspace, address_of(process))
            traffic.over = True
            await asyncio.gather(*coming)
            await settled(workspace, tmp_path)
    recorded, integrity = kept(tmp_path)
    sure = traffic.sure | traffic.acknowledged_messages()
    assert integrity == "ok"
    assert len(sure) > kills, "too little happened to show anything"
    assert sure - recorded.keys() == set(), "acknowledged and lost"
    assert [title for title, times in recorded.items() if times > 1] == []
    keys = Counter(key for one in owners for key in told(workspace, one))
    assert [key for key, times in keys.items() if times > 1] == [], "sent twice"
    assert pending(tmp_path) == 0
    assert len(keys) == sum("given" in title for title in recorded), "each of the owners' items was told once"
    print(f"{traffic.sent} sent, {len(sure)} acknowledged, {sum(recorded.values())} recorded, {len(keys)} messages")


def told(workspace: Workspace, who: Colleague) -> list[str]:
    """What the bot has written to somebody, by the keys of its messages."""
    found = [key_of({"metadata": one.metadata}) for one in workspace.direct(who.user).messages]
    return [key for key in found if key]


def signed(workspace: Workspace) -> str:
    """What the section needs for the HTTP mode."""
    return f'mode = "http"\nsigning_secret = "{workspace.app.signing_secret}"\n'


async def heard(workspace: Workspace, address: Coroutine[Any, Any, str]) -> None:
    """Until the bot has taken something: it has a socket, or has said where its door is, and listens."""
    before = taken(workspace)
    if workspace.app.socket_mode:
        address.close()
        await workspace.slack.sockets.connected(1, within=30)
    else:
        workspace.slack.door.url = f"{await address}/slack/events"
    await eventually(lambda: taken(workspace) > before, 30)


def taken(workspace: Workspace) -> int:
    return sum(one.acknowledged for one in workspace.deliveries())


async def settled(workspace: Workspace, folder: Path) -> None:
    """Until Slack has nothing left to bring again and the outbox nothing left to send, for a while."""
    still = 0.0
    for _ in range(1_200):
        await asyncio.sleep(0.1)
        still = 0.0 if len(workspace.slack.agenda) or pending(folder) else still + 0.1
        if still >= QUIET:
            return


def pending(folder: Path) -> int:
    """Rows of the outbox that wait."""
    with closing(sqlite3.connect(folder / "shop.db", timeout=10)) as file:
        return int(file.execute("SELECT count(*) FROM outbox WHERE fate = 'pending'").fetchone()[0])


def kept(folder: Path) -> tuple[Counter[str], str]:
    """Items by title, and SQLite's own verdict."""
    with closing(sqlite3.connect(folder / "shop.db", timeout=10)) as file:
        titles = Counter(text for (text,) in file.execute("SELECT text FROM actions"))
        return titles, file.execute("PRAGMA integrity_check").fetchone()[0]
