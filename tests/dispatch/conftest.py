"""A workplace of three whose database gives up quickly when it is held."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog

from bot.logs import configure
from tests.conversation import Office
from tests.empty import empty


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def office(tmp_path: Path, file: Path) -> Iterator[Office]:
    office = Office(tmp_path, url=f"{empty(file)}?timeout=0.05")
    yield office
    office.shuts()


@pytest.fixture
def cast(office: Office) -> SimpleNamespace:
    """张三 assigns, 李四 owns, 王五 heads their department."""
    wang = office.hires("王五", "技术部", head=True)
    li = office.hires("李四", "技术部")
    return SimpleNamespace(wang=wang, li=li, zhang=office.hires("张三", "技术部"))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a running bot would have logged, one JSON object a line."""
    root = logging.getLogger()
    before, level, stream = root.handlers[:], root.level, io.StringIO()
    configure("INFO", stream=stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)
