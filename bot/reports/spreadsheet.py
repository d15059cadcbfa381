"""The tracking table as a file: CSV and Excel that are safe to open, and JSON; row by row, however many there are.

What a person wrote can never become a formula (RELIABILITY A4#31): in CSV each physical line that a spreadsheet would
take for one is led by an apostrophe; in Excel the cell is text by its type. Writers yield nothing until asked: each
takes the rows as an iterable and the binary file to write into.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import IO, Any

from bot.pattern import pattern
from bot.reports.table import COLUMNS, Cell

Rows = Iterable[Sequence[Cell]]
Write = Callable[[IO[bytes], Sequence[str], Rows], None]

_BLANK = r"[^\S\r\n]|[\u200b-\u200f\u2060\ufeff]"
_OPENING = pattern(rf"(?:^|(?<=[\r\n]))(?=(?:{_BLANK})*[=+\-@＝＋－＠\t])|^(?=(?:{_BLANK})*[\r\n])")
_NO_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold: one of them in one item, and nobody had an Excel sheet any more."""
_EXCEL_CELL = 32_767


def write_csv(file: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    """UTF-8 with a mark (Excel asks for it), every cell quoted, CRLF."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    out = csv.writer(text, quoting=csv.QUOTE_ALL)
    out.writerow([harmless(heading) for heading in headings])
    out.writerows([_worded(cell) for cell in row] for row in rows)
    text.detach()


def write_json(file: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    """An array of objects by the columns' own names; days and instants are ISO, what is missing is null."""
    del headings
    before = b"[\n"
    for row in rows:
        item = {column.name.replace("-", "_"): _plain(cell) for column, cell in zip(COLUMNS, row, strict=True)}
        file.write(before + json.dumps(item, ensure_ascii=False).encode())
        before = b",\n"
    file.write(b"\n]\n" if before == b",\n" else b"[]\n")


def write_xlsx(file: IO[bytes], headings: Sequence[str], rows: Rows) -> None:
    """One sheet: a frozen heading with a filter, text as text, days as days; instants are the reader's wall clock."""
    from openpyxl import Workbook  # loaded by whoever exports, not at every start

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "B2"
    letters = [chr(ord("A") + place) for place in range(len(COLUMNS))]
    for letter, column in zip(letters, COLUMNS, strict=True):
        sheet.column_dimensions[letter].width = column.width
    sheet.append([_excel(sheet, heading, bold=True) for heading in headings])
    last = 1
    for row in rows:
        sheet.append([_excel(sheet, cell) for cell in row])
        last += 1
    sheet.auto_filter.ref = f"A1:{letters[-1]}{last}"
    book.save(file)


FORMATS: dict[str, Write] = {"csv": write_csv, "json": write_json, "xlsx": write_xlsx}
MEDIA_TYPES = {
    "csv": "text/csv", "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def harmless(text: str) -> str:
    """The text with an apostrophe before each physical line that a spreadsheet would run."""
    return _OPENING.sub("'", text)


def _worded(cell: Cell) -> str | int:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else cell if cell is not None else ""


def _plain(cell: Cell) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell or None if isinstance(cell, str) else cell


def _excel(sheet: Any, cell: Cell, *, bold: bool = False) -> Any:
    """A cell whose type is its value's: text is never looked at for a formula, also when somebody edits it."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(cell, str):
        plain: Any = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
        return _excel_number(WriteOnlyCell(sheet, plain))
    made = WriteOnlyCell(sheet, None)
    made.value = _fitting(_NO_XML.sub("", cell))
    if made.data_type != "n":  # an empty cell has no text to be typed
        made.data_type = "s"
    made.quotePrefix = bool(_OPENING.search(cell))
    made.font, made.alignment = _dress(bold)
    return made


@cache
def _dress(bold: bool) -> tuple[Any, Any]:
    """Font and alignment of a heading, or of the rest: made for each cell anew they were two thirds of a sheet's time."""
    from openpyxl.styles import Alignment, Font

    return Font(bold=bold), Alignment(wrap_text=not bold, vertical="top")


def _excel_number(made: Any) -> Any:
    if isinstance(made.value, date):
        made.number_format = "yyyy-mm-dd hh:mm" if isinstance(made.value, datetime) else "yyyy-mm-dd"
    return made


def _fitting(text: str) -> str:
    return text if len(text) <= _EXCEL_CELL else text[: _EXCEL_CELL - 1] + "…"
