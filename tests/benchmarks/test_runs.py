"""The benchmarks run to their end on anything; what they measure is never asserted, because machines differ."""

import subprocess
import sys

import pytest

from tests.benchmarks.__main__ import SUBJECTS
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow


def test_the_quick_run_shows_a_table_for_every_subject():
    command = [sys.executable, "-m", "tests.benchmarks", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert done.returncode == 0, done.stderr
    titles = " ".join(line for line in done.stdout.splitlines() if line.startswith("### "))
    assert [name for name in SUBJECTS if name not in titles.lower()] == []
