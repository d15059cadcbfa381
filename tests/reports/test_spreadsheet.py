"""The tracking table as a file: nothing a person wrote becomes a formula, and everything comes back as it was."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.reports.spreadsheet import FORMATS, harmless
from bot.reports.table import COLUMNS

OPENERS = ["=", "+", "-", "@", "\t", "\r", "\n"]
BLANKS = ["", " ", "\u00a0", "  ", "\u3000", "\u200b"]
HEADINGS = [column.name for column in COLUMNS]
EXECUTED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")


@pytest.mark.parametrize("opener", OPENERS)
def test_no_physical_line_of_a_cell_can_be_run(opener):
    for before, blank in product(["", "first line\n", "first line\r\n"], BLANKS):
        cell = f'{before}{blank}{opener}HYPERLINK("http://evil")'
        read = from_csv([cell])[0]
        assert not any(EXECUTED.match(line) for line in read.splitlines()), cell
        assert not read.startswith(("\t", "\r", "\n")), cell
        assert read.replace("'", "") == cell


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_any_text_is_harmless_and_only_apostrophes_are_added(text):
    made = harmless(text)
    assert made.replace("'", "") == text.replace("'", "")
    assert not any(EXECUTED.match(line) for line in re.split(r"[\r\n]", made))
    assert harmless(made) == made


@pytest.mark.parametrize("plain", ["A-42", "输出《流程》", "a = b", "2 - 1", "e-mail@example.com", "'quoted'", ""])
def test_ordinary_words_stay_as_they_are(plain):
    assert from_csv([plain])[0] == plain


def test_csv_is_what_excel_opens():
    content = written("csv", [["第一,\n第二", 'say "hi"', 3, date(2026, 11, 27)]])
    assert content.startswith("\ufeff".encode())
    assert b'"3"' in content
    assert from_csv(["第一,\n第二", 'say "hi"', 3, date(2026, 11, 27)])[:4] == [
        "第一,\n第二",
        'say "hi"',
        "3",
        "2026-11-27",
    ]


def test_json_keeps_what_a_value_is():
    at = datetime(2026, 11, 27, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    (item,) = json.loads(written("json", [["A-42", "", "=1+1", date(2026, 11, 27), at, 2]]))
    assert item["number"] == "A-42"
    assert list(item.values())[1:6] == [None, "=1+1", "2026-11-27", "2026-11-27T18:00:00+08:00", 2]
    assert set(item) == {column.name.replace("-", "_") for column in COLUMNS}


def test_nothing_is_still_a_file_of_its_kind():
    assert json.loads(written("json", [])) == []
    assert len(list(csv.reader(io.StringIO(written("csv", []).decode("utf-8-sig"))))) == 1
    assert sheet([]).max_row == 1


def test_excel_keeps_days_as_days_and_words_as_words():
    at = datetime(2026, 11, 27, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    page = sheet([["=1+1", "12", 3, date(2026, 11, 27), at, "bell \x07 and \x00\ufffe\uffff\ud800", "\u200b@SUM(A1)"]])
    values = [cell.value for cell in page[2]]
    assert values[:3] == ["=1+1", "12", 3]
    assert [f"{value:%Y-%m-%d %H:%M}" for value in values[3:5]] == ["2026-11-27 00:00", "2026-11-27 10:30"]
    assert [cell.data_type for cell in page[2]][:4] == ["s", "s", "n", "d"]
    assert values[5] == "bell  and "
    assert [page.cell(2, n).quotePrefix for n in (1, 2, 7)] == [True, False, True]


def test_excel_can_be_read_at_once():
    page = sheet([["A-1"], ["A-2"]])
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == f"A1:{page.cell(1, len(COLUMNS)).column_letter}3"
    assert page.column_dimensions["D"].width == next(c.width for c in COLUMNS if c.name == "action")


def test_a_text_that_no_excel_cell_holds_is_visibly_cut():
    page = sheet([["x" * 40_000]])
    assert len(page["A2"].value) == 32_767
    assert page["A2"].value.endswith("…")


def test_an_instant_in_csv_is_the_readers_wall_clock():
    assert from_csv([datetime(2026, 11, 27, 2, 30, tzinfo=UTC)])[0] == "2026-11-27 02:30"


def written(kind, rows) -> bytes:
    file = io.BytesIO()
    FORMATS[kind](file, HEADINGS, [[*row, *[""] * (len(COLUMNS) - len(row))] for row in rows])
    return file.getvalue()


def from_csv(row):
    return list(csv.reader(io.StringIO(written("csv", [row]).decode("utf-8-sig"), newline="")))[1]


def sheet(rows):
    return load_workbook(io.BytesIO(written("xlsx", rows))).worksheets[0]
