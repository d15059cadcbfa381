"""Quiet hours and days off (T3): a message waits for the first moment at which it may ring, and no longer."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar, Quiet, audible

CHINA = Calendar.of()
EVERY_DAY = Calendar.of("none", (0, 1, 2, 3, 4, 5, 6))
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NEVER = Quiet(time(0), time(0))
zones = st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")])
quiets = st.sampled_from([Quiet(), Quiet(time(22), time(7)), Quiet(time(12), time(14)), Quiet(time(1), time(3)), NEVER])
moments = st.integers(0, 15 * 365 * 24 * 60).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def heard(moment: str, zone: ZoneInfo = SHANGHAI, quiet: Quiet | None = None, calendar: Calendar = CHINA) -> str:
    """When a message of this local moment is heard, by the same clock."""
    local = datetime.fromisoformat(moment).replace(tzinfo=zone)
    found = audible(local.astimezone(UTC), zone, quiet or Quiet(), calendar)
    assert found.tzinfo is UTC
    return found.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-18T10:00", "2026-11-18T10:00"),
        ("2026-11-18T19:59", "2026-11-18T19:59"),
        ("2026-11-18T20:00", "2026-11-19T08:30"),
        ("2026-11-18T23:59", "2026-11-19T08:30"),
        ("2026-11-19T00:00", "2026-11-19T08:30"),
        ("2026-11-19T08:29", "2026-11-19T08:30"),
        ("2026-11-19T08:30", "2026-11-19T08:30"),
        ("2026-11-20T20:00", "2026-11-23T08:30"),
        ("2026-11-21T12:00", "2026-11-23T08:30"),
        ("2026-09-30T20:30", "2026-10-08T08:30"),
        ("2026-10-09T21:00", "2026-10-10T08:30"),  # a make-up Saturday is a working day
        ("2026-12-31T22:00", "2027-01-04T08:30"),
    ],
)
def test_nine_to_five_in_shanghai(moment, expected):
    assert heard(moment) == expected


@pytest.mark.parametrize(
    ("moment", "quiet", "expected"),
    [
        ("2026-11-18T12:30", Quiet(time(12), time(14)), "2026-11-18T14:00"),
        ("2026-11-18T23:00", Quiet(time(12), time(14)), "2026-11-18T23:00"),
        ("2026-11-21T12:30", Quiet(time(12), time(14)), "2026-11-23T00:00"),
        ("2026-11-21T12:30", NEVER, "2026-11-23T00:00"),
        ("2026-11-18T03:00", NEVER, "2026-11-18T03:00"),
    ],
)
def test_other_quiet_hours(moment, quiet, expected):
    assert heard(moment, quiet=quiet) == expected


@pytest.mark.parametrize(
    ("moment", "quiet", "expected"),
    [
        ("2027-03-28T01:30", Quiet(time(20), time(2, 30)), "2027-03-28T03:00"),
        ("2026-10-25T01:30", Quiet(time(20), time(2, 30)), "2026-10-25T02:30"),
    ],
)
def test_a_morning_on_which_clocks_change(moment, quiet, expected):
    assert heard(moment, BERLIN, quiet, EVERY_DAY) == expected


def test_the_second_time_of_a_repeated_hour_is_no_longer_quiet():
    """Quiet until 02:30, which comes twice: the first ends it."""
    again = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 for the second time
    assert audible(again, BERLIN, Quiet(time(20), time(2, 30)), EVERY_DAY) == again


@given(moments, zones, quiets)
def test_what_is_heard_is_neither_early_nor_at_a_quiet_time(moment, zone, quiet):
    found = audible(moment, zone, quiet, CHINA)
    local = found.astimezone(zone)
    assert found >= moment
    assert CHINA.works(local.date())
    assert audible(found, zone, quiet, CHINA) == found
    assert not _quiet(local, quiet) or local.utcoffset() != (local - timedelta(hours=12)).utcoffset()


@given(moments, zones, quiets)
def test_a_message_waits_no_longer_than_it_must(moment, zone, quiet):
    """Nothing between now and then would have done: tried every hour."""
    found = audible(moment, zone, quiet, CHINA)
    between = [moment + timedelta(hours=n) for n in range(int((found - moment) / timedelta(hours=1)) + 1)]
    assert all(audible(earlier, zone, quiet, CHINA) == found for earlier in between[:200])


@given(moments, moments, zones, quiets)
def test_order_is_kept(a, b, zone, quiet):
    a, b = min(a, b), max(a, b)
    assert audible(a, zone, quiet, CHINA) <= audible(b, zone, quiet, CHINA)


def _quiet(local: datetime, quiet: Quiet) -> bool:
    wall = local.time()
    if quiet.start <= quiet.end:
        return quiet.start <= wall < quiet.end
    return wall >= quiet.start or wall < quiet.end


def test_a_day_off_of_the_workplace_is_quiet():
    own = Calendar.of("CN", own={date(2026, 11, 19): False})
    assert heard("2026-11-18T20:30", calendar=own) == "2026-11-20T08:30"
