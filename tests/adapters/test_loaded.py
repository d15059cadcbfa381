"""What a messenger loads beside the loop: the module itself, with the loop in its turn, and everything as it was after."""

import asyncio
import gc
import sys
from itertools import count

import pytest

from adapters import loaded


@pytest.fixture
def slow_module(tmp_path, monkeypatch):
    """A module that is busy for a third of a second when it is imported."""
    body = "import gc, sys, time\nCOLLECTING = gc.isenabled()\nend = time.perf_counter() + 0.3\n"
    (tmp_path / "slow_module_of_ours.py").write_text(f"{body}while time.perf_counter() < end: pass\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "slow_module_of_ours"
    sys.modules.pop("slow_module_of_ours", None)


async def test_the_loop_has_its_turn_meanwhile(slow_module):
    turns, before = count(), (sys.getswitchinterval(), gc.isenabled())
    loading = asyncio.ensure_future(loaded(slow_module))
    while not loading.done():
        next(turns)
        await asyncio.sleep(0)
    assert next(turns) > 10
    assert loading.result() is sys.modules[slow_module]
    assert not loading.result().COLLECTING
    assert (sys.getswitchinterval(), gc.isenabled()) == before


async def test_what_is_there_is_given_at_once(slow_module):
    first = await loaded(slow_module)
    assert await loaded(slow_module) is first


async def test_what_is_not_there_is_said_and_everything_is_as_before():
    before = sys.getswitchinterval(), gc.isenabled()
    with pytest.raises(ModuleNotFoundError, match="no_such_module_of_ours"):
        await loaded("no_such_module_of_ours")
    assert (sys.getswitchinterval(), gc.isenabled()) == before
