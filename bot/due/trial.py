"""The grammar by itself, for the command line: phrases in, one plain object each out."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from bot.calendar import Calendar
from bot.due.answer import Due, DueRefused
from bot.due.reading import read
from bot.due.say import Voice, say


def trial(
    phrases: Iterable[str], now: datetime, zone: tzinfo, voice: Voice, calendar: Calendar
) -> list[dict[str, str | None]]:
    """One `{"text", "day", "time", "refused", "say"}` a phrase, said at `now` (aware) by somebody in `zone`.

    `day` is ISO, `time` HH:MM, `refused` vague, invalid, past or unknown; None where it does not apply.
    `say` is in the language of `voice` (bot.texts.words)."""
    there = now.astimezone(zone)
    return [_tried(phrase, there, voice, calendar) for phrase in phrases]


def _tried(phrase: str, now: datetime, said_in: Voice, calendar: Calendar) -> dict[str, str | None]:
    answer: Due | DueRefused
    try:
        answer = read(phrase, now, calendar)
    except DueRefused as refused:
        answer = refused
    due = answer if isinstance(answer, Due) else None
    return {
        "text": phrase,
        "day": due.day.isoformat() if due else None,
        "time": said_in.clock_time(due.time) if due and due.time else None,
        "refused": answer.kind if isinstance(answer, DueRefused) else None,
        "say": say(answer, said_in, now.date()),
    }
