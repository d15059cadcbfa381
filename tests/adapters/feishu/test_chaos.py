"""Twenty-five times kill -9 while messages arrive: nothing that was acknowledged is lost, nothing sent twice."""

import asyncio
import json
import random
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.adapters.feishu.office import app
from tests.adapters.feishu.test_running import configured
from tests.adapters.started import bihuan
from tests.adapters.warm import leases_run_out, warm
from tests.simulators.feishu import Colleague, Tenant

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

KILLS = 25
LIFE = (0.1, 0.7)
"""Seconds that the bot lives after it has connected."""
QUIET = 1.0


@dataclass
class Traffic:
    """Somebody who writes to the bot and somebody who presses, for as long as it goes on; `sure` are the items whose
    message Feishu saw acknowledged, and `pressed` those whose press was answered as done."""

    tenant: Tenant
    ann: Colleague
    kim: Colleague
    sent: int = 0
    over: bool = False

    async def messages(self, who: Colleague, owner: str) -> None:
        """Unacknowledged ones come again from Feishu's side."""
        while not self.over:
            self.sent += 1
            await who.says(f"add said-{self.sent} @{owner} by 2030-11-29")
            await asyncio.sleep(0.1)

    def acknowledged(self) -> set[str]:
        brought = self.tenant.deliveries("im.message.receive_v1")
        return {_title(one.payload) for one in brought if one.acknowledged}


def _title(payload: dict) -> str:
    found: str = json.loads(payload["event"]["message"]["content"])["text"].split()[1]
    return found


async def test_kills_lose_nothing_acknowledged_and_send_nothing_twice(tmp_path):
    tenant = Tenant(app=app())
    tenant.unverified.redelivered_after = (0.5,) * 40
    tenant.pace.off()
    people = [tenant.hires(name, language="en_us") for name in ("Ann", "Bo", "Kim")]
    bo = people[1]
    traffic = Traffic(tenant, people[0], people[2])
    lots = random.Random(7)
    async with tenant.serving() as url:
        file = configured(tmp_path, tenant, url)
        async with warm(tmp_path, "adapters.feishu.client") as bot:
            await bot.meets("Kim", "run", "--config", str(file))
            coming = [
                asyncio.create_task(traffic.messages(traffic.ann, "Bo")),
                asyncio.create_task(traffic.messages(traffic.kim, "Kim")),
            ]
            for _ in range(KILLS):
                await bot.starts("run", "--config", str(file))
                await tenant.connected(1, within=30)
                await asyncio.sleep(lots.uniform(*LIFE))
                await bot.killed()
                tenant.sockets.drops()
                leases_run_out(tmp_path / "shop.db")
        traffic.over = True
        await asyncio.gather(*coming)
        async with bihuan("run", "--config", str(file), folder=tmp_path):
            await tenant.connected(2, within=30)
            await settled(tenant, tmp_path)
    recorded, pending, integrity = kept(tmp_path)
    sure = traffic.acknowledged()
    assert integrity == "ok"
    assert len(sure) > KILLS, "too little happened to show anything"
    assert sure - recorded.keys() == set(), "acknowledged and lost"
    assert [title for title, times in recorded.items() if times > 1] == []
    told = Counter(
        one.uuid for one in bo.bot_chat.messages if one.sender == tenant.app.id and "is yours" in str(one.card)
    )
    titles = Counter(
        re.findall(r"said-\d+", str([one.card for one in bo.bot_chat.messages if "is yours" in str(one.card)]))
    )
    assert [key for key, times in told.items() if times > 1] == [], "sent twice"
    assert pending == 0
    assert titles.keys() == {title for title in recorded if title in owned_by_bo(tenant)}, "each of Bo's items was told"
    print(f"{traffic.sent} sent, {len(sure)} acknowledged, {sum(recorded.values())} recorded, {len(told)} messages")


def owned_by_bo(tenant: Tenant) -> set[str]:
    ann = next(one for one in tenant.users.values() if one.name == "Ann")
    brought = tenant.deliveries("im.message.receive_v1")
    return {
        _title(one.payload) for one in brought if one.payload["event"]["sender"]["sender_id"]["open_id"] == ann.open_id
    }


async def settled(tenant: Tenant, folder) -> None:
    """Until Feishu has nothing left to bring again and the outbox nothing left to send."""
    still = 0.0
    for _ in range(1_200):
        await asyncio.sleep(0.1)
        busy = len(tenant.agenda) or kept(folder)[1]
        still = 0.0 if busy else still + 0.1
        if still >= QUIET:
            return


def kept(folder) -> tuple[Counter, int, str]:
    """Items by title, rows that wait, and SQLite's own verdict."""
    with sqlite3.connect(folder / "shop.db", timeout=10) as file:
        titles = Counter(text for (text,) in file.execute("SELECT text FROM actions"))
        pending = file.execute("SELECT count(*) FROM outbox WHERE fate = 'pending'").fetchone()[0]
        return titles, pending, file.execute("PRAGMA integrity_check").fetchone()[0]
