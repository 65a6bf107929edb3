from tests.system.conftest import deployment_of

__all__ = ["deployment_of"]
