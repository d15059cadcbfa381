"""`/series` 系列: a recurring meeting begins with `/meeting new … 每周一 10:00`; here it is shown, moved, skipped, ended (P2), and its
history told."""

from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.cards import Answer
from bot.commands import whens
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.domain.meeting import Meeting, MeetingState
from bot.due import DueRefused
from bot.errors import Offer, Refusal
from bot.operations import series as operations
from bot.policy import meetings as policy
from bot.views import series as views
from bot.views import series_past

_WORDS = 8
"""Of a day, at most: `the day after the first Monday of January`."""


def begin(asking: Asking, pattern: Meeting, rule: str) -> Answer:
    """The series and its first sessions; a holiday among them is asked about at once."""
    series, made, holidays = operations.begin(asking, pattern, rule)
    asking.facts.extend(made)
    zone = ZoneInfo(series.pattern.zone)
    days = [(one.start.astimezone(zone).date(), one.to) for one in holidays]
    return views.begun(scene(asking), series, [fact.after for fact in made], days)


def list_(asking: Asking, line: Line) -> Answer:
    """Every running series whose meetings the asker may see."""
    del line
    found = [one for one in asking.records.meetings.all_series() if policy.sees(asking.by, one.pattern)]
    return views.listing(scene(asking), found)


def show(asking: Asking, line: Line) -> Answer:
    """With its sessions ahead that the asker may see: one of them may be confidential by itself (N8)."""
    series = operations.known(asking, number_of(asking, line))
    ahead = operations.sessions(asking, series.number, since=asking.now)
    return views.detail(scene(asking), series, [one for one in ahead if policy.sees(asking.by, one)])


def history(asking: Asking, line: Line) -> Answer:
    """Who did what and when; refused to who may not see its meetings (N8)."""
    series = operations.known(asking, number_of(asking, line))
    return series_past.history(scene(asking), series, asking.records.history.of(series.label))


def move(asking: Asking, line: Line) -> Answer:
    """`move S-2 2026-10-05 [2026-10-09]`: the session of a holiday on another day, the next working one unless it is said."""
    number = number_of(asking, line)
    line = replace(line, numbers=(number,))
    first, second = _two(asking, line.rest)
    day = _day(asking, line, first)
    fact = operations.move(asking, number, day, _day(asking, line, second, first) if second else None)
    asking.facts.append(fact)
    told = fact.before is not None and fact.before.announced_at is not None
    did = "series-did-move-told" if told else "series-did-move"
    return views.said(scene(asking), did, operations.known(asking, number), day, fact.after)


def skip(asking: Asking, line: Line) -> Answer:
    """No session on this day; one that was announced is cancelled, and its people hear of it."""
    number = number_of(asking, line)
    day = _day(asking, replace(line, numbers=(number,)), line.rest)
    fact = operations.skip(asking, number, day)
    if fact is not None:
        asking.facts.append(fact)
    return views.said(scene(asking), "series-did-skip", operations.known(asking, number), day)


def end(asking: Asking, line: Line) -> Answer:
    number = number_of(asking, line)
    series, gone = operations.end(asking, number)
    asking.facts.extend(gone)
    told = frozenset({MeetingState.ANNOUNCED, MeetingState.AWAITING})
    left = operations.sessions(asking, number, since=asking.now, states=told)
    return views.ended(scene(asking), series, len(gone), left)


def number_of(asking: Asking, line: Line) -> int:
    """The series a line names, else the only one there is. Raises Refusal `which-series`."""
    if line.numbers:
        return line.numbers[0]
    found = [one for one in asking.records.meetings.all_series() if policy.sees(asking.by, one.pattern)]
    if len(found) == 1:
        return found[0].number
    offers = tuple(
        Offer(
            "offer-item", replace(line, numbers=(one.number,)).with_rest(line.rest),
            args=(("item", one.label), ("text", one.pattern.title)),
        )
        for one in found[:4]
    )  # fmt: skip
    raise Refusal("which-series", offers=offers)


def _two(asking: Asking, text: str) -> tuple[str, str]:
    """Both days' words apart, each of which may be several (`1 Jan 2027 5 Jan 2027`); where they are no days, at the first
    blank behind what names one."""
    words = text.split()
    ways = [(" ".join(words[:count]), " ".join(words[count:])) for count in range(min(len(words), _WORDS), 0, -1)]
    days = (way for way in ways if all(whens.is_day(asking, one) for one in way if one))
    named = (way for way in ways if whens.names_day(asking, way[0]))
    return next(days, None) or next(named, (ways or [("", "")])[-1])


def _day(asking: Asking, line: Line, text: str, before: str = "") -> date:
    """The day that is said, exactly or as a phrase. Raises Refusal `series-which-day`, or the day's own with the line mended
    (`before`: what stands before the day in it)."""
    if not text.strip():
        mended = line.with_rest(asking.today.isoformat())
        raise Refusal("series-which-day", series=f"S-{line.numbers[0]}", mended=mended)
    try:
        return whens.read_day(asking, text.strip()).day
    except DueRefused as refused:
        raise whens.mended(refused, lambda day: line.with_rest(f"{before} {day}".strip())) from None
