"""On which day a weekly digest is told (R1) around festivals (T2): its own, else the nearest working one of the same week."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Calendar
from bot.domain.digest import last_moment, next_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY, MONDAY = 4, 0


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("weekday", "after", "told"),
    [
        (FRIDAY, "2026-11-18 10:00", "2026-11-20 16:00"),
        (FRIDAY, "2026-09-28 10:00", "2026-09-30 16:00"),  # Friday is National Day's second: the last day before
        (FRIDAY, "2026-09-30 16:00", "2026-10-09 16:00"),
        (
            MONDAY,
            "2026-10-01 10:00",
            "2026-10-08 16:00",
        ),  # a Monday that is off, and all days before it: the first after
        (
            FRIDAY,
            "2026-02-13 16:00",
            "2026-02-27 16:00",
        ),  # Spring Festival takes a whole week: nothing, not the Saturday before
        (FRIDAY, "2026-12-28 10:00", "2026-12-31 16:00"),  # New Year's Day
    ],
)
def test_the_next_one(weekday, after, told):
    found = next_moment(wall(after), weekday, time(16), SHANGHAI, Calendar.of("CN"))
    assert found == wall(told)


def test_the_last_one_of_a_week_without_a_working_day_is_that_of_the_week_before():
    assert last_moment(wall("2026-02-22 12:00"), FRIDAY, time(16), SHANGHAI, Calendar.of("CN")) == wall(
        "2026-02-13 16:00"
    )
