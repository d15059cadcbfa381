"""What every test shares: how hard Hypothesis looks, here and in CI.

HYPOTHESIS_PROFILE chooses another profile, `thorough` for a night's search.
"""

import os

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
