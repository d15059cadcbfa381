"""A12: what a list shows, in a spreadsheet: all of its pages, for its reader's eyes, in their words."""

import csv
import io

import pytest
from openpyxl import load_workbook

from bot.cards import Card, File


@pytest.fixture
def items(cast):
    """A-1 of 李四, A-2 of 王五."""
    cast.zhang.types("/action add 输出流程 @李四 下周五 标准：=1+1")
    cast.zhang.types("/action add 整理纪要 @王五 12月18日")


def filed(who, line: str) -> File:
    who.types(line)
    answer = who.answers[-1]
    assert isinstance(answer, File), who.answer
    return answer


def rows(file: File) -> list[list[str]]:
    if file.name.endswith(".csv"):
        return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    return [
        [str(cell.value or "") for cell in row] for row in load_workbook(io.BytesIO(file.content)).worksheets[0].rows
    ]


LINES = (
    ("/action export assigned", "我布置的行动项-20261118.xlsx"), ("/action export csv assigned", "我布置的行动项-20261118.csv"),
    ("/行动 导出 我布置的 Excel", "我布置的行动项-20261118.xlsx"), ("/export actions all", "全部行动项-20261118.xlsx"),
    ("导出 所有 CSV", "全部行动项-20261118.csv"),
)  # fmt: skip


def test_the_lists_own_words_and_a_kind_of_file(cast, items):
    for line, name in LINES:
        file = filed(cast.zhang, line)
        assert file.name == name
        first, *found = rows(file)
        assert first[:5] == ["编号", "灯", "状态", "行动项", "负责人"]
        assert [(row[0], row[3], row[4]) for row in found] == [("A-1", "输出流程", "李四"), ("A-2", "整理纪要", "王五")]


def test_what_was_written_is_no_formula(cast, items):
    (_, row, _) = rows(filed(cast.zhang, "/action export assigned csv"))
    assert "'=1+1" in row


def test_it_is_the_readers_own_list_where_nothing_is_said_and_nothing_is_no_table(cast, items):
    assert [row[0] for row in rows(filed(cast.li, "/action export"))[1:]] == ["A-1"]
    cast.sun.types("/action export")
    assert isinstance(cast.sun.answers[-1], Card)
    assert "没有行动项" in cast.sun.answer
    assert cast.li.types("/action export purple").startswith("没看懂“purple”")


def test_a_long_list_offers_all_of_it_as_a_file(cast):
    for number in range(21):
        cast.zhang.types(f"/action add 第{number}件 @李四 下周五")
    cast.zhang.types("/action list assigned")
    cast.zhang.presses("导出 Excel")
    file = cast.zhang.answers[-1]
    assert isinstance(file, File)
    assert len(rows(file)) == 22


def test_a_redelivered_event_is_answered_with_the_way_to_ask_again(cast, items):
    filed(cast.zhang, "/action export all csv")
    cast.zhang.again()
    assert "/action export everything csv" in str(cast.zhang.answers[-1])
