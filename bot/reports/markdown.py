"""The outline as Markdown: for a text export, and as the lines by which two editions are compared (N5, N6).

What people wrote is escaped where Markdown would take it for markup, so that it reads as it was written (T5)."""

from collections.abc import Iterator

from bot.pattern import pattern
from bot.reports.outline import Bullets, Grid, Heading, Outline, Pairs, Paragraph, Part

_MARKUP = pattern(r"([\\`*_\[\]<>|])")
_ESCAPED = r"\\\1"
_LEADING = pattern(r"^(\s*)(?:(\d+)([.)])|([#+\-]))(?=\s)")


def markdown(outline: Outline) -> str:
    """The whole paper, ending in a line break."""
    lines = [f"# {escaped(outline.title)}", "", *(escaped(line) for line in outline.under), ""]
    for part in outline.parts:
        lines += [*_lines(part), ""]
    foot = [escaped(outline.foot), ""] if outline.foot else []
    return "\n".join([*lines, *foot])


def escaped(text: str) -> str:
    """On one line, with nothing in it that Markdown would act on."""
    return _LEADING.sub(r"\1\2\\\3\4", _marked(text))


def _marked(text: str) -> str:
    """What begins no line of its own, as behind a heading's #, needs only its marks escaped: `## 1. Scope` is no list."""
    return _MARKUP.sub(_ESCAPED, " ".join(text.split()))


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Heading():
            yield f"{'#' * (part.level + 1)} {_marked(part.text)}"
        case Pairs():
            yield from (f"- {escaped(label)}: {escaped(value)}" for label, value in part.pairs)
        case Paragraph():
            yield f"**{escaped(part.text)}**" if part.strong else escaped(part.text)
        case Bullets():
            marks = (f"{n}." if part.numbered else "-" for n in range(1, len(part.points) + 1))
            yield from (f"{mark} {escaped(point)}" for mark, point in zip(marks, part.points, strict=True))
        case Grid():
            yield from _table(part)


def _table(grid: Grid) -> Iterator[str]:
    yield _row(grid.columns)
    yield _row(("---",) * len(grid.columns))
    yield from (_row(tuple(escaped(cell) for cell in row)) for row in grid.rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
