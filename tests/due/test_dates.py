"""Days and months across the edges of months, years and leap years; which order numbers stand in; what is far."""

from datetime import date

import pytest

from bot.due import Due, read
from tests.due.given import CHINA, NOW, answer, on


@pytest.mark.parametrize(
    ("said_on", "phrase", "expected"),
    [
        ("2026-11-18", "18号", "2026-11-18"),
        ("2026-11-19", "18号", "2026-12-18"),
        ("2026-12-31", "1号", "2027-01-01"),
        ("2027-01-31", "30号", "2027-03-30"),
        ("2027-01-31", "the 29th", "2027-03-29"),
        ("2028-01-31", "29号", "2028-02-29"),
        ("2026-01-31", "下个月28号", "2026-02-28"),
        ("2026-01-31", "下个月29号", "invalid"),
        ("2026-12-15", "下个月5号", "2027-01-05"),
        ("2026-12-15", "下下个月底", "2027-02-28"),
        ("2026-12-31", "11月30日", "2027-11-30"),
        ("2026-12-31", "12月31日", "2026-12-31"),
        ("2027-03-01", "2月29日", "2028-02-29"),
        ("2028-02-29", "2月29日", "2028-02-29"),
        ("2028-03-01", "2月29日", "invalid"),
        ("2026-02-28", "Feb 29", "invalid"),
        ("2026-02-28", "一个月后", "2026-03-28"),
        ("2026-03-31", "一个月后", "2026-04-30"),
        ("2026-08-31", "半年后", "2027-02-28"),
        ("2028-02-29", "一年后", "2029-02-28"),
        ("2026-12-31", "本月底", "2026-12-31"),
        ("2026-12-31", "季度末", "2026-12-31"),
        ("2026-12-31", "下季度末", "2027-03-31"),
        ("2027-01-01", "季度末", "2027-03-31"),
        ("2026-03-31", "Q1末", "2026-03-31"),
        ("2026-04-01", "Q1末", "2027-03-31"),
        ("2026-06-30", "上半年末", "2026-06-30"),
        ("2026-07-01", "上半年末", "2027-06-30"),
        ("2026-12-25", "圣诞节", "2026-12-25"),
        ("2026-12-26", "圣诞节", "2027-12-25"),
        ("2026-12-31", "元旦前", "2026-12-31"),
        ("2027-02-05", "除夕", "2027-02-05"),
        ("2027-02-06", "除夕", "2028-01-25"),
        ("2027-02-06", "春节", "2027-02-06"),
        ("2024-02-09", "腊月三十", "2024-02-09"),
        ("2026-01-01", "腊月三十", "invalid"),
        ("2026-01-01", "除夕", "2026-02-16"),
        ("2021-12-01", "腊月三十", "invalid"),  # that winter's has 29 days, the next one's 30
    ],
)
def test_the_edges(said_on, phrase, expected):
    assert answer(phrase, on(said_on)) == expected


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("12/3", "2026-12-03"),
        ("12-3", "2026-12-03"),
        ("12.3", "2026-12-03"),
        ("25/12", "2026-12-25"),
        ("12/25", "2026-12-25"),
        ("13/13", "invalid"),
        ("2026-12-03", "2026-12-03"),
        ("12月3日", "2026-12-03"),
        ("3/12/2026", "vague"),
        ("12/12/2026", "2026-12-12"),
    ],
)
def test_of_two_numbers_the_first_is_the_month_unless_it_cannot_be(phrase, day):
    assert answer(phrase) == day


@pytest.mark.parametrize(
    ("phrase", "far"),
    [
        ("11月1日", True),
        ("2027年11月1日", False),
        ("明年11月1日", False),
        ("9月14日", False),
        ("9月15日", True),
        ("国庆节", True),
        ("12个月内", False),
        ("Nov 1", True),
        ("Nov 1, 2027", False),
    ],
)
def test_a_day_that_rolled_far_ahead_is_to_be_confirmed(phrase, far):
    """300 days after 18 November 2026 is 14 September 2027."""
    assert read(phrase, NOW, CHINA).far is far


def test_an_answer_is_a_value():
    assert read("11月1日", NOW, CHINA) == Due(date(2027, 11, 1), None, confirmed=True, far=True)


@pytest.mark.parametrize("phrase", ["一百二十三天内", "123天内", "in 123 days"])
def test_long_numbers(phrase):
    assert answer(phrase) == "2027-03-21"


@pytest.mark.parametrize("phrase", ["9999-12-31", "9999天内", "in 9999 days", "9999年12月31日", "两百年后", "+999w"])
def test_what_is_out_of_sight_is_refused(phrase):
    assert answer(phrase) == "invalid"
