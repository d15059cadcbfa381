"""The farmers' calendar against days that stand in every almanac."""

from datetime import date, timedelta

import pytest

from bot.lunar import eve, lunar_day, solar_term

SPRINGS = {
    2020: "2020-01-25", 2021: "2021-02-12", 2022: "2022-02-01", 2023: "2023-01-22", 2024: "2024-02-10", 2025: "2025-01-29",
    2026: "2026-02-17", 2027: "2027-02-06", 2028: "2028-01-26", 2029: "2029-02-13", 2030: "2030-02-03",
}  # fmt: skip


@pytest.mark.parametrize("year", SPRINGS)
def test_spring_festival_and_its_eve(year):
    spring = date.fromisoformat(SPRINGS[year])
    assert lunar_day(year, 1, 1) == spring
    assert eve(year) == spring - timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 5, 5, "2026-06-19"),
        (2026, 8, 15, "2026-09-25"),
        (2027, 5, 5, "2027-06-09"),
        (2027, 8, 15, "2027-09-15"),
        (2026, 12, 23, "2027-01-30"),
        (2025, 8, 15, "2025-10-06"),  # after a leap month
        (2023, 12, 30, "2024-02-09"),
    ],
)
def test_days_of_the_almanac(year, month, day, expected):
    assert lunar_day(year, month, day) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2026, 12, 30), (2026, 13, 1), (2026, 1, 31), (2026, 1, 0), (1800, 1, 1)]
)
def test_days_there_are_none_of(year, month, day):
    assert lunar_day(year, month, day) is None


@pytest.mark.parametrize(
    ("year", "name", "expected"),
    [
        (2026, "清明", "2026-04-05"),
        (2027, "清明", "2027-04-05"),
        (2028, "清明", "2028-04-04"),
        (2026, "冬至", "2026-12-22"),
        (2027, "冬至", "2027-12-22"),
        (2027, "小寒", "2027-01-05"),
        (2026, "立春", "2026-02-04"),
    ],
)
def test_solar_terms(year, name, expected):
    assert solar_term(year, name) == date.fromisoformat(expected)


def test_no_such_term():
    assert solar_term(2026, "小年") is None
    assert solar_term(3000, "清明") is None
