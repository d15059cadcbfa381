"""What every test shares: how hard Hypothesis looks, here and in CI.

HYPOTHESIS_PROFILE chooses another profile, `thorough` for a night's search.
"""

import gc
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import bot.logs  # noqa: F401 - before whatever loads rich, by which structlog would draw each trace: half a second

# The contract suites assert outside test files; this makes their failures as telling, and has to come first.
pytest.register_assert_rewrite("tests.contracts", "tests.conversation")

# No deadline anywhere: a machine shared with other work is slow now and then, and that is no fault of the code.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here"))


_UNIT = "not (slow or browser or postgres)"
_WHOLLY_SLOWER = re.compile(r"^pytestmark = (?:\[\s*)?pytest\.mark\.(?:slow|browser|postgres)\b", re.MULTILINE)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The unit tests' workers do not each load a hundred modules, only to find that nothing in them is theirs."""
    if config.option.markexpr != _UNIT or not re.fullmatch(r"test_\w+\.py", collection_path.name):
        return None
    return bool(_WHOLLY_SLOWER.search(collection_path.read_text(encoding="utf-8"))) or None


def pytest_sessionfinish() -> None:
    """At the end pytest collects garbage five times, in search of what was not closed: a second of each worker. Once finds it."""
    gc.collect()
    gc.freeze()
