"""Working days: the State Council's days, the workplace's own, years nobody has published, and counting there and back."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar

CHINA = Calendar.of()
WEEKENDS = Calendar.of("none")
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
calendars = st.sampled_from([CHINA, WEEKENDS, Calendar.of("CN", (0, 1, 2, 3, 4, 5)), Calendar.of("", (6, 0))])


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_published_day_is_the_state_councils(year):
    every = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in every if CHINA.works(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    "day",
    ["2025-01-26", "2025-09-28", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
)
def test_make_up_days_are_worked(day):
    assert date.fromisoformat(day).weekday() > 4
    assert CHINA.works(date.fromisoformat(day))
    assert not WEEKENDS.works(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        "2027-01-01",
        "2027-02-05",  # New Year's Eve, a statutory day since 2025
        "2027-02-08",
        "2027-04-05",
        "2027-05-01",
        "2027-06-09",
        "2027-09-15",
        "2027-10-01",
        "2028-01-25",
        "2028-10-03",
    ],
)
def test_a_year_nobody_published_is_reckoned_and_says_so(day):
    assert not CHINA.works(date.fromisoformat(day))
    assert not CHINA.confirmed(date.fromisoformat(day))
    assert WEEKENDS.confirmed(date.fromisoformat(day))


def test_a_published_year_is_confirmed_to_its_last_day():
    assert CHINA.confirmed(date(2026, 12, 31))
    assert not CHINA.confirmed(date(2027, 1, 1))


def test_the_workplaces_own_days_come_first():
    own = Calendar.of("CN", own={date(2026, 10, 8): False, date(2026, 10, 3): True, date(2027, 3, 1): False})
    assert [own.works(date(2026, 10, day)) for day in (3, 4, 8, 9)] == [True, False, False, True]
    assert own.confirmed(date(2027, 3, 1))
    assert not own.works(date(2027, 3, 1))
    assert not own.confirmed(date(2027, 3, 2))
    assert own.after(date(2026, 9, 30), 1) == date(2026, 10, 3)


def test_another_week():
    six = Calendar.of("CN", (0, 1, 2, 3, 4, 5))
    assert six.works(date(2026, 11, 21))
    assert not six.works(date(2026, 10, 3))  # a Saturday of National Day
    assert six.works(date(2026, 9, 20))  # a make-up Sunday
    assert Calendar.of("none", (6, 0, 1, 2, 3)).on_or_after(date(2026, 11, 20)) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        ("2026-10-01", "2026-10-08", "2026-09-30"),
        ("2026-02-15", "2026-02-24", "2026-02-14"),
        ("2026-11-21", "2026-11-23", "2026-11-20"),
        ("2026-11-18", "2026-11-18", "2026-11-18"),
        ("2027-01-01", "2027-01-04", "2026-12-31"),
    ],
)
def test_the_nearest_working_day(day, after, before):
    assert CHINA.on_or_after(date.fromisoformat(day)) == date.fromisoformat(after)
    assert CHINA.on_or_before(date.fromisoformat(day)) == date.fromisoformat(before)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2026-09-28", 5, "2026-10-10"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-12-30", 3, "2027-01-05"),
        ("2026-11-20", 2, "2026-11-24"),
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-23", -2, "2026-11-19"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2027-01-05", -2, "2026-12-31"),
    ],
)
def test_counting(day, n, expected):
    assert CHINA.after(date.fromisoformat(day), n) == date.fromisoformat(expected)


@given(calendars, days, st.integers(1, 600))
def test_going_there_is_as_far_as_coming_back(calendar, day, n):
    there = calendar.after(day, n)
    assert calendar.works(there)
    assert calendar.between(day, there) == n
    assert calendar.between(day, there - timedelta(days=1)) == n - 1
    assert calendar.after(there, -n) == calendar.on_or_before(day) or not calendar.works(day)


@given(calendars, days, days)
def test_between_counts_each_day_once(calendar, a, b):
    a, b = min(a, b), min(max(a, b), min(a, b) + timedelta(days=500))
    each = [a + timedelta(days=n) for n in range(1, (b - a).days + 1)]
    assert calendar.between(a, b) == sum(map(calendar.works, each))
    assert calendar.between(b, a) == 0


@given(calendars, days)
def test_nothing_is_nearer_than_the_nearest(calendar, day):
    after, before = calendar.on_or_after(day), calendar.on_or_before(day)
    assert before <= day <= after
    assert calendar.works(after)
    assert calendar.works(before)
    assert calendar.between(day, after) <= 1
    assert calendar.between(before, day) == 0


def test_a_calendar_is_a_value():
    assert Calendar.of("CN") == Calendar.of("cn")
    assert Calendar.of("") == Calendar.of("none")
    assert Calendar.of("CN") != Calendar.of("none")
    mine = {date(2026, 11, 23): False}
    calendar = Calendar.of(own=mine)
    mine.clear()
    assert not calendar.works(date(2026, 11, 23))


@pytest.mark.parametrize(("country", "workdays"), [("DE", (0,)), ("CN", ()), ("CN", (7,)), ("none", (-1, 0))])
def test_what_cannot_be_is_refused_with_what_can(country, workdays):
    with pytest.raises(ValueError, match=r"CN, none|0 \(Monday\)"):
        Calendar.of(country, workdays)


def test_the_end_of_time_is_an_error_not_a_loop():
    with pytest.raises((OverflowError, ValueError)):
        WEEKENDS.after(date(9999, 12, 30), 5)
