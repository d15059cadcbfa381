"""Twenty-five times kill -9 while messages arrive and notices go out, on cards and on plain messages: nothing that was
acknowledged is lost; a card is there once; a robot's message is there once or shown as uncertain, never twice."""

import asyncio
import random
import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.adapters.dingtalk.test_running import OWN, configured
from tests.adapters.started import bihuan
from tests.adapters.warm import leases_run_out, warm
from tests.simulators.dingtalk import Colleague, Organisation, faults

pytestmark = [
    pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.skipif(sys.platform == "win32", reason="signals"),
]  # fmt: skip

KILLS = 25
LIFE = (0.2, 1.2)
"""Seconds that the bot lives after it has connected."""
QUIET = 1.5


@dataclass
class Traffic:
    """Somebody who says what others are to do, for as long as it goes on."""

    ann: Colleague
    sent: int = 0
    over: bool = False

    async def goes(self) -> None:
        while not self.over:
            self.sent += 1
            await self.ann.says(f"新增 said-{self.sent} @薄一 2030-11-29")
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("more", [OWN, 'cards = "links"\n'], ids=["template", "links"])
async def test_kills_lose_nothing_acknowledged_and_send_nothing_twice(tmp_path, more):
    organisation = Organisation()
    organisation.unverified.redeliver_after = 0.5
    organisation.quota.limit_calls = organisation.quota.limit_pushes = None
    ann, bo = organisation.hires("0456ann", "安娜"), organisation.hires("0123bo", "薄一")
    traffic, lots = Traffic(ann), random.Random(11)
    async with organisation.serving() as url:
        file = configured(tmp_path, organisation, url, more)
        slow = "/v1.0/card/instances/createAndDeliver" if more == OWN else "/v1.0/robot/oToMessages/batchSend"
        async with warm(tmp_path, "adapters.dingtalk.client") as bot:
            await bot.meets("薄一", "run", "--config", str(file))
            coming = asyncio.create_task(traffic.goes())
            for _ in range(KILLS):
                await bot.starts("run", "--config", str(file))
                await organisation.gateway.connected(within=30)
                organisation.faults.next(slow, *(faults.answers_after(0.1) for _ in range(6)))
                await asyncio.sleep(lots.uniform(*LIFE))
                await bot.killed()
                organisation.gateway.drops()
                organisation.faults.clear()
                leases_run_out(tmp_path / "shop.db")
        traffic.over = True
        await coming
        async with bihuan("run", "--config", str(file), folder=tmp_path):
            await organisation.gateway.connected(within=30)
            await settled(organisation, tmp_path)
    recorded, fates, integrity = kept(tmp_path)
    brought = [one for one in organisation.gateway.log if one.acknowledged]
    sure = {str(one.data["text"]["content"]).split()[1] for one in brought if one.type == "CALLBACK"}
    assert integrity == "ok"
    assert len(sure) > KILLS, "too little happened to show anything"
    lost = sure - recorded.keys()
    answers = [str(one.card.public if one.card else one.param) for one in ann.messages()]
    assert lost == set(), ("acknowledged and lost", [one for one in answers if any(title in one for title in lost)])
    assert [title for title, times in recorded.items() if times > 1] == []
    told = Counter(title for title in recorded for one in bo.messages() if said(one, title))
    assert [title for title, times in told.items() if times > 1] == [], "sent twice"
    untold = len(recorded) - len(told)
    assert fates["pending"] == 0
    assert untold <= fates["uncertain"], "what did not arrive is shown as uncertain"
    if more == OWN:
        assert (untold, fates["uncertain"]) == (0, 0), "a card has a key that DingTalk knows again"
    print(
        f"{traffic.sent} sent, {len(sure)} acknowledged, {len(recorded)} recorded, {dict(fates)}, {untold} did not arrive"
    )


def said(message, title):
    """Whether this is the notice about the item of this title."""
    words = str(message.card.public if message.card else message.param)
    return "请确认" in words and (f"{title}\\n" in words or f"{title}'" in words)


async def settled(organisation, folder):
    """Until DingTalk has nothing left to bring again and the outbox nothing left to send."""
    still = 0.0
    for _ in range(1_200):
        await asyncio.sleep(0.1)
        busy = len(organisation.agenda) or kept(folder)[1]["pending"]
        still = 0.0 if busy else still + 0.1
        if still >= QUIET:
            return


def kept(folder):
    """Items by title, outbox rows by fate, and SQLite's own verdict."""
    with sqlite3.connect(folder / "shop.db", timeout=10) as file:
        titles = Counter(text for (text,) in file.execute("SELECT text FROM actions"))
        fates = Counter(fate for (fate,) in file.execute("SELECT fate FROM outbox"))
        return titles, fates, file.execute("PRAGMA integrity_check").fetchone()[0]
