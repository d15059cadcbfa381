"""What one edition of minutes changed in another, line by line over the one outline (N5)."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from bot.reports.outline import Bullets, Grid, Heading, Outline, Pairs, Paragraph, Part


class Change(Struct, frozen=True):
    """What differs under one heading (empty above the first): lines that went and lines that came, as they are read."""

    heading: str
    was: tuple[str, ...]
    now: tuple[str, ...]


def differences(before: Outline, after: Outline) -> list[Change]:
    """Heading by heading, in reading order. Numbers in front of lines are no difference: one line more moves them all."""
    old, new = list(_lines(before)), list(_lines(after))
    was: dict[str, list[str]] = {}
    now: dict[str, list[str]] = {}
    for code, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code != "equal":
            _sort(old[first:last], was, now)
            _sort(new[start:end], now, was)
    return [Change(heading, tuple(was[heading]), tuple(now[heading])) for heading in was]


def _sort(lines: list[tuple[str, str]], into: dict[str, list[str]], beside: dict[str, list[str]]) -> None:
    for heading, line in lines:
        into.setdefault(heading, []).append(line)
        beside.setdefault(heading, [])


def _lines(outline: Outline) -> Iterator[tuple[str, str]]:
    """Each line with the heading it stands under."""
    heading = ""
    for part in outline.parts:
        if isinstance(part, Heading):
            heading = part.text
        else:
            yield from ((heading, line) for line in _worded(part))


def _worded(part: Part) -> Iterator[str]:
    match part:
        case Heading() | Paragraph():
            yield part.text
        case Pairs():
            yield from (f"{label}  {value}" for label, value in part.pairs)
        case Bullets():
            yield from part.points
        case Grid():
            yield from (" · ".join(cell for cell in row if cell) for row in part.rows)
