"""The outline as a Word document, fit to print: A4, real headings, lists and a table whose heading repeats on each page (N6)."""

import io
from typing import TYPE_CHECKING, Any

from bot.reports.outline import Bullets, Grid, Heading, Outline, Pairs, Paragraph, Part

if TYPE_CHECKING:
    from docx.document import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LATIN = "Calibri"
_CHINESE = {"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei", "en": "Microsoft YaHei"}
"""Faces that Word and WPS have or know what to put in the place of; a document carries their names, not the fonts."""
_CLEAN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
"""Characters that XML cannot hold."""


def docx(outline: Outline, language: str) -> bytes:
    """The file. `language` chooses the Chinese face."""
    from docx import Document  # loaded by whoever asks for a file: 0.1 s

    document = Document()
    _dress(document, language)
    document.core_properties.title = _plain(outline.title)
    document.add_heading(_plain(outline.title), 0)
    for line in outline.under:
        document.add_paragraph(_plain(line), style="Subtitle")
    for part in outline.parts:
        _add(document, part)
    if outline.foot:
        document.add_paragraph(_plain(outline.foot), style="Caption")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _dress(document: "Document", language: str) -> None:
    """A4 with narrow enough margins for the table, and a Chinese face beside the Latin one in every style."""
    from docx.shared import Mm, Pt

    section: Any = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    for style in document.styles:
        _face(style, language)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(10.5)


def _face(style: Any, language: str) -> None:
    from docx.oxml.ns import qn

    if getattr(style, "font", None) is None:
        return
    style.font.name = _LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), _CHINESE[language])


def _add(document: "Document", part: Part) -> None:
    match part:
        case Heading():
            document.add_heading(_plain(part.text), part.level)
        case Pairs():
            _pairs(document, part)
        case Paragraph():
            document.add_paragraph().add_run(_plain(part.text)).bold = part.strong
        case Bullets():
            style = "List Number" if part.numbered else "List Bullet"
            for point in part.points:
                document.add_paragraph(_plain(point), style=style)
        case Grid():
            _table(document, part)


def _pairs(document: "Document", pairs: Pairs) -> None:
    from docx.shared import Mm

    table: Any = document.add_table(rows=0, cols=2)
    table.autofit = False
    for label, value in pairs.pairs:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(32), Mm(134)
        cells[0].paragraphs[0].add_run(_plain(label)).bold = True
        cells[1].text = _plain(value)


def _table(document: "Document", grid: Grid) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table: Any = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.paragraphs[0].add_run(_plain(name)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(text)
    for row in table.rows:
        for cell, width in zip(row.cells, grid.widths, strict=True):
            cell.width = Mm(166 * width / sum(grid.widths))


def _plain(text: str) -> str:
    return text.translate(_CLEAN)
