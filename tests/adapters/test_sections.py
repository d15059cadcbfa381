"""Each section of a messenger is connected: as config.example.toml shows it, its package builds what the running application
asks for, and examines itself."""

import re
import tomllib
from inspect import iscoroutinefunction
from pathlib import Path

import pytest

from adapters import Connected, Keeping, messenger
from adapters.sections import MESSENGERS
from bot.clock import SystemClock
from bot.config import section_of
from storage import beside

EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.toml"


@pytest.mark.parametrize("name", MESSENGERS)
async def test_a_section_connects_its_messenger(name, tmp_path):
    kind = section_of(name)
    assert kind is not None
    written = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = |\[)", "", EXAMPLE.read_text(encoding="utf-8")))
    package = messenger(name)
    built = package.build(kind.model_validate(written[name]), SystemClock())
    if isinstance(built, Keeping):
        built.keep_in(beside(f"sqlite:///{tmp_path / 'shop.db'}"))
    assert isinstance(built, Connected)
    assert built.name == name
    assert iscoroutinefunction(package.examine)
    await built.close()
