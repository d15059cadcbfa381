"""Feishu's pace, kept to from our side: five a second to one, fifty a second and a thousand a minute to all."""

import pytest

from adapters.feishu.pace import PATIENCE, Pace
from adapters.feishu.tokens import Tokens


class Ticks:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_five_to_one_target_then_the_next_second():
    pace = Pace(Ticks())
    assert [pace.wait("a") for _ in range(5)] == [0.0] * 5
    assert [round(pace.wait("a"), 2) for _ in range(6)] == [1.05] * 5 + [2.1]
    assert pace.wait("b") == 0.0


def test_fifty_to_all():
    pace = Pace(Ticks())
    assert all(pace.wait(str(number)) == 0.0 for number in range(50))
    assert pace.wait("one more") == pytest.approx(1.05)


def test_a_thousand_in_a_minute_and_who_would_wait_too_long_takes_no_turn():
    ticks = Ticks()
    pace = Pace(ticks)
    for number in range(1_000):
        ticks.now += 0.03
        assert pace.wait(str(number)) == 0.0
    far = pace.wait("x")
    assert far > PATIENCE
    assert pace.wait("y") == far, "the turn was not taken"
    ticks.now += 61
    assert pace.wait("x") == 0.0


def test_no_pace_at_all():
    pace = Pace(Ticks(), on=False)
    assert all(pace.wait("a") == 0.0 for _ in range(2_000))


async def test_a_turn_that_is_too_far_away_is_said_at_once():
    ticks = Ticks()
    pace = Pace(ticks)
    for number in range(1_000):
        ticks.now += 0.03
        pace.wait(str(number))
    assert await pace.turn("x") > PATIENCE


class Fetch:
    """Gives a new token each time, of so many seconds."""

    def __init__(self, expire: float) -> None:
        self.expire = expire
        self.count = 0

    async def __call__(self) -> dict:
        self.count += 1
        return {"tenant_access_token": f"t-{self.count}", "expire": self.expire}


@pytest.mark.parametrize(("expire", "lasts"), [(7_200, 6_600), (700, 350), (2, 1)])
async def test_a_token_is_renewed_before_it_ends(expire, lasts):
    ticks, fetch = Ticks(), Fetch(expire)
    tokens = Tokens(fetch, ticks)
    assert [await tokens.token() for _ in range(3)] == ["t-1"] * 3
    ticks.now += lasts - 0.5
    assert await tokens.token() == "t-1"
    ticks.now += 0.6
    assert await tokens.token() == "t-2"


async def test_a_dropped_token_that_somebody_has_replaced_stays():
    tokens = Tokens(Fetch(7_200), Ticks())
    first = await tokens.token()
    tokens.drop(first)
    second = await tokens.token()
    tokens.drop(first)
    assert await tokens.token() == second
