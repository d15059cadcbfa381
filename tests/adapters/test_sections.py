"""Each section of a messenger is connected: its package builds what the running application asks for, and examines itself."""

from inspect import iscoroutinefunction

import pytest

from adapters import Connected, messenger
from adapters.sections import MESSENGERS
from bot.clock import SystemClock
from bot.config import section_of


@pytest.mark.parametrize("name", MESSENGERS)
async def test_a_section_connects_its_messenger(name):
    kind = section_of(name)
    assert kind is not None
    section = kind.model_validate({key: "x" for key, field in kind.model_fields.items() if field.is_required()})
    package = messenger(name)
    built = package.build(section, SystemClock())
    assert isinstance(built, Connected)
    assert built.name == name
    assert iscoroutinefunction(package.examine)
    await built.close()
