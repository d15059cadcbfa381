"""The shape of the tree against the figures of the house's style; a failure names the places to mend."""

import ast
from statistics import median

import pytest

from tests.house.tree import (
    Module,
    all_tests,
    broad_excepts,
    clock_reads,
    code,
    length,
    named_messengers,
    patches,
    suppressions,
    typed,
)

# In one worker, which parses the tree once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("shape")]

MAY_READ_THE_CLOCK = {"bot/clock.py"}
VAGUE = ("utils", "util", "helpers", "helper", "manager", "misc", "common")


def test_no_file_is_longer_than_400_lines():
    assert [f"{m.path}: {m.lines}" for m in [*code(), *all_tests()] if m.lines > 400] == []


def test_functions_are_short():
    lengths = sorted((length(f), m.at(f)) for m in code() for f in m.functions())
    sizes = [size for size, _ in lengths]
    assert median(sizes) <= 7, lengths[-20:]
    assert sizes[int(0.9 * (len(sizes) - 1))] <= 20, lengths[-20:]
    assert sum(size > 40 for size in sizes) <= 0.01 * len(sizes), lengths[-20:]


def test_every_function_is_typed():
    assert [m.at(f) for m in code() for f in m.functions() if not typed(f)] == []


def test_every_module_says_its_part():
    assert [m.path for m in [*code(), *all_tests()] if m.text.strip() and ast.get_docstring(m.tree) is None] == []


def test_no_module_or_function_has_a_name_that_says_nothing():
    modules = [m.path for m in code() if any(part.removesuffix(".py") in VAGUE for part in m.path.split("/"))]
    functions = [m.at(f) for m in code() for f in m.functions() if f.name.startswith(("handle_", "process_"))]
    assert [*modules, *functions] == []


def test_the_core_names_no_messenger():
    core = [m for m in code() if m.path.startswith("bot/")]
    assert [place for m in core for place in named_messengers(m)] == []


def test_the_clock_is_read_in_one_place():
    assert [place for m in code() if m.path not in MAY_READ_THE_CLOCK for place in clock_reads(m)] == []


def test_broad_excepts_are_rare():
    found = [place for m in code() for place in broad_excepts(m)]
    assert per_thousand(len(found), code()) <= 0.3, found


def test_suppressions_are_rare():
    assert per_thousand(sum(map(suppressions, code())), code()) <= 0.5, [m.path for m in code() if suppressions(m)]


def test_patches_are_rare():
    found = [m.path for m in all_tests() if patches(m)]
    assert per_thousand(sum(map(patches, all_tests())), all_tests()) <= 2, found


def per_thousand(count: int, modules: list[Module]) -> float:
    return 1000 * count / max(1, sum(m.lines for m in modules))
