import pytest

from tests.system.deployment import Deployment


@pytest.fixture
def deployment_of(tmp_path):
    """deployment_of(ENVIRONMENT="value"): databases and broker ready, no process started yet."""
    made: list[Deployment] = []

    def make(**environment: str) -> Deployment:
        deployment = Deployment(tmp_path, **environment)
        made.append(deployment)
        deployment.prepare()
        return deployment

    yield make
    for deployment in made:
        deployment.stop()
