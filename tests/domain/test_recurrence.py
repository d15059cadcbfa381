"""When a series' sessions are (P2): by the wall clock, over changes of clocks, with and without an end; holidays."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Calendar
from bot.domain.meeting import Meeting
from bot.domain.recurrence import checked, days, following, holiday, starts
from bot.domain.series import Series
from bot.errors import Refusal
from tests.due.test_hostile import steps

BEGUN = datetime(2026, 10, 1, tzinfo=UTC)


def series(rule: str, first: str, zone: str = "Europe/Berlin") -> Series:
    start = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return Series(checked(rule), Meeting("weekly", "regular", 1, start, 60, zone, BEGUN), BEGUN)


def said(found: list[datetime], zone: str = "Europe/Berlin") -> list[str]:
    return [f"{one.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" for one in found]


def test_a_session_keeps_its_hour_through_a_change_of_clocks():
    weekly = series("FREQ=WEEKLY;BYDAY=MO", "2026-10-19 10:00")
    found = starts(weekly, BEGUN, datetime(2026, 11, 9, tzinfo=UTC))
    assert said(found) == ["10-19 10:00", "10-26 10:00", "11-02 10:00"]
    assert [one.hour for one in found] == [8, 9, 9]


def test_an_hour_that_is_skipped_begins_with_the_first_instant_after_it_and_one_that_comes_twice_is_the_first():
    nightly = series("FREQ=DAILY", "2027-03-27 02:30")
    spring = starts(nightly, datetime(2027, 3, 26, tzinfo=UTC), datetime(2027, 3, 29, 12, tzinfo=UTC))
    assert said(spring) == ["03-27 02:30", "03-28 03:00", "03-29 02:30"]
    autumn = series("FREQ=DAILY", "2026-10-24 02:30")
    found = starts(autumn, BEGUN, datetime(2026, 10, 26, 12, tzinfo=UTC))
    assert [one.hour for one in found] == [0, 0, 1]


def test_the_edges_are_after_and_up_to():
    daily = series("FREQ=DAILY", "2026-11-02 10:00", "UTC")
    first, second = datetime(2026, 11, 2, 10, tzinfo=UTC), datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert starts(daily, first, second) == [second]
    assert following(daily, first) == second


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["11-02 10:00", "11-04 10:00", "11-09 10:00"]),
        ("freq=weekly;byday=mo;until=20261109", ["11-02 10:00", "11-09 10:00"]),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261109T000000Z", ["11-02 10:00", "11-09 10:00"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["11-27 10:00", "12-25 10:00"]),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", []),
    ],
)
def test_rules_of_the_standard(rule, found):
    kept = series(rule, "2026-11-02 10:00")
    assert said(starts(kept, BEGUN, datetime(2026, 12, 31, tzinfo=UTC))) == found


def test_after_its_end_there_is_none():
    assert following(series("FREQ=DAILY;COUNT=2", "2026-11-02 10:00"), datetime(2026, 11, 4, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "rule",
    ["", "每周一", "FREQ=HOURLY", "FREQ=SECONDLY;COUNT=3", "FREQ=WEEKLY;BYHOUR=9", "FREQ=WEEKLY;BYDAY=XX", "BYDAY=MO",
     "FREQ=WEEKLY;INTERVAL=x", "FREQ=YEARLY;BYMONTH=13", "DTSTART:20260101T000000", "FREQ=DAILY\nFREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    ],
)  # fmt: skip
def test_what_is_no_rule_for_meetings_is_refused(rule):
    with pytest.raises(Refusal) as refused:
        checked(rule)
    assert refused.value.text == "series-rule"


def test_a_day_that_never_comes_is_not_looked_for_until_the_year_9999():
    """Half a second in which nobody else's command was done."""

    def refused(rule: str) -> None:
        with pytest.raises(Refusal):
            checked(rule)

    refused("FREQ=HOURLY")
    for rule in ("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;INTERVAL=2"):
        assert steps(refused, rule) < 40_000


def test_a_holiday_is_a_working_day_of_other_weeks_that_is_off():
    china = Calendar.of("CN")
    assert holiday(date(2027, 1, 1), china)  # Friday, New Year
    assert not holiday(date(2027, 1, 2), china)  # Saturday: was meant for a weekend
    assert not holiday(date(2026, 11, 23), china)
    own = Calendar.of("none", own={date(2026, 12, 24): False})
    assert holiday(date(2026, 12, 24), own)


def test_the_days_of_a_rule_from_a_day_on():
    found = days("FREQ=WEEKLY;BYDAY=WE", date(2026, 11, 18))
    assert [next(found) for _ in range(2)] == [date(2026, 11, 18), date(2026, 11, 25)]
