from typing import Any

import pytest

from tests.system.deployment import Deployment


@pytest.fixture
def deployment_of(tmp_path):
    """deployment_of(ENVIRONMENT="value"): no process started yet. Its arguments are those of Deployment."""
    made: list[Deployment] = []

    def make(**arguments: Any) -> Deployment:
        deployment = Deployment(tmp_path, **arguments)
        made.append(deployment)
        return deployment

    yield make
    for deployment in made:
        deployment.stop()
