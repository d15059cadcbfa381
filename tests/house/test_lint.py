"""Style and types, by the tools themselves, with the configuration of pyproject.toml."""

import subprocess
import sys

import pytest

from tests.house.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("ruff check --output-format=concise .", id="style"),
        pytest.param("ruff format --check .", id="format"),
        pytest.param("mypy", id="types"),
    ],
)
def test_the_tool_has_nothing_to_say(command):
    tool = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert tool.returncode == 0, f"{command}\n{tool.stdout}{tool.stderr}"
