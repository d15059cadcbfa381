"""The parts of the grammar by themselves: written numbers, plain forms, the words around a phrase, counts of months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.due.asked import Bound, Refused, month_after, months_on
from bot.due.frame import bounded
from bot.due.numerals import count, number, ordinal, year
from bot.due.phrase import LONGEST, plain, shadow

DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """A number below 1,000 as people write it."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_every_chinese_number_is_read(n):
    assert number(chinese(n)) == number(str(n)) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("廿三", 23),
        ("卅", 30),
        ("卅一", 31),
        ("〇", 0),
        ("零五", 5),
        ("一百零五", 105),
        ("二百", 200),
        ("十", 10),
    ],
)
def test_other_ways_to_write_them(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["两三", "三五", "十十", "百", "一百五", "二〇", "廿十", "", "3.5", "三3"])
def test_a_few_is_no_number(text):
    assert number(text) is None


def test_years_counts_and_ordinals():
    assert [year(text) for text in ("2026", "26", "二〇二六", "二零二六")] == [2026] * 4
    assert [count(text) for text in ("a", "three", "3", "三")] == [1, 3, 3, 3]
    assert [ordinal(text) for text in ("3rd", "third", "3", "thirtieth")] == [3, 3, 3, 30]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("１２月　３日", "12月3日"),
        ("下週五　之前", "下周五之前"),
        ("  By   FRIDAY. ", "by friday"),
        ("“周五”", "周五"),
        ("（周五）", "周五"),
        ("12月3日（周四）", "12月3日(周四)"),
        ("09-01 20:01", "09-01 20:01"),
        ("Q4 末", "q4末"),
        ("今晚8點", "今天晚上8点"),
        ("明早", "明天早上"),
        ("5 p.m.", "5pm"),
        ("周\u200b五", "周五"),
        ("2026-12-03T18:00", "2026-12-03 18:00"),
    ],
)
def test_the_plain_form(text, form):
    assert plain(text) == form


@pytest.mark.parametrize("text", ["", "   ", "。。。", "周" * (LONGEST + 1), "e\u0301" * 300])
def test_what_is_no_phrase(text):
    assert plain(text) is None


@given(st.text(max_size=60))
def test_a_plain_form_stays_as_it_is(text):
    form = plain(text)
    assert form is None or plain(form) == form


@given(st.text(max_size=200))
def test_a_shadow_keeps_every_place(text):
    assert len(shadow(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "core", "bound"),
    [
        ("周五", "周五", Bound.ON),
        ("周五之前", "周五", Bound.BEFORE),
        ("三天以内", "三天", Bound.WITHIN),
        ("三天过后", "三天", Bound.AFTER),
        ("截止到12月3日", "12月3日", Bound.ON),
        ("请在周五前", "周五", Bound.BEFORE),
        ("by the 3rd", "3rd", Bound.ON),
        ("before Friday", "Friday", Bound.BEFORE),
        ("within 3 days", "3 days", Bound.WITHIN),
        ("in the next 3 days", "3 days", Bound.IN),
        ("after 3 days", "3 days", Bound.AFTER),
        ("no later than friday", "friday", Bound.ON),
    ],
)
def test_the_words_around_are_taken_off(text, core, bound):
    assert (core, bound) in list(bounded(text))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_on_keeps_the_day_or_takes_the_last(day, n):
    there = months_on(day, n)
    assert (there.year, there.month) == month_after(day, n)
    tomorrow = date.fromordinal(there.toordinal() + 1)
    assert there.day == day.day or (there.day < day.day and tomorrow.day == 1)


def test_months_out_of_the_calendar_are_refused():
    with pytest.raises(Refused):
        months_on(date(9999, 1, 1), 12)
