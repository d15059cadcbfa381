"""A11: red, yellow, green, and none for what is closed; each reason by itself, at its edge."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.action import CLOSED, OPEN, Action, Block, Light, State, light
from tests.domain.given import FRIDAY, RESOLVER, SHANGHAI, WEDNESDAY, item

DAY = 24 * 3600.0


def shines(action: Action, now: datetime) -> Light | None:
    return light(action, now, now.astimezone(SHANGHAI).date(), yellow_days=2, unaccepted_after=DAY)


def shanghai(day: int, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI)


def test_far_from_its_day_it_is_green():
    assert shines(item(), WEDNESDAY) is Light.GREEN


@pytest.mark.parametrize(
    ("day", "shown"), [(24, Light.GREEN), (25, Light.YELLOW), (26, Light.YELLOW), (27, Light.YELLOW)]
)
def test_yellow_from_two_days_before(day, shown):
    assert shines(item(), shanghai(day)) is shown


def test_red_after_the_day_has_ended_and_not_before():
    assert shines(item(), shanghai(27, 18)) is Light.YELLOW
    assert shines(item(), shanghai(27, 18, 0, 1)) is Light.RED


def test_a_block_is_yellow_and_past_its_day_red():
    blocked = item(State.BLOCKED, day=date(2027, 1, 29), block=Block("等", RESOLVER, date(2026, 11, 20)))
    assert shines(blocked, shanghai(20, 23, 59)) is Light.YELLOW
    assert shines(blocked, shanghai(21, 0)) is Light.RED


def test_unaccepted_after_a_day_is_yellow():
    proposed = item(State.PROPOSED)
    assert shines(proposed, WEDNESDAY + timedelta(hours=24, seconds=-1)) is Light.GREEN
    assert shines(proposed, WEDNESDAY + timedelta(hours=24)) is Light.YELLOW, "the hour at which it is reported"


def test_an_accepted_item_is_not_waited_for():
    assert shines(item(), WEDNESDAY + timedelta(hours=48)) is Light.GREEN


@pytest.mark.parametrize("times", [1, 2, 5])
def test_postponed_once_or_more_is_yellow(times):
    assert shines(item(postponements=times), WEDNESDAY) is Light.YELLOW


def test_declined_is_yellow():
    assert shines(item(State.DECLINED), WEDNESDAY) is Light.YELLOW


@given(st.sampled_from(sorted(CLOSED)), st.integers(-400, 400))
def test_closed_has_none_whenever_one_looks(state, days):
    assert shines(item(state), WEDNESDAY + timedelta(days=days)) is None


@given(st.sampled_from(sorted(OPEN)), st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 3))
def test_waiting_never_makes_it_better(state, hours, more, times):
    """An item nobody touches only gets worse: green → yellow → red."""
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    action = item(state, postponements=times, day=FRIDAY)
    sooner = shines(action, WEDNESDAY + timedelta(hours=hours))
    later = shines(action, WEDNESDAY + timedelta(hours=hours + more))
    assert sooner
    assert later
    assert order.index(sooner) <= order.index(later)


def test_the_day_is_the_owners_not_the_clocks():
    """T1: at 17:00 UTC on the 24th it is the 25th in Shanghai."""
    assert shines(item(), datetime(2026, 11, 24, 17, tzinfo=UTC)) is Light.YELLOW
