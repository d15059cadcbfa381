"""`/action export` 导出: the tracking table as a file to work on, narrowed as the list is (A12)."""

from collections.abc import Sequence
from io import BytesIO

from bot.cards import Answer, File
from bot.commands import answers, showing
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.grammar import NOUNS
from bot.commands.later import Later
from bot.due.phrase import shadow
from bot.reports.names import plain
from bot.reports.table import Cell, cells, headings
from bot.views import listing as views

KINDS = {"xlsx": ("xlsx", "excel", "xls"), "csv": ("csv",)}
"""Endings, and what else one may say for them; Excel where nothing is said."""


def export(asking: Asking, line: Line) -> Answer | Later:
    """Every page of what the list would show the asker, made into a file after the commit. Where it would show nothing, that is
    said and no empty table is sent. Raises Refusal as the list does."""
    kind, rest = _kind(line.rest)
    wanted, found = showing.found(asking, rest)
    if not found:
        return showing.listed(asking, wanted, found)
    scene, heading = answers.scene(asking), showing.heading(asking, wanted)
    rows = [cells(scene, action) for action in found]
    name = f"{plain(heading)}-{scene.now.astimezone(scene.zone):%Y%m%d}.{kind}"
    said = f"/action export {showing.said(asking, wanted)}".strip()
    return Later(lambda: _file(name, kind, headings(scene), rows), views.exported(scene, heading, f"{said} {kind}"))


def _file(name: str, kind: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> File:
    from bot.reports.spreadsheet import FORMATS, MEDIA_TYPES  # wanted by whoever asks for a file

    file = BytesIO()
    FORMATS[kind](file, heading, rows)
    return File(name, MEDIA_TYPES[kind], file.getvalue())


def _kind(rest: str) -> tuple[str, str]:
    """Which kind of file is asked for, first or last as one says it, and the words without it and without `actions`, which
    goes without saying."""
    words = rest.split()
    for place in (-1, 0):
        kind = next((one for one, names in KINDS.items() if words and shadow(words[place]) in names), "")
        if kind:
            del words[place]
            return kind, _narrowing(words)
    return next(iter(KINDS)), _narrowing(words)


def _narrowing(words: list[str]) -> str:
    return " ".join(words[1:] if words and shadow(words[0]) in map(shadow, NOUNS["action"]) else words)
