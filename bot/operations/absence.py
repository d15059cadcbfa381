"""Who is away, by their own setting: until the day on which they are back the bot does not write to them of itself (A14).
What somebody does that concerns them is said when it happens, as to everybody (T3): it may be about tomorrow."""

from collections.abc import Collection
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.calendar import at
from bot.store import Records

_FEW = 20
"""So many people are asked one by one; of more all settings are read at once."""


def until(records: Records, people: Collection[int]) -> dict[int, str]:
    """The ISO day on which somebody is back, for those who have said so; it may be over by now."""
    if len(people) > _FEW:
        chosen = records.settings.all("person:")
    else:
        chosen = {f"person:{person}": records.settings.of(f"person:{person}") for person in people}
    away = {person: chosen.get(f"person:{person}", {}).get("away", "") for person in people}
    return {person: day for person, day in away.items() if day}


def is_away(day: str | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether somebody who is back on this day (None: who is there) is still away."""
    return day is not None and now.astimezone(zone).date().isoformat() < day


def of(records: Records, person: int, now: datetime, zone: ZoneInfo) -> date | None:
    """The day on which this person is back; None for who is there."""
    day = until(records, [person]).get(person)
    return date.fromisoformat(day) if day is not None and is_away(day, now, zone) else None


def back(day: str, morning: time, zone: ZoneInfo) -> datetime:
    """The morning of the day on which they are back."""
    return at(date.fromisoformat(day), morning, zone)
