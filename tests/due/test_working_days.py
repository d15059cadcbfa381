"""Counts of working days in phrases: make-up days, feasts, a year without a published calendar, the workplace's own days."""

from datetime import date

import pytest

from bot.calendar import Calendar
from bot.due import read
from tests.due.given import CHINA, NOW, answer, on

NO_FEASTS = Calendar.of("none")


@pytest.mark.parametrize(
    ("said_on", "phrase", "expected"),
    [
        ("2026-09-30", "1个工作日内", "2026-10-08"),
        ("2026-10-09", "next business day", "2026-10-10"),
        ("2026-10-10", "下个工作日", "2026-10-12"),
        ("2026-02-14", "两个工作日后", "2026-02-25"),
        ("2026-05-08", "in 1 working day", "2026-05-09"),
        ("2026-02-20", "1个工作日内", "2026-02-24"),
        ("2026-09-24", "下周第一个工作日", "2026-09-28"),
        ("2026-09-20", "本月最后一个工作日", "2026-09-30"),
        ("2026-09-20", "下个月第一个工作日", "2026-10-08"),
        ("2026-02-10", "春节前最后一个工作日", "2026-02-14"),
        ("2026-02-10", "春节后第一个工作日", "2026-02-24"),
        ("2026-09-20", "国庆节后第一个工作日", "2026-10-08"),
        ("2026-09-20", "last working day of the month", "2026-09-30"),
        ("2026-09-20", "2 working days before Oct 9", "2026-09-30"),
    ],
)
def test_the_published_calendar_counts(said_on, phrase, expected):
    assert answer(phrase, on(said_on)) == expected


@pytest.mark.parametrize(
    ("said_on", "phrase", "confirmed"),
    [
        ("2026-11-18", "5个工作日内", True),
        ("2026-12-24", "5个工作日内", True),
        ("2026-12-30", "1个工作日内", True),
        ("2026-12-30", "3个工作日内", False),
        ("2027-03-01", "in 2 working days", False),
        ("2026-12-30", "明年3月第一个工作日", False),
        ("2026-12-30", "2027-03-01", True),
        ("2026-12-30", "三周后", True),
        ("2026-12-30", "下周五", True),
    ],
)
def test_only_what_was_reckoned_with_an_unpublished_year_is_unconfirmed(said_on, phrase, confirmed):
    assert read(phrase, on(said_on), CHINA).confirmed is confirmed


def test_another_workplace_has_another_calendar():
    said = on("2026-09-30")
    own = Calendar.of("CN", own={date(2026, 10, 8): False})
    assert answer("1个工作日内", said, CHINA) == "2026-10-08"
    assert answer("1个工作日内", said, own) == "2026-10-09"
    assert answer("1个工作日内", said, NO_FEASTS) == "2026-10-01"
    assert read("1个工作日内", on("2027-05-31"), NO_FEASTS).confirmed


@pytest.mark.parametrize(
    ("zh", "hant", "en"),
    [
        ("5个工作日内", "5個工作天內", "in 5 business days"),
        ("三个工作日后", "三個工作日後", "in three working days"),
        ("下个工作日", "下個工作天", "next working day"),
        ("本月最后一个工作日", "本月最後一個工作日", "last working day of the month"),
        ("下个月第一个工作日", "下個月第一個工作天", "first working day of next month"),
    ],
)
def test_the_languages_agree(zh, hant, en):
    assert answer(zh, NOW) == answer(hant, NOW) == answer(en, NOW)


@pytest.mark.parametrize("n", [1, 2, 5, 9, 10, 20])
def test_a_count_is_the_calendars(n):
    expected = CHINA.after(date(2026, 9, 18), n).isoformat()
    said = on("2026-09-18")
    assert {answer(f"{n}个工作日内", said), answer(f"within {n} business days", said), answer(f"+{n}wd", said)} == {
        expected
    }
