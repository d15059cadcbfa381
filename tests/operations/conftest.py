"""The firm that operations are tried in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.bench import Firm


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    firm = Firm(tmp_path)
    yield firm
    firm.closes()
