"""From which day on a series is held, where its line says so: 从12月7日起每周一, every Monday from 7 Dec (P2)."""

from collections.abc import Iterator
from datetime import date

from bot.commands import whens
from bot.commands.asking import Asking
from bot.commands.meeting import measures
from bot.due import DueRefused
from bot.due.phrase import shadow
from bot.pattern import pattern

_OPENED = pattern(r"(?:从|從|自)\s*(?P<day>[^\s,，、]{2,12}?)\s*(?:起|开始|開始)")
_CLOSED = pattern(r"(?<!\S)(?P<day>[^\s,，、]{2,12}?)(?:起|开始|開始)(?=\s|每|$)")
_FROM = pattern(r"\b(?:from|starting|beginning|as of)(?: on| from)? +(?P<day>\S+(?: +\S+){0,3})")


def recurring(asking: Asking, text: str) -> tuple[str, str]:
    """The rule that the words name ("" for none), and the words with its first day in its place: the coming one, or the first
    from the day on that is said. Raises Refusal `series-rule`."""
    rule, rest = measures.recurring(text, asking.today)
    for day, without in _since(asking, text) if rule else ():
        return measures.recurring(without, day)
    return rule, rest


def _since(asking: Asking, text: str) -> Iterator[tuple[date, str]]:
    """Every day that is said so, and the words without it."""
    for said in (_OPENED, _CLOSED):
        match = said.search(shadow(text))
        if match:
            day = _day(asking, match["day"])
            yield from ((day, f"{text[: match.start()]} {text[match.end() :]}"),) if day else ()
    match = _FROM.search(shadow(text))
    if match:
        yield from _english(asking, text, match.start(), match.start("day"), match.end("day"))


def _english(asking: Asking, text: str, start: int, begun: int, end: int) -> Iterator[tuple[date, str]]:
    """As many words as make a day: from 7 Dec 10:00 is one of two."""
    ends = [begun + at for at, one in enumerate(text[begun:end]) if one == " "]
    for stop in (end, *reversed(ends)):
        day = _day(asking, text[begun:stop])
        if day is not None:
            yield day, f"{text[:start]} {text[stop:]}"


def _day(asking: Asking, phrase: str) -> date | None:
    """None for what is no day, or an hour."""
    try:
        due = whens.read_day(asking, phrase)
    except DueRefused:
        return None
    return due.day if due.time is None else None
