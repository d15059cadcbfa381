"""Two offices with the same people, one that reads Chinese and one that reads English."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conversation import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.shuts()


@pytest.fixture
def cast(office: Office) -> SimpleNamespace:
    """张三 assigns and tracks, 李四 owns; 王五 heads 李四's department, 赵六 another; 孙七 helps."""
    wang = office.hires("王五", "技术部", head=True)
    zhao = office.hires("赵六", "客服部", head=True)
    li = office.hires("李四", "技术部")
    zhang = office.hires("张三", "客服部")
    sun = office.hires("孙七", "客服部")
    return SimpleNamespace(wang=wang, zhao=zhao, li=li, zhang=zhang, sun=sun)


@pytest.fixture
def english(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path, language="en")
    yield office
    office.shuts()


@pytest.fixture
def crew(english: Office) -> SimpleNamespace:
    """Ann assigns and tracks, Bo owns; Wei heads Bo's department."""
    wei = english.hires("Wei", "Engineering", head=True)
    bo = english.hires("Bo", "Engineering")
    ann = english.hires("Ann", "Customer service")
    return SimpleNamespace(ann=ann, bo=bo, wei=wei)
