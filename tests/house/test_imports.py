"""Who imports whom: the contracts of pyproject.toml, and what each side of a port may see."""

from functools import cache
from graphlib import TopologicalSorter

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

from tests.house.tree import PACKAGES, ROOT

PYPROJECT = str(ROOT / "pyproject.toml")
PORTS_AND_VALUES = {
    "bot",
    "bot.messenger",
    "bot.cards",
    "bot.people",
    "bot.errors",
    "bot.clock",
    "bot.pattern",
    "bot.private",
}
ADAPTERS_SEE = PORTS_AND_VALUES | {"bot.choices"}
STORAGE_SEES = PORTS_AND_VALUES | {"bot.store", "bot.domain", "bot.directory"}
# Each library that shapes a design has one place that knows it.
AT_HOME = {
    "apscheduler": ("bot.scheduler",),
    "slack_bolt": ("adapters.slack",),
    "slack_sdk": ("adapters.slack",),
    "lark_oapi": ("adapters.feishu",),
    "sqlalchemy": ("storage",),
    "sqlmodel": ("storage",),
    "alembic": ("storage",),
    "psycopg": ("storage",),
    "typer": ("bot.__main__", "bot.cli"),
}


def test_the_contracts_hold(capsys):
    broken = lint_imports(config_filename=PYPROJECT, no_cache=True, no_logo=True)
    assert broken == 0, capsys.readouterr().out


def test_every_module_of_the_core_has_its_layer():
    contracts = {contract["id"]: contract for contract in read_configuration(PYPROJECT)["contracts_options"]}
    named = " ".join(contracts["layers"]["layers"]).translate(str.maketrans("():|", "    ")).split()
    homeless = graph().find_children("bot") - set(named)
    assert sorted(homeless) == [], "give it a line in [[tool.importlinter.contracts]] of pyproject.toml"


def test_no_circle():
    ours = [module for module in graph().modules if module.partition(".")[0] in PACKAGES]
    TopologicalSorter({m: graph().find_modules_directly_imported_by(m) for m in ours}).prepare()


@pytest.mark.parametrize(("package", "allowed"), [("adapters", ADAPTERS_SEE), ("storage", STORAGE_SEES)])
def test_the_edges_see_ports_and_values_only(package, allowed):
    seen = {(m, of) for m in within(package) for of in graph().find_modules_directly_imported_by(m)}
    assert sorted(f"{m} → {of}" for m, of in seen if of.startswith("bot") and not inside(of, allowed - {"bot"})) == []


@pytest.mark.parametrize("library", AT_HOME)
def test_a_library_is_known_in_one_place(library):
    if library in graph().modules:
        users = graph().find_modules_that_directly_import(library)
        assert sorted(m for m in users if not inside(m, AT_HOME[library])) == []


def within(package: str) -> set[str]:
    return {package, *graph().find_descendants(package)}


def inside(module: str, packages: set[str] | tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
