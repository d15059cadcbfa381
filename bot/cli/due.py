"""`bihuan due`: tries the grammar of due phrases from the command line."""

import json
from collections.abc import Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.calendar import Calendar
from bot.cli.terminal import DONE, MISUSED, Stopped, ends, terminal
from bot.clock import SystemClock
from bot.due.trial import trial
from bot.texts import LANGUAGES, words

_ZONE = "Asia/Shanghai"


@ends
def due(phrases: Sequence[str], *, as_json: bool, now: str | None, language: str, zone: str) -> int:
    """One line a phrase. A refused phrase is an answer too: exit code 0; 2 for options that make no sense."""
    language = language or terminal.words.language
    if language not in LANGUAGES:
        raise Stopped("due-language", code=MISUSED, value=language, known=", ".join(LANGUAGES))
    said_at, there = _moment(now, zone)
    for answer in trial(phrases, said_at, there, words(language), Calendar.of()):
        terminal.line(json.dumps(answer, ensure_ascii=False) if as_json else f"{answer['text']} → {answer['say']}")
    return DONE


def _moment(now: str | None, zone: str) -> tuple[datetime, tzinfo]:
    """When and where it is said: a moment without an offset is the wall clock of the zone; without a zone its offset
    says where."""
    try:
        there = ZoneInfo(zone or _ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Stopped("due-zone", code=MISUSED, value=zone) from None
    try:
        said = datetime.fromisoformat(now) if now else SystemClock().now()
    except ValueError:
        raise Stopped("due-now", code=MISUSED, value=now or "") from None
    if said.tzinfo is None:
        return said.replace(tzinfo=there), there
    return said, there if zone or not now else said.tzinfo
