"""Ten bad minutes (RELIABILITY A4, row 17): most of what is asked of DingTalk fails, in every way there is, done or undone."""

from datetime import timedelta

import pytest

from tests.adapters.dingtalk.company import company
from tests.simulators.dingtalk import faults

pytestmark = pytest.mark.slow

PEOPLE = 20
STORM = (
    faults.fails(503), faults.fails(500), faults.closes(), faults.records_then_closes(), faults.qps(),
    faults.records_then_fails(500), faults.records_then_fails(504), faults.refuses("send.too.fast"), faults.punished(),
    faults.refuses("InvalidAuthentication"),
)  # fmt: skip


@pytest.mark.parametrize("rung", ["template", "links"])
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_everybody_is_told_once_whatever_the_weather(tmp_path, seed, rung):
    """On cards once for everybody; of plain messages those in doubt are shown as uncertain, and none comes twice."""
    async with company(tmp_path, rung) as office:
        zhang = office.hires("0001zhang", "张三")
        owners = [office.hires(f"p{number}", f"同事{number}") for number in range(PEOPLE)]
        await office.meets()
        for number in range(PEOPLE):
            await zhang.says(f"新增 第{number}件 @同事{number} 下周五")
        await office.organisation.gateway.settled(5)
        office.organisation.faults.storm(0.9, *STORM, seed=seed)
        for _ in range(20):
            await passes(office, seconds=30)
        office.organisation.faults.clear()
        for _ in range(60):
            if not (await office.store.read(lambda records: records.outbox.count()))["pending"]:
                break
            await passes(office, seconds=60)
        counted = await office.store.read(lambda records: records.outbox.count())
        told = [len(owner.messages()) for owner in owners]
        assert (counted["pending"], counted["dead"]) == (0, 0)
        assert max(told) == 1, "nobody is told twice"
        if rung == "template":
            assert (counted["posted"], counted["uncertain"], told) == (PEOPLE, 0, [1] * PEOPLE)
        else:
            assert counted["posted"] + counted["uncertain"] == PEOPLE
            assert told.count(0) <= counted["uncertain"]


async def passes(office, seconds):
    office.clock.advance_to(office.clock.now() + timedelta(seconds=seconds))
    await office.delivery.drain(office.clock.now())
