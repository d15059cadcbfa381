"""What a start needs later, or never: packages run when somebody asks for them.

`with postponed("uvicorn"): …` is for packages whose first line loads all they have: `from uvicorn.server import Server`
runs uvicorn/__init__.py first, which brings its command line with click, its supervisors with multiprocessing and, where
it is installed, watchfiles: 2 % of a start and 2 MB that nobody here uses. importlib's own LazyLoader cannot help: it
loads a package as soon as a part of it is looked for.
"""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_running = threading.RLock()


@contextmanager
def for_good() -> Iterator[None]:
    """What is loaded meanwhile stays for ever: the collector does not look for garbage among it, now or later. It would
    look for 18 ms of the 170 in which a large SDK is loaded."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def postponed(package: str, **parts: str) -> Iterator[None]:
    """The package's own code waits until somebody asks it for a name that it does not have yet; its modules are imported
    as ever. `parts` are names that are had without it, and the module that each is from, or is. A package that is loaded
    already stays as it is. Raises ModuleNotFoundError."""
    if package not in sys.modules:
        sys.modules[package] = _waiting(package, parts)
    yield


def _waiting(package: str, parts: dict[str, str]) -> ModuleType:
    spec = find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    module = module_from_spec(spec)

    def asked(name: str) -> Any:
        if name in parts:
            part = import_module(parts[name])
            return part if part.__name__ == f"{package}.{name}" else getattr(part, name)
        with _running:
            if module.__dict__.pop("__getattr__", None) and spec.loader:
                spec.loader.exec_module(module)
        return getattr(module, name)

    module.__dict__["__getattr__"] = asked
    return module
