"""The outline of minutes (bot/reports/outline.py) as a card's blocks, in its order, readable on a phone (N6)."""

from collections.abc import Iterator
from itertools import pairwise

from bot.cards import Block, Divider, Facts, Item, Items, Plain, Strong, Text
from bot.domain.minutes import Minutes
from bot.reports.outline import Bullets, Grid, Heading, Pairs, Paragraph, Part, outline
from bot.views import lines
from bot.views.scene import Scene


def title(scene: Scene, minutes: Minutes) -> str:
    """会议纪要：Q3 产品规划会（11月20日）."""
    return scene.words("minutes-title", named=named(scene, minutes))


def named(scene: Scene, minutes: Minutes) -> str:
    """Q3 产品规划会（11月20日，第 2 版）: which meeting, and from the second on which edition."""
    day = scene.words.bare_day(minutes.held_at.astimezone(scene.zone).date(), scene.today)
    title, edition = lines.single(minutes.title), str(minutes.edition)
    if minutes.edition == 1:
        return scene.words("minutes-named", title=title, day=day)
    return scene.words("minutes-named-edition", title=title, day=day, edition=edition)


def body(scene: Scene, minutes: Minutes) -> Iterator[Block]:
    """All of it. A heading stands with the list below it, so that no messenger parts them."""
    heading = ""
    for part in outline(scene, minutes).parts:
        if isinstance(part, Heading):
            yield from _alone(heading)
            if part.level == 1:
                yield Divider()
            heading = part.text
        else:
            yield from _block(part, heading)
            heading = ""


def items(scene: Scene, minutes: Minutes, heading: str) -> Items | None:
    """One part alone (`paper-decisions`, `paper-actions`), as the whole shows it; None where there is nothing of it."""
    name = scene.words(heading)
    parts = outline(scene, minutes).parts
    for before, part in pairwise(parts):
        if isinstance(before, Heading) and before.text == name:
            return next((block for block in _block(part, name) if isinstance(block, Items)), None)
    return None


def _block(part: Part, heading: str) -> Iterator[Block]:
    match part:
        case Pairs():
            yield Facts(part.pairs)
        case Bullets():
            marks = (f"{n}." if part.numbered else "•" for n in range(1, len(part.points) + 1))
            yield Items(tuple(Item(mark, text) for mark, text in zip(marks, part.points, strict=True)), heading)
        case Grid():
            yield Items(tuple(_row(row) for row in part.rows), heading)
        case Paragraph():
            yield from _alone(heading)
            yield Text((Strong(part.text) if part.strong else Plain(part.text),))
        case Heading():
            yield from _alone(part.text)


def _row(row: tuple[str, ...]) -> Item:
    """A-42, what, then who by when and how one will know."""
    number, text, *rest = row
    return Item(number, text, " · ".join(cell for cell in rest if cell))


def _alone(heading: str) -> Iterator[Block]:
    if heading:
        yield Text((Strong(heading),))
