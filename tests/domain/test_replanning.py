"""P2: which session becomes which when a series is held at other times; nothing is lost, nothing stands twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meeting import Meeting
from bot.domain.recurrence import checked, starts
from bot.domain.replanning import Place, places, retimed
from bot.domain.series import Series
from bot.errors import Refusal

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
AHEAD = timedelta(days=45)
RULES = (
    "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO",
)  # fmt: skip


def series(rule: str, first: str = "2026-11-02 10:00") -> Series:
    start = datetime.fromisoformat(first).replace(tzinfo=ZONE).astimezone(UTC)
    return Series(checked(rule), Meeting("weekly", "regular", 1, start, 60, "Europe/Berlin", NOW), NOW + AHEAD, 1)


def said(found: list[Place]) -> list[tuple[str, str]]:
    def wall(at: datetime | None) -> str:
        return f"{at.astimezone(ZONE):%m-%d %H:%M}" if at else ""

    return [(wall(one.was), wall(one.now)) for one in found]


def test_another_hour_keeps_the_days():
    weekly = series("FREQ=WEEKLY;BYDAY=MO")
    found = places(weekly, retimed(weekly, "", time(14, 0), NOW), NOW, NOW + AHEAD)
    assert said(found)[:2] == [("11-23 10:00", "11-23 14:00"), ("11-30 10:00", "11-30 14:00")]


def test_an_hour_that_is_over_today_is_no_place():
    daily = series("FREQ=DAILY")
    at_noon = NOW.replace(hour=8)
    found = places(daily, retimed(daily, "", time(8, 0), at_noon), at_noon, at_noon + AHEAD)
    assert said(found)[0] == ("11-19 10:00", "11-19 08:00")


def test_a_day_whose_earlier_hour_comes_into_reach_is_one_more():
    """Sessions are made up to 2 January, 10:00; that day's 14:00 was not, its 08:00 would be passed over."""
    daily = series("FREQ=DAILY", "2026-11-02 14:00")
    found = places(daily, retimed(daily, "", time(8, 0), NOW), NOW, NOW + AHEAD)
    assert said(found)[-1] == ("", "01-02 08:00")


def test_another_rule_begins_with_the_week_of_the_first_session_ahead():
    weekly = series("FREQ=WEEKLY;BYDAY=MO")
    moved = retimed(weekly, "FREQ=WEEKLY;BYDAY=TH", None, NOW)
    assert said(places(weekly, moved, NOW, NOW + AHEAD))[:2] == [
        ("11-23 10:00", "11-26 10:00"),
        ("11-30 10:00", "12-03 10:00"),
    ]
    assert moved.pattern.start.astimezone(ZONE).date() == date(2026, 11, 26)


def test_a_rarer_one_leaves_places_that_go_and_a_denser_one_makes_more():
    weekly = series("FREQ=WEEKLY;BYDAY=MO")
    rarer = places(weekly, retimed(weekly, "FREQ=MONTHLY;BYMONTHDAY=15", None, NOW), NOW, NOW + AHEAD)
    assert [one.now is None for one in rarer] == [False] + [True] * 5
    denser = places(weekly, retimed(weekly, "FREQ=WEEKLY;BYDAY=MO,TH", None, NOW), NOW, NOW + AHEAD)
    assert [one.was is None for one in denser] == [False] * 6 + [True] * 6


def test_a_rule_without_a_session_ahead_is_refused():
    with pytest.raises(Refusal) as refused:
        retimed(series("FREQ=DAILY"), "FREQ=DAILY;UNTIL=20201231T235959", None, NOW)
    assert refused.value.text == "series-empty"


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(RULES), st.sampled_from(RULES), st.times(time(6), time(20)), st.integers(0, 20 * 24),
)  # fmt: skip
def test_whatever_changes_each_session_has_one_place_and_no_instant_two(old: str, new: str, wall: time, hours: int):
    before, now = series(old), NOW + timedelta(hours=hours)
    after = retimed(before, new, wall.replace(second=0, microsecond=0), now)
    found = places(before, after, now, now + AHEAD)
    planned = starts(before, now, before.made_until)
    came = [one.now for one in found if one.now]
    assert len(came) == len(set(came))
    assert all(one > now for one in came)
    assert came == sorted(came) or old == new
    if old != new:
        assert [one.was for one in found if one.was] == planned
    else:
        assert set(planned) - {one.was for one in found} <= {one for one in planned if one < now + timedelta(days=1)}
