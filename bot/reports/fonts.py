"""A Chinese face for PDF: one of the machine's (or of the configuration), cut down to the characters of one paper.

Noto CJK is a collection of PostScript outlines, which reportlab does not take: the few glyphs of a paper are taken out and
their curves redrawn as TrueType (fontTools), 0.25 s and some 10 kB. Where there is no such face the PDF names Adobe's
standard Chinese one, which readers bring along but which prints differently everywhere: `bihuan check` says so.
"""

import io
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

STANDARD = "STSong-Light"
"""Adobe's standard face for simplified Chinese, not embedded. It has the Latin letters too, and no traditional ones."""
STANDARD_TRADITIONAL = "MSung-Light"

_FAMILIES = (
    "NotoSansCJK",
    "NotoSansCJKsc",
    "NotoSansSC",
    "SourceHanSansSC",
    "SourceHanSans",
    "NotoSerifCJK",
    "PingFang",
    "msyh",
    "wqy-microhei",
)
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/System/Library/Fonts",
    "/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
_ENDINGS = {".ttc", ".otc", ".ttf", ".otf"}
_REGULAR = ("-regular", "")
_UNUSED = [
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "VORG",
    "vhea",
    "vmtx",
    "STAT",
    "fvar",
    "gvar",
    "avar",
    "HVAR",
    "MVAR",
    "DSIG",
]
"""Tables that a page in horizontal lines has no use for."""


class Faces(Struct, frozen=True):
    """The files of a regular and a bold face; `bold` is the regular one where there is no other."""

    regular: Path
    bold: Path


class NoSuchFace(Exception):
    """The configured file is no font that can be read; the sentence says why."""


@cache
def faces(chosen: str = "") -> Faces | None:
    """The face that PDFs are set in: the configured file, else the first known one of the machine, else None. The folders
    are looked through once: a face that is installed later counts from the next start on."""
    if chosen:
        return _with_bold(at_home(chosen))
    found = {path.stem.lower(): path for folder in _FOLDERS for path in _fonts(at_home(folder))}
    names = (f"{family.lower()}{ending}" for family in _FAMILIES for ending in _REGULAR)
    regular = next((found[name] for name in names if name in found), None)
    return _with_bold(regular) if regular else None


def at_home(path: str) -> Path:
    """The path with its ~ resolved; as it stands for whoever has no home, as a container's mere number has none."""
    with suppress(RuntimeError):
        return Path(path).expanduser()
    return Path(path)


def cut(path: Path, text: str, language: str) -> bytes:
    """A TrueType font of just these characters. Raises NoSuchFace for a file that is no such font."""
    from fontTools import subset
    from fontTools.ttLib import TTFont, TTLibError

    options = subset.Options(layout_features=[], notdef_outline=True)
    options.drop_tables += _UNUSED
    made = io.BytesIO()
    try:
        with path.open("rb") as file, TTFont(file, fontNumber=_number(path, language), lazy=True) as font:
            cutter = subset.Subsetter(options)
            cutter.populate(text=text)
            cutter.subset(font)
            if "glyf" not in font:
                _redraw(font)
            font.save(made)
    except (TTLibError, OSError, KeyError) as fault:
        raise NoSuchFace(f"{path}: {fault}") from fault
    return made.getvalue()


def _redraw(font: Any) -> None:
    """PostScript's cubic curves as TrueType's quadratic ones, off by at most a thousandth of the letter's height."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    drawn, glyphs = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], outlines = newTable("loca"), newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = font.getGlyphOrder(), glyphs
    font["glyf"] = outlines
    _as_truetype(font)
    outlines.compile(font)  # reckons each glyph's bounds, which the metrics repeat
    for name, glyph in glyphs.items():
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))


def _as_truetype(font: Any) -> None:
    """The tables by which a reader knows what kind of outlines these are."""
    most = font["maxp"]
    most.tableVersion = 0x00010000
    most.maxZones = 1
    for name in (
        "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions", "Points",
        "Contours", "CompositePoints", "CompositeContours", "ComponentElements", "ComponentDepth",
    ):  # fmt: skip
        setattr(most, f"max{name}", 0)
    font["post"].formatType = 3.0
    for name in ("CFF ", "CFF2"):
        if name in font:
            del font[name]
    font.sfntVersion = "\x00\x01\x00\x00"


def _number(path: Path, language: str) -> int:
    """Which font of a collection: the one for the reader's script, else the first. -1: the file is no collection."""
    from fontTools.ttLib import TTCollection

    if path.suffix.lower() not in (".ttc", ".otc"):
        return -1
    with TTCollection(path, lazy=True) as collection:
        named = [str(font["name"].getDebugName(1) or "") for font in collection.fonts]
    wanted = ("TC", "TW") if language == "zh-Hant" else ("SC", "CN")
    fitting = (n for n, name in enumerate(named) if name.endswith(wanted) and "Mono" not in name)
    return next(fitting, 0)


def _with_bold(regular: Path) -> Faces:
    stem = regular.stem
    heavy = stem.replace("Regular", "Bold") if "Regular" in stem else f"{stem}bd"
    bold = regular.with_name(f"{heavy}{regular.suffix}")
    return Faces(regular, bold if bold.exists() else regular)


def _fonts(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
