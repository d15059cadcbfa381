"""Weekdays under every prefix, said on every day of the week, against the ISO calendar's own week numbers."""

from datetime import date, datetime, timedelta

import pytest

from tests.due.given import SHANGHAI, a_week_from, answer, on

ZH = "一二三四五六日"
EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONDAY = date(2026, 11, 16)
SAID_ON = a_week_from(MONDAY)


def of_week(said_on: date, weeks: int, weekday: int) -> str:
    """That weekday of the calendar week so many weeks on; past when it has gone."""
    year, week, _ = (said_on + timedelta(weeks=weeks)).isocalendar()
    day = date.fromisocalendar(year, week, weekday + 1)
    return day.isoformat() if day >= said_on else "past"


def coming(said_on: date, weekday: int) -> str:
    return next(day for day in a_week_from(said_on) if day.weekday() == weekday).isoformat()


def at_ten(day: date) -> datetime:
    return on(day.isoformat())


@pytest.mark.parametrize("said_on", SAID_ON, ids=str)
@pytest.mark.parametrize(
    ("prefixes", "weeks"),
    [
        (("本周", "这周", "这个星期", "本週", "這個禮拜"), 0),
        (("下周", "下个星期", "下礼拜", "下週", "下個禮拜"), 1),
        (("下下周", "下下个礼拜", "下下週"), 2),
        (("上周", "上个星期"), -1),
    ],
)
def test_a_chinese_weekday_of_a_week(prefixes, weeks, said_on):
    for weekday in range(7):
        expected = of_week(said_on, weeks, weekday)
        assert {answer(prefix + ZH[weekday], at_ten(said_on)) for prefix in prefixes} == {expected}


@pytest.mark.parametrize("said_on", SAID_ON, ids=str)
@pytest.mark.parametrize(("prefix", "weeks"), [("this ", 0), ("next ", 1), ("last ", -1)])
def test_an_english_weekday_of_a_week(prefix, weeks, said_on):
    for weekday, name in enumerate(EN):
        spelled = (name, name.title(), name[:3])
        assert {answer(prefix + one, at_ten(said_on)) for one in spelled} == {of_week(said_on, weeks, weekday)}


@pytest.mark.parametrize("said_on", SAID_ON, ids=str)
def test_a_bare_weekday_is_the_coming_one(said_on):
    for weekday, (sign, name) in enumerate(zip(ZH, EN, strict=True)):
        said = [*(f"{word}{sign}" for word in ("周", "星期", "礼拜", "週", "禮拜")), name, f"by {name}"]
        assert {answer(phrase, at_ten(said_on)) for phrase in said} == {coming(said_on, weekday)}


@pytest.mark.parametrize(
    ("said_on", "phrase", "expected"),
    [
        ("2026-11-20", "周末前", "2026-11-20"),
        ("2026-11-21", "周末前", "past"),
        ("2026-11-22", "周末", "2026-11-22"),
        ("2026-11-21", "end of week", "2026-11-22"),
        ("2026-11-20", "end of week", "2026-11-20"),
        ("2026-11-22", "本周内", "2026-11-22"),
        ("2026-11-22", "下周末", "2026-11-29"),
        ("2026-11-22", "EOW", "2026-11-22"),
        ("2026-12-28", "下周五", "2027-01-08"),
        ("2026-12-31", "周五", "2027-01-01"),
        ("2027-01-03", "下周一", "2027-01-04"),
        ("2026-11-20", "coming Friday", "vague"),
        ("2026-11-19", "coming Friday", "2026-11-20"),
        ("2026-11-23", "a week from Monday", "2026-11-30"),
        ("2026-11-24", "a week from Monday", "2026-12-07"),
    ],
)
def test_ends_of_weeks_and_years(said_on, phrase, expected):
    assert answer(phrase, on(said_on)) == expected


def test_tomorrow_is_the_askers_not_the_machines():
    """At 02:00 in Beijing it is still the day before in UTC."""
    assert answer("明天", on("2026-11-18", "02:00")) == "2026-11-19"
    assert answer("tomorrow", on("2026-11-18", "23:59", SHANGHAI)) == "2026-11-19"
