"""Two offices with the same people, one that reads Chinese and one that reads English."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conversation import Office
from tests.ended import Ended, ended
from tests.gathering import PLANNED


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
    """Ann assigns and tracks, Bo owns; Wei heads Bo's department; Kim helps."""
    wei = english.hires("Wei", "Engineering", head=True)
    bo = english.hires("Bo", "Engineering")
    ann = english.hires("Ann", "Customer service")
    kim = english.hires("Kim", "Customer service")
    return SimpleNamespace(ann=ann, bo=bo, wei=wei, kim=kim)


@pytest.fixture
def item(office: Office, cast: SimpleNamespace) -> int:
    """A-1 of 李四's, accepted, due on Friday of next week; what was said until then has been read."""
    cast.zhang.types("/action add 输出流程 @李四 下周五前 标准：有流程图")
    cast.li.types("/action accept A-1")
    office.told()
    return 1


@pytest.fixture
def task(english: Office, crew: SimpleNamespace) -> int:
    """A-1 of Bo's, accepted, due on Friday of next week."""
    crew.ann.types("/action add ship the prototype @Bo by next Friday std: demo recorded")
    crew.bo.types("/action accept A-1")
    english.told()
    return 1


@pytest.fixture
def held(office: Office, cast: SimpleNamespace) -> Ended:
    """王五 hosted, 李四 records, 张三 and 孙七 were there, 赵六 was not; 张三 and 赵六 have an action each."""
    return ended(
        office, host=cast.wang, recorder=cast.li, here=[cast.wang, cast.li, cast.zhang, cast.sun],
        absent={cast.zhao: "出差"}, actions={"上线客诉流程": cast.zhang, "写压测报告": cast.zhao},
    )  # fmt: skip


@pytest.fixture
def sent(office, cast, held) -> Ended:
    """Submitted, approved, distributed; what was said until then has been read."""
    cast.li.types("/minutes submit M-1")
    cast.wang.presses("通过并分发")
    return held


@pytest.fixture
def planned(office, cast):
    """M-1 of 张三's, complete, a draft for Wednesday of next week; nobody has heard."""
    cast.zhang.types(PLANNED)
    office.told()
    return 1


@pytest.fixture
def announced(office, cast, planned):
    """M-1, announced; what was said until then has been read."""
    cast.zhang.types("/meeting announce! M-1")
    office.told()
    return planned
