"""The messengers by name, each imported only when it is used: a workplace pays for no SDK that it does not need."""

from importlib import import_module
from types import ModuleType

BUILT = ("web", "shell")
"""The messengers this version connects; each is the package adapters.<name>."""


def messenger(name: str) -> ModuleType:
    """The package of a messenger. Raises LookupError for one that this version does not connect."""
    if name not in BUILT:
        raise LookupError(name)
    return import_module(f"adapters.{name}")
