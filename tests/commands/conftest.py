"""The counter that commands are asked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.counter import Counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    counter = Counter(tmp_path)
    yield counter
    counter.closes()
