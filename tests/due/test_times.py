"""Times of day: which half of the day a bare hour means, what has gone, midnight, and clocks that are changed."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import at
from bot.due import DueRefused, read, split
from tests.due.given import CHINA, NOW, SHANGHAI, answer, on

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("clock", "phrase", "expected"),
    [
        ("10:00", "下午3点", "2026-11-18T15:00"),
        ("16:00", "下午3点", "2026-11-19T15:00"),
        ("16:00", "今天下午3点", "past"),
        ("16:00", "3点", "vague"),
        ("10:00", "10:00", "2026-11-18T10:00"),
        ("10:01", "10am", "2026-11-19T10:00"),
        ("10:01", "today 10:00", "past"),
        ("17:00", "今天下午", "2026-11-18"),
        ("18:00", "今天下午", "past"),
        ("12:00", "今早", "past"),
        ("12:00", "this morning", "past"),
        ("12:00", "早上", "vague"),
        ("23:59", "今晚", "2026-11-18"),
        ("23:59", "今晚12点", "2026-11-19T00:00"),
        ("00:30", "凌晨2点", "2026-11-18T02:00"),
        ("23:59", "EOD", "2026-11-18"),
        ("23:30", "一小时内", "2026-11-19T00:30"),
        ("23:30", "in 30 minutes", "2026-11-19T00:00"),
    ],
)
def test_what_has_gone_and_what_comes(clock, phrase, expected):
    assert answer(phrase, on("2026-11-18", clock)) == expected


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(1, "13:00"), (5, "17:00"), (6, "18:00"), (8, "08:00"), (9, "09:00"), (12, "12:00"), (13, "13:00"), (23, "23:00")],
)
def test_a_bare_hour_is_one_of_working_hours(hour, expected):
    assert answer(f"明天{hour}点") == f"2026-11-19T{expected}"


@pytest.mark.parametrize("hour", range(1, 12))
def test_twelve_hours_twice_a_day(hour):
    assert answer(f"tomorrow {hour}am") == f"2026-11-19T{hour:02}:00"
    assert answer(f"tomorrow {hour}pm") == f"2026-11-19T{hour + 12}:00"


@pytest.mark.parametrize("hour", range(24))
def test_a_two_digit_hour_is_of_24(hour):
    assert answer(f"明天{hour:02}:45") == f"2026-11-19T{hour:02}:45"


@pytest.mark.parametrize(
    "phrase", ["明天25点", "明天24:01", "tomorrow 13pm", "tomorrow 12:60", "明天早上15点", "明天凌晨9点"]
)
def test_times_there_are_none_of(phrase):
    assert answer(phrase) == "invalid"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("12am tomorrow", "2026-11-19T00:00"),
        ("12pm tomorrow", "2026-11-19T12:00"),
        ("明天0点", "2026-11-19T00:00"),
        ("明天24点", "2026-11-20T00:00"),
        ("明天晚上12点", "2026-11-20T00:00"),
        ("明天中午1点", "2026-11-19T13:00"),
        ("明天中午12点半", "2026-11-19T12:30"),
        ("周五午夜", "vague"),
        ("12月310:00", "vague"),  # 3 December 10:00, or 31 December 0:00?
    ],
)
def test_noon_and_midnight(phrase, expected):
    assert answer(phrase) == expected


def test_a_time_that_clocks_skip_is_told_as_they_show_it():
    """A4 row 12: 28 March 2027 has no 02:30 in Berlin."""
    due = read("28 March 2027 02:30", on("2027-03-20", zone=BERLIN), CHINA)
    assert f"{due.time:%H:%M}" == "03:00"


def test_hours_are_counted_on_the_clock_not_its_face():
    """The night of 28 March 2027 is an hour short in Berlin."""
    assert answer("in 24 hours", on("2027-03-27", "20:00", BERLIN)) == "2027-03-28T21:00"


def test_seconds_do_not_make_a_past():
    now = datetime(2026, 11, 18, 2, 0, 59, 999_999, tzinfo=UTC).astimezone(SHANGHAI)
    due = read("1分钟内", now, CHINA)
    assert due.time is not None
    assert at(due.day, due.time, SHANGHAI) >= now


def test_a_naive_moment_is_our_bug():
    with pytest.raises(ValueError, match="aware"):
        read("明天", NOW.replace(tzinfo=None), CHINA)


@pytest.mark.parametrize(
    "text",
    [
        "下周 10:00",
        "下周10:00",
        "本周 15:30",
        "下下周 16:00",
        "周 10:00",
        "星期 20:00",
        "next week 10:00",
        "next week at 3pm",
    ],
)
def test_an_hours_first_digit_is_no_weekday(text):
    """下周 10:00 was 下周1 at 0:00: a Monday at midnight that nobody had said."""
    with pytest.raises(DueRefused) as refused:
        read(text, NOW, CHINA)
    assert refused.value.kind == "vague"
    if not text.startswith(("周", "星")):
        with pytest.raises(DueRefused):
            split(f"开会 {text}", NOW, CHINA)


@pytest.mark.parametrize(
    ("text", "hour"), [("下周1 10:00", 10), ("下周1上午10点", 10), ("周五15:00", 15), ("下周五 9点", 9)]
)
def test_a_weekday_by_its_digit_and_an_hour_beside_one(text, hour):
    assert read(text, NOW, CHINA).time == time(hour)
