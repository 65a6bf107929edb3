"""What all tests share: a clock that no test leaves moved, and hypothesis without wall-clock limits and without chance:
the suite judges a change, not its luck. Longer searches for new examples have their own commands.
"""

import pytest
from hypothesis import HealthCheck, settings

from services.chassis import clock

settings.register_profile("madang", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("madang")


@pytest.fixture(autouse=True)
def unmoved_clock():
    yield
    clock.reset()
