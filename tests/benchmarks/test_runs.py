"""The benchmarks run to their end on anything; what they measure is never asserted, because machines differ."""

import subprocess
import sys

import pytest

from tests.benchmarks.__main__ import SUBJECTS
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_quick_run_of_each_subject_shows_a_table_of_it(name, tmp_path):
    tables = SUBJECTS[name](tmp_path, quick=True)
    assert name in " ".join(table.title for table in tables).lower()
    for table in tables:
        assert table.rows
        assert all(len(row) == len(table.columns) for row in table.rows), str(table)


def test_the_command_runs_the_subjects_that_are_named():
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "phrases", "delivery"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    titles = [line for line in done.stdout.splitlines() if line.startswith("### ")]
    assert "phrases" in titles[0].lower()
    assert "delivery" in titles[1].lower()
