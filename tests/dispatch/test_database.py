"""The database is locked, full, read-only or holds nonsense: said honestly, nothing half done, and it goes on after
(RELIABILITY A4 row 38)."""

import json
import re
import sqlite3
from contextlib import closing, contextmanager

import pytest

from bot.domain.action import State

NOT_RECORDED = re.compile(r"没有记录成功，请稍后再试。（编号 [0-9A-F]{6}，管理员可据此查日志）")


LONG = f"/action add {'很长的一项' * 90} 标准：{'很多' * 200} 备注：{'更多' * 200}"
"""More than is left in the last page of a file."""


@contextmanager
def locked(office, file):
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(office, file):
    pages = office.store._connection.execute("PRAGMA page_count").fetchone()[0]
    office.store._connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    office.store._connection.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def read_only(office, file):
    office.store._connection.execute("PRAGMA query_only = 1")
    yield
    office.store._connection.execute("PRAGMA query_only = 0")


@pytest.mark.parametrize("fault", [locked, full, read_only])
def test_said_honestly_nothing_half_done_and_well_again_after(office, cast, file, fault):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    before, told = office.action(1), len(office.paper.sheets)
    with fault(office, file):
        assert NOT_RECORDED.fullmatch(cast.zhang.types(f"{LONG} @李四 下周五"))
    assert office.action(1) == before
    assert (len(office.actions()), len(office.record(1)), len(office.paper.sheets)) == (1, 1, told)
    assert cast.li.types("接受 A-1").startswith("已接受 A-1")
    assert office.action(1).state is State.IN_PROGRESS


def test_the_same_event_is_done_when_it_comes_again(office, cast, file):
    """What was not recorded was not seen either."""
    with locked(office, file):
        assert NOT_RECORDED.fullmatch(cast.zhang.types("/action add 输出流程 @李四 下周五"))
    assert cast.zhang.again().startswith("已记录 A-1")


def test_an_item_that_holds_nonsense_is_our_bug_and_its_alone(office, cast, file, log):
    """A poisoned row: told with a reference, and every other item goes on."""
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    cast.zhang.types("/action add 压测报告 @李四 下周五")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE actions SET state = 'no such state' WHERE number = 1")
    assert NOT_RECORDED.fullmatch(cast.li.types("接受 A-1"))
    assert log.getvalue().count('"event": "failed"') == 1
    assert cast.li.types("接受 A-2").startswith("已接受 A-2")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE actions SET state = 'proposed' WHERE number = 1")
    assert cast.li.again().startswith("已接受 A-2")
    assert cast.li.types("接受 A-1").startswith("已接受 A-1")


def test_the_reference_is_the_one_in_the_log(office, cast, file, log):
    with locked(office, file):
        said = cast.zhang.types("/action add 机密内容 @李四 下周五")
    reference = said.partition("编号 ")[2].partition("，")[0]
    events = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [event["event"] for event in events if event.get("reference") == reference] == ["apologised"]
    assert "机密内容" not in log.getvalue(), "no text of people's in the log"
