"""The outline as PDF, fit to print: A4, page numbers, a table that goes on over pages under its heading (N6).

The Chinese face is embedded as a subset where the machine has one (bot/reports/fonts.py)."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from msgspec import Struct

from bot.reports.fonts import STANDARD, STANDARD_TRADITIONAL, Faces, cut
from bot.reports.outline import Bullets, Grid, Heading, Outline, Pairs, Paragraph, Part

MEDIA_TYPE = "application/pdf"
_GREY = "#666666"
_ONE = Lock()
"""Faces are known to reportlab by name, for the whole process: one paper at a time."""
_PADDING = 6
"""Points that reportlab's frame keeps free on each side."""
_NAMES = ("paper", "paper-bold")
_SIZES = {"title": 17, "h1": 12.5, "h2": 11, "body": 10, "faint": 8.5, "cell": 9}


class Faced(Struct, frozen=True):
    """The names under which the two faces are known to reportlab."""

    regular: str
    bold: str


def pdf(outline: Outline, language: str, found: Faces | None, page: Callable[[int], str] = str) -> bytes:
    """The file. `found` is the face to embed; `page` says a page's number. Takes 0.3 s: not inside a transaction.

    Raises NoSuchFace for a configured file that is no font."""
    with _ONE, _registered(outline, language, found, page) as faced:
        return _built(outline, language, faced, page)


def _built(outline: Outline, language: str, faced: Faced, page: Callable[[int], str]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    file = io.BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
        title=outline.title, lang={"en": "en"}.get(language, "zh"),
    )  # fmt: skip

    def numbered(canvas: Any, here: Any) -> None:
        canvas.setFont(faced.regular, _SIZES["faint"])
        canvas.setFillColor(_GREY)
        canvas.drawCentredString(A4[0] / 2, 11 * mm, page(here.page))

    document.build(
        list(_flow(outline, _Style(faced, document.width - 2 * _PADDING))), onFirstPage=numbered, onLaterPages=numbered
    )
    return file.getvalue()


class _Style:
    """Paragraphs in the two faces, and how wide the page is."""

    def __init__(self, faced: Faced, width: float) -> None:
        self.faced = faced
        self.width = width

    def paragraph(self, text: str, size: str = "body", *, bold: bool = False, after: float = 3, **more: Any) -> Any:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph as Flowing

        points = _SIZES[size]
        style = ParagraphStyle(
            size, fontName=self.faced.bold if bold else self.faced.regular, fontSize=points, leading=points * 1.5,
            spaceAfter=after, wordWrap="CJK", textColor=_GREY if size == "faint" else "#000000", **more,
        )  # fmt: skip
        return Flowing(escape(text), style)


def _flow(outline: Outline, style: _Style) -> Iterator[Any]:
    yield style.paragraph(outline.title, "title", bold=True, after=2)
    for line in outline.under:
        yield style.paragraph(line, "faint")
    for part in outline.parts:
        yield from _of(part, style)
    if outline.foot:
        yield style.paragraph(outline.foot, "faint", spaceBefore=10)


def _of(part: Part, style: _Style) -> Iterator[Any]:
    match part:
        case Heading():
            size = f"h{part.level}"
            yield style.paragraph(part.text, size, bold=True, spaceBefore=8, keepWithNext=1)
        case Pairs():
            yield _pairs(part, style)
        case Paragraph():
            yield style.paragraph(part.text, bold=part.strong)
        case Bullets():
            for n, point in enumerate(part.points, 1):
                mark = f"{n}." if part.numbered else "•"
                yield style.paragraph(f"{mark}  {point}", leftIndent=14, firstLineIndent=-14)
        case Grid():
            yield _table(part, style)


def _pairs(pairs: Pairs, style: _Style) -> Any:
    from reportlab.platypus import Table

    rows = [
        [style.paragraph(label, bold=True, after=0), style.paragraph(value, after=0)] for label, value in pairs.pairs
    ]
    table = Table(rows, colWidths=[style.width * 0.18, style.width * 0.82], hAlign="LEFT", splitInRow=1)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ]
    )
    return table


def _table(grid: Grid, style: _Style) -> Any:
    from reportlab.platypus import Table

    def row(cells: tuple[str, ...], *, bold: bool) -> list[Any]:
        return [style.paragraph(cell, "cell", bold=bold, after=0) for cell in cells]

    widths = [style.width * width / sum(grid.widths) for width in grid.widths]
    rows = [row(grid.columns, bold=True), *(row(cells, bold=False) for cells in grid.rows)]
    table = Table(rows, colWidths=widths, repeatRows=1, hAlign="LEFT", splitInRow=1)
    table.setStyle([
        ("GRID", (0, 0), (-1, -1), 0.4, "#999999"), ("BACKGROUND", (0, 0), (-1, 0), "#f0f0f0"), ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ])  # fmt: skip
    return table


@contextmanager
def _registered(outline: Outline, language: str, found: Faces | None, page: Callable[[int], str]) -> Iterator[Faced]:
    """The faces made known to reportlab: of this paper's characters, or the standard ones by name."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    if found is None:
        name = STANDARD_TRADITIONAL if language == "zh-Hant" else STANDARD
        pdfmetrics.registerFont(UnicodeCIDFont(name))
        yield Faced(name, name)
        return
    text = "".join(sorted({*_words(outline), *page(1234567890), *"0123456789•. "}))
    made = [
        TTFont(name, io.BytesIO(cut(path, text, language)))
        for name, path in zip(_NAMES, (found.regular, found.bold), strict=True)
    ]
    for font in made:
        font.face.name = (
            font.fontName.encode()
        )  # by the file's own name a second paper would get the first one's glyphs
        pdfmetrics.registerFont(font)
    try:
        yield Faced(*_NAMES)
    finally:
        for font in made:  # reportlab means to keep a face for ever; a paper's is of no use to the next
            pdfmetrics._fonts.pop(font.fontName)
            pdfmetrics._dynFaceNames.pop(font.face.name)


def _words(outline: Outline) -> Iterator[str]:
    """Every character that stands in it."""
    yield from outline.title + outline.foot + "".join(outline.under)
    for part in outline.parts:
        match part:
            case Heading() | Paragraph():
                yield from part.text
            case Pairs():
                yield from "".join(label + value for label, value in part.pairs)
            case Bullets():
                yield from "".join(part.points)
            case Grid():
                yield from "".join("".join(row) for row in (part.columns, *part.rows))
