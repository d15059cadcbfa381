"""What a start loads: nobody pays for a messenger that is not configured (lark-oapi alone: 2 s, 160 MB)."""

import json
import subprocess
import sys

import pytest

from adapters.sections import MESSENGERS
from tests.house.tree import ROOT, code

pytestmark = pytest.mark.slow

SDKS = {"lark_oapi", "slack_bolt", "slack_sdk"}
TEST_TOOLS = {"pytest", "hypothesis", "playwright", "mypy"}
LATER = {
    "sqlalchemy.dialects.postgresql", "psycopg",  # 25 ms, 20 ms: only who has a PostgreSQL
    "rich.console", "pygments",  # 40 ms: only for tables and progress in a terminal
    "prometheus_client.exposition", "http.server",  # until the first scrape
    "greenlet",  # 1 MB that structlog and SQLAlchemy would like to have
    "alembic", "openpyxl", "chinese_calendar", "lunar_python", "docx",
    "reportlab", "fontTools",  # when something is migrated, exported, reckoned
}  # fmt: skip
"""Modules that wait for their first use."""
OWN_SDK = tuple(f"adapters.{name}" for name in MESSENGERS)


def test_nothing_but_a_messenger_loads_its_sdk():
    modules = [name for name in map(dotted, (m.path for m in code())) if not name.startswith(OWN_SDK)]
    assert "bot.messenger" in modules
    assert sorted(loaded_after(modules) & (SDKS | TEST_TOOLS)) == []


def test_a_start_loads_nothing_that_nobody_has_asked_for():
    """What `bihuan run` has loaded before it opens anything: half of a start was once spent on the left."""
    started = loaded_after(["bot.__main__", "bot.cli.run", "adapters.web"], whole=True)
    assert {"bot.dispatch", "sqlalchemy.sql", "structlog.stdlib"} <= started
    assert sorted(started & LATER) == []


def test_slack_alone_loads_no_workplace_in_the_browser_and_nothing_that_speaks_to_slack_before_it_listens():
    started = loaded_after(["bot.__main__", "bot.cli.run", "adapters.slack"], whole=True)
    assert "adapters.slack.hearing" in started
    assert (
        sorted(started & {"adapters.web", "adapters.outward", "slack_sdk", "slack_bolt", "aiohttp", "websockets"}) == []
    )


def test_the_tables_of_people_in_other_scripts_wait_for_a_reader():
    """OpenCC's tables are 7 MiB that a workplace without a zh-Hant reader never needs."""
    assert "opencc" not in loaded_after(["bot.texts"])


def loaded_after(modules: list[str], *, whole: bool = False) -> set[str]:
    """Top-level packages (`whole`: every module) in a fresh interpreter after importing `modules`."""
    script = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"print(json.dumps([name for name in sys.modules if {whole} or '.' not in name]))"
    )
    fresh = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert fresh.returncode == 0, fresh.stderr
    return set(json.loads(fresh.stdout))


def dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
