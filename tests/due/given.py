"""The moment, the calendar and the phrases that the tests of due phrases share; Wednesday 18 November 2026, 10:00."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.calendar import Calendar
from bot.due import DueRefused, read

HERE = Path(__file__).parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)
TODAY = NOW.date()
CHINA = Calendar.of("CN")


@cache
def rows(name: str) -> tuple[dict, ...]:
    """The rows of a file of phrases beside this one."""
    return tuple(json.loads((HERE / name).read_text(encoding="utf-8")))


def answer(phrase: str, now: datetime = NOW, calendar: Calendar = CHINA) -> str:
    """What reading gives, as the files write it: an ISO day, an ISO minute, or the kind of the refusal."""
    try:
        due = read(phrase, now, calendar)
    except DueRefused as refused:
        return refused.kind
    return due.day.isoformat() + (f"T{due.time:%H:%M}" if due.time else "")


def on(day: str, time: str = "10:00", zone: ZoneInfo = SHANGHAI) -> datetime:
    """A moment by its wall clock."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=zone)


def a_week_from(day: date) -> list[date]:
    """Seven days, so that a rule is tried on every day of the week."""
    return [day + timedelta(days=n) for n in range(7)]
