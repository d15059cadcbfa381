"""`bihuan export actions`: out of a real database, into a file or down a pipe."""

import csv
import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from openpyxl import load_workbook

from bot.domain.action import Action, Due, Priority, Source, State, Supporter
from bot.people import Department, Person
from tests.house.tree import ROOT


@pytest.fixture
def stocked(shop):
    """A shop with two items, one of them hostile."""

    def stock(records):
        sales = records.people.save_department(Department(0, "Sales"))
        ann = records.people.save(Person(0, "Ann", "Europe/Berlin", "en", department=sales.id)).id
        bo = records.people.save(Person(0, "=Bo", "Asia/Shanghai", "zh-Hans")).id
        now = datetime(2026, 11, 18, 2, tzinfo=UTC)
        due = Due(date(2026, 11, 27), datetime(2026, 11, 27, 10, 30, tzinfo=UTC), time(18, 30))
        plain = Action(
            "Ship it", ann, bo, bo, due, due.day, now, now, state=State.IN_PROGRESS, department=sales.id,
            supporters=(Supporter(person=bo), Supporter(department=sales.id)), priority=Priority.HIGH,
        )  # fmt: skip
        records.actions.add(plain)
        records.actions.add(
            Action("=1+1", bo, ann, ann, due, due.day, now, now, source=Source(quote="a\n=cmd|'/c'!A1"))
        )

    shop.configures('workplace.language = "en"')
    shop.reads(stock)
    return shop


def test_csv_comes_down_the_pipe_in_the_workplaces_language(stocked):
    result = stocked.types("export", "actions")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))
    assert [row["Number"] for row in rows] == ["A-1", "A-2"]
    expected = {
        "Action": "Ship it", "Owner": "Ann", "Department": "Sales", "Supporters": "'=Bo and Sales",
        "Due day": "2026-11-27", "Due hour": "18:30", "Recorded": "2026-11-18 10:00",
    }  # fmt: skip
    assert {name: rows[0][name] for name in expected} == expected
    assert (rows[1]["Action"], rows[1]["Owner"], rows[1]["From"]) == ("'=1+1", "'=Bo", "a\n'=cmd|'/c'!A1")


def test_json_says_what_is_and_the_other_language_on_request(stocked):
    result = stocked.types("export", "actions", "--format", "json", "--lang", "zh-Hans")
    first, second = json.loads(result.stdout)
    assert (first["due"], first["finished"], first["postponements"]) == ("2026-11-27", None, 0)
    assert (first["status"], second["action"]) == ("进行中", "=1+1")


def test_excel_goes_into_a_file_whole_or_not_at_all(stocked):
    path = stocked.folder / "items.xlsx"
    result = stocked.types("export", "actions", "-f", "xlsx", "-o", str(path))
    assert "2 action items written" in result.stdout
    page = load_workbook(path).worksheets[0]
    assert [cell.value for cell in page["A"]] == ["Number", "A-1", "A-2"]
    assert (page["D3"].value, page["D3"].data_type) == ("=1+1", "s")
    assert page["J2"].is_date
    assert [path.name for path in stocked.folder.glob("items*")] == ["items.xlsx"]


@pytest.mark.slow
def test_excel_is_not_poured_onto_a_screen(stocked):
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bot", "export", "actions", "-f", "xlsx", "--config", str(stocked.config)]
    ended = subprocess.run(command, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    with suppress(OSError):  # nothing was written, and nobody holds the other end
        assert os.read(ours, 100) == b""
    os.close(ours)
    assert ended.returncode == 2
    assert "--to items.xlsx" in ended.stderr


def test_an_empty_workplace_has_a_table_with_headings_only(shop):
    shop.people()
    lines = shop.types("export", "actions", "--lang", "zh-Hant").stdout_bytes.decode("utf-8-sig").splitlines()
    assert len(lines) == 1
    assert "負責人" in lines[0]


@pytest.mark.parametrize(
    ("wrong", "named"), [(("-f", "pdf"), "csv, json, xlsx"), (("--lang", "fr"), "zh-Hans, zh-Hant, en")]
)
def test_what_there_is_not_is_said_with_what_there_is(shop, wrong, named):
    result = shop.types("export", "actions", *wrong)
    assert (result.exit_code, named in result.stderr) == (2, True)


def test_a_folder_that_is_not_there(shop):
    shop.people()
    for where, why in (
        (shop.folder / "no" / "items.csv", "No such file"),
        (shop.folder, "Is a directory"),
        (".", "busy"),
    ):
        result = shop.types("export", "actions", "-o", str(where))
        assert result.exit_code == 1
        assert why in result.stderr


@pytest.fixture
def secretive(stocked):
    """Besides, an item of a confidential meeting that Cy leads, read by Di as well; named among all others."""

    def stock(records):
        cy = records.people.save(Person(0, "Cy", "UTC", "en")).id
        di = records.people.save(Person(0, "Di", "UTC", "en")).id
        now = datetime(2026, 11, 18, 2, tzinfo=UTC)
        due = Due(date(2026, 11, 27), datetime(2026, 11, 27, 10, 30, tzinfo=UTC))
        records.actions.add(Action("Buy the firm", cy, cy, cy, due, due.day, now, now, readers=(cy, di)))

    stocked.reads(stock)
    return stocked


@pytest.mark.parametrize(
    ("reader", "numbers"),
    [((), ["A-1", "A-2"]), (("--as", "Ann"), ["A-1", "A-2"]), (("--as", "Di"), ["A-1", "A-2", "A-3"])],
)
def test_confidential_items_are_exported_for_those_who_may_see_them_only(secretive, reader, numbers):
    path = secretive.folder / "items.csv"
    result = secretive.types("export", "actions", "-o", str(path), *reader)
    text = path.read_text(encoding="utf-8-sig")
    assert [row["Number"] for row in csv.DictReader(io.StringIO(text))] == numbers
    assert f"{len(numbers)} action items written" in result.stdout
    assert ("Buy the firm" in text) == ("A-3" in numbers)


def test_for_nobody_of_that_name_nothing_is_exported(secretive):
    result = secretive.types("export", "actions", "--as", "Zoe")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'nobody called "Zoe"' in result.stderr
