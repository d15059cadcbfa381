"""Rate limits: tiers over a minute, one message a second per channel, each by itself."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from tests.clocks import SetClock
from tests.simulators.slack import Workspace
from tests.simulators.slack.pace import Pace

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def later(seconds):
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(("tier", "most"), [(1, 1), (2, 20), (3, 50), (4, 100)])
def test_a_tier_is_so_many_a_minute(tier, most):
    pace = Pace()
    assert [pace.method("T1", "m", tier, NOW) for _ in range(most)] == [0] * most
    assert pace.method("T1", "m", tier, later(10)) == 50
    assert pace.method("T1", "m", tier, later(60)) == 0


def test_methods_and_workspaces_are_counted_apart():
    pace = Pace()
    assert pace.method("T1", "a", 1, NOW) == 0
    assert pace.method("T1", "b", 1, NOW) == 0
    assert pace.method("T2", "a", 1, NOW) == 0
    assert pace.method("T1", "a", 1, NOW) == 60


def test_a_refused_call_is_not_counted():
    pace = Pace()
    pace.method("T1", "m", 1, NOW)
    pace.method("T1", "m", 1, later(59))
    assert pace.method("T1", "m", 1, later(60)) == 0


def test_one_channel_takes_a_short_burst_and_then_one_a_second():
    pace = Pace()
    assert [pace.post("T1", "C1", 3, NOW) for _ in range(4)] == [0, 0, 0, 1]
    assert pace.post("T1", "C2", 3, NOW) == 0
    assert [pace.post("T1", "C1", 3, later(1)) for _ in range(2)] == [0, 1]
    assert [pace.post("T1", "C1", 3, later(60)) for _ in range(4)] == [0, 0, 0, 1]


def test_a_burst_of_one_is_one_a_second():
    pace = Pace()
    assert [pace.post("T1", "C1", 1, later(second)) for second in (0, 0.5, 1, 1.9, 2)] == [0, 1, 0, 1, 0]


def test_switched_off_nothing_waits():
    pace = Pace()
    pace.off()
    assert [pace.post("T1", "C1", 1, NOW) for _ in range(50)] == [0] * 50
    assert [pace.method("T1", "m", 1, NOW) for _ in range(50)] == [0] * 50


@pytest.mark.slow
async def test_on_the_wire_it_is_429_with_retry_after():
    workspace = Workspace(SetClock(NOW))
    workspace.unverified.posts_in_a_burst = 1
    product = workspace.channel("product")
    headers = {"Authorization": f"Bearer {workspace.token}"}

    async def post(session):
        sent = {"channel": product.id, "text": "a"}
        async with session.post(f"{workspace.slack.url}/api/chat.postMessage", json=sent) as answer:
            return answer.status, answer.headers.get("Retry-After"), (await answer.json())["ok"]

    async with workspace.serving(), aiohttp.ClientSession(headers=headers) as session:
        assert [await post(session) for _ in range(2)] == [(200, None, True), (429, "1", False)]
        assert len(product.messages) == 1
        await workspace.advance(seconds=1)
        assert await post(session) == (200, None, True)


@pytest.mark.slow
async def test_a_method_of_tier_two(office):
    for _ in range(20):
        await office.client.users_list()
    refusal = await office.refusal("users.list")
    assert refusal == {"ok": False, "error": "ratelimited"}
    await office.workspace.advance(minutes=1)
    await office.client.users_list()
