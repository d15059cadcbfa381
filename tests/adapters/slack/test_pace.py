"""Turns per method: what is below Slack's tiers passes at once, more waits, and what would wait too long is told."""

import pytest

from adapters.slack.pace import PATIENCE, PER_MINUTE, Pace


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def test_half_a_minutes_share_may_come_at_once_and_then_one_after_another(ticks):
    pace = Pace(ticks)
    waits = [pace.wait("chat.update") for _ in range(28)]
    assert waits[:25] == [0.0] * 25
    assert waits[25:] == pytest.approx([1.2, 2.4, 3.6])


def test_a_minute_never_holds_more_than_the_tier_and_the_burst(ticks):
    pace, passed = Pace(ticks), 0
    while ticks.now < 600:
        if pace.wait("users.list") == 0.0:
            passed += 1
        else:
            pace.give_back("users.list")
        ticks.now += 0.5
    assert passed <= 10 * 20 + 10


def test_methods_do_not_wait_for_each_other(ticks):
    pace = Pace(ticks)
    for _ in range(200):
        pace.wait("users.list")
    assert pace.wait("chat.update") == 0.0


def test_what_has_a_trigger_or_a_pace_of_its_own_never_waits(ticks):
    pace = Pace(ticks)
    assert {pace.wait(method) for method in ("views.open", "views.update", "chat.postMessage") for _ in range(500)} == {
        0.0
    }


async def test_nobody_waits_longer_than_delivery_would(ticks):
    pace = Pace(ticks)
    for _ in range(PER_MINUTE["users.list"] // 2 + 20):
        pace.wait("users.list")
    left = await pace.turn("users.list")
    assert left == pytest.approx(63 - PATIENCE)
    assert pace.wait("users.list") == pytest.approx(63), "a turn that was not taken is given back"
