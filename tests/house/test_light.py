"""What a start loads: nobody pays for a messenger that is not configured (lark-oapi alone: 2 s, 160 MB)."""

import json
import subprocess
import sys

from tests.house.tree import ROOT, code

SDKS = {"lark_oapi", "slack_bolt", "slack_sdk"}
TEST_TOOLS = {"pytest", "hypothesis", "playwright", "mypy"}
OWN_SDK = ("adapters.slack", "adapters.feishu", "adapters.dingtalk")


def test_nothing_but_a_messenger_loads_its_sdk():
    modules = [name for name in map(dotted, (m.path for m in code())) if not name.startswith(OWN_SDK)]
    assert "bot.messenger" in modules
    assert sorted(loaded_after(modules) & (SDKS | TEST_TOOLS)) == []


def test_the_tables_of_people_in_other_scripts_wait_for_a_reader():
    """OpenCC's tables are 7 MiB that a workplace without a zh-Hant reader never needs."""
    assert "opencc" not in loaded_after(["bot.texts"])


def loaded_after(modules: list[str]) -> set[str]:
    """Top-level packages in a fresh interpreter after importing `modules`."""
    script = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(json.dumps([name for name in sys.modules if '.' not in name]))"
    )
    fresh = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert fresh.returncode == 0, fresh.stderr
    return set(json.loads(fresh.stdout))


def dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
