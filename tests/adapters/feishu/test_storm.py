"""Ten bad minutes (RELIABILITY A4, row 17): most of what is asked of Feishu fails, in every way there is, done or undone."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.adapters.feishu.company import company
from tests.simulators.feishu import faults

pytestmark = pytest.mark.slow

PEOPLE = 20
STORM = (
    faults.fails(502), faults.fails(500), faults.closes(), faults.records_then_closes(), faults.limits("2"),
    faults.records_then_fails(504), faults.limits(None, 400), faults.refuses(230020), faults.refuses(99991663),
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_everybody_is_told_once_whatever_the_weather(tmp_path, seed):
    async with company(tmp_path) as office:
        zhang = office.hires("张三")
        owners = [office.hires(f"同事{number}") for number in range(PEOPLE)]
        await office.meets()
        for number in range(PEOPLE):
            await zhang.says(f"新增 第{number}件 @同事{number} 下周五")
        office.tenant.faults.storm(0.9, *STORM, seed=seed)
        for _ in range(20):
            await passes(office, seconds=30)
        office.tenant.faults.clear()
        for _ in range(60):
            if not (await office.store.read(lambda records: records.outbox.count()))["pending"]:
                break
            await passes(office, seconds=60)
        counted = await office.store.read(lambda records: records.outbox.count())
        assert (counted["posted"], counted["pending"], counted["dead"], counted["uncertain"]) == (PEOPLE, 0, 0, 0)
        for owner in owners:
            names = Counter(one.uuid for one in owner.messages() if one.sender == office.tenant.app.id)
            assert list(names.values()) == [1], f"{owner.user.name}: {names}"


async def passes(office, seconds: int) -> None:
    office.clock.advance_to(office.clock.now() + timedelta(seconds=seconds))
    await office.delivery.drain(office.clock.now())
