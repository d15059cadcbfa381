"""Ten bad minutes (RELIABILITY A4, row 17): most of what is asked of Slack fails, in every way there is, done or undone."""

from collections import Counter
from datetime import timedelta

import pytest

from adapters.slack.outgoing import key_of
from tests.adapters.slack.company import company
from tests.simulators.slack import faults

pytestmark = pytest.mark.slow

PEOPLE = 20
STORM = (
    faults.fails(503), faults.fails(500, "empty"), faults.closes(), faults.records_then_closes(), faults.limits(2),
    faults.records_then("internal_error"), faults.records_then("service_unavailable", 504), faults.limits("soon", "html"),
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_everybody_is_told_once_whatever_the_weather(tmp_path, seed):
    async with company(tmp_path) as office:
        zhang = office.hires("zhang", "张三")
        owners = [office.hires(f"p{number}", f"同事{number}") for number in range(PEOPLE)]
        await office.meets()
        for number in range(PEOPLE):
            await zhang.types(f"/action add 第{number}件 @同事{number} 下周五")
        office.workspace.faults.storm(0.9, *STORM, seed=seed)
        for _ in range(20):
            await passes(office, seconds=30)
        office.workspace.faults.clear()
        for _ in range(60):
            if not (await office.store.read(lambda records: records.outbox.count()))["pending"]:
                break
            await passes(office, seconds=60)
        counted = await office.store.read(lambda records: records.outbox.count())
        assert (counted["posted"], counted["pending"], counted["dead"], counted["uncertain"]) == (PEOPLE, 0, 0, 0)
        for owner in owners:
            keys = Counter(key for one in owner.messages() if (key := key_of({"metadata": one.metadata})))
            assert list(keys.values()) == [1], f"{owner.user.name}: {keys}"


async def test_only_the_conversation_that_slack_names_waits(tmp_path):
    """Row 16: Retry-After is kept to there, to the second, and nobody else waits."""
    async with company(tmp_path) as office:
        zhang, li, wang = (office.hires(*one) for one in (("zhang", "张三"), ("li", "李四"), ("wang", "王五")))
        await office.meets()
        slow = office.workspace.direct(li.user).id
        office.workspace.faults.next("chat.postMessage", faults.limits(120), channel=slow)
        for who in ("李四", "王五", "李四", "王五"):
            await zhang.types(f"/action add 给{who}的{len(office.heard)} @{who} 下周五")
        await passes(office, seconds=2)
        await passes(office, seconds=100)
        assert [len(li.messages()), len(wang.messages())] == [0, 2]
        tried = [one for one in office.workspace.calls("chat.postMessage") if one.args["channel"] == slow]
        assert len(tried) == 1, "nothing is asked before the time"
        await passes(office, seconds=60)
        await passes(office, seconds=10)
        assert len(li.messages()) == 2


async def passes(office, seconds: int) -> None:
    office.clock.advance_to(office.clock.now() + timedelta(seconds=seconds))
    await office.delivery.drain(office.clock.now())
