"""All tests share a clock that no test leaves moved, and hypothesis without wall-clock limits.

In the suite hypothesis tries the same examples every time: the suite judges a change, not its luck. `make soak` tries
many more, and new ones each time.
"""

import gc

import pytest
from hypothesis import HealthCheck, settings

from services.chassis import clock
from tests import soak

SLOW = [HealthCheck.too_slow]
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.register_profile("soak", deadline=None, max_examples=5000, suppress_health_check=SLOW)
settings.load_profile("soak" if soak.SOAK else "suite")


def pytest_collection_finish() -> None:
    """The garbage collector need not look through all modules again and again: that was an eighth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def unmoved_clock():
    yield
    clock.reset()
