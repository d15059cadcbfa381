"""Exact versions: whatever the project asks for stands in constraints.txt, in a version that it accepts."""

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
LINES = [
    line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
PINS = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in LINES)}


def test_what_is_asked_for_is_pinned_and_fits():
    asked = [Requirement(one) for one in ASKED]
    assert [one for one in asked if not one.specifier.contains(PINS[canonicalize_name(one.name)])] == []


def test_every_line_is_one_exact_version_of_one_package():
    assert [line for line in LINES if not Requirement(line).specifier.prereleases and "==" not in line] == []
    assert len(PINS) == len(LINES)
