"""What a start loads: uvicorn's parts without its command line (and still all of it for who asks), and no looking for
garbage among what stays."""

import gc
import json
import subprocess
import sys
from importlib import import_module

import pytest

from bot.later import for_good, postponed
from tests.house.tree import ROOT

SERVER = """
import json, sys
import bot.app.server
bot.app.server.server([], print).config.load()
unused = {"click", "watchfiles", "uvicorn.main", "uvicorn.supervisors", "websockets"}
light = sorted(unused & sys.modules.keys())
import uvicorn
from uvicorn import Server, run
print(json.dumps({"light": light, "main": run.__module__, "same": Server is uvicorn.Server is bot.app.server.Server,
                  "name": hasattr(uvicorn, "nothing of the kind")}))
"""


METRICS = """
import json, sys
from bot.app.metrics import Metrics, Counter
figures = Metrics()
figures.observe("add", "done", 0.1)
light = sorted({"prometheus_client.exposition", "prometheus_client.gc_collector", "wsgiref"} & sys.modules.keys())
told = b'command="add",outcome="done"} 1.0' in figures.text()
import prometheus_client
print(json.dumps({"light": light, "told": told, "same": prometheus_client.Counter is Counter}))
"""


@pytest.mark.slow
def test_a_start_serves_with_uvicorn_but_without_its_command_line():
    """And whoever wants the whole of it gets the whole of it, of the very same parts."""
    assert told(SERVER) == {"light": [], "main": "uvicorn.main", "same": True, "name": False}


SCHEDULER = """
import importlib.metadata, json
before = importlib.metadata.entry_points
from bot.scheduler import AsyncIOScheduler, Scheduler
plugins = {**AsyncIOScheduler._trigger_plugins, **AsyncIOScheduler._executor_plugins, **AsyncIOScheduler._jobstore_plugins}
print(json.dumps({"plugins": list(plugins), "untouched": importlib.metadata.entry_points is before}))
"""


@pytest.mark.slow
def test_and_looks_for_no_plugins_of_the_metronome():
    """That it beats all the same is shown by every running workplace of the tests."""
    assert told(SCHEDULER) == {"plugins": [], "untouched": True}


@pytest.mark.slow
def test_and_counts_with_prometheus_but_without_its_servers():
    assert told(METRICS) == {"light": [], "told": True, "same": True}


def told(script: str) -> object:
    """What a fresh interpreter prints."""
    fresh = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert fresh.returncode == 0, fresh.stderr
    return json.loads(fresh.stdout)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that leaves a mark when its first line runs."""
    folder = tmp_path / "talkative_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("from talkative_package.heavy import GREETING\nRUNS = [1]\n", encoding="utf-8")
    (folder / "heavy.py").write_text("GREETING = '好'\n", encoding="utf-8")
    (folder / "part.py").write_text("WANTED = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "talkative_package"
    for name in [name for name in sys.modules if name.startswith("talkative_package")]:
        del sys.modules[name]


def test_a_part_is_had_without_the_whole(package):
    with postponed(package):
        part = import_module(f"{package}.part")
    assert part.WANTED == 1
    assert f"{package}.heavy" not in sys.modules


def test_the_first_name_that_is_missing_runs_it_once(package):
    with postponed(package):
        whole = import_module(package)
    assert whole.GREETING == "好"
    whole.RUNS.append(2)
    assert not hasattr(whole, "nothing of the kind")
    assert whole.RUNS == [1, 2]


def test_a_part_that_is_named_is_had_by_its_name(package):
    with postponed(package, WANTED="talkative_package.part"):
        whole = import_module(package)
    assert whole.WANTED == 1
    assert f"{package}.heavy" not in sys.modules


def test_so_is_a_module_of_it(package):
    with postponed(package, part="talkative_package.part"):
        whole = import_module(package)
    assert whole.part.WANTED == 1
    assert f"{package}.heavy" not in sys.modules


def test_what_is_loaded_stays_as_it_is(package):
    before = import_module(package)
    with postponed(package):
        after = import_module(package)
    assert after is before
    assert after.RUNS == [1]


def test_a_package_that_is_not_there_is_missing_at_once():
    with pytest.raises(ModuleNotFoundError, match="no_such_package_of_ours"), postponed("no_such_package_of_ours"):
        pass


def test_the_collector_rests_while_things_are_loaded_and_forgets_them():
    assert gc.isenabled()
    with for_good():
        assert not gc.isenabled()
        before = gc.get_freeze_count()
        kept: list[list[int]] = [[] for _ in range(1_000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)
    gc.unfreeze()


def test_it_works_again_after_a_fault():
    with pytest.raises(ImportError), for_good():
        import_module("no_such_package_of_ours")
    assert gc.isenabled()
    gc.unfreeze()
