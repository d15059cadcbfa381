"""Wall clocks and instants: gaps, repeats and every zone's changes from 2020 to 2035 (A4 rows 12 and 13)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import at

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("posix", "right", "Etc")))
zones = st.sampled_from(NAMES).map(ZoneInfo)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
walls = st.times().map(lambda wall: wall.replace(microsecond=0))


def changes(zone: ZoneInfo) -> list[datetime]:
    """The instants from 2020 to 2035 at which the zone's offset changes, to the second."""
    found = []
    start = datetime(2020, 1, 1, tzinfo=UTC)
    for n in range(16 * 366):
        low, high = start + timedelta(days=n), start + timedelta(days=n + 1)
        if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
            continue
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) // 2
            middle -= timedelta(microseconds=middle.microsecond)
            if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
                low = middle
            else:
                high = middle
        found.append(high)
    return found


@pytest.mark.parametrize(
    ("day", "wall", "zone", "instant"),
    [
        ("2026-11-18", "10:00", "Asia/Shanghai", "2026-11-18T02:00"),
        ("2027-03-28", "01:59", "Europe/Berlin", "2027-03-28T00:59"),
        ("2027-03-28", "02:00", "Europe/Berlin", "2027-03-28T01:00"),
        ("2027-03-28", "02:30", "Europe/Berlin", "2027-03-28T01:00"),
        ("2027-03-28", "03:00", "Europe/Berlin", "2027-03-28T01:00"),
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30"),
        ("2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00"),
        ("2027-03-14", "02:15", "America/New_York", "2027-03-14T07:00"),
        ("2026-10-04", "02:10", "Australia/Lord_Howe", "2026-10-03T15:30"),
        ("2011-12-30", "09:00", "Pacific/Apia", "2011-12-30T10:00"),  # a day that was skipped
    ],
)
def test_known_instants(day, wall, zone, instant):
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert at(date.fromisoformat(day), time.fromisoformat(wall), ZoneInfo(zone)) == expected


@given(zones, days, walls)
def test_a_wall_time_shows_itself_or_the_first_after_the_gap(zone, day, wall):
    instant = at(day, wall, zone)
    meant, shown = datetime.combine(day, wall), instant.astimezone(zone).replace(tzinfo=None, fold=0)
    assert instant.tzinfo is UTC
    if shown == meant:
        assert instant.astimezone(zone).fold == 0
    else:
        assert shown > meant
        assert (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < meant


@given(zones, days, walls, walls)
def test_later_on_the_wall_is_never_earlier(zone, day, a, b):
    assert at(day, min(a, b), zone) <= at(day, max(a, b), zone) or _repeats(day, zone)


def _repeats(day: date, zone: ZoneInfo) -> bool:
    """Whether clocks go back that day: only then may a later wall time be an earlier instant, and it is not."""
    midday = datetime.combine(day, time(12), UTC)
    return any(abs(change - midday) < timedelta(days=1) for change in changes(zone))


@pytest.mark.parametrize(
    "name",
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Asia/Gaza"],
)
def test_around_every_change_of_clocks(name):
    """Each minute of the three hours around each change: a gap ends at the change, a repeat is its first time."""
    zone = ZoneInfo(name)
    found = changes(zone)
    assert found
    for change in found[:12]:
        shown = (change - timedelta(minutes=90)).astimezone(zone).replace(tzinfo=None, second=0, fold=0)
        instants = [at((m := shown + timedelta(minutes=n)).date(), m.time(), zone) for n in range(0, 240, 7)]
        assert instants == sorted(instants)
        assert len(set(instants)) >= len(instants) - 10


def test_a_repeated_hour_comes_once():
    """A4 row 13."""
    instants = {at(date(2026, 10, 25), time(2, minute), BERLIN) for minute in range(60)}
    assert len(instants) == 60
    assert max(instants) < datetime(2026, 10, 25, 1, tzinfo=UTC)


def test_a_fold_given_is_not_minded():
    assert at(date(2026, 10, 25), time(2, 30, fold=1), BERLIN) == at(date(2026, 10, 25), time(2, 30), BERLIN)
